"""Health, what the service says of itself, the page, and the headers around all."""

import re

import pytest

from corpus.lists import suggested


def test_a_living_process_is_healthy_even_without_documents(library, open_client):
    assert open_client(library).get("/healthz").status_code == 200


def test_a_service_without_documents_is_not_ready_and_says_what_to_do(library, open_client):
    response = open_client(library).get("/readyz")
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert "rightkey ingest sync corpus" in response.json()["detail"]


def test_a_service_with_documents_is_ready(client):
    assert client.get("/readyz").json() == {"status": "ready"}


def test_a_service_without_documents_answers_that_nothing_is_found(library, open_client):
    answer = open_client(library).post("/v1/ask", json={"question": "Did cash help?"}).json()
    assert answer["outcome"] == "not_found"


def test_meta_holds_what_a_client_needs_to_draw_itself(client, corpus_library):
    meta = client.get("/v1/meta").json()
    assert meta["suggested"] == suggested()
    assert meta["library"] == {"version": corpus_library.version, "documents": len(corpus_library.documents())}
    assert meta["limits"] == {"question": 2000, "answer_days": 30}
    assert meta["labels"]["countries"]["IDN"] == "Indonesia"


def test_meta_labels_its_lists_in_the_language_asked_for(client):
    labels = client.get("/v1/meta?language=fr").json()["labels"]
    assert labels["countries"]["CHN"] == "Chine"
    assert labels["methods"]["trial"] == "essai randomisé"
    assert client.get("/v1/meta?language=xx").status_code == 422


def test_every_code_of_a_document_has_a_label(client, corpus_library):
    labels = client.get("/v1/meta").json()["labels"]
    for document in corpus_library.documents().values():
        assert document.facets.kind in labels["kinds"]
        assert set(document.facets.countries) <= set(labels["countries"])
        assert {one.voice for one in document.publications} <= set(labels["voices"])
        assert {one.method for one in document.publications} <= set(labels["methods"])
        assert {one.checked for one in document.publications} <= set(labels["checked"])


@pytest.mark.parametrize("path", ["/", "/v1/meta", "/web/panel/panel.js", "/nothing", "/v1/answers/nothing", "/openapi.json"])
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy


def test_even_a_failure_carries_the_security_headers(small, open_client):
    client = open_client(small)
    client.app.state.parts.answers.shelf.engine.dispose()
    client.app.state.parts.answers = None
    response = client.post("/v1/ask", json={"question": "How many goats?"})
    assert response.status_code == 500
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/nothing", "/v1/nothing", "/web/../pyproject.toml", "/web/%2e%2e/settings.py", "/web/panel/nothing.js"]
)
def test_what_is_not_there_is_a_problem(client, path):
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")
    assert "/docs" in response.json()["detail"]


def test_a_wrong_method_is_a_problem(client):
    response = client.get("/v1/ask")
    assert (response.status_code, response.headers["content-type"]) == (405, "application/problem+json")
    assert response.headers["allow"] == "POST"
    assert "/docs" in response.json()["detail"]


def test_the_page_loads_only_what_is_here(client):
    page = client.get("/").text
    found = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert found
    assert [path for path in found if client.get(f"/{path}").status_code != 200] == []


@pytest.mark.parametrize("path", ["/docs", "/redoc"])
def test_the_documentation_loads_nothing_from_another_host(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]+', response.text) == []
