"""sites.yaml: what a site is, and what is done with a file that is not one."""

import os

import pytest

from service.sites import SiteError, Sites, SitesUnreadable, checked

ORIGIN = "https://www.guizhou.example"


@pytest.fixture
def sites(tmp_path):
    return Sites(tmp_path)


def add(sites, identity="guizhou", **fields):
    site = checked(identity, {"origins": [ORIGIN], **fields})
    sites.change(lambda known: {**known, identity: site})


def test_without_a_file_there_is_no_site(sites):
    assert sites.find("guizhou") is None


def test_a_site_is_read_as_it_was_written(sites):
    fields = {"languages": ["zh", "en"], "filters": {"countries": ["CHN"], "years": {"from": 2013}}, "greeting": {"zh": "您好"}}
    add(sites, **fields, limits={"questions": 3}, first={"places": ["Guizhou"]}, gaps=True)
    assert Sites(sites.path.parent).find("guizhou") == checked(
        "guizhou", {"origins": [ORIGIN], **fields, "limits": {"questions": 3}, "first": {"places": ["Guizhou"]}, "gaps": True}
    )


def test_the_usual_limits_are_those_of_the_readme():
    limits = checked("guizhou", {"origins": [ORIGIN]}).limits
    assert (limits.questions, limits.minutes, limits.hourly, limits.characters) == (10, 10, 60, 2000)


def test_a_change_of_the_file_takes_hold_at_once(sites):
    add(sites)
    assert not sites.find("guizhou").paused
    Sites(sites.path.parent).change(
        lambda known: {name: one.model_copy(update={"paused": True}) for name, one in known.items()}
    )
    assert sites.find("guizhou").paused
    sites.path.unlink()
    assert sites.find("guizhou") is None


def test_a_change_leaves_the_file_as_readable_as_it_was_and_no_other_behind(sites):
    add(sites)
    assert sites.path.stat().st_mode & 0o777 == sites.path.parent.stat().st_mode & 0o666
    sites.path.chmod(0o640)
    add(sites, "another")
    assert sites.path.stat().st_mode & 0o777 == 0o640
    assert {one.name for one in sites.path.parent.iterdir()} == {"sites.yaml", "sites.yaml.lock"}


@pytest.mark.parametrize(
    "text",
    [
        "guizhou: {origins: []}",
        "guizhou: {origins: ['*']}",
        "guizhou: {origins: [https://a.example], colour: red}",
        "Guizhou portal: {origins: [https://a.example]}",
        "guizhou: [",
        "- a",
        "\udcff",
    ],
)
def test_a_file_that_is_not_valid_serves_no_site_and_is_not_overwritten(sites, text):
    add(sites)
    assert sites.find("guizhou")
    sites.path.write_bytes(os.fsencode(text))
    with pytest.raises(SitesUnreadable, match="Mend it; until then no site is served"):
        sites.find("guizhou")
    with pytest.raises(SitesUnreadable):
        sites.change(lambda known: known)
    assert sites.path.read_bytes() == os.fsencode(text)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://www.Example.org/", "https://www.example.org"),
        ("https://example.org:443", "https://example.org"),
        ("http://127.0.0.1:8010", "http://127.0.0.1:8010"),
        ("http://[::1]:8010", "http://[::1]:8010"),
        ("https://пример.рф", "https://xn--e1afmkfd.xn--p1ai"),
    ],
)
def test_an_origin_is_kept_as_a_browser_writes_it(given, kept):
    assert checked("guizhou", {"origins": [given]}).origins == [kept]


@pytest.mark.parametrize(
    "given",
    ["*", "null", "example.org", "https://*.example.org", "https://a.example/page", "https://me@a.example", "ftp://a.example",
     "https://a.example:x", "https://a.example; script-src *", "https://", "https://a.example?x"],
)  # fmt: skip
def test_what_is_no_origin_is_refused_with_the_cure(given):
    with pytest.raises(SiteError, match=r"write https://www\.example\.org"):
        checked("guizhou", {"origins": [given]})


@pytest.mark.parametrize("name", ["", "Guizhou", "a b", "-a", "a-", "x" * 65, "../x"])
def test_what_is_no_name_of_a_site_is_refused_with_the_cure(name):
    with pytest.raises(SiteError, match="such as guizhou-portal"):
        checked(name, {"origins": [ORIGIN]})


def test_a_language_that_the_interface_does_not_speak_is_named():
    with pytest.raises(SiteError, match=r"languages.*'de' is none of the languages"):
        checked("guizhou", {"origins": [ORIGIN], "languages": ["de"]})


def test_a_place_is_found_in_the_title_and_the_place_of_a_case(document_of):
    site = checked("guizhou", {"origins": [ORIGIN], "first": {"places": ["Guizhou", "Xihaigu"]}})
    assert site.prefers(document_of(keywords="China Guizhou Province"))
    assert site.prefers(document_of(title="Ecological resettlement in Xihaigu"))
    assert not site.prefers(document_of(keywords="China Gansu"))
    assert not checked("guizhou", {"origins": [ORIGIN]}).prefers(document_of(keywords="Guizhou"))
