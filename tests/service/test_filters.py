"""Filters: by themselves, and from the question to the answer."""

import pytest

from ingest.documents import Facets
from service.retrieval import Filters

FACETS = Facets(
    kind="case",
    countries=("IDN", "CHN"),
    years=(2007, 2013),
    themes=("livestock", "women"),
    settings=("rural", "island"),
    methods=("trial",),
)


@pytest.mark.parametrize(
    ("filters", "matches"),
    [
        ({}, True),
        ({"countries": ("CHN",)}, True),
        ({"countries": ("KEN", "IDN")}, True),
        ({"countries": ("KEN",)}, False),
        ({"themes": ("women",)}, True),
        ({"themes": ("energy",)}, False),
        ({"settings": ("island",)}, True),
        ({"settings": ("urban",)}, False),
        ({"kinds": ("case", "policy")}, True),
        ({"kinds": ("policy",)}, False),
        ({"methods": ("trial",)}, True),
        ({"methods": ("testimony",)}, False),
        ({"countries": ("IDN",), "themes": ("energy",)}, False),
        ({"year_from": 2010}, True),
        ({"year_from": 2013}, True),
        ({"year_from": 2014}, False),
        ({"year_to": 2007}, True),
        ({"year_to": 2006}, False),
        ({"year_from": 2000, "year_to": 2020}, True),
        ({"year_from": 2009, "year_to": 2010}, True),
    ],
)
def test_a_document_passes_where_every_filter_meets_it(document_of, filters, matches):
    assert Filters(**filters).match(document_of(facets=FACETS)) is matches


@pytest.mark.parametrize(("filters", "matches"), [({"year_from": 2030}, True), ({"year_to": 2014}, False)])
def test_a_document_without_an_end_lasts(document_of, filters, matches):
    assert Filters(**filters).match(document_of(facets=Facets(years=(2015, None)))) is matches


def test_a_document_without_years_passes_no_filter_of_years(document_of):
    assert not Filters(year_from=1900).match(document_of(facets=Facets()))
    assert Filters().match(document_of(facets=Facets()))


@pytest.mark.parametrize(
    "filters",
    [
        Filters(countries=("IDN",)),
        Filters(themes=("energy",)),
        Filters(settings=("mountain",)),
        Filters(kinds=("debate",)),
        Filters(methods=("trial",)),
        Filters(year_from=2000, year_to=2005),
    ],
)
def test_only_documents_that_pass_are_found(assistant, corpus_library, filters):
    found = assistant.find(assistant.reader.read("What helped poor households?"), filters).by_document()
    passing = {document.id for document in corpus_library.documents().values() if filters.match(document)}
    assert found
    assert set(found) <= passing


@pytest.mark.parametrize(
    "filters",
    [
        {"countries": ["IDN"]},
        {"themes": ["cash-transfer"]},
        {"settings": ["rural"]},
        {"kinds": ["evaluation"]},
        {"methods": ["trial"]},
        {"years": {"from": 2007, "to": 2013}},
    ],
)
def test_an_answer_keeps_to_its_filters(asked, corpus_library, filters):
    answer = asked("Did cash transfers help poor children?", **filters)
    years = filters.pop("years", {})
    wanted = Filters(
        **{name: tuple(words) for name, words in filters.items()}, year_from=years.get("from"), year_to=years.get("to")
    )
    shown = [*answer.citations, *answer.examples, *answer.nearest]
    assert shown
    assert all(wanted.match(corpus_library.documents()[one.document]) for one in shown)


def test_a_filter_that_nothing_passes_finds_nothing_and_says_so(asked, assistant):
    assert assistant.find(assistant.reader.read("Did cash transfers help?"), Filters(countries=("FRA",))).hits == ()
    answer = asked("Did cash transfers help?", countries=["FRA"])
    assert answer.outcome == "not_found"
    assert not [*answer.statements, *answer.citations, *answer.nearest]
