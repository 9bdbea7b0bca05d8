"""Asking on a site: a token, the limits, the site's own cases, and every way to be refused."""

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.sites import checked

ORIGIN = "https://www.guizhou.example"
SOLAR = "Did solar panels raise the income of poor villages?"


@pytest.fixture
def parts(corpus_library, parts_over, tmp_path):
    return parts_over(corpus_library, tmp_path)


@pytest.fixture
def client(parts):
    return TestClient(create_app(parts), raise_server_exceptions=False)


@pytest.fixture
def add(parts):
    """add(id, **fields) -> a site of the test's own."""

    def added(identity="guizhou", **fields):
        site = checked(identity, {"origins": [ORIGIN], **fields})
        parts.sites.change(lambda known: {**known, identity: site})

    return added


def visit(client, site="guizhou", token=""):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.post("/v1/visits", json={"site": site}, headers=headers)


def ask(client, token, question=SOLAR, site="guizhou", **headers):
    body = {"question": question, "site": site}
    return client.post("/v1/ask", json=body, headers={"Authorization": f"Bearer {token}", **headers})


def refusal(response):
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json().get("code")


def test_a_visitor_gets_a_token_and_what_the_panel_needs_to_know(client, add):
    add(languages=["zh", "en"], greeting={"zh": "您好"}, limits={"characters": 500})
    response = visit(client)
    assert response.headers["cache-control"] == "no-store"
    told = response.json()
    assert told["seconds"] == 900
    assert told["site"] == {"greeting": {"zh": "您好"}, "characters": 500}
    assert ask(client, told["token"]).json()["outcome"] == "answered"


def test_a_renewed_token_goes_on_with_the_count(client, add):
    add(limits={"questions": 1})
    token = visit(client).json()["token"]
    assert ask(client, token).status_code == 200
    renewed = visit(client, token=token).json()["token"]
    assert refusal(ask(client, renewed, "And in Kenya?")) == (429, "visitor_limit")


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_without_a_token_of_the_site_nothing_is_answered(client, add, token):
    add()
    add("another")
    response = ask(client, token)
    assert refusal(response) == (401, "token_refused")
    assert response.headers["www-authenticate"] == "Bearer"
    assert refusal(ask(client, visit(client, "another").json()["token"])) == (401, "token_refused")


def test_the_eleventh_question_is_refused_with_the_time_left(client, add):
    add()
    token = visit(client).json()["token"]
    assert [ask(client, token, f"What is {number}?").status_code for number in range(10)] == [200] * 10
    response = ask(client, token)
    assert refusal(response) == (429, "visitor_limit")
    assert 590 <= int(response.headers["retry-after"]) <= 600
    assert "ask again in 10 minutes" in response.json()["detail"]


def test_events_are_refused_alike(client, add):
    add(limits={"questions": 1})
    token = visit(client).json()["token"]
    assert ask(client, token, Accept="text/event-stream").status_code == 200
    assert refusal(ask(client, token, "And in Kenya?", Accept="text/event-stream")) == (429, "visitor_limit")


def test_a_question_that_is_not_valid_does_not_count(client, add):
    add(limits={"questions": 1, "characters": 60})
    token = visit(client).json()["token"]
    assert ask(client, token, "").status_code == 422
    assert refusal(ask(client, token, "a" * 61)) == (422, "too_long")
    assert ask(client, token).status_code == 200


def test_a_site_that_there_is_not_is_refused_and_may_not_be_framed(client):
    assert refusal(visit(client)) == (403, "site_unknown")
    assert refusal(ask(client, "x")) == (403, "site_unknown")


def test_a_pause_takes_hold_at_once_even_for_who_has_a_token(client, add, parts):
    add()
    token = visit(client).json()["token"]
    add(paused=True)
    assert refusal(ask(client, token)) == (403, "site_paused")
    assert refusal(visit(client)) == (403, "site_paused")
    add()
    assert ask(client, token).status_code == 200


def test_a_file_that_can_not_be_read_closes_every_site_and_leaves_the_ask_page(client, add, parts):
    add()
    token = visit(client).json()["token"]
    parts.sites.path.write_text("guizhou: [")
    assert refusal(ask(client, token)) == (503, None)
    assert refusal(visit(client)) == (503, None)
    assert client.post("/v1/ask", json={"question": SOLAR}).status_code == 200


def test_visitors_of_one_address_share_its_limit(client, add):
    add(limits={"hourly": 2})
    for number in range(3):
        response = ask(client, visit(client).json()["token"], "What is it?")
        assert response.status_code == (200 if number < 2 else 429)
    assert refusal(response) == (429, "address_limit")
    assert "ask again in 60 minutes" in response.json()["detail"]


def ask_from(client, forwarded):
    return ask(client, visit(client).json()["token"], "What is it?", **{"X-Forwarded-For": forwarded})


def test_what_a_visitor_says_of_his_address_is_not_believed(client, add):
    add(limits={"hourly": 1})
    assert ask_from(client, "10.0.0.1").status_code == 200
    assert refusal(ask_from(client, "10.0.0.2")) == (429, "address_limit")


def test_behind_a_trusted_proxy_each_visitor_has_an_address_of_his_own(parts, add):
    parts.settings = Settings(data=parts.settings.data, trusted_proxies="192.0.2.0/24, 10.9.9.9")
    client = TestClient(create_app(parts), raise_server_exceptions=False, client=("192.0.2.7", 1))
    add(limits={"hourly": 1})
    assert ask_from(client, "10.0.0.1").status_code == 200
    assert ask_from(client, "10.0.0.2, 10.9.9.9").status_code == 200
    # what a visitor writes himself stands before what the proxy adds
    assert refusal(ask_from(client, "203.0.113.5, 10.0.0.1")) == (429, "address_limit")


def test_questions_without_a_site_are_limited_where_the_setting_says_so(parts):
    parts.settings = Settings(data=parts.settings.data, hourly=2)
    client = TestClient(create_app(parts), raise_server_exceptions=False)
    codes = [client.post("/v1/ask", json={"question": "What is it?"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


@pytest.mark.parametrize(
    ("written", "hourly", "last"), [("", None, 200), ("guizhou", None, 429), ("guizhou", 0, 200), ("[", None, 429)]
)
def test_where_portals_are_served_strangers_come_and_the_ask_page_has_a_limit_too(parts, add, written, hourly, last):
    parts.settings = Settings(data=parts.settings.data, hourly=hourly)
    client = TestClient(create_app(parts), raise_server_exceptions=False)
    if written == "guizhou":
        add()
    elif written:
        parts.sites.path.write_text(written)
    codes = [client.post("/v1/ask", json={"question": "What is it?"}).status_code for _ in range(61)]
    assert codes == [200] * 60 + [last]


def test_the_filters_of_a_site_hold_where_the_question_chooses_none(client, add):
    add(filters={"countries": ["KEN"]})
    token = visit(client).json()["token"]
    answer = ask(client, token, "What happens when a cash programme is stopped?").json()
    assert answer["groups"]
    assert [group["countries"] for group in answer["groups"] if "KEN" not in group["countries"]] == []
    body = {"question": SOLAR, "site": "guizhou", "filters": {"countries": ["CHN"]}}
    chosen = client.post("/v1/ask", json=body, headers={"Authorization": f"Bearer {token}"}).json()
    assert chosen["outcome"] == "answered"


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Does tourism help poor villages?", "Dawan"),
        ("Did moving people out of mountains raise their income?", "Guizhou"),
        ("What did Zembla do about moving villages out of the mountains?", "Guizhou"),
    ],
)
def test_a_site_shows_its_own_cases_first(client, add, parts, question, place):
    add(first={"places": [place]})
    own = {one.id for one in parts.library.documents().values() if parts.sites.find("guizhou").prefers(one)}
    usual = client.post("/v1/ask", json={"question": question}).json()
    answer = ask(client, visit(client).json()["token"], question).json()
    assert answer["outcome"] == usual["outcome"]
    first = [
        shown[name][0]["document"] for shown in (usual, answer) for name in ("groups", "examples", "nearest") if shown[name]
    ]
    half = len(first) // 2
    assert not set(first[:half]) <= own
    assert set(first[half:]) <= own


def test_what_is_not_answered_is_noted_where_the_site_wants_it(client, add, parts):
    question = "What did Zembla do about conditional cash transfers for children?"
    add(gaps=True)
    add("quiet")
    for site in ("guizhou", "quiet"):
        ask(client, visit(client, site).json()["token"], question, site)
        ask(client, visit(client, site).json()["token"], SOLAR, site)
    (gap,) = parts.gaps.list("guizhou")
    assert (gap["question"], gap["missing"]) == (question, "Zembla")
    assert parts.gaps.list("quiet") == []


def test_what_a_reader_thinks_of_an_answer_is_kept(client, add, parts):
    add()
    token = visit(client).json()["token"]
    answer = ask(client, token).json()["id"]
    body = {"answer": answer, "site": "guizhou", "verdict": "down", "reason": "outdated"}
    assert refusal(client.post("/v1/feedback", json=body)) == (401, "token_refused")
    response = client.post("/v1/feedback", json=body, headers={"Authorization": f"Bearer {token}"})
    assert (response.status_code, response.content) == (204, b"")
    (row,) = parts.verdicts.list(parts.answers)
    assert (row["site"], row["verdict"], row["reason"], row["question"]) == ("guizhou", "down", "outdated", SOLAR)


def test_an_answer_that_is_not_kept_is_not_judged(client):
    response = client.post("/v1/feedback", json={"answer": "nothing", "verdict": "up"})
    assert (response.status_code, "too old" in response.json()["detail"]) == (404, True)


def test_one_address_judges_sixty_answers_an_hour(client):
    codes = [client.post("/v1/feedback", json={"answer": "nothing", "verdict": "up"}).status_code for _ in range(61)]
    assert codes == [404] * 60 + [429]
