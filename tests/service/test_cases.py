"""The list of cases: who passes, what is counted, what is alike, and its forms for other programs."""

import csv
import io
from dataclasses import replace

import pytest

from ingest.documents import Facets, Publication, Translation
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


@pytest.fixture
def told(three):
    """The same with a French and a Chinese telling of the cows."""
    cows = replace(
        three["cows"],
        summary={"en": "Of cows.", "fr": "Des vaches à lait.", "zh": "给贫困家庭送奶牛。"},
        translations={"fr": Translation("Élevage pour tous", (), ()), "zh": Translation("一户一牛", (), ())},
    )
    return {**three, "cows": cows}


@pytest.mark.parametrize(
    ("words", "language", "wanted"),
    [
        ("elevage vach", "fr", ["cows"]),  # the telling
        ("cows", "fr", ["cows"]),  # English, too
        ("rwanda", "fr", ["cows"]),
        ("népal", "fr", ["roads"]),  # the country's name
        ("奶牛", "zh", ["cows"]),  # within what is written without spaces
        ("elevage", "en", []),
    ],
)
def test_a_case_is_found_by_the_words_of_the_reader_and_by_english(told, words, language, wanted):
    assert ids(chosen(told.values(), Filters(), words, language)) == wanted


def test_the_order_is_that_of_the_titles_in_the_language_without_regard_to_accents(told):
    assert ids(chosen(told.values(), Filters(), "", "fr")) == ["cows", "goats", "roads"]  # Élevage, Goats, Roads


def test_what_is_counted_is_named_in_the_language_of_the_reader(told):
    counted = counts(list(told.values()), Filters(themes=("livestock",)), "", "ar")
    assert [(one.label, one.count) for one in counted["countries"]] == [("رواندا", 1), ("كينيا", 1)]
    assert counted["themes"][0].label == "الثروة الحيوانية"


def test_a_list_is_exported_in_the_language_of_the_reader(told):
    text = as_csv([told["cows"]], "https://a.example/cases", "fr").removeprefix("\ufeff")
    (line,) = csv.DictReader(io.StringIO(text))
    assert (line["title"], line["summary"]) == ("Élevage pour tous", "Des vaches à lait.")
    assert of_case(told["cows"], "https://a.example/cases", "fr").title == "Élevage pour tous"
    assert of_case(told["goats"], "https://a.example/cases", "fr").title == "Goats in dry hills"


# This passes once the words of the pages are in all nine locales.


def test_what_is_alike_is_said_in_the_language_of_the_reader_without_english_units(told):
    (one,) = comparable(told["goats"], told, language="fr")
    assert len(one.reasons) == 3
    assert "Afrique orientale" in one.reasons[1]
    assert "households" not in one.reasons[2]
