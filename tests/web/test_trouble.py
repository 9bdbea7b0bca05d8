"""What the page does when the service or the line fails."""

import re

from playwright.sync_api import expect
from sqlalchemy import text

from service.web import words

PKH = "Did PKH reduce stunting in Indonesia?"


def ask(page, question=PKH):
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")


def held(page):
    """Requests for an answer, held on the line for as long as the test wants."""
    waiting = []
    page.route("**/v1/ask", lambda route: waiting.append(route))
    return waiting


def test_a_service_that_is_gone_is_said_to_be_and_can_be_tried_again(open_page, own_server):
    page = open_page(at=own_server, troubled=True)
    own_server.stop()
    ask(page)
    failure = page.locator(".turn .failure")
    said = words("en")
    expect(failure).to_have_text(said["offline"] + said["offline.detail"] + said["retry"])
    expect(page.locator("#question")).to_have_value(PKH)
    own_server.start()
    failure.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn .statement").first).to_be_visible()
    expect(page.locator("#question")).to_have_value("")


def test_a_service_that_fails_says_so_and_can_be_tried_again(open_page, own_server):
    page = open_page(at=own_server, troubled=True)
    with own_server.parts.answers.shelf.engine.begin() as connection:
        connection.execute(text("ALTER TABLE answers RENAME TO hidden"))
    ask(page)
    expect(page.locator(".turn .failure")).to_contain_text("try again")
    with own_server.parts.answers.shelf.engine.begin() as connection:
        connection.execute(text("ALTER TABLE hidden RENAME TO answers"))
    page.locator(".turn .failure").get_by_role("button", name="Try again").click()
    expect(page.locator(".turn .statement").first).to_be_visible()


def test_offline_is_said_and_the_question_is_asked_when_the_line_is_back(open_page):
    page = open_page(troubled=True)
    expect(page.locator("#suggested button").first).to_be_visible()
    page.context.set_offline(True)
    expect(page.locator("#hint")).to_contain_text("You are offline.")
    ask(page)
    expect(page.locator(".turn .failure h3")).to_have_text("No connection")
    expect(page.locator("#hint")).to_contain_text("You are offline.")
    page.context.set_offline(False)
    expect(page.locator(".turn .statement").first).to_be_visible()
    expect(page.locator("#hint")).to_be_hidden()


def test_a_source_that_cannot_be_opened_still_shows_the_quote_and_can_be_tried_again(open_page, answered):
    page = answered(open_page(troubled=True), PKH)
    quote = page.locator(".turn blockquote p").first.text_content()
    page.context.set_offline(True)
    page.locator(".turn .citation").first.click()
    expect(page.locator("#source blockquote")).to_contain_text(quote)
    expect(page.locator("#source .failure h3")).to_have_text("No connection")
    page.context.set_offline(False)
    page.locator("#source .failure").get_by_role("button", name="Try again").click()
    expect(page.locator("#source mark")).to_have_text(quote)


def test_an_answer_can_be_stopped_and_asked_again(open_page):
    page = open_page()
    held(page)
    ask(page)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".turn .failure")).to_have_text(re.compile("Stopped before the answer was complete."))
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn .statement").first).to_be_visible()


def test_a_second_question_waits_for_the_first(open_page):
    page = open_page()
    waiting = held(page)
    ask(page)
    ask(page, "And in Kenya?")
    expect(page.locator("#hint")).to_have_text("Wait for the answer, or stop it first.")
    expect(page.locator(".turn")).to_have_count(1)
    waiting[0].continue_()
    expect(page.locator(".turn .statement").first).to_be_visible()
    expect(page.locator("#question")).to_have_value("And in Kenya?")


def test_a_text_that_is_too_long_says_so_again_after_the_wait(open_page):
    page = open_page()
    waiting = held(page)
    ask(page)
    ask(page, "a" * 2001)
    expect(page.locator("#hint")).to_have_text("Wait for the answer, or stop it first.")
    waiting[0].continue_()
    expect(page.locator(".turn .statement").first).to_be_visible()
    expect(page.locator("#question")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#hint")).to_have_text("1 character too many. Please shorten the question.")


def test_who_is_on_stop_when_the_answer_comes_goes_on_from_its_heading(open_page):
    page = open_page()
    waiting = held(page)
    ask(page)
    page.get_by_role("button", name="Stop").focus()
    waiting[0].continue_()
    expect(page.locator(".turn .statement").first).to_be_visible()
    expect(page.locator(".turn .asked")).to_be_focused()


def test_a_service_without_documents_still_answers_kindly(open_page, own_server, library):
    own_server.stop()
    own_server.parts.library = library
    own_server.parts.assistant = type(own_server.parts.assistant)(library, own_server.parts.encoder, own_server.parts.terms)
    own_server.start()
    page = open_page(at=own_server)
    ask(page)
    expect(page.locator(".turn h3").first).to_have_text("No source here answers this")
