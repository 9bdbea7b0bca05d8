"""The answer without a language model: the sentences that answer, verbatim."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.brief import OWN_VOICE
from ingest.documents import Disagreement, Document
from ingest.encoder import Vectors
from service.evidence import Weighed, speaks_of
from service.language import Question

MOST = {"figure": 4, "time": 4, "person": 4, "advice": 6, "effect": 6, "open": 6}  # statements in an answer
# How far below the best sentence another may lie and still be quoted: a figure has one sentence, an open question several.
GAP = {"figure": 0.19, "time": 0.05, "person": 0.15, "advice": 0.32, "effect": 0.17, "open": 0.3}
SAME = 0.96  # two sentences of one document with this cosine say the same
ON_TOPIC = 0.55  # cosine of a question to the topic of a disagreement, above which both sides are shown


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
    chosen += [part for part in dict.fromkeys(parts) if not any(_same(part, other) for other in chosen)]
    best = rows[0].score
    for row in rows:
        if len(chosen) >= MOST[question.wants] or row.score < best - GAP[question.wants]:
            break
        if _unasked(question, row) or any(_same(row, other) for other in chosen):
            continue
        chosen.append(row)
    chosen = chosen or [rows[0]]
    return Quoted(tuple(sorted(chosen, key=lambda row: -row.score)), tuple(disputes))


def best_for_part(
    years: Sequence[int], terms: Sequence[str], vector: Vectors, rows: Sequence[Weighed], wants_figure: bool
) -> Weighed | None:
    """The sentence of the best document that answers one part of a question, given the part's own vector (d,) and terms."""
    mine = [row for row in rows if row.document == rows[0].document and speaks_of(years, row.text)]

    def fits(row: Weighed) -> float:
        cosine = float(_vector(row) @ vector)
        held = len(row.entry.terms[row.index] & set(terms)) / max(1, len(terms))
        return (
            cosine
            + 0.5 * held
            + 0.35 * row.score
            + (0.1 if wants_figure and any(t[0].isdigit() for t in row.entry.terms[row.index]) else 0)
        )

    return max(mine, key=fits, default=None)


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


def disputes_of(document: Document, topics: Vectors, vector: Vectors, rows: Sequence[Weighed]) -> list[Dispute]:
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
