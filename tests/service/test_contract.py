"""What may be asked, and what is said of what may not."""

import pytest
from pydantic import ValidationError

from service.contract import MOST_CHARACTERS, Ask
from service.retrieval import Filters

BAD = [
    ({"question": ""}, "empty"),
    ({"question": " \n\t "}, "empty"),
    ({"question": "a" * 2001}, "shorten it to 2000"),
    ({"question": "What\x00 now"}, "control characters"),
    ({"question": "What\x1b[31m now"}, "control characters"),
    ({}, "required"),
    ({"question": 7}, "string"),
    ({"question": "Cash?", "filters": {"countries": ["ABC"]}}, "'ABC' is no country"),
    ({"question": "Cash?", "filters": {"countries": ["XXX"]}}, "'XXX' is no country"),
    ({"question": "Cash?", "filters": {"countries": ["ID"]}}, "write IDN for Indonesia"),
    ({"question": "Cash?", "filters": {"themes": ["magic"]}}, "'magic' is not in the list 'themes'"),
    ({"question": "Cash?", "filters": {"settings": ["lunar"]}}, "'lunar' is not in the list 'settings'"),
    ({"question": "Cash?", "filters": {"kinds": ["rumour"]}}, "'rumour' is not in the list 'kinds'"),
    ({"question": "Cash?", "filters": {"methods": ["guess"]}}, "'guess' is not in the list 'methods'"),
    ({"question": "Cash?", "filters": {"years": {"from": "soon"}}}, "integer"),
    ({"question": "Cash?", "filters": {"years": {"from": 20150}}}, "2200"),
    ({"question": "Cash?", "filters": {"years": {"from": 2020, "to": 2010}}}, "write 2010 as `from` and 2020 as `to`"),
    ({"question": "Cash?", "filters": {"countries": ["IDN"] * 51}}, "at most 50"),
    ({"question": "Cash?", "filters": {"themes": ["women"] * 51}}, "at most 50"),
    ({"question": "Cash?", "language": "English, please"}, "Input should be 'auto'"),
]


@pytest.mark.parametrize(("body", "told"), BAD)
def test_a_bad_question_is_refused_with_its_reason(body, told):
    with pytest.raises(ValidationError, match=told):
        Ask.model_validate(body)


@pytest.mark.parametrize(("body", "told"), BAD)
def test_over_http_the_reason_comes_as_a_problem(client, body, told):
    response = client.post("/v1/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["type"], problem["status"]) == ("about:blank", 422)
    assert told in problem["detail"].lower() or told in problem["detail"]


@pytest.mark.parametrize("body", [{"question": "Cash?", "top_k": 5}, {"question": "Cash?", "filters": {"places": []}}])
def test_an_unknown_field_is_named(client, body):
    detail = client.post("/v1/ask", json=body).json()["detail"]
    assert "no such field" in detail
    assert "top_k" in detail or "filters.places" in detail


@pytest.mark.parametrize("question", ["a" * MOST_CHARACTERS, "Line one\nline two\t?", "Ça va?", "贫困", "👩🏽‍🌾?"])
def test_every_other_text_may_be_asked(question):
    assert Ask(question=question).question == question


def test_filters_reach_the_search_as_they_were_asked():
    filters = {"countries": ["IDN"], "themes": ["women"], "kinds": ["case"], "methods": ["trial"], "settings": ["island"]}
    ask = Ask.model_validate({"question": "Cash?", "filters": {**filters, "years": {"from": 2010, "to": 2015}}})
    assert ask.filters.to_filters() == Filters(
        countries=("IDN",),
        themes=("women",),
        settings=("island",),
        kinds=("case",),
        methods=("trial",),
        year_from=2010,
        year_to=2015,
    )


def test_no_filters_are_empty_filters():
    assert Ask(question="Cash?").filters.to_filters().empty
