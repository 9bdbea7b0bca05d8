"""The core set: retrieval, facts, citations, refusals and quotes, question by question and summed up."""

import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import ir_measures
from ir_measures import RR, Success, nDCG

from evals.facts import holds
from evals.sets import Answerable, QuestionSet, Refusable, read_comparable
from service.assistant import Assistant
from service.contract import Answer, Ask


@dataclass(frozen=True)
class Answered:
    """One question that has an answer, and how it went."""

    question: Answerable
    answer: Answer
    ranking: tuple[str, ...]
    right: bool  # every expected fact stands in the answer
    precise: int  # cited quotes that hold an expected fact
    seconds: float


@dataclass(frozen=True)
class Refused:
    """One question to be refused, whole or in part; right where the outcome is the expected one and names what is missing."""

    question: Refusable
    answer: Answer
    right: bool


@dataclass(frozen=True)
class CoreResult:
    answered: Sequence[Answered]
    refused: Sequence[Refused]
    broken_quotes: Sequence[str]
    retrieval: dict[str, float] = field(default_factory=dict)

    def table(self) -> dict[str, float]:
        """Shares between 0 and 1; latencies in milliseconds."""
        quotes = sum(len(one.answer.citations) for one in self.answered)
        turned_away = [one for one in self.answered if one.answer.outcome in ("not_found", "unclear")]
        held_back = [one for one in self.refused if one.answer.outcome != "answered"]
        took = sorted(one.seconds * 1000 for one in self.answered)
        return {
            **self.retrieval,
            "right facts in the answer": _share(one.right for one in self.answered),
            **{f"right facts, {kind}": self._of(kind) for kind in ("figure", "open", "context", "disagreement")},
            "citation precision": sum(one.precise for one in self.answered) / max(1, quotes),
            "quotes an answer": quotes / max(1, len(self.answered) - len(turned_away)),
            "refusal precision": len(held_back) / max(1, len(held_back) + len(turned_away)),
            "refusal recall": len(held_back) / max(1, len(self.refused)),
            "refusals right, with what is missing": _share(one.right for one in self.refused),
            "quote fidelity": 1
            - len(self.broken_quotes) / max(1, quotes + sum(len(one.answer.citations) for one in self.refused)),
            "answer p50, ms": statistics.median(took),
            "answer p95, ms": took[int(0.95 * len(took))],
        }

    def _of(self, kind: str) -> float:
        return _share(one.right for one in self.answered if one.question.kind == kind)


def run_core(questions: QuestionSet, assistant: Assistant, texts: dict[str, str]) -> CoreResult:
    """Ask everything. `texts` maps document ids to their whole text, against which quotes are held."""
    for one in questions.answer[:3]:
        assistant.answer(Ask(question=one.question))  # warm caches, so that latency is that of a running service
    answered = [_ask(one, assistant) for one in questions.answer]
    refused = [_refuse(one, assistant) for one in questions.refuse]
    broken = [
        citation.quote
        for answer in [*(one.answer for one in answered), *(one.answer for one in refused)]
        for citation in answer.citations
        if citation.quote not in texts[citation.document]
    ]
    return CoreResult(answered, refused, broken, _retrieval(answered))


def _ask(one: Answerable, assistant: Assistant) -> Answered:
    started = time.perf_counter()
    answer = assistant.answer(Ask(question=one.question))
    seconds = time.perf_counter() - started
    text = " ".join(statement.text for statement in answer.statements)
    wanted = [*one.facts, *one.also]
    return Answered(
        question=one,
        answer=answer,
        ranking=_ranking(assistant, one.question),
        right=all(holds(text, fact) for fact in one.facts),
        precise=sum(any(holds(citation.quote, fact) for fact in wanted) for citation in answer.citations),
        seconds=seconds,
    )


def _refuse(one: Refusable, assistant: Assistant) -> Refused:
    answer = assistant.answer(Ask(question=one.question))
    named = " ".join(missing.text for missing in answer.missing)
    outcomes = {"not_found": ("not_found", "unclear"), "partial": ("partial",)}[one.expect]
    return Refused(one, answer, answer.outcome in outcomes and all(holds(named, [name]) for name in one.missing))


def comparable_found(assistant: Assistant) -> float:
    """The share of descriptions for which an accepted case is among the first three."""
    wanted = read_comparable()
    return _share(bool({*_ranking(assistant, one.question)[:3]} & {*one.accepted}) for one in wanted)


def _ranking(assistant: Assistant, question: str) -> tuple[str, ...]:
    read = assistant.reader.read(question)
    return tuple(assistant.find(read).by_document()) if read else ()


def hits(rankings: Iterable[tuple[Answerable, Sequence[str]]]) -> tuple[float, float]:
    """hit@1 and hit@5 of ranked documents."""
    measured = _measured(list(rankings))
    return measured["hit@1"], measured["hit@5"]


def _retrieval(answered: Sequence[Answered]) -> dict[str, float]:
    measured = _measured([(one.question, one.ranking) for one in answered])
    return {f"retrieval {name}": value for name, value in measured.items()}


def _measured(rankings: Sequence[tuple[Answerable, Sequence[str]]]) -> dict[str, float]:
    qrels = [ir_measures.Qrel(question.id, identity, 1) for question, _ in rankings for identity in question.documents]
    run = [
        ir_measures.ScoredDoc(question.id, identity, -rank)
        for question, ranking in rankings
        for rank, identity in enumerate(ranking)
    ]
    measures = {"hit@1": Success @ 1, "hit@5": Success @ 5, "nDCG@10": nDCG @ 10, "MRR": RR}
    values = ir_measures.calc_aggregate(measures.values(), qrels, run)
    return {name: float(values[measure]) for name, measure in measures.items()}


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / max(1, len(values))
