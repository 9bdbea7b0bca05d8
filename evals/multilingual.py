"""The questions in eight other languages, beside the same put into English and their needs as the core set words them."""

import statistics
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.glossary import OTHERS
from evals.core import CoreResult, run_core
from evals.public import RetrievalSet, xquad
from evals.sets import Multilingual, QuestionSet
from ingest.encoder import Encoder
from ingest.library import Library
from ingest.sync import publish
from service.assistant import Assistant
from service.foreign import understood_share
from service.terms import Terms

SHORTEST = 3  # words of a question whose language must be told


@dataclass(frozen=True)
class Spoken:
    """One language: how its questions went, how they go as an interpreter puts them into English, and how their needs go as the
    core set words them, on which the English path was tuned. Shares between 0 and 1."""

    language: str
    own: CoreResult
    interpreted: CoreResult
    english: CoreResult
    detected: float
    mapped: float

    def row(self) -> dict[str, float]:
        own, interpreted, english = self.own.table(), self.interpreted.table(), self.english.table()
        return {
            "hit@1": own["retrieval hit@1"],
            "hit@5": own["retrieval hit@5"],
            "hit@5 in English": english["retrieval hit@5"],
            "right facts": own["right facts in the answer"],
            "right facts interpreted": interpreted["right facts in the answer"],
            "right facts in English": english["right facts in the answer"],
            "refused": own["refusal recall"],
            "refused interpreted": interpreted["refusal recall"],
            "refused in English": english["refusal recall"],
            "answered": _answered(self.own),
            "answered in English": _answered(self.english),
            "detected": self.detected,
            "words mapped": self.mapped,
        }


def run_multilingual(questions: Multilingual, assistant: Assistant, texts: dict[str, str]) -> list[Spoken]:
    """Ask everything, language by language."""
    return [_spoken(language, questions, assistant, texts) for language in OTHERS]


def _spoken(language: str, questions: Multilingual, assistant: Assistant, texts: dict[str, str]) -> Spoken:
    asked = questions.of(language)
    return Spoken(
        language,
        run_core(asked, assistant, texts),
        run_core(questions.interpreted(language), assistant, texts),
        run_core(questions.needs_of(language), assistant, texts),
        _detected(language, asked, assistant),
        statistics.fmean(understood_share(assistant.reader.read_as(language, one.question)) for one in asked.answer),
    )


def _detected(language: str, asked: QuestionSet, assistant: Assistant) -> float:
    """With the interface in English, which is the harder way."""
    questions = [*(one.question for one in asked.answer), *(one.question for one in asked.refuse)]
    long = [question for question in questions if len(question.split()) >= SHORTEST or language == "zh"]
    return statistics.fmean(assistant.reader.language(question, "en") == language for question in long)


def _answered(result: CoreResult) -> float:
    return statistics.fmean(one.answer.outcome in ("answered", "partial") for one in result.answered)


def by_language(rows: Sequence[Spoken]) -> list[tuple[str, ...]]:
    """A table with a column for each language and their mean, a row for each measure."""
    tables = [one.row() for one in rows]
    mean = {name: statistics.fmean(table[name] for table in tables) for name in tables[0]}
    named = [*zip((one.language for one in rows), tables, strict=True), ("mean", mean)]
    head = ("asked in", *(name for name, _ in named))
    return [head, *((measure, *(f"{table[measure]:.2f}" for _, table in named)) for measure in mean)]


def summed(rows: Sequence[Spoken]) -> dict[str, float]:
    """The mean over the languages, the least hit@5, and the ratios to English."""
    tables = [one.row() for one in rows]
    mean = {name: statistics.fmean(table[name] for table in tables) for name in tables[0]}
    return {
        **mean,
        "least hit@5": min(table["hit@5"] for table in tables),
        "hit@5 over English": mean["hit@5"] / mean["hit@5 in English"],
        "right facts over English": mean["right facts"] / mean["right facts in English"],
        "right facts over interpreted": mean["right facts"] / mean["right facts interpreted"],
        "refused less English": mean["refused"] - mean["refused in English"],
        "refused less interpreted": mean["refused"] - mean["refused interpreted"],
    }


def run_xquad(encoder: Encoder, terms: Terms) -> dict[str, float]:
    """XQuAD's questions in Russian and Chinese over its English paragraphs, far from what our glossary is made for."""
    with tempfile.TemporaryDirectory(prefix="rightkey-xquad-") as folder:
        library = Library(Path(folder), encoder.recipe)
        publish(library, encoder, ((one.id, one) for one in xquad().documents))
        assistant = Assistant(library, encoder, terms)
        found = {language: _found(xquad(language), language, assistant) for language in ("ru", "zh")}
        library.close()
    return {f"XQuAD {language}, {name}": value for language, values in found.items() for name, value in values.items()}


def _found(asked: RetrievalSet, language: str, assistant: Assistant) -> dict[str, float]:
    questions = [assistant.reader.read_as(language, one.text) for one in asked.questions]
    rankings = [list(assistant.find(question).by_document())[:5] for question in questions]
    first = [bool({*ranking[:1]} & {*one.relevant}) for one, ranking in zip(asked.questions, rankings, strict=True)]
    among = [bool({*ranking} & {*one.relevant}) for one, ranking in zip(asked.questions, rankings, strict=True)]
    shares = [understood_share(question) for question in questions]
    return {"hit@1": statistics.fmean(first), "hit@5": statistics.fmean(among), "words mapped": statistics.fmean(shares)}
