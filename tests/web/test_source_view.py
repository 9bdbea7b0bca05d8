"""The source of a statement: the quote where it stands, and who says so."""

import re

import httpx
import pytest
from playwright.sync_api import expect

PKH = "Did PKH reduce stunting in Indonesia?"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 375, "height": 700}


def test_a_number_opens_its_source_with_the_quote_highlighted(open_page, answered):
    page = answered(open_page(), PKH)
    for index in range(page.locator(".turn .citation").count()):
        quote = page.locator(".turn .statement blockquote p").nth(index).text_content()
        page.locator(".turn .citation").nth(index).click()
        expect(page.locator("#source mark")).to_have_text(quote)
        expect(page.locator("#source mark")).to_be_in_viewport()


def test_a_source_shows_voice_method_year_and_what_was_read(open_page, answered):
    page = answered(open_page(), PKH)
    page.locator(".turn .citation").filter(has_text="randomised trial").first.click()
    facts = dict(zip(page.locator("#source dt").all_inner_texts(), page.locator("#source dd").all_inner_texts(), strict=True))
    assert facts["Who says so"] == "academic"
    assert facts["By what method"] == "randomised trial"
    assert facts["Year"] == "2020"
    assert facts["What was read"].endswith("read")


def test_the_original_opens_in_a_tab_of_its_own_that_cannot_reach_back(open_page, answered):
    page = answered(open_page(), PKH)
    page.locator(".turn .citation").first.click()
    link = page.locator("#source a").first
    expect(link).to_have_attribute("href", re.compile("^https?://"))
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", "noopener")


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_escape_closes_the_source_and_gives_the_focus_back(open_page, answered, viewport):
    page = answered(open_page(viewport=viewport), PKH)
    citation = page.locator(".turn .citation").first
    citation.click()
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(citation).to_be_focused()
    assert "document=" not in page.url


def test_the_browsers_back_closes_the_source(open_page, answered):
    page = answered(open_page(), PKH)
    page.locator(".turn .citation").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    page.go_back()
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator(".turn .statement").first).to_be_visible()


def test_on_a_phone_the_source_stands_alone(open_page, answered):
    page = answered(open_page(viewport=PHONE), PKH)
    page.locator(".turn .citation").first.click()
    expect(page.locator("#source")).to_have_attribute("role", "dialog")
    expect(page.locator("main")).to_have_attribute("inert", "")


@pytest.fixture
def cited(server):
    """The first citation of an answer."""
    return httpx.post(f"{server.address}/v1/ask", json={"question": PKH}).json()["citations"][0]


def test_the_link_of_a_citation_opens_its_source_by_itself(open_page, cited):
    page = open_page(f"/{cited['href']}")
    expect(page.locator("#source mark")).to_have_text(cited["quote"])
    expect(page.locator("#source dd").first).to_have_text(cited["sources"][0]["voice"])
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()
    expect(page.locator("#question")).to_be_focused()


def test_the_address_of_an_open_source_is_that_link(open_page, answered, cited, server):
    page = answered(open_page(), PKH)
    page.locator(".turn .citation").first.click()
    expect(page).to_have_url(f"{server.address}/{cited['href']}")


def test_the_whole_document_opens_around_the_quote(open_page, answered):
    page = answered(open_page(), PKH)
    page.locator(".turn .citation").first.click()
    quote = page.locator("#source mark").text_content()
    page.get_by_role("button", name="Show the whole document").click()
    assert "For another place" in page.locator("#source h4").all_inner_texts()
    expect(page.locator("#source mark")).to_have_text(quote)


def test_an_example_opens_its_document(open_page, answered):
    page = answered(open_page(), PKH)
    card = page.locator(".turn .card").first
    title = card.locator("h4").inner_text()
    card.get_by_role("button").click()
    expect(page.locator("#source-title")).to_have_text(title)
    expect(page.locator("#source .passage").first).to_be_visible()


@pytest.mark.parametrize("path", ["/?document=nothing", "/?document=idn-pkh&version=nothing&passage=x"])
def test_a_link_to_what_is_not_there_says_so_and_leaves_the_page_usable(open_page, answered, path):
    page = open_page(path, troubled=True)
    expect(page.locator("#source .failure")).to_contain_text("removed, or never held")
    page.keyboard.press("Escape")
    answered(page, PKH)
    expect(page.locator(".turn .statement").first).to_be_visible()


def test_a_link_with_odd_offsets_does_not_break_the_page(open_page, cited):
    href = re.sub(r"start=\d+&end=\d+", "start=-1&end=99999999", cited["href"])
    expect(open_page(f"/{href}").locator("#source .passage").first).to_be_visible()
