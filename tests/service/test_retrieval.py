"""Candidates -> exact scores -> a ranking."""

import numpy as np
import pytest

from ingest.library import Candidate
from service.retrieval import ALIKE, Found, Retriever, rank

EAST = np.array([1, 0], np.float32)
WEIGHTS = (0.5, 0.3, 0.2)  # passage, best sentence, BM25


def ranked(*candidates):
    return rank([Candidate(entry, bm25) for entry, bm25 in candidates], EAST, WEIGHTS, feedback=0)


def test_a_score_is_the_weighted_sum_of_passage_best_sentence_and_scaled_bm25(entry):
    one = entry("a", "b", key=1, vector=(0.6, 0.8), sentences=[(0, 1), (0.8, 0.6)])
    other = entry("c", key=2, vector=(1, 0), sentences=[(1, 0)])
    hits = ranked((one, 2.0), (other, 8.0))
    assert [hit.candidate.entry.key for hit in hits] == [2, 1]
    assert hits[0].score == pytest.approx(0.5 * 1 + 0.3 * 1 + 0.2 * 1)
    assert hits[1].score == pytest.approx(0.5 * 0.6 + 0.3 * 0.8 + 0.2 * 0.25)
    assert hits[1].sentences.tolist() == pytest.approx([0, 0.8])


def test_equal_scores_stand_in_the_order_of_their_keys(entry):
    hits = ranked(*((entry("a", key=key, vector=(1, 0), sentences=[(1, 0)]), 1.0) for key in (3, 1, 2)))
    assert [hit.candidate.entry.key for hit in hits] == [1, 2, 3]


def test_without_any_matching_term_the_vectors_alone_rank(entry):
    (hit,) = ranked((entry("a", vector=(1, 0), sentences=[(1, 0)]), 0.0))
    assert hit.score == pytest.approx(0.8)


def test_the_best_passages_are_added_to_the_question_and_all_are_scored_again(entry):
    best = entry("a", key=1, vector=(0.8, 0.6), sentences=[(0.8, 0.6)])
    beside = entry("b", key=2, vector=(0.6, 0.8), sentences=[(0.6, 0.8)])
    against = entry("c", key=3, vector=(0.6, -0.8), sentences=[(0.6, -0.8)])
    candidates = [Candidate(one, 0.0) for one in (against, beside, best)]
    plain = {hit.candidate.entry.key: hit for hit in rank(candidates, EAST, WEIGHTS, feedback=0)}
    fed = {hit.candidate.entry.key: hit for hit in rank(candidates, EAST, WEIGHTS, feedback=1)}
    assert plain[2].score == pytest.approx(plain[3].score)
    assert fed[2].score > fed[3].score
    assert fed[2].sentences.tolist() == plain[2].sentences.tolist(), "what is quoted is chosen by the question alone"


def test_a_sentence_counts_by_the_nearest_question_that_it_answers(entry):
    asked = entry("a", "b", vector=(0, 1), sentences=[(0, 1), (0.6, 0.8)], questions=[(1, (1, 0)), (1, (0, 1))])
    (hit,) = ranked((asked, 0.0))
    assert hit.sentences.tolist() == pytest.approx([0, max(0.6, ALIKE)])
    assert hit.score == pytest.approx(0.3 * 1)


def test_the_mean_of_a_sentence_and_of_the_nearest_question_that_it_answers(entry):
    asked = entry("a", "b", vector=(0, 1), sentences=[(0.9, 0), (0.6, 0.8)], questions=[(1, (0.8, 0.6)), (1, (0, 1))])
    (hit,) = ranked((asked, 0.0))
    assert hit.averaged.tolist() == pytest.approx([0.9, (0.6 + ALIKE * 0.8) / (1 + ALIKE)])
    (plain,) = ranked((entry("a", vector=(1, 0), sentences=[(0.5, 0)]), 0.0))
    assert plain.averaged.tolist() == plain.sentences.tolist() == [0.5]


def test_what_summaries_tell_is_narrowed_to_the_documents_that_may_answer(corpus_library, encoder):
    identities = sorted(corpus_library.documents())[:2]
    told = dict.fromkeys(identities, 3.0)
    found = Retriever(corpus_library, encoder).retrieve("goats", told=told, within=identities[:1])
    assert found.told == {identities[0]: 3.0}
    assert found.of({}).told == {}


def test_no_candidates_rank_as_nothing():
    assert rank([], EAST) == []


def test_hits_are_grouped_by_document_in_the_order_of_their_best(entry):
    rows = [(1, "goats", 0.2), (2, "cows", 0.9), (3, "goats", 1.0)]
    hits = ranked(*((entry("a", key=key, document=name, vector=(x, 0), sentences=[(x, 0)]), 0.0) for key, name, x in rows))
    groups = Found(EAST, tuple(hits)).by_document()
    assert {name: [hit.candidate.entry.key for hit in group] for name, group in groups.items()} == {
        "goats": [3, 1],
        "cows": [2],
    }
    assert list(groups) == ["goats", "cows"]


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Why did the guinea fowl project fail?", "chn-guinea-fowl"),
        ("Did PKH reduce stunting?", "idn-pkh"),
        ("girinka cows rwanda", "rwa-girinka"),
        ("Indonesia: what worked? *", "idn-"),
    ],
)
def test_the_right_document_is_found_first(assistant, question, document):
    assert next(iter(assistant.find(assistant.reader.read(question)).by_document())).startswith(document)


def test_a_collection_that_the_asker_may_not_see_is_not_searched(corpus_library, encoder):
    assert Retriever(corpus_library, encoder).retrieve("goats", collections=("desk",)).hits == ()
