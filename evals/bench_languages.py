"""What eight more languages cost beside English: time for each answer, memory for the process."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
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

Timed = tuple[str, float, float]  # language, milliseconds for the one and for the other


def measure_languages(folder: Path, say: Callable[[str], None], *, most: int | None = None) -> Section:
    """The questions of multilingual.yaml (the first `most` of each language) and the same in English, in turn."""
    say("languages: each question and the same in English, in turn")
    with get_context("spawn").Pool(1) as pool:  # a process of its own, whose memory is that of a service
        before, after, timed = pool.apply(_asked, (folder / "languages", most))
    added = statistics.median(own - english for _, own, english in timed)
    targets = (
        Target("in another language, beside the same in English: p50", added, 4, at_most=True, unit="ms", digits=1),
        Target("eight more languages: resident memory", after - before, 200, at_most=True, unit="MB", digits=0),
    )
    rows = [_row(language, [one for one in timed if one[0] == language]) for language in OTHERS]
    note = (
        f"{len(timed)} pairs; the difference is the median of those of the pairs. Resident memory: {before:.0f} MB when the "
        f"English questions had found their passages, {after:.0f} MB when all were answered."
    )
    table = Table("Asked in another language", ("language", "p50, ms", "in English, ms", "difference, ms"), tuple(rows), note)
    return Section((table,), targets, {"languages": {"resident": [before, after], "timed": timed}})


def _row(language: str, timed: Sequence[Timed]) -> tuple[str, ...]:
    columns = [own for _, own, _ in timed], [english for _, _, english in timed], [own - english for _, own, english in timed]
    return language, *(f"{statistics.median(column):.1f}" for column in columns)


def _asked(folder: Path, most: int | None) -> tuple[float, float, list[Timed]]:
    """Memory in MB before any other language was read, and after; and the times."""
    settings = Settings()
    encoder = open_encoder(settings.model, settings.cache, settings.threads)
    library = Library(folder, encoder.recipe)
    sync(library, encoder, [CORPUS])
    assistant = Assistant(library, encoder, Terms(folder))
    pairs = [(one.language, one.question, one.english) for one in _first(most)]
    for document in library.documents():
        for entry in library.passages_of(document):
            entry.warm()
    for _, _, english in pairs:
        assistant.find(assistant.reader.read_as("en", english))  # what English takes; it loads no other language
    before = resident(os.getpid())
    assistant.warm(lambda: False)
    for _, question, english in pairs:
        for one in (question, english):
            assistant.answer(Ask(question=one))
    after = resident(os.getpid())
    timed = [(language, _took(assistant, question), _took(assistant, english)) for language, question, english in pairs]
    library.close()
    return before, after, timed


def _first(most: int | None) -> list[Asked]:
    asked = read_multilingual().answer
    return [one for language in OTHERS for one in [one for one in asked if one.language == language][:most]]


def _took(assistant: Assistant, question: str) -> float:
    started = time.perf_counter()
    assistant.answer(Ask(question=question))
    return (time.perf_counter() - started) * 1000
