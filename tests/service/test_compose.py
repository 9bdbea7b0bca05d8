"""Quoted sentences -> the parts of an answer."""

from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.documents import Facets, Publication
from service import compose
from service.evidence import Weighed
from service.language import understand
from service.quoting import Dispute, Quoted

LEE = Publication("lee", "Lee 2020", "On goats", "https://example.org/lee", 2020, "report", "ngo", "abstract")


@pytest.fixture
def rows(entry):
    """Three sentences, best first: two of goats in falling place, one of cows."""
    first = entry("Goats came.", "Goats paid.", key=2, sources=[(), ("lee",)])
    second = entry("Goats were asked for.", key=1, heading="Setting")
    cows = entry("Cows paid.", key=3, document="cows")
    return [Weighed(first, 1, 0.9, 1), Weighed(cows, 0, 0.8, 1), Weighed(second, 0, 0.7, 1)]


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("Describe the goats", ["Goats were asked for.", "Goats paid.", "Cows paid."]),
        ("How many goats?", ["Goats paid.", "Goats were asked for.", "Cows paid."]),
    ],
)
def test_sentences_stand_document_by_document_as_they_stand_in_it_or_best_first_where_one_thing_is_asked(rows, question, texts):
    asked = understand(question, str.islower)
    assert [row.text for row in compose.in_reading_order(asked, Quoted(tuple(rows), None))] == texts


def test_a_citation_is_the_quote_where_it_stands_with_its_own_sources(rows, document_of):
    one = compose.citation(1, rows[0], document_of(publications=(LEE,), as_of="2020-12-31"), "answer")
    assert one.quote == "Goats paid." == rows[0].entry.passage.text[one.start : one.end]
    assert [(source.voice, source.method, source.checked) for source in one.sources] == [("ngo", "report", "abstract")]
    assert (one.id, one.locator.label, one.as_of) == ("answer.1", "Results", "2020-12-31")


def test_a_sentence_without_sources_is_cited_without_any(rows, document_of):
    assert compose.citation(1, rows[2], document_of(publications=(LEE,)), "answer").sources == []


def test_the_link_of_a_citation_leads_to_its_place(rows, document_of):
    one = compose.citation(1, rows[0], document_of(publications=(LEE,)), "answer")
    found = {name: values[0] for name, values in parse_qs(urlsplit(one.href).query).items()}
    assert urlsplit(one.href).path == ""  # wherever the page is served
    assert found == {"document": "goats", "version": "1", "passage": "goats@1#2", "start": "12", "end": "23"}


def test_statements_are_grouped_under_their_documents(rows, document_of):
    documents = {
        "goats": document_of(facets=Facets(countries=("IDN",), years=(2015, None))),
        "cows": document_of("cows", title="Cows"),
    }
    groups = compose.groups(rows, documents)
    assert [(group.title, group.statements) for group in groups] == [("Goats", [0, 2]), ("Cows", [1])]
    assert groups[0].years.model_dump(by_alias=True) == {"from": 2015, "to": None}


def test_a_dispute_names_the_statements_of_its_sides(rows, document_of):
    quoted = Quoted(tuple(rows), Dispute("pay", (rows[2], rows[1])))
    documents = {name: document_of(name) for name in ("goats", "cows")}
    assert [(one.topic, one.statements) for one in compose.disagreements(quoted, rows, documents)] == [("pay", [1, 2])]


def test_examples_are_three_at_most_each_once_and_have_a_summary(rows, document_of):
    names = ("goats", "cows", "hens", "pigs", "bare")
    documents = {name: document_of(name, summary={"en": name} if name != "bare" else {}) for name in names}
    found = compose.examples(["bare", "goats", "goats", "hens", "cows", "pigs"], rows, documents)
    assert [(one.document, one.citations) for one in found] == [("goats", [1, 3]), ("hens", []), ("cows", [2])]


def test_an_example_says_what_it_shares_with_the_best(rows, document_of):
    def of(name, *themes, settings=()):
        return document_of(name, summary={"en": name}, facets=Facets(themes=themes, settings=settings))

    documents = {
        "goats": of("goats", "livestock", "women", settings=("rural",)),
        "hens": of("hens", "women", settings=("rural",)),
        "pigs": of("pigs", "energy"),
    }
    whys = [one.why for one in compose.examples(documents, rows, documents)]
    assert whys == ["quoted in this answer", "same theme: women; same setting: rural", "near to the question"]


@pytest.mark.parametrize(
    ("question", "notices"),
    [("What can my village in Nepal learn?", 1), ("What can my village in Indonesia learn?", 0), ("Did goats pay?", 0)],
)
def test_cases_from_elsewhere_are_said_to_be(rows, document_of, question, notices):
    documents = {name: document_of(name, keywords="Indonesia three villages") for name in ("goats", "cows")}
    found = compose.elsewhere(understand(question, str.islower), rows, documents)
    assert [one.code for one in found] == ["elsewhere"] * notices
    assert all("Nepal" in one.text for one in found)


def test_a_quoted_brief_that_has_a_newer_one_is_said_to_be_superseded(rows, document_of):
    documents = {
        "goats": document_of(),
        "cows": document_of("cows"),
        "new": document_of("new", title="Goats again", supersedes="goats"),
    }
    (notice,) = compose.superseded(rows, documents)
    assert notice.code == "superseded"
    assert "Goats again" in notice.text
