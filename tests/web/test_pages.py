"""The pages that are read: with and without JavaScript, wide and narrow, light and dark."""

import re

import pytest
from playwright.sync_api import expect

PAGES = [
    "/cases",
    "/cases?themes=livestock",
    "/cases?q=zzzz",
    "/cases?themes=goats",
    "/cases/chn-solar",
    "/cases/none",
    "/about",
]
LOOKS = [
    {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look['viewport']['width']}-{look['color_scheme']}")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, axe, path, look):
    page = open_page(path, troubled=path in ("/cases/none", "/cases?themes=goats"), **look)  # an error on the console
    page.evaluate(axe)
    found = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_the_list_is_filtered_by_the_server_without_a_script(open_page):
    page = open_page("/cases", java_script_enabled=False)
    everything = page.locator(".cards > .card").count()
    page.get_by_label("Theme").select_option("livestock")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("themes=livestock"))
    assert 0 < page.locator(".cards > .card").count() < everything
    expect(page.get_by_label("Theme")).to_have_value("livestock")
    page.get_by_role("link", name="Clear").click()
    expect(page.locator(".cards > .card")).to_have_count(everything)


def test_a_filter_that_there_is_not_is_named_on_a_page(open_page):
    page = open_page("/cases?themes=goats", troubled=True, java_script_enabled=False)
    expect(page.locator("main")).to_contain_text("goats")
    page.get_by_role("link", name="See every case").click()
    expect(page.locator("#count")).to_be_visible()


def test_what_others_add_to_an_address_does_no_harm(open_page):
    page = open_page("/cases?utm_source=mail&themes=livestock&lang=fr", java_script_enabled=False)
    expect(page.get_by_label("Theme")).to_have_value("livestock")


def test_words_are_searched_as_they_are_typed_as_the_server_would(open_page):
    page = open_page("/cases")
    page.locator("#q").press_sequentially("goat chi")
    typed = [one.get_attribute("href") for one in page.locator(".cards h3 a").all() if one.is_visible()]
    told = page.locator("#count").inner_text()
    page.get_by_role("button", name="Show").click()
    page.wait_for_url(re.compile("q=goat"))
    assert typed == [one.get_attribute("href") for one in page.locator(".cards h3 a").all()]
    assert told == page.locator("#count").inner_text()


def test_a_bar_shows_the_cases_that_it_counts(open_page):
    page = open_page("/cases")
    bar = page.locator(".charts li").first
    count = bar.locator(".number").inner_text()
    bar.get_by_role("link").click()
    expect(page.locator("#count")).to_have_text(re.compile(rf"^{count} cases?$"))


def test_a_case_opens_its_sources_and_what_is_like_it(open_page):
    page = open_page("/cases/rwa-girinka", java_script_enabled=False)
    page.locator("a.mark").first.click()
    source = page.locator(".sources li:target")
    expect(source).to_contain_text(re.compile("read"))
    assert page.locator("article > section p a.mark").count() > 10
    page.locator(".cards h3 a").first.click()
    expect(page.locator("h1")).not_to_have_text("")
    expect(page.locator(".sources li").first).to_be_visible()


def test_a_summary_is_read_in_another_language_one_at_a_time(open_page):
    page = open_page("/cases/rwa-girinka", java_script_enabled=False)
    languages = page.locator(".languages details")
    expect(languages).to_have_count(8)
    page.get_by_text("Kiswahili", exact=True).click()
    swahili, arabic = page.locator("details[lang=sw] p"), page.locator("details[lang=ar] p")
    expect(swahili).to_be_visible()
    page.get_by_text("العربية", exact=True).click()
    expect(arabic).to_be_visible()
    expect(swahili).to_be_hidden()
    assert arabic.evaluate("one => getComputedStyle(one).direction") == "rtl"


@pytest.mark.parametrize(("form", "begins"), [("CSV", "\ufeffid,title"), ("RIS", "TY  - GEN"), ("BibTeX", "@misc{")])
def test_the_list_that_is_seen_is_the_one_that_is_exported(open_page, form, begins):
    page = open_page("/cases?themes=livestock")
    titles = page.locator(".cards h3 a").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name=form, exact=True).click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert [title for title in titles if title.split(",")[0] not in text] == []


def test_the_pages_lead_to_each_other(open_page):
    page = open_page("/")
    page.get_by_role("link", name="Cases", exact=True).click()
    expect(page.locator("h1")).to_have_text("Cases")
    page.get_by_role("link", name="About", exact=True).click()
    expect(page.locator("h1")).to_have_text("About Rightkey")
    page.get_by_role("link", name="Ask", exact=True).click()
    expect(page.locator("#question")).to_be_visible()
