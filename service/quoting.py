"""The answer without a language model: the sentences that answer, verbatim."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.brief import OWN_VOICE
from ingest.documents import Disagreement, Document
from ingest.encoder import Vectors
from service.evidence import Weighed, speaks_of
from service.language import Question
from service.retrieval import ALIKE

MOST_QUOTES = 6
MOST = {
    "figure": 4,
    "time": 3,
    "person": 3,
    "advice": MOST_QUOTES,
    "effect": MOST_QUOTES,
    "open": MOST_QUOTES,
}  # statements in an answer
# How far below the best sentence another may lie and still be quoted: a figure has one sentence, an open question several.
GAP = {"figure": 0.14, "time": 0.05, "person": 0.15, "advice": 0.2, "effect": 0.22, "open": 0.25}
HELD, WHOLE = 0.5, 0.35  # beside its cosine to a part: the part's words in a sentence; its score for the whole question
ON_TOPIC = 0.6  # cosine of a question to the topic of a disagreement, above which both sides are shown


@dataclass(frozen=True)
class Dispute:
    """A disagreement that the answer shows: its topic and the quoted sentences, a side each."""

    topic: str
    sides: tuple[Weighed, ...]


@dataclass(frozen=True)
class Quoted:
    """The chosen sentences, best first, and the disagreements among them."""

    rows: tuple[Weighed, ...]
    disputes: tuple[Dispute, ...]


def quote(question: Question, rows: Sequence[Weighed], disputes: Sequence[Dispute], parts: Sequence[Weighed] = ()) -> Quoted:
    """At most six sentences: both sides of a dispute that is asked about, the best for each part of the question, then the best
    for the whole, without repetition."""
    chosen = [side for dispute in disputes for side in dispute.sides]
    chosen += [part for part in dict.fromkeys(parts) if part.text not in {other.text for other in chosen}]
    chosen = chosen[:MOST_QUOTES]
    best = rows[0].score
    for row in rows:
        if len(chosen) >= MOST[question.wants] or row.score < best - GAP[question.wants]:
            break
        if _unasked(question, row) or row.text in {other.text for other in chosen}:
            continue
        chosen.append(row)
    chosen = chosen or [rows[0]]
    return Quoted(tuple(sorted(chosen, key=lambda row: -row.score)), tuple(disputes))


def best_for_part(rows: Sequence[Weighed], vector: Vectors, terms: Sequence[str], years: Sequence[int]) -> Weighed | None:
    """The sentence that answers one part of a question, given the part's own vector (d,), terms and years."""

    def fits(row: Weighed) -> float:
        held = len(row.entry.terms[row.index] & set(terms)) / max(1, len(terms))
        return float((_vectors(row) @ vector).max()) + HELD * held + WHOLE * row.score

    return max((row for row in rows if speaks_of(years, row.text)), key=fits, default=None)


def _unasked(question: Question, row: Weighed) -> bool:
    """Rightkey's own inference answers a request for advice, and nothing else."""
    return row.entry.passage.heading == OWN_VOICE and question.wants != "advice" and not question.own_places


def _vectors(row: Weighed) -> Vectors:
    """(1 + m, d): of the sentence and of the m questions that it answers, these shortened as they count for less."""
    count = len(row.entry.passage.sentences)
    asked = [count + n for n, index in enumerate(row.entry.answering) if index == row.index]
    vectors: Vectors = np.vstack([_vector(row), ALIKE * row.entry.sentences[asked]])
    return vectors


def _vector(row: Weighed) -> Vectors:
    vector: Vectors = row.entry.sentences[row.index]
    return vector


def disputes_of(document: Document, topics: Vectors, vector: Vectors, rows: Sequence[Weighed]) -> list[Dispute]:
    """The disagreements of a document that the question `vector` (d,) is about; `topics` (n, d) are theirs, in order."""
    found = []
    for disagreement, topic in zip(document.disagreements, topics, strict=True):
        sides = _sides(disagreement, topic, document.id, rows) if float(topic @ vector) >= ON_TOPIC else []
        if len(sides) > 1:
            found.append(Dispute(disagreement.topic, tuple(sides)))
    return found[:1]


def _sides(disagreement: Disagreement, topic: Vectors, document: str, rows: Sequence[Weighed]) -> list[Weighed]:
    """For each side, of the sentences that cite it and no other, the one nearest to the topic and to the question."""
    sides = []
    for publication in disagreement.publications:
        others = set(disagreement.publications) - {publication}
        mine = [row for row in rows if row.document == document and publication in row.sentence.sources]
        alone = [row for row in mine if not others & set(row.sentence.sources)]
        if alone:
            sides.append(max(alone, key=lambda row: float(_vector(row) @ topic) + 0.5 * row.score))
    return sides
