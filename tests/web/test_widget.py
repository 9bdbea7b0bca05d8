"""The widget on a portal's pages: drawn, opened, asked, and shown to nobody who is not allowed."""

import json
import re

import pytest
from playwright.sync_api import expect

from service.api.widget import loader
from service.web import words

SOLAR = "Did solar panels raise the income of poor villages?"
PHONE = {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s, 400 ms


@pytest.mark.parametrize("path", ["/", "/strict", "/hostile"])
def test_it_works_on_a_plain_page_under_a_strict_policy_and_a_hostile_style(embed, portal, path):
    shown = embed(portal, path)
    expect(shown.launcher).to_be_visible()
    assert shown.launcher.bounding_box()["height"] == 56
    shown.open().ask(SOLAR)
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()
    box = shown.box.bounding_box()
    assert (box["width"], box["height"]) == (400, 680)
    assert 1280 - 30 < box["x"] + box["width"] <= 1280


def test_a_page_that_is_not_allowed_shows_nothing(embed, portal):
    shown = embed(portal, other=True, troubled=True)
    shown.page.wait_for_load_state("networkidle")  # the word of the service is there by then
    shown.page.evaluate("Rightkey('open')")
    assert (
        shown.page.locator("rightkey-widget").evaluate("one => one.shadowRoot.querySelectorAll(':not(iframe[hidden])').length")
        == 0
    )
    expect(shown.box).to_have_count(0)


def test_a_page_that_frames_the_panel_by_itself_is_refused_by_the_browser(embed, portal):
    shown = embed(portal, other=True, troubled=True)
    for origin in (portal.allowed, portal.other):
        address = f"{portal.server.address}/panel?site={portal.site}&origin={origin}"
        framed = shown.page.evaluate(
            """async (address) => {
              const frame = document.createElement('iframe');
              frame.src = address;
              document.body.append(frame);
              await new Promise((done) => { frame.onload = done; });
            }""",
            address,
        )
        assert framed is None
        assert [
            frame.url
            for frame in shown.page.frames
            if frame.url.startswith(portal.server.address) and frame.query_selector("#question")
        ] == []


def test_a_site_that_is_paused_shows_nothing(embed, own_portal):
    own_portal.change(paused=True)
    shown = embed(own_portal, troubled=True)
    shown.page.wait_for_load_state("networkidle")  # the word of the service is there by then
    expect(shown.launcher).to_have_count(0)


def test_a_site_that_is_paused_while_the_panel_is_open_says_so(embed, own_portal):
    shown = embed(own_portal, troubled=True).open()
    own_portal.change(paused=True)
    shown.ask(SOLAR)
    expect(shown.panel.locator(".failure h3")).to_have_text(words("en")["problem.site_paused"])


# --- the launcher and the panel


def test_the_launcher_is_a_button_that_says_whether_the_panel_is_open(embed, portal):
    shown = embed(portal)
    launcher = shown.page.get_by_role("button", name="Ask about poverty alleviation")
    expect(launcher).to_have_attribute("aria-expanded", "false")
    assert [frame.url for frame in shown.page.frames if "/panel" in frame.url] == []  # made on first open
    launcher.click()
    shown.ready()
    expect(launcher).to_have_attribute("aria-expanded", "true")
    expect(shown.page.get_by_role("dialog", name="Rightkey")).to_be_visible()
    launcher.click()
    expect(shown.box).to_be_hidden()
    expect(launcher).to_have_attribute("aria-expanded", "false")


def test_by_keyboard_alone_it_is_opened_asked_and_closed_and_the_focus_goes_back(embed, portal):
    shown = embed(portal)
    expect(shown.launcher).to_be_visible()
    shown.launcher.focus()
    shown.page.keyboard.press("Enter")
    shown.ready()
    expect(shown.panel.locator("#question")).to_be_focused()
    shown.page.keyboard.type(SOLAR)
    shown.page.keyboard.press("Enter")
    expect(shown.panel.locator("#status")).to_contain_text("Answer ready")
    for _ in range(40):
        if shown.frame.evaluate("document.activeElement.classList.contains('citation')"):
            break
        shown.page.keyboard.press("Shift+Tab")
    shown.page.keyboard.press("Enter")
    expect(shown.panel.locator("#source mark")).to_be_visible()
    shown.page.keyboard.press("Escape")  # the source, then the panel
    expect(shown.panel.locator("#source")).to_be_hidden()
    expect(shown.box).to_be_visible()
    shown.page.keyboard.press("Escape")
    expect(shown.box).to_be_hidden()
    expect(shown.launcher).to_be_focused()


def test_closed_and_opened_again_the_conversation_is_still_there(embed, portal):
    shown = embed(portal).open().ask(SOLAR)
    shown.panel.locator("#close").click()
    expect(shown.box).to_be_hidden()
    shown.open()
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()


def test_on_a_phone_the_panel_fills_the_screen_and_can_be_closed(embed, portal):
    shown = embed(portal, **PHONE).open()
    assert shown.box.bounding_box() == {"x": 0, "y": 0, "width": 375, "height": 700}
    shown.panel.locator("#close").click()
    expect(shown.box).to_be_hidden()
    assert shown.launcher.bounding_box()["width"] == 56


def test_a_phone_that_moves_its_bars_before_the_panel_was_opened_keeps_the_launcher(embed, portal):
    shown = embed(portal, **PHONE)
    shown.launcher.wait_for()
    shown.page.evaluate("dispatchEvent(new Event('resize')); visualViewport.dispatchEvent(new Event('scroll'))")
    expect(shown.launcher).to_be_visible()
    shown.page.evaluate("dispatchEvent(new Event('resize'))")
    expect(shown.launcher).to_be_visible()
    assert not shown.page.evaluate("document.body.inert")
    shown.open()


def test_where_it_fills_the_screen_nothing_behind_it_can_be_reached(embed, portal):
    shown = embed(portal, viewport={"width": 375, "height": 700}).open()
    inert = "document.body.inert"
    assert shown.page.evaluate(inert)
    expect(shown.launcher).to_be_hidden()
    expect(shown.box).to_have_attribute("aria-modal", "true")
    shown.page.set_viewport_size({"width": 1280, "height": 800})
    shown.page.wait_for_function(f"!{inert}")
    shown.page.set_viewport_size({"width": 375, "height": 700})
    shown.page.wait_for_function(inert)
    shown.panel.locator("#question").press("Escape")
    expect(shown.box).to_be_hidden()
    assert not shown.page.evaluate(inert)
    expect(shown.launcher).to_be_focused()


def test_escape_closes_it_while_it_loads_and_when_it_failed_and_the_focus_is_never_lost(embed, portal):
    shown = embed(portal, troubled=True)
    expect(shown.launcher).to_be_visible()
    held = []
    shown.page.route("**/panel?*", lambda route: held.append(route))
    shown.page.clock.install()
    shown.launcher.press("Enter")
    expect(shown.state).to_be_focused()
    shown.page.keyboard.press("Escape")
    expect(shown.box).to_be_hidden()
    expect(shown.launcher).to_be_focused()
    shown.launcher.press("Enter")
    shown.page.clock.fast_forward(31_000)
    shown.page.keyboard.press("Tab")
    expect(shown.state.get_by_role("button", name="Try again")).to_be_focused()
    shown.page.keyboard.press("Enter")
    expect(shown.state).to_be_focused()
    shown.page.unroute_all()
    shown.page.keyboard.press("Escape")
    expect(shown.launcher).to_be_focused()


def test_opened_by_the_page_it_takes_the_focus_from_nobody(embed, portal):
    write = "addEventListener('DOMContentLoaded', () => { const box = document.body.appendChild(document.createElement('input')); box.focus(); })"
    shown = embed(portal, "/?open=", script=f"if (window === top) {{ {write} }}").ready()
    assert shown.page.evaluate("document.activeElement.tagName") == "INPUT"
    shown.page.evaluate("question => Rightkey('ask', question)", SOLAR)
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()
    assert shown.page.evaluate("document.activeElement.tagName") == "INPUT"


def test_opened_by_a_button_of_the_page_it_gives_the_focus_back_to_that_button(embed, portal):
    shown = embed(portal)
    expect(shown.launcher).to_be_visible()
    shown.page.evaluate(
        """() => {
          const button = document.body.appendChild(document.createElement('button'));
          button.textContent = 'Ask us';
          button.onclick = () => Rightkey('open');
        }"""
    )
    shown.page.get_by_role("button", name="Ask us").press("Enter")
    shown.ready()
    expect(shown.panel.locator("#question")).to_be_focused()
    shown.page.keyboard.press("Escape")
    expect(shown.page.get_by_role("button", name="Ask us")).to_be_focused()


def test_a_source_that_is_opened_and_left_takes_no_step_in_the_history_of_the_page(embed, portal):
    shown = embed(portal).open().ask(SOLAR)
    steps = shown.page.evaluate("history.length")
    shown.panel.locator(".turn .citation").first.click()
    expect(shown.panel.locator("#source mark")).to_be_visible()
    shown.page.evaluate("history.pushState(null, '', '/?mine')")
    shown.panel.locator("#source .back").click()
    expect(shown.panel.locator("#source")).to_be_hidden()
    assert shown.page.evaluate("[history.length, location.search]") == [steps + 1, "?mine"]


@pytest.mark.parametrize(
    ("path", "side"), [("/", "right"), ("/?position=left", "left"), ("/arabic", "left"), ("/arabic?position=right", "right")]
)
def test_it_stands_where_the_page_wants_it_or_where_its_language_ends(embed, portal, path, side):
    shown = embed(portal, path)
    expect(shown.launcher).to_be_visible()
    box = shown.launcher.bounding_box()
    assert (box["x"] < 640) is (side == "left")


def test_the_panel_can_stand_within_the_page(embed, portal):
    shown = embed(portal, "/inline").ready()
    expect(shown.launcher).to_have_count(0)
    assert shown.box.bounding_box()["height"] == 640
    expect(shown.panel.locator("#close")).to_be_hidden()
    shown.page.evaluate("Rightkey('close')")
    expect(shown.box).to_be_visible()
    shown.ask(SOLAR)
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()


# --- what the page may say and hear


def test_attributes_choose_language_title_greeting_questions_scheme_and_open(embed, portal):
    asked = "lang=fr&title=Guizhou&greeting=Bonjour+!&questions=Une+%3F|Deux+%3F&scheme=dark&open="
    shown = embed(portal, f"/?{asked}").ready()
    expect(shown.page.get_by_role("button", name="Guizhou")).to_have_attribute("aria-expanded", "true")
    expect(shown.panel.locator("h1")).to_have_text("Guizhou")
    expect(shown.panel.locator("#lead")).to_have_text("Bonjour !")
    expect(shown.panel.locator("#suggested button")).to_have_text(["Une ?", "Deux ?"])
    expect(shown.panel.locator("html")).to_have_attribute("lang", "fr")
    dark = shown.frame.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark == "rgb(20, 25, 23)"


@pytest.mark.parametrize(("scheme", "system"), [("light", "dark"), ("dark", "light")])
def test_the_scheme_of_the_page_overrules_that_of_the_system(embed, portal, scheme, system):
    shown = embed(portal, f"/?scheme={scheme}", color_scheme=system).open()
    ground = shown.frame.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == {"light": "rgb(251, 250, 246)", "dark": "rgb(20, 25, 23)"}[scheme]
    button = shown.launcher.evaluate("one => getComputedStyle(one).backgroundColor")
    assert button == {"light": "rgb(11, 92, 76)", "dark": "rgb(132, 211, 187)"}[scheme]


def test_a_pale_accent_is_made_dark_enough_to_be_read(embed, portal):
    shown = embed(portal, "/?accent=%23ffcc00").open()
    colours = [
        shown.launcher.evaluate("one => getComputedStyle(one).backgroundColor"),
        shown.panel.locator("#composer .primary").evaluate("one => getComputedStyle(one).backgroundColor"),
    ]
    assert colours[0] == colours[1] != "rgb(255, 204, 0)"


@pytest.mark.parametrize(
    ("path", "locale", "spoken"),
    [("/?lang=ar", "fr-FR", "ar"), ("/arabic", "fr-FR", "ar"), ("/", "fr-FR", "en"), ("/?lang=xx", "fr-FR", "en")],
)
def test_the_language_is_the_attribute_then_the_pages_then_the_browsers(embed, portal, path, locale, spoken):
    shown = embed(portal, path, locale=locale).open()
    expect(shown.panel.locator("html")).to_have_attribute("lang", spoken)


def test_a_site_offers_its_own_languages_and_greets_in_them(embed, own_portal):
    own_portal.change(languages=["fr", "zh"], greeting={"fr": "Posez vos questions sur le Guizhou."})
    shown = embed(own_portal).open()
    expect(shown.panel.locator("#lead")).to_have_text("Posez vos questions sur le Guizhou.")
    assert shown.panel.locator("#language option").all_text_contents() == ["Français", "中文"]


@pytest.mark.parametrize("path", ["/?launcher=none", "/?launcher=none&open="])
def test_the_page_opens_asks_and_hears_even_before_the_loader_is_there(embed, portal, path):
    queue = f"""
      window.Rightkey = function () {{ (Rightkey.q = Rightkey.q || []).push(arguments) }};
      window.heard = [];
      for (const name of ['open', 'close', 'answer']) Rightkey('on', name, (detail) => heard.push([name, detail]));
      Rightkey('ask', {json.dumps(SOLAR)});
    """
    shown = embed(portal, path, script=f"if (window === top) {{ {queue} }}").ready()
    expect(shown.launcher).to_have_count(0)
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()
    shown.page.wait_for_function("heard.length === 2")
    shown.panel.locator("#question").press("Escape")
    expect(shown.box).to_be_hidden()
    opened, answered, closed = shown.page.evaluate("heard")
    assert (opened[0], answered[0], closed[0]) == ("open", "answer", "close")
    assert answered[1] == {"outcome": "answered"}  # neither what was asked nor which answer it was


@pytest.mark.parametrize(
    "called", ["Rightkey('ask')", "Rightkey('ask', ' ')", "Rightkey('frob')", "Rightkey('on', 'nothing', print)"]
)
def test_a_call_that_is_none_is_told_on_the_console_and_asks_nothing(embed, portal, called):
    shown = embed(portal, troubled=True)
    expect(shown.launcher).to_be_visible()
    with shown.page.expect_console_message(lambda message: "there is no Rightkey(" in message.text):
        shown.page.evaluate(called)
    expect(shown.box).to_be_hidden()


def test_a_listener_that_fails_stops_nothing(embed, portal):
    shown = embed(portal, troubled=True)
    expect(shown.launcher).to_be_visible()
    shown.page.evaluate("Rightkey('on', 'open', () => { throw new Error('mine') })")
    shown.open().ask(SOLAR)
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()


def test_messages_from_elsewhere_and_of_other_versions_are_not_heard(embed, portal):
    shown = embed(portal).open()
    forged = {"rightkey": 1, "type": "close"}
    shown.page.evaluate("forged => postMessage(forged, '*')", forged)  # from the page itself, not from the frame
    frame = "document.querySelector('rightkey-widget').shadowRoot.querySelector('iframe').contentWindow"
    # a frame of the page is not the page
    shown.page.evaluate(
        f"""(question) => {{
          const child = document.body.appendChild(document.createElement('iframe'));
          const script = child.contentDocument.createElement('script');
          script.textContent = `parent.{frame}.postMessage({{rightkey: 1, type: 'ask', question: ${{JSON.stringify(question)}}}}, '*')`;
          child.contentDocument.body.append(script);
          {frame}.postMessage({{rightkey: 2, type: 'ask', question}}, '*');
        }}""",
        "Forged?",
    )
    shown.page.evaluate("question => Rightkey('ask', question)", SOLAR)
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()
    expect(shown.panel.locator(".turn")).to_have_count(1)
    expect(shown.box).to_be_visible()


def test_the_line_is_found_twice_and_drawn_once(embed, portal):
    shown = embed(portal)
    expect(shown.launcher).to_be_visible()
    shown.page.evaluate(
        """async () => {
          const first = document.querySelector('script[data-site]');
          const again = Object.assign(document.createElement('script'), { src: first.src });
          again.dataset.site = first.dataset.site;
          const loaded = new Promise((done) => { again.onload = done; });
          document.head.append(again);
          await loaded;
        }"""
    )
    expect(shown.page.locator("rightkey-widget")).to_have_count(1)


def test_the_pinned_line_runs_and_another_script_in_its_place_does_not(embed, portal):
    shown = embed(portal, "/none.css", troubled=True)
    _, name, integrity = loader()
    for promised, drawn in ((integrity.replace(integrity[10:14], "AAAA"), 0), (integrity, 1)):
        shown.page.evaluate(
            """async ([src, integrity, site]) => {
              const script = document.createElement('script');
              Object.assign(script, { src, integrity, crossOrigin: 'anonymous' });
              script.dataset.site = site;
              const over = new Promise((done) => { script.onload = script.onerror = done; });
              document.head.append(script);
              await over;
            }""",
            [f"{portal.server.address}/{name}", promised, portal.site],
        )
        expect(shown.page.locator("rightkey-widget")).to_have_count(drawn)
    expect(shown.launcher).to_be_visible()


# --- trouble


def test_on_a_slow_line_it_is_there_in_time(embed, portal):
    shown = embed(portal, "/none.css", troubled=True, **PHONE)
    line = shown.page.context.new_cdp_session(shown.page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    shown.page.goto(portal.allowed, wait_until="domcontentloaded")
    drawn = """() => new Promise((done) => {
      const look = () => document.querySelector('rightkey-widget')?.shadowRoot?.querySelector('.launcher')
        ? done(performance.now() - performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd) : requestAnimationFrame(look);
      look();
    })"""
    assert shown.page.evaluate(drawn) <= 1500
    usable = """() => new Promise((done) => {
      const root = document.querySelector('rightkey-widget').shadowRoot;
      const start = performance.now();
      root.querySelector('.launcher').click();
      const look = () => root.querySelector('.state').hidden ? done(performance.now() - start) : requestAnimationFrame(look);
      look();
    })"""
    assert shown.page.evaluate(usable) <= 4000
    shown.ready().ask(SOLAR)
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()


def test_offline_it_says_so_before_it_is_open_and_goes_on_when_the_line_is_back(embed, portal):
    shown = embed(portal, troubled=True)
    expect(shown.launcher).to_be_visible()
    shown.page.context.set_offline(True)
    shown.launcher.click()
    expect(shown.state).to_contain_text(words("en")["widget.failed"])
    shown.state.get_by_role("button", name="Try again").click()
    expect(shown.state).to_contain_text(words("en")["widget.failed"])
    shown.page.context.set_offline(False)
    shown.ready()
    expect(shown.panel.locator("#suggested button").first).to_be_visible()


def test_a_panel_that_does_not_come_is_said_to_be_slow_then_failed_and_can_be_closed(embed, portal):
    shown = embed(portal, troubled=True)
    expect(shown.launcher).to_be_visible()
    held = []
    shown.page.route("**/panel?*", lambda route: held.append(route))
    shown.page.clock.install()
    shown.launcher.click()
    expect(shown.state).to_contain_text(words("en")["widget.loading"])
    shown.page.clock.fast_forward(8_500)
    expect(shown.state).to_contain_text(words("en")["widget.slow"])
    shown.page.clock.fast_forward(30_000)
    expect(shown.state).to_contain_text(words("en")["widget.failed"])
    shown.state.get_by_role("button", name="Close").click()
    expect(shown.box).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_eleventh_question_in_ten_minutes_gets_a_clear_message_with_the_time_left(embed, own_portal, language):
    own_portal.change(limits={})
    shown = embed(own_portal, f"/?lang={language}", troubled=True).open()
    for number in range(10):
        shown.ask(f"What is {number}?")
    shown.ask(SOLAR)
    failure = shown.panel.locator(".failure").last
    said = words(language)
    expect(failure.locator("h3")).to_have_text(said["problem.visitor_limit"])
    expect(failure).to_contain_text(said["problem.visitor_limit.detail"])
    minutes = said["wait.minutes"]
    expected = [minutes.get("many", minutes["other"]), minutes["other"], minutes.get("few", "")]
    left = failure.locator(".wait").inner_text()
    assert any(re.fullmatch(re.escape(form).replace(r"\{n\}", r"(9|10|٩|١٠)"), left) for form in expected if form)
    expect(failure.get_by_role("button")).to_be_hidden()
    expect(shown.panel.locator("#question")).to_have_value(SOLAR)
    shown.panel.locator("#question").press("Enter")
    expect(shown.panel.locator("#hint")).to_have_text(failure.locator(".wait").inner_text())
    expect(shown.panel.locator(".turn")).to_have_count(11)


def test_when_the_time_is_over_it_can_be_asked_again(embed, own_portal):
    own_portal.change(limits={"questions": 1, "minutes": 1})
    shown = embed(own_portal, troubled=True).open()
    shown.page.clock.install()
    shown.ask("What is it?").ask(SOLAR)
    wait = shown.panel.locator(".wait")
    expect(wait).to_contain_text(re.compile(r"You can ask again in (\d+ seconds|1 minute)\."))
    shown.page.clock.run_for(61_000)
    expect(wait).to_have_text("You can ask again now.")
    expect(shown.panel.locator("#status")).to_have_text("You can ask again now.")
    expect(shown.panel.locator(".failure").get_by_role("button", name="Try again")).to_be_visible()


def test_a_service_that_was_started_anew_gives_the_visitor_a_new_token_unseen(embed, own_portal):
    shown = embed(own_portal, troubled=True).open().ask(SOLAR)
    own_portal.server.parts.visitors = type(own_portal.server.parts.visitors)()
    shown.ask("What happens when a cash programme is stopped?")
    expect(shown.panel.locator(".turn").last.locator(".statement").first).to_be_visible()


# --- what is kept


def stored(shown):
    return shown.frame.evaluate("[sessionStorage.length, localStorage.length, document.cookie.length]")


def test_nothing_is_stored_before_something_is_written_and_nothing_after_a_new_conversation(embed, portal):
    shown = embed(portal).open()
    expect(shown.panel.locator("#suggested button").first).to_be_visible()
    assert stored(shown) == [0, 0, 0]
    shown.ask(SOLAR)
    assert stored(shown) == [1, 0, 0]
    shown.panel.get_by_role("button", name="New conversation").click()
    assert stored(shown) == [0, 0, 0]
    assert shown.page.context.cookies() == []
    assert shown.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_what_the_page_asks_is_not_stored_until_its_reader_does_something(embed, portal):
    shown = embed(
        portal,
        "/?launcher=none",
        script=f"if (window === top) {{ window.Rightkey = Object.assign(() => {{}}, {{q: [['ask', {json.dumps(SOLAR)}]]}}) }}",
    ).ready()
    expect(shown.panel.locator(".turn .statement").first).to_be_visible()
    assert stored(shown) == [0, 0, 0]
    shown.panel.locator(".turn .questions button").first.click()
    expect(shown.panel.locator(".turn").last.locator(".statement").first).to_be_visible()
    assert stored(shown) == [1, 0, 0]


def test_the_language_of_the_page_counts_until_the_reader_chooses_one(embed, portal):
    shown = embed(portal, "/arabic").open().ask(SOLAR)
    shown.page.goto(portal.allowed)
    shown.open()
    expect(shown.panel.locator("html")).to_have_attribute("lang", "en")
    expect(shown.panel.locator(".turn .asked")).to_contain_text(SOLAR)
    shown.panel.locator("#menu summary").click()
    shown.panel.locator("#language").select_option("fr")
    expect(shown.panel.locator("html")).to_have_attribute("lang", "fr")
    shown.page.reload()
    shown.open()
    expect(shown.panel.locator("html")).to_have_attribute("lang", "fr")


def test_draft_and_conversation_are_still_there_when_the_page_is_loaded_again(embed, portal):
    shown = embed(portal).open().ask(SOLAR)
    shown.panel.locator("#question").fill("And in Kenya")
    shown.page.reload()
    shown.open()
    expect(shown.panel.locator("#question")).to_have_value("And in Kenya")
    expect(shown.panel.locator(".turn .asked")).to_contain_text(SOLAR)
    shown.panel.locator(".turn .citation").first.click()
    expect(shown.panel.locator("#source mark")).to_be_visible()


def test_a_draft_alone_is_kept_too(embed, portal):
    shown = embed(portal).open()
    shown.panel.locator("#question").fill("And in")
    shown.page.reload()
    shown.open()
    expect(shown.panel.locator("#question")).to_have_value("And in")
