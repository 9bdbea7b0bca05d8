"""Tantivy: found by terms, in the collections and documents asked for; user text is never a query."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexical import LexicalError, LexicalIndex, analyse

TEXTS = {
    1: ("public", "goats", "Goats in Indonesia worked well and gave 29,480,000 litres of milk."),
    2: ("public", "sheep", "Sheep in Rwanda gave wool to every household."),
    3: ("desk", "cows", "Cows in Indonesia gave milk, and the programme ended in 2019."),
}
QUERIES = [
    "Indonesia: what worked? * AND (",
    'document:sheep OR text:"wool',
    "+Rwanda -Sheep",
    "NOT Indonesia",
    "key:[0 TO 100}",
    "Indonesia^100 ~2",
    "/Ind.*/",
    "IN [Indonesia Rwanda]",
    "\\ ' \" ` ; --",
]


def filled(folder, texts):
    index = LexicalIndex(folder)
    index.change((key, collection, document, analyse(text)) for key, (collection, document, text) in texts.items())
    return index


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("lexical"), TEXTS)


def found(index, question, collections=("public",), **limits):
    return [key for key, _ in index.search(collections, analyse(question), 10, **limits)]


def holding(index, words, collections=("public",)):
    return index.holding(collections, [[term] for term in analyse(words)])


@pytest.mark.parametrize("question", ["29,480,000", "29480000", "goat", "GOATS", "Which goats gave milk?"])
def test_a_passage_is_found_by_any_spelling_of_its_words(index, question):
    assert found(index, question)[0] == 1


@pytest.mark.parametrize("question", QUERIES)
def test_query_syntax_in_a_question_is_text(index, question):
    words = [term for term in analyse(question) if term.isalnum()]
    public = {key: set(analyse(text)) for key, (collection, _, text) in TEXTS.items() if collection == "public"}
    assert set(found(index, question)) == {key for key, held in public.items() if held & set(words)}
    assert index.search(["public"], analyse(question), 10) == index.search(["public"], analyse(" ".join(words)), 10)


@given(question=st.text(max_size=60))
def test_no_question_fails(index, question):
    assert set(found(index, question)) <= {1, 2}
    assert set(holding(index, question)) <= {1, 2}


def test_a_question_without_terms_finds_nothing(index):
    assert index.search(["public"], analyse("?!"), 10) == []
    assert holding(index, "?!") == []


def test_only_the_collections_asked_for_are_searched(index):
    assert set(found(index, "milk")) == {1}
    assert set(found(index, "milk", ("public", "desk"))) == {1, 3}
    assert found(index, "milk", ()) == []
    assert found(index, "milk", ("another",)) == []


def test_only_the_documents_asked_for_are_searched(index):
    assert set(found(index, "gave", within=["sheep"])) == {2}
    assert found(index, "gave", within=[]) == []
    assert found(index, "gave", within=["cows"]) == []


def test_the_best_comes_first_and_no_more_than_the_limit(index):
    hits = index.search(["public"], analyse("goats gave milk"), 1)
    assert [key for key, _ in hits] == [1]
    assert hits[0][1] > 0


def test_a_filter_does_not_change_a_score(index):
    open_hits = dict(index.search(["public", "desk"], analyse("Indonesia milk"), 10))
    assert dict(index.search(["public"], analyse("Indonesia milk"), 10, ["goats"]))[1] == pytest.approx(open_hits[1])


def test_a_term_is_counted_in_passages(index):
    assert [index.frequency(*analyse(word)) for word in ("gave", "Indonesia", "wool", "zebra")] == [3, 2, 1, 0]


def test_terms_are_held_only_where_one_passage_holds_them_all(index):
    both = ["public", "desk"]
    assert holding(index, "sheep Rwanda", both) == [2]
    assert holding(index, "goats Rwanda", both) == holding(index, "zebra", both) == []
    assert set(holding(index, "Indonesia", both)) == {1, 3}
    assert holding(index, "Indonesia", ["desk"]) == [3]


def test_of_each_word_one_of_its_terms_is_enough(index):
    assert index.holding(["public"], [["rwandan", "rwanda"], ["sheep"]]) == [2]
    assert index.holding(["public"], [["kenyan", "kenya"], ["sheep"]]) == []
    assert index.holding(["public"], [[], ["sheep"]]) == []


def test_what_goes_is_found_no_more(tmp_path):
    index = filled(tmp_path, TEXTS)
    index.change((), [1, 77])
    assert index.keys() == {2, 3}
    assert found(index, "goats") == []
    assert index.frequency(*analyse("goats")) == 0
    assert holding(index, "goats") == []


def test_some_come_and_others_go_in_one_commit(tmp_path):
    index = filled(tmp_path, TEXTS)
    index.change([(4, "public", "hens", analyse("Hens laid eggs."))], [1, 2, 3])
    assert index.keys() == {4}


def test_a_damaged_index_is_an_error_of_its_own(tmp_path):
    filled(tmp_path, TEXTS)
    (tmp_path / "meta.json").write_text("{broken")
    with pytest.raises(LexicalError, match=r"meta\.json"):
        LexicalIndex(tmp_path)


def test_chosen_passages_have_the_scores_that_a_search_gives_them(index):
    terms = analyse("goats gave milk")
    scores = dict(index.search(["public", "desk"], terms, 10))
    assert index.scores(terms, [1, 2, 3, 99]) == pytest.approx(scores)
    assert index.scores(terms, [2]) == pytest.approx({2: scores[2]})
    assert index.scores(analyse("zebra"), [1, 2]) == index.scores([], [1]) == index.scores(terms, []) == {}


def test_a_half_written_change_that_a_kill_left_does_not_stop_the_next(tmp_path):
    """Tantivy writes and registers `<segment>.<number>.del` before it commits, and refuses to write a file twice."""
    index = filled(tmp_path, TEXTS)
    about = json.loads((tmp_path / "meta.json").read_text())
    segment = about["segments"][0]["segment_id"].replace("-", "")
    left = [f"{segment}.{about['opstamp'] + number}.del" for number in range(1, 4)]
    managed = json.loads((tmp_path / ".managed.json").read_text())
    (tmp_path / ".managed.json").write_text(json.dumps([*managed, *left]))
    for name in left:
        (tmp_path / name).write_bytes(b"")
    index = LexicalIndex(tmp_path)
    index.change((), [1])
    assert index.keys() == {2, 3}


def test_an_index_is_there_when_it_is_opened_again(tmp_path):
    filled(tmp_path, TEXTS)
    assert LexicalIndex(tmp_path).keys() == {1, 2, 3}


def test_of_several_meanings_of_a_word_the_best_counts(index):
    """Bantuan is aid, goats or wool: a passage is worth what its best meaning is, and no more for two of them."""
    both = ["public", "desk"]
    alone = {term: dict(index.search(both, [term], 10)) for term in (*analyse("goats"), *analyse("milk"))}
    goats, milk = analyse("goats")[0], analyse("milk")[0]
    scores = dict(index.search(both, [((goats,), (milk,))], 10))
    assert scores == pytest.approx({1: max(alone[goats][1], alone[milk][1]), 3: alone[milk][3]})
    together = dict(index.search(both, [((goats, milk),)], 10))
    assert together == pytest.approx({1: alone[goats][1] + alone[milk][1], 3: alone[milk][3]})
    assert index.scores([((goats,), (milk,))], [1, 2, 3]) == pytest.approx(scores)
    assert index.search(both, [((),)], 10) == []
