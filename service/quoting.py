"""The answer without a language model: the sentences that answer, verbatim."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from corpus.brief import OWN_VOICE
from ingest.documents import Disagreement
from ingest.encoder import Vectors
from service.evidence import ENOUGH, Weighed, speaks_of
from service.language import Question, topic_wants
from service.retrieval import ALIKE

MOST_QUOTES = 6
# Statements in an answer: so many at most, by what is wanted, and one more for each further part of the question, for the
# other side of a dispute, and where another language leaves it less sure which is best; so many at least, of those strong
# enough to answer by themselves.
MOST = {"figure": 4, "time": 4}
LEAST = 3
# How far below the best sentence another may lie and still be quoted: a figure has one sentence, an open question several.
GAP = {"figure": 0.14, "time": 0.05, "person": 0.15, "advice": 0.2, "effect": 0.22, "open": 0.25}
HELD, WHOLE = 0.5, 0.35  # beside its cosine to a part: the part's words in a sentence; its score for the whole question
PREFERRED = 0.15  # so much better counts a sentence of a case that the asker's site shows first
# Both sides of a disagreement are shown where the question's cosine to its topic is so great, or where it is near and a side is
# among so many best sentences; SIDES_ where the question asks for sides.
ON_TOPIC, SIDES_ON_TOPIC = 0.6, 0.35
NEAR_TOPIC, SIDES_NEAR_TOPIC = 0.3, 0.0
FOREMOST, SIDES_FOREMOST = 2, 12
EXACT, SAME_KIND = ("figure", "time"), 0.2  # a question for a figure is nearer to a dispute about one, any other to any other


@dataclass(frozen=True)
class Dispute:
    """A disagreement that the answer shows: its topic and the quoted sentences, one a side or one for all, best first."""

    topic: str
    sides: tuple[Weighed, ...]


@dataclass(frozen=True)
class Quoted:
    """The chosen sentences, best first, and the disagreement among them, if any."""

    rows: tuple[Weighed, ...]
    dispute: Dispute | None


def quote(question: Question, rows: Sequence[Weighed], dispute: Dispute | None, parts: Sequence[Weighed] = ()) -> Quoted:
    """Three to six sentences, as far as there are strong ones, or so many as the kind of question wants: the sides of the
    dispute, the best for each part of the question, then the best for the whole, without repetition."""
    chosen = list(dispute.sides) if dispute else []
    chosen += [part for part in dict.fromkeys(parts) if part.text not in {other.text for other in chosen}]
    chosen = chosen[:MOST_QUOTES]
    more = max(0, len(question.parts) - 1) + (len(dispute.sides) - 1 if dispute else 0)
    more += question.language != "en"
    most = min(MOST_QUOTES, MOST.get(question.wants, MOST_QUOTES) + more)
    near = rows[0].score - GAP[question.wants]
    taken = {row.text for row in chosen}
    for row in rows:
        if len(chosen) >= most or (row.score < near and not 0 < len(chosen) < LEAST):
            break  # what is far below the best only goes with it: if that is our own inference, it answers alone
        if row.text in taken or _unasked(question, row) or (row.score < near and row.strength < ENOUGH):
            continue
        chosen.append(row)
        taken.add(row.text)
    chosen = chosen or [rows[0]]
    return Quoted(tuple(sorted(chosen, key=lambda row: -row.score)), dispute)


def put_first(rows: Sequence[Weighed], own: Set[str]) -> tuple[Weighed, ...]:
    """The sentences with those of the documents `own` moved ahead of others that are about as good."""
    moved = (replace(row, score=row.score + PREFERRED) if row.document in own else row for row in rows)
    return tuple(sorted(moved, key=lambda row: -row.score))


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
    vectors: Vectors = np.vstack([row.entry.sentences[row.index], ALIKE * row.entry.sentences[asked]])
    return vectors


def dispute_of(
    question: Question, best: Sequence[Weighed], weighed: Sequence[Weighed], topics: Sequence[tuple[float, str, Disagreement]]
) -> Dispute | None:
    """The disagreement that an answer shows, of `topics`: (the question's cosine to the topic, the document's id, the
    disagreement). The question is about its topic, or near it and one of the best two sentences is a side; of several it is
    the nearest. A side is among `best`, those that may be quoted; the other may be of another year, and is among `weighed`."""
    usual, sided = (ON_TOPIC, NEAR_TOPIC, FOREMOST), (SIDES_ON_TOPIC, SIDES_NEAR_TOPIC, SIDES_FOREMOST)
    on_topic, near_topic, foremost = sided if question.asks_sides else usual
    exact = question.wants in EXACT

    def nearness(topic: tuple[float, str, Disagreement]) -> float:
        return topic[0] + (SAME_KIND if (topic_wants(topic[2].topic) in EXACT) == exact else 0.0)

    held = {(row.document, row.text): row for row in weighed} if topics else {}
    places = {(row.document, row.text): place for place, row in reversed(list(enumerate(best)))} if topics else {}
    for cosine, document, disagreement in sorted(topics, key=nearness, reverse=True):
        stated = [(document, side.text) for side in disagreement.sides]
        place = min((places[one] for one in stated if one in places), default=None)
        if place is None or any(one not in held for one in stated):
            continue
        if cosine >= on_topic or (cosine >= near_topic and place < foremost):
            return Dispute(disagreement.topic, tuple(sorted((held[one] for one in stated), key=lambda row: -row.score)))
    return None
