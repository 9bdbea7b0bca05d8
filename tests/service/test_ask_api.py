"""POST /v1/ask and GET /v1/answers/{id} over HTTP."""

import json

import anyio
import pytest
from sqlalchemy import text

QUESTION = {"question": "Did solar panels raise the income of poor villages?"}


def events(response):
    blocks = [block.split("\n", 1) for block in response.text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def stream(client, body):
    return client.post("/v1/ask", json=body, headers={"Accept": "text/event-stream"})


def test_a_question_gets_the_answer_of_the_contract(client, in_contract):
    response = client.post("/v1/ask", json=QUESTION)
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert in_contract(answer)
    assert (answer["question"], answer["outcome"]) == (QUESTION["question"], "answered")


def test_what_is_asked_for_is_given_back(client):
    body = {**QUESTION, "conversation": "abc", "language": "en", "filters": {"countries": ["CHN"]}}
    answer = client.post("/v1/ask", json=body).json()
    assert answer["conversation"] == "abc"


def test_a_follow_up_can_be_asked_as_it_stands(client):
    first = client.post("/v1/ask", json=QUESTION).json()
    assert client.post("/v1/ask", json={"question": first["follow_ups"][0]}).json()["outcome"] == "answered"


def test_events_come_as_stage_then_each_citation_before_its_statement_then_examples_then_done(client):
    response = stream(client, QUESTION)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-cache"
    told = events(response)
    names = [name for name, _ in told]
    assert (names[0], names[-1]) == ("stage", "done")
    body = [name for name in names if name not in ("stage", "done")]
    assert body.index("example") > max(n for n, name in enumerate(body) if name == "statement")
    cited = []
    for name, data in told:
        cited += [data["number"]] if name == "citation" else []
        assert name != "statement" or set(data["citations"]) <= set(cited)


def test_the_events_hold_the_same_as_the_whole_answer(client):
    told = events(stream(client, QUESTION))
    done = told[-1][1]
    for name, key in (("citation", "citations"), ("statement", "statements"), ("example", "examples")):
        assert [data for one, data in told if one == name] == done[key]
    whole = client.post("/v1/ask", json=QUESTION).json()
    assert {**done, "id": 0, "took_ms": 0, "citations": 0} == {**whole, "id": 0, "took_ms": 0, "citations": 0}
    assert [one["quote"] for one in done["citations"]] == [one["quote"] for one in whole["citations"]]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/event-stream", "text/event-stream"),
        ("application/json, text/event-stream", "text/event-stream"),
        ("application/json;q=0.9, text/event-stream", "text/event-stream"),
        ("text/event-stream, */*;q=0.1", "text/event-stream"),
        ("application/json, text/event-stream;q=0.1", "application/json"),
        ("application/json, Text/Event-Stream; charset=utf-8; q=0.5", "application/json"),
        ("text/event-stream;q=0.5, */*", "application/json"),
        ("text/event-stream;q=0", "application/json"),
        ("text/event-stream;q=", "text/event-stream"),
    ],
)
def test_the_form_that_is_wanted_more_is_sent(client, accept, kind):
    response = client.post("/v1/ask", json={"question": "What is it?"}, headers={"Accept": accept})
    assert response.headers["content-type"].split(";")[0] == kind


def test_a_body_that_is_too_large_is_refused_before_it_is_read_whole(client):
    pieces = iter([b'{"question": "', *[b"a" * 10_000] * 100, b'"}'])
    sent = []

    async def receive():
        piece = next(pieces, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message):
        sent.append(message)

    headers = [(b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/v1/ask", "query_string": b"", "headers": headers}
    anyio.run(client.app, scope, receive, send)
    assert len(list(pieces)) > 90
    assert (sent[0]["status"], dict(sent[0]["headers"])[b"content-type"]) == (413, b"application/problem+json")
    assert "shorten the question" in json.loads(sent[1]["body"])["detail"]


def test_the_longest_question_with_every_filter_is_not_too_large(client):
    filters = {"countries": ["IDN"] * 50, "themes": ["livestock"] * 50, "years": {"from": 1900, "to": 2100}}
    body = json.dumps({"question": "👩" * 2000, "filters": filters})
    assert client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"}).status_code == 200


def test_a_bad_question_is_a_problem_even_where_events_are_wanted(client):
    response = stream(client, {"question": ""})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_kept_answer_is_opened_again_as_it_was(client):
    answer = client.post("/v1/ask", json=QUESTION).json()
    assert client.get(f"/v1/answers/{answer['id']}").json() == answer


def test_an_answer_of_the_stream_is_kept_too(client):
    done = events(stream(client, QUESTION))[-1][1]
    assert client.get(f"/v1/answers/{done['id']}").json() == done


def test_an_unknown_answer_is_a_problem_that_says_what_to_do(client):
    response = client.get("/v1/answers/nothing")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "Ask again" in response.json()["detail"]


def test_where_nothing_is_kept_an_answer_cannot_be_opened_again(small, open_client):
    client = open_client(small, days=0)
    answer = client.post("/v1/ask", json={"question": "How many goats?"}).json()
    assert client.get(f"/v1/answers/{answer['id']}").status_code == 404


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"Cash?"', b"\xff\xfe", b'{"question": "\xff"}', b'{"question": "\\ud800"}']
)
def test_a_body_that_is_no_question_is_refused_and_never_fails(client, body):
    response = client.post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


@pytest.fixture
def broken(small, open_client):
    """A service whose store of answers is gone."""
    client = open_client(small)
    with client.app.state.parts.answers.shelf.engine.begin() as connection:
        connection.execute(text("DROP TABLE answers"))
    return client


def test_a_failure_is_a_problem_that_says_so_and_tells_nothing_of_its_inside(broken):
    response = broken.post("/v1/ask", json={"question": "How many goats?"})
    assert (response.status_code, response.headers["content-type"]) == (500, "application/problem+json")
    assert "try again" in response.json()["detail"]
    assert "answers" not in response.text


def test_a_failure_in_a_stream_is_its_last_event(broken):
    told = events(stream(broken, {"question": "How many goats?"}))
    assert [name for name, _ in told] == ["stage", "error"]
    assert (told[-1][1]["status"], told[-1][1]["type"]) == (500, "about:blank")
