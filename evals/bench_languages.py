"""What eight more languages cost beside English: time for each answer, memory for the process."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from corpus import CORPUS
from corpus.glossary import OTHERS
from evals.bench_report import Section, Table, Target
from evals.bench_service import resident
from evals.sets import Asked, read_multilingual
from ingest.encoder import open_encoder
from ingest.library import Library
from ingest.sync import sync
from service.assistant import Assistant
from service.contract import Ask
from service.settings import Settings
from service.terms import Terms


@dataclass(frozen=True)
class Timed:
    """Milliseconds for a question in its own language, and for the same in English."""

    language: str
    own: float
    english: float


def measure_languages(folder: Path, say: Callable[[str], None], *, most: int | None = None) -> Section:
    """The questions of multilingual.yaml (the first `most` of each language) and the same in English."""
    say("languages: each question and the same in English")
    with get_context("spawn").Pool(1) as pool:  # a process of its own, whose memory is that of a service
        before, after, timed = pool.apply(_measured, (folder / "languages", most))
    added = statistics.median(one.own - one.english for one in timed)
    targets = (
        Target("in another language, beside the same in English: p50", added, 4, at_most=True, unit="ms", digits=1),
        Target("eight more languages: resident memory", after - before, 200, at_most=True, unit="MB", digits=0),
    )
    rows = tuple(_row(language, [one for one in timed if one.language == language]) for language in OTHERS)
    note = (
        f"{len(timed)} pairs, none asked before, every second one in English first; the difference is the median of the pairs. "
        f"Resident memory: {before:.0f} MB when the English questions had found their passages, {after:.0f} MB when all "
        "were answered, of which telling the language, and whatever quoting keeps, is counted as the languages' too."
    )
    table = Table("Asked in another language", ("language", "p50, ms", "in English, ms", "difference, ms"), rows, note)
    raw = {"languages": {"resident": [before, after], "timed": [asdict(one) for one in timed]}}
    return Section((table,), targets, raw)


def _row(language: str, timed: Sequence[Timed]) -> tuple[str, ...]:
    columns = [one.own for one in timed], [one.english for one in timed], [one.own - one.english for one in timed]
    return language, *(f"{statistics.median(column):.1f}" for column in columns)


def _measured(folder: Path, most: int | None) -> tuple[float, float, list[Timed]]:
    """Memory in MB before any other language was read, and after; and the times."""
    settings = Settings()
    encoder = open_encoder(settings.model, settings.cache, settings.threads)
    library = Library(folder, encoder.recipe)
    sync(library, encoder, [CORPUS])
    assistant = Assistant(library, encoder, Terms(folder))
    asked = _first(read_multilingual().answer, most)
    for document in library.documents():
        for entry in library.passages_of(document):
            entry.warm()
    for one in asked:
        assistant.find(assistant.reader.read_as("en", one.english))  # what English takes; it loads no other language
    before = resident(os.getpid())
    assistant.warm(lambda: False)
    for one in read_multilingual("multilingual-held").answer:
        _took(assistant, one.question)
        _took(assistant, one.english)
    timed = [_pair(assistant, one, english_first=number % 2 == 0) for number, one in enumerate(asked)]
    after = resident(os.getpid())
    library.close()
    return before, after, timed


def _first(asked: Sequence[Asked], most: int | None) -> list[Asked]:
    return [one for language in OTHERS for one in [each for each in asked if each.language == language][:most]]


def _pair(assistant: Assistant, one: Asked, *, english_first: bool) -> Timed:
    if english_first:
        english = _took(assistant, one.english)
        return Timed(one.language, _took(assistant, one.question), english)
    own = _took(assistant, one.question)
    return Timed(one.language, own, _took(assistant, one.english))


def _took(assistant: Assistant, question: str) -> float:
    started = time.perf_counter()
    assistant.answer(Ask(question=question))
    return (time.perf_counter() - started) * 1000
