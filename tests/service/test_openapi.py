"""The application against its own OpenAPI document, with generated requests."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import positive_data_acceptance

from corpus.lists import LISTS

ROUTES = [
    "POST /v1/ask",
    "GET /v1/answers/{identity}",
    "GET /v1/cases",
    "GET /v1/cases/{identity}",
    "GET /v1/cases/{identity}/comparable",
    "GET /v1/documents/{identity}",
    "GET /v1/meta",
    "POST /v1/feedback",
    "POST /v1/visits",
    "GET /healthz",
    "GET /readyz",
]


@pytest.fixture(scope="module")
def operations(client):
    schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
    return {one.ok().label: one.ok() for one in schema.get_all_operations()}


def test_every_route_is_tried(operations):
    assert sorted(operations) == sorted(ROUTES)


def test_the_document_says_how_long_a_question_may_be_and_which_words_a_filter_takes(client):
    schemas = client.get("/openapi.json").json()["components"]["schemas"]
    question = schemas["Ask"]["properties"]["question"]
    assert (question["minLength"], question["maxLength"]) == (1, 2000)
    for name in ("themes", "settings", "kinds", "methods"):
        assert schemas["AskFilters"]["properties"][name]["items"]["enum"] == list(LISTS[name])


@pytest.mark.parametrize("route", ROUTES)
@settings(max_examples=50, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_request_of_any_form_gets_an_answer_by_the_published_contract(operations, route, data):
    # a schema cannot say all that makes a question one: it may be refused, by a problem
    data.draw(operations[route].as_strategy()).call_and_validate(excluded_checks=[positive_data_acceptance])


@pytest.mark.parametrize(
    "route", ["POST /v1/ask", "GET /v1/documents/{identity}"]
)  # the others take nothing that could be wrong
@settings(max_examples=50, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_request_against_the_contract_is_refused_by_it(operations, route, data):
    negative = operations[route].as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
    data.draw(negative).call_and_validate()
