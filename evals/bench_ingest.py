"""The speed of ingesting text: Rightkey and LangChain in turn, the models already loaded."""

import statistics
from collections.abc import Callable, Sequence

from evals.bench_pipelines import Ingested, Pipeline, Rightkey, Text, open_peer
from evals.bench_report import Section, Table, Target
from evals.public import cranfield, xquad


def measure_ingest(rightkey: Rightkey, say: Callable[[str], None], *, repeats: int = 3, most: int | None = None) -> Section:
    """XQuAD's paragraphs and Cranfield's abstracts (the first `most` of each), from text to a store on disk."""
    texts = [(document.id, document.parts[0].text) for one in (xquad(), cranfield()) for document in one.documents[:most]]
    runs: list[tuple[Ingested, Ingested]] = []
    with open_peer("langchain") as peer:
        for pipeline in (rightkey, peer):
            pipeline.ingest(texts[:20])  # warm
        for number in range(1, repeats + 1):
            say(f"ingest: {len(texts)} texts, turn {number} of {repeats}")
            runs.append((_told(rightkey, texts, say), _told(peer, texts, say)))
    characters = sum(len(text) for _, text in texts)
    ours, theirs = ([pair[side] for pair in runs] for side in (0, 1))
    ratio = statistics.median(peer.seconds / mine.seconds for mine, peer in runs)
    passages = ratio * ours[0].passages / theirs[0].passages
    last = ("ratio", "", "", f"{passages:.2f}", f"{ratio:.2f}")
    rows = (_row("rightkey", ours, characters), _row("langchain", theirs, characters), last)
    header = ("pipeline", "passages", "seconds", "passages a second", "characters a second")
    note = f"{len(texts)} texts, {characters:,} characters; medians of {repeats} turns. Seconds in each turn: {_seconds(runs)}."
    raw = {"ingest seconds": [[mine.seconds, peer.seconds] for mine, peer in runs]}
    target = Target("ingest, characters a second: over LangChain's", ratio, 2.5, unit="times", digits=2)
    return Section((Table("Ingesting text", header, rows, note),), (target,), raw)


def _told(pipeline: Pipeline, texts: Sequence[Text], say: Callable[[str], None]) -> Ingested:
    done = pipeline.ingest(texts)
    say(f"ingest: {pipeline.name} {done.seconds:.1f} s")
    return done


def _row(name: str, runs: Sequence[Ingested], characters: int) -> tuple[str, ...]:
    seconds = statistics.median(run.seconds for run in runs)
    return name, str(runs[0].passages), f"{seconds:.1f}", f"{runs[0].passages / seconds:.1f}", f"{characters / seconds:,.0f}"


def _seconds(runs: Sequence[tuple[Ingested, Ingested]]) -> str:
    return ", ".join(f"{mine.seconds:.1f} to {peer.seconds:.1f}" for mine, peer in runs)
