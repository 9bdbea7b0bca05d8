"""The pages that are read: with and without JavaScript, wide and narrow, light and dark."""

import json
import re

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

from corpus.figures import LANGUAGES
from corpus.glossary import OTHERS, Row, read_glossary
from corpus.lists import country_name, labels
from service.api.pages import MOST_ROWS, holding
from service.api.panel import READ
from service.app import create_app
from service.web import WEB

PAGES = [
    "/cases",
    "/cases?themes=livestock",
    "/cases?q=zzzz",
    "/cases?themes=goats",
    "/cases/chn-solar",
    "/cases/none",
    "/glossary?q=cash&show=fr&show=ar",
    "/about",
    "/privacy",
    "/accessibility",
]
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((WEB / "pages").glob("*.html")))
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
    page = open_page("/cases?utm_source=mail&themes=livestock&lang=de", java_script_enabled=False)
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
    assert page.locator("article section p a.mark").count() > 10
    page.locator(".cards h3 a").first.click()
    expect(page.locator("h1")).not_to_have_text("")
    expect(page.locator(".sources li").first).to_be_visible()


def test_a_summary_is_read_in_another_language_one_at_a_time(open_page):
    page = open_page("/cases/rwa-girinka", java_script_enabled=False)
    languages = page.locator(".languages details")
    expect(languages).to_have_count(8)
    page.locator("summary", has_text="Kiswahili").click()
    swahili, arabic = page.locator("details[lang=sw] p"), page.locator("details[lang=ar] p")
    expect(swahili).to_be_visible()
    page.locator("summary", has_text="العربية").click()
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


@pytest.fixture(scope="module")
def client(server):
    """The application that the browser's server serves, without a browser."""
    return TestClient(create_app(server.parts))


def told_in(page):
    """The language and direction of a page, and the language that its header names."""
    return re.search(r'<html lang="(\w+)" dir="(\w+)">', page.text).groups(), page.headers["content-language"]


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/about", "", "en"),
        ("/about?lang=xx", "de", "en"),
        ("/about?lang=", "en-GB", "en"),
        ("/about?lang=en", "fr", "en"),
        ("/about", "de-DE,de;q=0.9,fr;q=0,en;q=0.8", "en"),
        ("/about", "nonsense;q=q,,;q=1,*;q=0.1", "en"),
    ],
)
def test_the_address_decides_the_language_then_the_browser_then_it_is_english(client, address, accepted, language):
    page = client.get(address, headers={"Accept-Language": accepted})
    assert told_in(page) == ((language, "ltr"), language)
    assert "Accept-Language" in page.headers["vary"]


def inner_links(page):
    hrefs = re.findall(r'<a [^>]*?href="([^"#?:][^":]*)"', page.text)
    return [one for one in hrefs if not one.startswith("?") and not re.search(r"\.(csv|ris|bib)\b", one)]


@pytest.mark.parametrize("path", PAGES)
def test_links_carry_the_language_that_the_address_names_and_no_other(client, path):
    named = inner_links(client.get(path + ("&" if "?" in path else "?") + "lang=en"))
    assert len(named) >= 6
    assert [one for one in named if "lang=en" not in one] == []
    assert [one for one in inner_links(client.get(path, headers={"Accept-Language": "en"})) if "lang=" in one] == []


def test_a_row_of_links_turns_to_the_same_page_in_each_language(client):
    footer = client.get("/cases?themes=livestock&lang=en").text.split("<footer>")[1]
    links = re.findall(
        r'<a href="\?themes=livestock&amp;lang=(\w+)" lang="(\w+)" hreflang="(\w+)"( aria-current="true")?>', footer
    )
    assert [one[:3] for one in links] == [(code, code, code) for code in LANGUAGES]
    assert [code for code, *_, current in links if current] == ["en"]


def test_a_search_keeps_the_language_and_counts_no_filter_for_it(client):
    page = client.get("/cases?lang=en").text
    assert '<input type="hidden" name="lang" value="en">' in page
    assert 'href="cases?lang=en">Clear' not in page
    assert 'href="cases?lang=en">Clear' in client.get("/cases?lang=en&q=goat").text


def test_what_is_not_here_is_said_on_a_page_and_escaped(client):
    missing = client.get("/cases/%3Cb%3Enone")
    assert missing.status_code == 404
    assert "No case “&lt;b&gt;none” is held here." in missing.text
    assert client.get("/cases?themes=goats").status_code == 422


def test_a_case_in_english_says_nothing_of_english(client):
    page = client.get("/cases/rwa-girinka").text
    assert "in_english" not in page
    assert page.count("<details") == 8
    assert '<time datetime="2022-05-17">May 17, 2022</time>' in page


def named_keys():
    """The keys that the templates name in so many words, and the beginnings of those that they put together."""
    found = re.findall(r"""\b(?:t|html)\((?:"([\w.]+)"|'([\w.]+)')""", TEMPLATES)
    return {first or second for first, second in found}, set(re.findall(r'"([\w.]+\.)" ~', TEMPLATES))


def test_every_key_of_the_pages_has_its_words_and_no_words_are_kept_that_no_page_says():
    english = json.loads((WEB / "locales" / "en.json").read_text(encoding="utf-8"))
    keys, prefixes = named_keys()
    assert len(keys) > 60
    assert sorted(keys - set(english) - prefixes) == []
    elsewhere = {"site.noscript", "case.alike.region", "case.alike.size"}  # the panel, service/cases.py
    idle = {key for key in english if key.startswith(READ) and not key.startswith(tuple(prefixes))} - keys - elsewhere
    assert sorted(one for one in idle if f'"{one}"' not in TEMPLATES) == []


def test_the_panel_is_sent_no_words_of_the_pages_and_these_once(client):
    sent = client.get("/web/locales/en.json")
    english = json.loads((WEB / "locales" / "en.json").read_text(encoding="utf-8"))
    assert sent.json() == {key: text for key, text in english.items() if not key.startswith(READ)}
    assert {"cases", "about", "comparable.themes"} <= set(sent.json())
    assert client.get("/web/locales/en.json", headers={"If-None-Match": sent.headers["etag"]}).status_code == 304
    assert client.get("/web/locales/xx.json").status_code == 404


def test_without_a_script_the_panel_says_so(client):
    assert "<noscript><p" in client.get("/").text
    assert "needs JavaScript" in client.get("/?lang=en").text


def row(english, line=1, **forms):
    return Row(line, "term", english, {one: tuple(forms.get(one, "").split("|")) for one in OTHERS}, "draft")


def test_a_term_is_found_by_each_language_that_is_shown_and_what_begins_so_comes_first():
    rows = [
        row("bicycle", fr="vélo"),
        row("cow", fr="vache|bétail", zh="奶牛"),
        row("scow", fr="chaland"),
        row("cattle", sw="ng'ombe"),
    ]
    assert [one.english for one in holding(rows, "COW", ["fr"])] == ["cow", "scow"]
    assert [one.english for one in holding(rows, " betail ", ["fr"])] == ["cow"]
    assert [one.english for one in holding(rows, "betail", ["ar"])] == []
    assert [one.english for one in holding(rows, "牛", ["fr", "zh"])] == ["cow"]
    assert [one.english for one in holding(rows, "", ["fr"])] == ["bicycle", "cattle", "cow", "scow"]


def test_the_glossary_shows_a_part_and_says_how_much_more_there_is(client):
    page = client.get("/glossary", headers={"Accept-Language": "en", "Accept-Encoding": "gzip"})
    assert page.text.count('<th scope="row">') == MOST_ROWS
    assert re.search(r"and [\d,]+ more: type to find them", page.text)
    assert int(page.headers["content-length"]) < 60_000
    assert re.findall(r'<th scope="col" lang="(\w+)">', page.text) == ["en", "fr"]


def test_the_glossary_shows_the_languages_that_the_address_names(client):
    def shown(query):
        return re.findall(r'<th scope="col" lang="(\w+)">', client.get(f"/glossary?{query}").text)

    assert shown("show=sw&show=") == ["en", "sw"]
    assert shown("show=sw&show=ar&show=zh") == ["en", "sw", "ar"]
    assert shown("show=sw&show=sw&show=xx") == ["en", "sw"]
    assert shown("show=xx") == ["en", "fr"]


def test_the_glossary_as_a_file_holds_every_row(client, server, tmp_path):
    sent = client.get("/glossary.csv")
    assert sent.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="rightkey-glossary.csv"' in sent.headers["content-disposition"]
    (tmp_path / "glossary.csv").write_bytes(sent.content)
    assert [one.english for one in read_glossary(tmp_path / "glossary.csv")] == [
        one.english for one in server.parts.terms.rows()
    ]


def test_the_glossary_is_searched_as_it_is_typed_and_without_a_script(open_page):
    page = open_page("/glossary?lang=en")
    page.locator("#q").press_sequentially("cash transfer")
    expect(page.locator("#rows th[scope=row]").first).to_contain_text("cash transfer")
    page.wait_for_url(re.compile("q=cash"))
    told = page.locator("#count").inner_text()
    plain = open_page("/glossary?lang=en", java_script_enabled=False)
    plain.locator("#q").fill("cash transfer")
    plain.get_by_role("button", name="Show").click()
    plain.wait_for_url(re.compile("q=cash.*lang=en|lang=en.*q=cash"))
    assert plain.locator("#count").inner_text() == told


def test_a_glossary_that_can_not_be_reached_says_so_and_keeps_its_rows(open_page):
    page = open_page("/glossary?q=cash", troubled=True)
    rows = page.locator("#rows tr").count()
    page.route("**/glossary?*", lambda route: route.abort())
    page.locator("#q").press_sequentially(" tr")
    expect(page.locator("#count")).to_have_text("No connection")
    assert page.locator("#rows tr").count() == rows


# These pass once the words of the pages are in all nine locales.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*PAGES, "/?"])
def test_every_page_speaks_every_language(client, path, language):
    page = client.get(path + ("&" if "?" in path else "?") + f"lang={language}")
    assert page.status_code == {"/cases/none": 404, "/cases?themes=goats": 422}.get(path, 200)
    assert f'<html lang="{language}"' in page.text
    if path != "/?":
        assert told_in(page) == ((language, "rtl" if language == "ar" else "ltr"), language)
    assert path != "/about" or labels("themes", language)["livestock"] in page.text


def test_the_browser_decides_where_the_address_does_not(client):
    assert told_in(client.get("/about", headers={"Accept-Language": "de,fr;q=0.7,ar;q=0.9"})) == (("ar", "rtl"), "ar")


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_are_found_by_the_words_of_the_page_and_counted_in_them(open_page, language):
    page = open_page(f"/cases?lang={language}")
    page.locator("#q").press_sequentially(country_name("RWA", language))
    typed = [one.get_attribute("href") for one in page.locator(".cards h3 a").all() if one.is_visible()]
    told = page.locator("#count").inner_text()
    page.locator(".filters .primary").click()
    page.wait_for_url(re.compile("q="))
    assert typed == [one.get_attribute("href") for one in page.locator(".cards h3 a").all()]
    assert told == page.locator("#count").inner_text()
    assert any("rwa-girinka" in one for one in typed)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_from_right_to_left(open_page, axe, path):
    troubled = path in ("/cases/none", "/cases?themes=goats")
    page = open_page(path + ("&" if "?" in path else "?") + "lang=ar", troubled=troubled, **LOOKS[1])
    page.evaluate(axe)
    assert [one["id"] for one in page.evaluate("axe.run()")["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
