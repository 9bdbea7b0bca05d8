"""The answer without a language model: the sentences that answer, verbatim."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.brief import OWN_VOICE
from ingest.documents import Disagreement, Document
from ingest.encoder import Vectors
from service.evidence import Weighed
from service.language import Question

MOST = 6  # statements in an answer
# How far below the best sentence another may lie and still be quoted: a figure has one sentence, an open question several.
GAP = {"figure": 0.19, "time": 0.1, "person": 0.2, "advice": 0.22, "effect": 0.32, "open": 0.32}
SAME = 0.93  # two sentences of one document with this cosine say the same
ON_TOPIC = 0.5  # cosine of a question to the topic of a disagreement, above which both sides are shown


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


def quote(question: Question, rows: Sequence[Weighed], disputes: Sequence[Dispute]) -> Quoted:
    """At most six sentences: both sides of a dispute that is asked about, then the best, without repetition."""
    chosen = [side for dispute in disputes for side in dispute.sides]
    best = rows[0].score
    for row in rows:
        if len(chosen) >= MOST or row.score < best - GAP[question.wants]:
            break
        if _unasked(question, row) or any(_same(row, other) for other in chosen):
            continue
        chosen.append(row)
    chosen = chosen or [rows[0]]
    return Quoted(tuple(sorted(chosen, key=lambda row: -row.score)), tuple(disputes))


def _unasked(question: Question, row: Weighed) -> bool:
    """Rightkey's own inference answers a request for advice, and nothing else."""
    return row.entry.passage.heading == OWN_VOICE and question.wants != "advice" and not question.own_places


def _same(one: Weighed, other: Weighed) -> bool:
    if one.text == other.text:
        return True
    return one.document == other.document and float(_vector(one) @ _vector(other)) > SAME


def _vector(row: Weighed) -> Vectors:
    vector: Vectors = row.entry.sentences[row.index]
    return vector


def disputes_of(
    document: Document, topics: Vectors, vector: Vectors, rows: Sequence[Weighed]
) -> list[Dispute]:
    """The disagreements of a document that the question `vector` (d,) is about; `topics` (n, d) are theirs, in order."""
    found = []
    for disagreement, cosine in zip(document.disagreements, topics @ vector, strict=True):
        sides = _sides(disagreement, document.id, rows) if cosine >= ON_TOPIC else []
        if len(sides) > 1:
            found.append(Dispute(disagreement.topic, tuple(sides)))
    return found[:1]


def _sides(disagreement: Disagreement, document: str, rows: Sequence[Weighed]) -> list[Weighed]:
    """For each side the best sentence that cites it and none of the others."""
    sides = []
    for publication in disagreement.publications:
        others = set(disagreement.publications) - {publication}
        mine = [row for row in rows if row.document == document and publication in row.sentence.sources]
        alone = [row for row in mine if not others & set(row.sentence.sources)]
        if alone:
            sides.append(alone[0])
    return sides

