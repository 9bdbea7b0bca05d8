"""The ask page: from the welcome to an answer that can be copied."""

import re

from playwright.sync_api import expect

from corpus.lists import suggested

SOLAR = "Did solar panels raise the income of poor villages?"


def test_the_welcome_offers_the_suggested_questions(open_page):
    page = open_page()
    expect(page.locator("#suggested button")).to_have_text(suggested())
    expect(page).to_have_title("Rightkey")


def test_a_suggested_question_is_answered(open_page):
    page = open_page()
    page.locator("#suggested button").first.click()
    expect(page.locator(".turn .asked")).to_contain_text(suggested()[0])
    expect(page.locator(".turn .statement").first).to_be_visible()
    expect(page.locator("#welcome")).to_be_hidden()


def test_a_question_is_asked_and_a_source_opened_by_keyboard_alone(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "question":
        page.keyboard.press("Tab")
    page.keyboard.type(SOLAR)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .statement").first).to_be_visible()
    expect(page.locator("#status")).to_contain_text("Answer ready")
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value("")
    for _ in range(40):
        if page.evaluate("document.activeElement.classList.contains('citation')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#source mark")).to_be_visible()


def test_an_answer_is_grouped_by_document_with_numbered_citations(open_page, answered):
    page = answered(open_page(), "What happens when a cash programme is stopped?")
    titles = page.locator(".turn .group > h3").all_inner_texts()
    assert titles
    assert len(set(titles)) == len(titles)
    numbers = [text.strip("[]") for text in page.locator(".turn .statement .number").all_inner_texts()]
    assert sorted(map(int, numbers)) == list(range(1, len(numbers) + 1))
    assert page.locator(".turn .statement blockquote").count() == len(numbers)


def test_a_citation_says_whose_voice_it_is_and_by_what_method(open_page, answered):
    page = answered(open_page(), "Did PKH reduce stunting in Indonesia?")
    expect(page.locator(".turn .citation").filter(has_text="academic, randomised trial").first).to_be_visible()


def test_sources_that_disagree_stand_together(open_page, answered):
    page = answered(open_page(), SOLAR)
    dispute = page.locator(".disagreement")
    expect(dispute.locator("h3")).to_have_text(
        "Sources disagree on whether solar poverty alleviation raised rural incomes in China"
    )
    expect(dispute.locator(".statement")).to_have_count(2)


def test_a_follow_up_is_answered_in_the_same_conversation(open_page, answered):
    page = answered(open_page(), SOLAR)
    follow_up = page.locator(".turn .questions button").first
    asked = follow_up.inner_text()
    follow_up.click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").last.locator(".asked")).to_contain_text(asked)
    expect(page.locator(".turn").last.locator(".statement").first).to_be_visible()


def test_an_answer_is_copied_with_its_references(open_page, answered, server):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    answered(page, "Did PKH reduce stunting in Indonesia?")
    page.get_by_role("button", name="Copy with references").click()
    expect(page.locator("#status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Question: Did PKH reduce stunting in Indonesia?")
    for quote in page.locator(".turn blockquote").all_inner_texts():
        assert f"“{quote.strip('“”')}” [" in copied
    assert re.search(r"\[1\] PKH, .*Section “Results”.* " + re.escape(server.address) + r"/\?document=idn-pkh&version=", copied)
    assert "(academic, randomised trial, 2020, " in copied
    assert "Accessed " in copied


def test_a_reference_that_is_copied_leads_back_even_where_the_page_is_served_under_a_path(open_page, answered, server):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    # as a portal's proxy does: it takes its own path away
    page.route("**/kb/**", lambda route: route.continue_(url=route.request.url.replace("/kb/", "/")))
    page.goto(f"{server.address}/kb/?lang=en")
    answered(page, "Did PKH reduce stunting in Indonesia?")
    page.get_by_role("button", name="Copy with references").click()
    expect(page.locator("#status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(re.search(re.escape(server.address) + r"/kb/\?document=\S+", copied)[0])
    expect(page.locator("#source mark")).to_be_visible()


def test_without_a_clipboard_the_text_can_be_copied_by_hand(open_page, answered):
    page = answered(open_page(permissions=[]), SOLAR)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy with references").click()
    assert SOLAR in page.get_by_label("Select this text and copy it:").input_value()


def test_paper_shows_whose_each_quote_is_and_nothing_to_press(open_page, answered):
    page = answered(open_page(color_scheme="dark"), "Did PKH reduce stunting in Indonesia?")
    reference = page.locator(".turn .citation").filter(has_text="randomised trial").first.locator(".printed")
    page.locator(".turn .citation").first.click()
    expect(reference).to_be_hidden()
    page.emulate_media(media="print")
    expect(reference).to_have_text(re.compile(r"2020, https?://"))
    expect(page.locator(".turn > .printed")).to_contain_text(re.compile(r"automatically.*/\?answer=[\w-]+"))
    for place in ("#source", "#composer", ".turn .questions", ".card button", ".actions", "#restart", "#menu"):
        expect(page.locator(place).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "visible"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(251, 250, 246)"


def test_what_no_source_covers_is_named_with_the_nearest_cases(open_page, answered):
    page = answered(open_page(), "What did Zembla do about conditional cash transfers for children?")
    expect(page.locator(".turn h3").first).to_have_text("No source here answers this")
    expect(page.locator(".turn .notice").first).to_have_text("No source here covers: Zembla")
    expect(page.locator(".turn .statement")).to_have_count(0)
    expect(page.locator(".turn .card").first).to_be_visible()


def test_a_partial_answer_says_what_is_missing(open_page, answered):
    page = answered(open_page(), "How did Shibadong and Zembla reduce poverty?")
    expect(page.locator(".turn .outcome")).to_have_text("Only part of your question is answered here.")
    expect(page.locator(".turn .notice").first).to_contain_text("Zembla")
    expect(page.locator(".turn .statement").first).to_be_visible()


def test_cases_from_elsewhere_are_said_to_be(open_page, answered):
    page = answered(open_page(), "What could my village in East Kalimantan learn from Shibadong?")
    expect(page.locator(".turn .notice")).to_contain_text("East Kalimantan")


def test_an_unclear_question_is_asked_back(open_page, answered):
    page = answered(open_page(), "What is it?")
    expect(page.locator(".turn h3").first).to_have_text("What would you like to know?")
    expect(page.locator("#status")).to_have_text("What would you like to know?")


def test_an_empty_or_too_long_question_is_not_sent(open_page):
    page = open_page()
    page.locator("#question").press("Enter")
    expect(page.locator("#hint")).to_have_text("Write a question first.")
    page.locator("#question").fill("a" * 2001)
    page.locator("#question").press("Enter")
    expect(page.locator("#hint")).to_have_text("1 character too many. Please shorten the question.")
    expect(page.locator(".turn")).to_have_count(0)


def test_a_question_enters_the_page_as_text(open_page, answered):
    page = answered(open_page(), "<img src=x onerror=alert(1)> cash transfers")
    expect(page.locator(".asked")).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".asked img")).to_have_count(0)


def test_starting_again_clears_the_conversation(open_page, answered):
    page = answered(open_page(), SOLAR)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#welcome")).to_be_visible()
    expect(page.locator("#question")).to_be_focused()
