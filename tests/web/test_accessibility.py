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


PHONE = {"viewport": {"width": 320, "height": 640}}
PLACES = [
    ("/", {"color_scheme": "light"}),
    ("/?accent=%23ffcc00", {"color_scheme": "light", **PHONE}),
    ("/?accent=%230a1172", {"color_scheme": "dark", **PHONE}),
    ("/arabic", {"color_scheme": "light"}),
    ("/arabic", {"color_scheme": "dark", **PHONE}),
]


def widget_states(shown):
    """The panel on a portal's page in each of its states, one after the other, with its name."""
    panel = shown.panel
    expect(shown.launcher).to_be_visible()
    yield "closed"
    shown.open()
    expect(panel.locator("#suggested button").first).to_be_visible()
    yield "welcome"
    panel.locator("#menu summary").click()
    yield "menu"
    panel.locator("#menu summary").click()
    shown.ask("Did solar panels raise the income of poor villages?")
    panel.locator("[id$=-share]").click()
    panel.locator("[id$=-down]").click()
    yield "answer, shared and judged"
    panel.locator(".turn .citation").first.click()
    expect(panel.locator("#source .card").first).to_be_visible()
    yield "source"
    panel.locator("#source .back").click()
    shown.ask("What did Zembla do about conditional cash transfers for children?")
    yield "not found"
    shown.page.context.set_offline(True)
    shown.ask("And in Kenya?")
    yield "offline"


@pytest.mark.parametrize(("path", "look"), PLACES, ids=lambda one: str(one)[:40])
def test_axe_finds_nothing_in_the_widget_nor_does_it_scroll_sideways(embed, portal, axe, path, look):
    shown = embed(portal, path, troubled=True, **look)
    shown.page.evaluate(axe)
    found, wide = {}, {}
    for state in widget_states(shown):
        result = shown.page.evaluate("axe.run(document.querySelector('rightkey-widget'), {iframes: false})")
        violations = result["violations"]
        if state != "closed":
            shown.frame.evaluate(f"() => {{ if (!window.axe) {{ {axe} }} }}")
            result = shown.frame.evaluate("axe.run()")
            assert len(result["passes"]) > 20
            violations += result["violations"]
            for place in ("html", "#source"):
                over = "place => { const e = document.querySelector(place); return e.scrollWidth - e.clientWidth }"
                wide[state, place] = shown.frame.evaluate(over, place)
        found[state] = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in violations]
    assert len(found) == 7
    assert {state: complaints for state, complaints in found.items() if complaints} == {}
    assert {place: pixels for place, pixels in wide.items() if pixels > 0} == {}


SMALL = """() => {
  const pressed = [...document.querySelectorAll('button, a, summary, select, textarea, label:has(input)')].filter((one) => one.checkVisibility());
  return { count: pressed.length, small: pressed.filter((one) => one.getBoundingClientRect().height < 43.9).map((one) => one.outerHTML.slice(0, 80)) };
}"""


@pytest.mark.parametrize("path", ["/", "/arabic"])
def test_what_is_pressed_in_the_widget_is_large_enough_for_a_thumb(embed, portal, path):
    shown = embed(portal, path, troubled=True, viewport={"width": 375, "height": 700})
    for state in widget_states(shown):
        if state == "closed":
            assert shown.launcher.bounding_box()["height"] >= 44
        else:
            found = shown.frame.evaluate(SMALL)
            assert (found["count"] > 3, found["small"]) == (True, []), state


def test_in_forced_colours_and_with_less_motion_everything_is_still_drawn(embed, portal):
    shown = embed(portal, forced_colors="active", reduced_motion="reduce").open()
    border = shown.launcher.evaluate("one => getComputedStyle(one).borderTopWidth + getComputedStyle(one).borderTopStyle")
    assert border == "2pxsolid"
    moving = "document.getAnimations().length + [...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"
    assert shown.frame.evaluate(moving) == 0
