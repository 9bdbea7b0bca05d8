"""The list of cases: who passes, what is counted, what is alike, and its forms for other programs."""

import csv
import io
from dataclasses import replace

import pytest

from ingest.documents import Facets, Publication
from service.cases import chosen, comparable, counts
from service.exports import as_bibtex, as_csv, as_ris, of_case, of_source
from service.retrieval import Filters


@pytest.fixture
def three(document_of):
    def case(name, title, themes, settings, countries, reach=None):
        facets = Facets("case", countries, None, (2010, None), themes, settings, ("trial",), reach)
        return document_of(name, title=title, facets=facets, summary={"en": f"Of {title}."})

    return {
        "goats": case("goats", "Goats in dry hills", ("livestock",), ("dryland",), ("KEN",), (1000, "households")),
        "cows": case("cows", "Cows for families", ("livestock", "women"), ("rural",), ("RWA",), (3000, "households")),
        "roads": case("roads", "Roads", ("infrastructure",), ("mountain",), ("NPL",), (900000, "households")),
    }


def ids(documents):
    return [one.id for one in documents]


def test_the_list_is_in_the_order_of_titles(three):
    assert ids(chosen(three.values(), Filters())) == ["cows", "goats", "roads"]


@pytest.mark.parametrize(
    ("filters", "words", "wanted"),
    [
        (Filters(themes=("livestock",)), "", ["cows", "goats"]),
        (Filters(regions=("014",)), "", ["cows", "goats"]),
        (Filters(regions=("142",)), "", ["roads"]),
        (Filters(), "goat", ["goats"]),
        (Filters(), "dry goa", ["goats"]),
        (Filters(), "dry cow", []),
        (Filters(), "Livestock fam", ["cows"]),
    ],
)
def test_filters_and_words_must_all_hold(three, filters, words, wanted):
    assert ids(chosen(three.values(), filters, words)) == wanted


def test_what_is_no_brief_is_no_case(document_of):
    assert chosen([replace(document_of("study"), origin="document")], Filters()) == []


def test_a_facet_is_counted_beside_the_other_choices_and_not_beside_its_own(three):
    counted = counts(list(three.values()), Filters(themes=("livestock",)))
    assert [(one.value, one.count) for one in counted["themes"]] == [("livestock", 2), ("infrastructure", 1), ("women", 1)]
    assert [(one.label, one.count) for one in counted["countries"]] == [("Kenya", 1), ("Rwanda", 1)]


def test_alike_is_who_shares_theme_setting_region_and_size_and_says_so(three):
    (one,) = comparable(three["goats"], three)
    assert one.document.id == "cows"
    assert one.reasons == ("same theme: Livestock", "same region: Eastern Africa", "similar size: 3,000 households")


def test_nothing_is_alike_that_only_has_the_same_kind(three):
    assert comparable(three["roads"], three) == []


def test_a_table_holds_no_formula(three, document_of):
    wicked = document_of("wicked", title="=1+1", facets=three["goats"].facets, summary={"en": "@sum"})
    rows = list(csv.DictReader(io.StringIO(as_csv([wicked], "https://a.example/cases").removeprefix("\ufeff"))))
    assert (rows[0]["title"], rows[0]["summary"]) == ("'=1+1", "'@sum")
    assert (rows[0]["countries"], rows[0]["address"]) == ("Kenya", "https://a.example/cases/wicked")


def test_references_are_written_as_their_readers_want_them(three):
    reference = of_case(three["goats"], "https://a.example/cases")
    assert as_ris([reference]).split("\r\n")[:3] == ["TY  - GEN", "ID  - goats", "TI  - Goats in dry hills"]
    assert as_ris([reference]).rstrip().endswith("ER  -")
    source = Publication("lee-2020", "Lee & Son 2020", "50 % of {goats}\nand more", None, 2020, "report", "ngo", "abstract")
    assert as_ris([of_source(source)]).split("\r\n")[2:5] == ["TI  - 50 % of {goats} and more", "AU  - Lee & Son", "PY  - 2020"]
    assert "  title = {{50 \\% of \\{goats\\}\nand more}}" in as_bibtex([of_source(source)])
    assert "  author = {{Lee \\& Son}},\n  year = {2020}" in as_bibtex([of_source(source)])
