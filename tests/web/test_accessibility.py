"""What axe-core finds, and what does not fit: in light and dark, wide and narrow, left to right and right to left."""

import pytest
from playwright.sync_api import expect

LOOKS = [
    {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
]
TARGETS = "button, a, textarea"


def states(page, answered):
    """The page in each of its states, one after the other, with its name."""
    expect(page.locator("#suggested button").first).to_be_visible()
    yield "welcome"
    answered(page, "Did solar panels raise the income of poor villages?")
    yield "answer"
    page.locator(".turn .citation").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    yield "source"
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    answered(page, "What did Zembla do about conditional cash transfers for children?")
    yield "not found"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_axe_finds_nothing_to_mend_in_any_state(open_page, answered, axe, look):
    page = open_page(**look)
    page.evaluate(axe)
    found = {}
    for state in states(page, answered):
        result = page.evaluate("axe.run()")
        found[state] = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in result["violations"]]
    assert found == {"welcome": [], "answer": [], "source": [], "not found": []}


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(open_page, answered, direction):
    page = open_page(viewport={"width": 320, "height": 640})
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    for state in states(page, answered):
        for place in ("html", "#source"):
            wide = page.evaluate(
                "place => { const e = document.querySelector(place); return e.scrollWidth - e.clientWidth }", place
            )
            assert wide <= 0, f"{place} is {wide} px too wide: {state}"


def test_a_target_is_large_enough_for_a_thumb(open_page, answered):
    page = open_page(viewport={"width": 375, "height": 700})
    for state in states(page, answered):
        boxes = [one.bounding_box() for one in page.locator(TARGETS).all() if one.is_visible()]
        assert boxes
        assert [box for box in boxes if box["height"] < 43.9] == [], state


def test_the_page_speaks_one_language_and_one_direction(open_page):
    page = open_page()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_a_quote_keeps_its_own_language_and_direction(open_page, answered):
    page = answered(open_page(), "Did PKH reduce stunting in Indonesia?")
    quote = page.locator(".turn blockquote").first
    expect(quote).to_have_attribute("lang", "en")
    expect(quote).to_have_attribute("dir", "auto")


def test_without_script_the_page_says_what_it_needs(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.address)
    expect(page.locator(".without-script")).to_be_visible()
    context.close()
