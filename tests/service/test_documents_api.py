"""GET /v1/documents/{id}: a document as it was in one version."""

from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.sync import sync

QUESTION = {"question": "How many goats did three villages in Indonesia own?"}


def test_every_citation_of_an_answer_is_found_in_its_document(client):
    answer = client.post("/v1/ask", json={"question": "What happens when a cash programme is stopped?"}).json()
    for one in answer["citations"]:
        document = client.get(f"/v1/documents/{one['document']}", params={"version": one["version"]}).json()
        (passage,) = [passage for passage in document["passages"] if passage["id"] == one["passage"]]
        assert passage["text"][one["start"] : one["end"]] == one["quote"]
        (sentence,) = [s for s in passage["sentences"] if (s["start"], s["end"]) == (one["start"], one["end"])]
        assert sentence["sources"] == [source["id"] for source in one["sources"]]
        assert set(sentence["sources"]) <= {source["id"] for source in document["sources"]}


def test_a_document_says_what_it_is(client):
    document = client.get("/v1/documents/idn-pkh").json()
    assert (document["id"], document["current"], document["origin"], document["kind"]) == ("idn-pkh", True, "brief", "case")
    assert (document["countries"], document["years"]) == (["IDN"], {"from": 2007, "to": 2013})
    assert document["summary"]
    assert document["passages"]


@pytest.mark.parametrize(
    "path", ["/v1/documents/nothing", "/v1/documents/idn-pkh?version=nothing", "/v1/documents/..%2F..%2Fetc"]
)
def test_a_document_that_is_not_held_is_a_problem(client, path):
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


def test_no_browser_keeps_a_document_that_says_it_is_current(client):
    version = client.get("/v1/documents/idn-pkh").json()["version"]
    for asked in ({}, {"version": version}):
        response = client.get("/v1/documents/idn-pkh", params=asked)
        assert (response.json()["current"], response.headers["cache-control"]) == (True, "no-cache")


def test_an_older_version_opens_after_the_document_changed(small, encoder, open_client, write_corpus, brief):
    client = open_client(small)
    answer = client.post("/v1/ask", json=QUESTION).json()
    (cited, *_) = [one for one in answer["citations"] if "1,250" in one["quote"]]
    changed = brief().replace("1,250 goats", "2,600 goats")
    sync(small, encoder, [write_corpus({"idn-demo": changed})])
    old = client.get("/v1/documents/idn-demo", params={"version": cited["version"]}).json()
    (passage,) = [one for one in old["passages"] if one["id"] == cited["passage"]]
    assert old["current"] is False
    assert passage["text"][cited["start"] : cited["end"]] == cited["quote"]
    new = client.get("/v1/documents/idn-demo").json()
    assert new["current"] is True
    assert any("2,600 goats" in one["text"] for one in new["passages"])
    assert "1,250" not in client.post("/v1/ask", json=QUESTION).text


def test_the_link_of_an_older_citation_names_the_version_that_it_cites(small, encoder, open_client, write_corpus, brief):
    client = open_client(small)
    (cited, *_) = client.post("/v1/ask", json=QUESTION).json()["citations"]
    sync(small, encoder, [write_corpus({"idn-demo": brief(title="Goats and more")})])
    query = parse_qs(urlsplit(cited["href"]).query)
    assert client.get("/v1/documents/idn-demo", params={"version": query["version"][0]}).json()["title"] != "Goats and more"


def test_a_removed_document_is_gone_with_its_older_versions(small, open_client, write_corpus, encoder):
    client = open_client(small)
    version = client.get("/v1/documents/idn-demo").json()["version"]
    sync(small, encoder, [write_corpus({})])
    assert client.get("/v1/documents/idn-demo", params={"version": version}).status_code == 404


def test_a_name_that_only_a_removed_document_held_is_missing_again(small, open_client, write_corpus, encoder, brief):
    client = open_client(small)
    question = {"question": "How many goats did Zembla own by 2020?"}
    more = brief("npl-more", title="More goats").replace("Indonesia", "Zembla")
    sync(small, encoder, [write_corpus({"idn-demo": brief(), "npl-more": more})])
    assert client.post("/v1/ask", json=question).json()["missing"] == []
    sync(small, encoder, [write_corpus({"idn-demo": brief()})])
    assert [one["text"] for one in client.post("/v1/ask", json=question).json()["missing"]] == ["Zembla"]


@pytest.fixture
def with_desk(small, encoder, open_client, write_corpus, brief):
    """A service whose library also holds a trainer's own brief, in a collection that the public does not see."""
    text = (
        brief("npl-desk", title="Yaks of Zembla", countries=["NPL"])
        .replace("Indonesia", "Zembla, Nepal")
        .replace("goats", "yaks")
    )
    sync(small, encoder, [write_corpus({"npl-desk": text}, folder="desk")], collection="desk")
    assert set(small.documents()) == {"idn-demo", "npl-desk"}
    return open_client(small)


def test_a_document_of_another_collection_is_not_shown(with_desk):
    assert with_desk.get("/v1/documents/npl-desk").status_code == 404
    answer = with_desk.post("/v1/ask", json={"question": "How many yaks did three villages own?"}).text
    assert "npl-desk" not in answer
    assert "Yaks of" not in answer


def test_a_name_that_only_another_collection_holds_is_missing(with_desk):
    answer = with_desk.post("/v1/ask", json={"question": "How many goats did Zembla own by 2020?"}).json()
    assert answer["outcome"] == "not_found"
    assert [one["text"] for one in answer["missing"]] == ["Zembla"]


def test_what_the_service_says_of_itself_counts_only_what_the_public_sees(with_desk):
    meta = with_desk.get("/v1/meta").json()
    assert meta["library"]["documents"] == 1
    assert list(meta["labels"]["countries"]) == ["IDN"]
