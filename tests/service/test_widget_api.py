"""What a portal's page loads, how heavy it is, and who may frame it."""

import base64
import hashlib
import json
import re

import pytest

from service.api import widget
from service.api.widget import loader
from service.sites import checked
from service.web import WEB

ORIGIN = "https://www.guizhou.example"
LOADER_BYTES, PANEL_BYTES = 5_000, 40_000


@pytest.fixture
def client(small, open_client):
    client = open_client(small)
    sites = client.app.state.parts.sites
    one = checked("guizhou", {"origins": [ORIGIN, "https://m.guizhou.example"], "languages": ["zh", "en"]})
    sites.change(lambda known: {"guizhou": one, "paused": one.model_copy(update={"paused": True})})
    return client


def policy(response):
    return response.headers["content-security-policy"]


def sent_bytes(client, path):
    """What goes over the line, compressed as the service does it."""
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as response:
        assert response.status_code == 200
        return sum(map(len, response.iter_raw()))


def test_the_loader_weighs_at_most_five_kilobytes(client):
    assert sent_bytes(client, "/widget.js") <= LOADER_BYTES


@pytest.mark.parametrize("language", sorted(path.stem for path in (WEB / "locales").glob("*.json")))
def test_the_panel_weighs_at_most_forty_kilobytes_in_all(client, language):
    page = client.get(f"/panel?site=guizhou&origin={ORIGIN}").text
    files = set(re.findall(r'(?:href|src)="(web/[^"]+)"', page)) - {f"web/locales/{other}.json" for other in ("zh", "en")}
    assert len(files) >= 14
    whole = [f"/panel?site=guizhou&origin={ORIGIN}", f"/web/locales/{language}.json", *(f"/{one}" for one in files)]
    assert sum(sent_bytes(client, path) for path in whole) <= PANEL_BYTES


def test_every_module_of_the_panel_is_named_in_its_page(client):
    page = client.get("/").text
    assert [path.name for path in (WEB / "panel").glob("*.js") if f"web/panel/{path.name}" not in page] == []


def test_the_pinned_loader_is_the_one_that_its_integrity_names(client):
    _, name, integrity = loader()
    response = client.get(f"/{name}")
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert integrity == f"sha384-{base64.b64encode(hashlib.sha384(response.content).digest()).decode()}"
    assert client.get("/widget.js").content == response.content


def test_a_loader_that_was_released_is_served_by_its_pin_for_ever(client, tmp_path, monkeypatch):
    old = "/** A loader of before. */"
    (tmp_path / "released.js").write_text(old, encoding="utf-8")
    monkeypatch.setattr(widget, "RELEASED", tmp_path)
    widget.pinned_loaders.cache_clear()
    try:
        assert client.get(f"/{widget.pin_of(old)}").text == old
        assert client.get(f"/{loader()[1]}").status_code == 200
    finally:
        widget.pinned_loaders.cache_clear()


def test_a_pin_of_no_loader_is_told_so_with_a_cure(client):
    response = client.get("/widget-0123456789abcdef.js")
    assert (response.status_code, "sites list" in response.json()["detail"]) == (404, True)


@pytest.mark.parametrize("path", ["/panel", "/widget/check"])
def test_only_an_origin_that_the_site_names_may_frame_it(client, path):
    response = client.get(f"{path}?site=guizhou&origin={ORIGIN}")
    assert response.status_code == 200
    assert f"frame-ancestors {ORIGIN}" in policy(response)
    assert policy(response).count("frame-ancestors") == 1


@pytest.mark.parametrize("path", ["/panel", "/widget/check"])
@pytest.mark.parametrize(
    "asked",
    [
        "site=guizhou&origin=https://evil.example",
        f"site=guizhou&origin={ORIGIN}.evil.example",
        f"site=guizhou&origin={ORIGIN};script-src *",
        "site=guizhou&origin=*",
        "site=guizhou&origin=null",
        "site=guizhou",
        f"site=paused&origin={ORIGIN}",
        f"site=nothing&origin={ORIGIN}",
    ],
)
def test_nobody_may_frame_what_is_not_allowed(client, path, asked):
    response = client.get(f"{path}?{asked}")
    assert (response.status_code, response.content) == (403, b"")
    assert "frame-ancestors 'none'" in policy(response)


def test_a_file_that_can_not_be_read_lets_nobody_frame(client):
    client.app.state.parts.sites.path.write_text("[")
    assert "frame-ancestors 'none'" in policy(client.get(f"/panel?site=guizhou&origin={ORIGIN}"))


def test_the_ask_page_is_framed_by_nobody_else(client):
    assert "frame-ancestors 'self'" in policy(client.get("/?site=guizhou"))


def test_the_word_that_a_page_is_allowed_goes_to_that_page_alone_in_its_language(client):
    response = client.get(f"/widget/check?site=guizhou&origin={ORIGIN}&lang=fr,zh-Hans-CN,en&accent=%23ff0")
    data, script = re.findall(r"<script[^>]*>(.*?)</script>", response.text, re.S)
    assert f'data-origin="{ORIGIN}"' in response.text
    assert "told.dataset.origin" in script
    told = json.loads(data)
    assert (told["lang"], told["words"]["close"], told["accent"]["dark"][0]) == ("zh", "关闭", "#ffff00")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy(response)


@pytest.mark.parametrize(
    ("wanted", "spoken"), [("fr", "zh"), ("zh-TW", "zh"), ("", "zh"), ("x" * 40, "zh"), ("en-US,zh", "en")]
)
def test_the_language_is_the_first_wanted_that_the_site_offers(client, wanted, spoken):
    response = client.get(f"/widget/check?site=guizhou&origin={ORIGIN}&lang={wanted}")
    assert f'"lang": "{spoken}"' in response.text


def test_no_page_holds_a_secret(client):
    pages = [
        client.get(path).text
        for path in (f"/panel?site=guizhou&origin={ORIGIN}", f"/widget/check?site=guizhou&origin={ORIGIN}", "/widget.js")
    ]
    token = client.post("/v1/visits", json={"site": "guizhou"}).json()["token"]
    assert [page for page in pages if token[:8] in page or "Bearer" in page] == []
