"""What a reader does with an answer, and with the panel around it."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from corpus.lists import country_name
from service.web import words

SOLAR = "Did solar panels raise the income of poor villages?"
VOICES = """
  window.spoken = [];
  const voice = { lang: 'en-GB', name: 'a voice' };
  let queue = [];
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: class { constructor(text) { this.text = text; } } });
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [voice],
    get speaking() { return queue.length > 0; },
    speak(utterance) { queue.push(utterance); window.spoken.push([utterance.text, utterance.lang]); },
    cancel() { queue = []; },
    finish() { const last = queue.pop(); queue = []; last.onend(); },
    addEventListener() {},
  } });
"""


def test_an_answer_is_shared_by_a_link_that_opens_it(open_page, answered):
    page = answered(open_page(permissions=["clipboard-read", "clipboard-write"]), SOLAR)
    quotes = page.locator(".turn blockquote").all_inner_texts()
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator("#status")).to_have_text("Link copied")
    page.goto(page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(".turn .asked")).to_contain_text(SOLAR)
    assert page.locator(".turn blockquote").all_inner_texts() == quotes


def test_whatsapp_gets_the_question_and_the_link(open_page, answered):
    page = answered(open_page(), SOLAR)
    page.get_by_role("button", name="Share").click()
    link = page.get_by_role("link", name="Send by WhatsApp (opens in a new tab)")
    at = urlsplit(link.get_attribute("href"))
    assert (at.hostname, link.get_attribute("target")) == ("wa.me", "_blank")
    (text,) = parse_qs(at.query)["text"]
    assert re.fullmatch(re.escape(SOLAR) + r"\nhttp://127\.0\.0\.1:\d+/\?answer=[\w-]+&lang=en", text)


def test_a_link_to_an_answer_that_is_gone_says_so(open_page):
    page = open_page("/?answer=nothing", troubled=True)
    expect(page.locator("#log .failure")).to_contain_text("This answer is no longer kept")
    expect(page.locator("#question")).to_be_visible()


def test_an_answer_is_read_aloud_statement_by_statement_and_stopped(open_page, answered):
    page = open_page()
    page.add_init_script(VOICES)
    page.reload()
    answered(page, SOLAR)
    listen = page.get_by_role("button", name="Listen")
    listen.click()
    spoken = page.evaluate("spoken")
    assert [text for text, _ in spoken] == [
        text.strip("“”") for text in page.locator(".turn blockquote p").all_text_contents()
    ] or len(spoken) > 1
    assert {language for _, language in spoken} == {"en-GB"}
    stop = page.get_by_role("button", name="Stop reading aloud")
    stop.click()
    expect(listen).to_be_visible()
    listen.click()
    page.evaluate("speechSynthesis.finish()")
    expect(listen).to_be_visible()
    listen.click()
    page.get_by_role("button", name="New conversation").click()
    assert not page.evaluate("speechSynthesis.speaking")


def test_where_the_browser_has_no_voice_nothing_offers_to_read(open_page, answered):
    page = answered(open_page(), SOLAR)
    assert page.evaluate("speechSynthesis.getVoices().length") == 0
    expect(page.get_by_role("button", name="Listen")).to_have_count(0)


def test_an_answer_is_printed(open_page, answered):
    page = open_page()
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.reload()
    answered(page, SOLAR)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("printed")


def verdicts(server):
    return {one["question"]: one for one in server.parts.verdicts.list(server.parts.answers)}


def test_a_reader_says_that_an_answer_helped(open_page, answered, own_server):
    page = answered(open_page(at=own_server), SOLAR)
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".helpful")).to_have_text(words("en")["helpful.thanks"])
    assert verdicts(own_server)[SOLAR]["verdict"] == "up"
    page.reload()
    expect(page.locator(".helpful")).to_have_text(words("en")["helpful.thanks"])


def test_a_reader_says_what_was_wrong_by_keyboard(open_page, answered, own_server):
    page = answered(open_page(at=own_server), SOLAR)
    page.get_by_role("button", name="No", exact=True).press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Ask me: a@b.example")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".helpful p")).to_be_focused()
    said = verdicts(own_server)[SOLAR]
    assert (said["verdict"], said["reason"], said["comment"]) == ("down", "wrong", "Ask me: [e-mail]")


def test_what_can_not_be_sent_stays_and_is_sent_again(open_page, answered):
    page = answered(open_page(troubled=True), SOLAR)
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_label("It is out of date").check()
    page.get_by_label(re.compile("What else should we know")).fill("Since 2020")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".helpful .failed")).to_have_text(words("en")["helpful.failed"])
    page.context.set_offline(False)
    expect(page.get_by_label(re.compile("What else should we know"))).to_have_value("Since 2020")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".helpful")).to_have_text(words("en")["helpful.thanks"])


def test_where_no_answer_is_kept_none_can_be_shared_or_judged(
    open_page, answered, own_server, parts_over, corpus_library, tmp_path
):
    own_server.stop()
    (tmp_path / "none").mkdir()
    own_server.parts = parts_over(corpus_library, tmp_path / "none", 0)
    own_server.parts.settings = own_server.parts.settings.model_copy(update={"answer_days": 0})
    own_server.start()
    page = answered(open_page(at=own_server), SOLAR)
    expect(page.get_by_role("button", name="Copy with references")).to_be_visible()
    expect(page.get_by_role("button", name="Share")).to_have_count(0)
    expect(page.locator(".helpful")).to_have_count(0)


def test_comparable_cases_stand_under_a_source_and_open_in_its_place(open_page, answered):
    page = answered(open_page(), SOLAR)
    page.locator(".turn .citation").first.click()
    cards = page.locator("#source .examples .card")
    expect(cards).to_have_count(3)
    expect(cards.first).to_contain_text("same theme:")
    title = cards.first.locator("h4").inner_text()
    cards.first.get_by_role("button").click()
    expect(page.locator("#source-title")).to_have_text(title)
    expect(page.locator("#source-title")).to_be_focused()


@pytest.mark.parametrize("language", ["fr", "ar", "zh"])  # the words of the others are held by test_locale
def test_the_language_is_switched_with_all_that_stands_there(open_page, answered, language):
    page = answered(open_page(), SOLAR)
    page.locator(".turn .citation").first.click()
    expect(page.locator("#source mark")).to_be_visible()
    page.locator("#menu summary").click()
    page.locator("#language").select_option(language)
    said = words(language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", said["dir"])
    expect(page.locator("#composer .primary")).to_have_text(said["ask"])
    expect(page.locator("#source .back")).to_have_text(said["back"])
    expect(page.locator("#source h3").first).to_have_text(said["source.sources"])
    expect(page.get_by_role("button", name=said["copy"])).to_be_visible()
    expect(page.locator(".turn .place").first).to_contain_text(country_name("CHN", language))
    expect(page.locator("#menu summary")).to_be_focused()
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".turn .statement").first).to_be_visible()


def test_the_menu_is_closed_by_escape_and_by_a_press_elsewhere(open_page):
    page = open_page()
    page.locator("#menu summary").click()
    expect(page.locator("#language")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#language")).to_be_hidden()
    expect(page.locator("#menu summary")).to_be_focused()
    page.locator("#menu summary").click()
    page.locator("#lead").click()
    expect(page.locator("#language")).to_be_hidden()


def test_a_question_in_another_language_is_answered_in_it_and_its_quotations_are_marked(open_page, answered):
    page = answered(open_page("/?lang=fr"), "Les panneaux solaires ont-ils augmenté le revenu des villages pauvres ?")
    expect(page.locator(".turn .spoken")).to_contain_text("anglais")
    assert page.locator(".turn blockquote").first.get_attribute("lang") == "en"
    assert page.locator(".turn .card h4 bdi").first.get_attribute("lang") == "fr"
    assert page.locator(".turn .questions button").first.get_attribute("lang") == "fr"


def test_a_question_in_none_of_the_nine_languages_is_told_so_in_the_readers_own(open_page, answered):
    page = answered(open_page("/?lang=fr"), "Wie viele arme Haushalte wurden anfangs irrtümlich erfasst?")
    expect(page.locator(".turn .notice")).to_have_text(words("fr")["answer.language"])


def test_the_pages_on_privacy_and_accessibility_are_in_the_menu(open_page):
    page = open_page()
    for name in ("Privacy", "Accessibility"):
        page.locator("#menu summary").click()
        page.locator("#menu").get_by_role("link", name=name).click()
        expect(page.locator("h1")).to_have_text(name)
        page.go_back()
        expect(page.locator("#question")).to_be_visible()
