"""Retrieval quality and latency: Rightkey and every peer asked the same questions, in turn."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, Success, nDCG

from evals.bench_pipelines import DEPTH, PEERS, Asked, Pipeline, Rightkey, open_peer
from evals.bench_report import Section, Table, Target
from evals.public import Question, RetrievalSet, cranfield, xquad
from ingest.lexical import analyse
from service.retrieval import rank

MEASURES = {"hit@1": Success @ 1, "hit@5": Success @ 5, "MRR": RR @ DEPTH, "nDCG@10": nDCG @ DEPTH}
SINGLE = {"passage vectors alone": (1, 0, 0), "best sentence alone": (0, 1, 0), "BM25 alone": (0, 0, 1)}
FUSED = "rightkey"
DEEP = 30  # passages asked of a peer where documents make several, so that ten documents come back
CHUNK = 100  # questions asked of one pipeline before the other has its turn
SETTLE = 0.3  # seconds that a peer's threads spin on after its turn
RESAMPLES = 5000

Floats = npt.NDArray[np.float64]
Scores = dict[str, Floats]  # measure -> one value a question


@dataclass(frozen=True)
class Pair:
    """Rightkey and one peer asked in turn: their seconds in the order of the questions."""

    peer: str
    ours: Floats
    theirs: Floats


@dataclass(frozen=True)
class Outcome:
    """One set: the questions, each ranking's scores, and the pairs of latencies."""

    name: str
    questions: list[Question]
    scores: dict[str, Scores]
    pairs: list[Pair]

    def half(self, even: bool) -> npt.NDArray[np.bool_]:
        return np.array([number % 2 == int(even) for number in range(len(self.questions))])

    def mean(self, ranking: str, measure: str, rows: npt.NDArray[np.bool_] | None = None) -> float:
        values = self.scores[ranking][measure]
        return float(values[rows].mean() if rows is not None else values.mean())


Say = Callable[[str], None]


def measure_retrieval(
    rightkey: Rightkey, say: Say, *, most: int | None = None, quality: bool = True, latency: bool = True
) -> Section:
    """Ask the first `most` questions of each set. The latency is taken on XQuAD."""
    first = _run(rightkey, xquad(), say, most)
    outcomes = [first, _run(rightkey, cranfield(), say, most)] if quality else [first]
    tables, targets = [], []
    if quality:
        tables += [table for outcome in outcomes for table in _quality_tables(outcome)]
        targets += _quality_targets(*outcomes)
    if latency:
        tables.append(_latency_table(first))
        targets.append(_latency_target(first))
    raw = {outcome.name: _raw(outcome) for outcome in outcomes}
    return Section(tuple(tables), tuple(targets), raw)


# --- asking


def _run(rightkey: Rightkey, given: RetrievalSet, say: Say, most: int | None) -> Outcome:
    texts = [(document.id, document.parts[0].text) for document in given.documents]
    questions = given.questions[:most]
    asked = [question.text for question in questions]
    say(f"{given.name}: Rightkey ingests {len(texts)} documents")
    ingested = rightkey.ingest(texts)
    depth = DEEP if ingested.passages > 1.2 * len(texts) else DEPTH
    rankings = {name: _single(rightkey, asked, weights) for name, weights in SINGLE.items()}
    pairs = []
    for name in PEERS:
        with open_peer(name) as peer:
            say(f"{given.name}: {name} ingests")
            peer.ingest(texts)
            ours, theirs = _in_turn(rightkey, peer, asked, depth, say)
        rankings[FUSED], rankings[name] = ours.rankings, theirs.rankings
        pairs.append(Pair(name, np.array(ours.seconds), np.array(theirs.seconds)))
    order = [FUSED, *SINGLE, *PEERS]
    return Outcome(given.name, questions, {name: score(questions, rankings[name]) for name in order}, pairs)


def _in_turn(ours: Pipeline, theirs: Pipeline, asked: Sequence[str], depth: int, say: Say) -> tuple[Asked, Asked]:
    """Chunk by chunk, so that whatever else the machine does hits both alike; never two at once."""
    for pipeline in (ours, theirs):
        pipeline.ask(asked[:20], depth)  # the first run of a session is slower than the rest
    answers: tuple[Asked, Asked] = Asked([], []), Asked([], [])
    for start in range(0, len(asked), CHUNK):
        say(f"{theirs.name}: question {start + 1} of {len(asked)}")
        for pipeline, answer in zip((ours, theirs), answers, strict=True):
            time.sleep(SETTLE)
            got = pipeline.ask(asked[start : start + CHUNK], depth)
            answer.rankings.extend(got.rankings)
            answer.seconds.extend(got.seconds)
    return answers


def _single(rightkey: Rightkey, asked: Sequence[str], weights: tuple[float, float, float]) -> list[list[str]]:
    """Documents by one score alone, over the candidates of the fused ranking."""
    rankings = []
    for question in asked:
        vector = rightkey.encoder.query(question)
        candidates = rightkey.library.search(vector, analyse(question), ("public",))
        hits = rank(candidates, vector, weights, feedback=0)
        rankings.append(list(dict.fromkeys(hit.candidate.entry.passage.document for hit in hits)))
    return rankings


# --- judging


def score(questions: Sequence[Question], rankings: Sequence[Sequence[str]]) -> Scores:
    """Each measure for each question, over the first ten documents."""
    qrels = [ir_measures.Qrel(one.id, document, grade) for one in questions for document, grade in one.relevant.items()]
    run = [
        ir_measures.ScoredDoc(one.id, document, -place)
        for one, ranking in zip(questions, rankings, strict=True)
        for place, document in enumerate(ranking[:DEPTH])
    ]
    found = {(metric.measure, metric.query_id): metric.value for metric in ir_measures.iter_calc(MEASURES.values(), qrels, run)}
    return {name: np.array([found.get((measure, one.id), 0.0) for one in questions]) for name, measure in MEASURES.items()}


def interval(values: Floats, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of the mean by the percentile bootstrap over questions."""
    rows = np.random.default_rng(seed).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.percentile(values[rows].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def best_of(outcome: Outcome, names: Mapping[str, object] | Sequence[str], measure: str, rows: npt.NDArray[np.bool_]) -> str:
    return max(names, key=lambda name: outcome.mean(name, measure, rows))


# --- showing


def _quality_tables(outcome: Outcome) -> Iterator[Table]:
    held = outcome.half(even=True)
    header = ("ranking", *(f"{name}, held" for name in MEASURES), *(f"{name}, all" for name in MEASURES))
    rows = tuple(
        (name, *(f"{outcome.mean(name, m, held):.3f}" for m in MEASURES), *(f"{outcome.mean(name, m):.3f}" for m in MEASURES))
        for name in outcome.scores
    )
    note = f"{int(held.sum())} held questions (every second one) of {len(held)}; whole documents, the first ten."
    yield Table(f"Retrieval, {outcome.name}", header, rows, note)
    header = ("measure, held", "rightkey", "95 %", "best peer", "", "difference", "95 %")
    yield Table(f"Certainty, {outcome.name}", header, tuple(_certainty(outcome, measure, held) for measure in MEASURES))


def _certainty(outcome: Outcome, measure: str, held: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    peer = best_of(outcome, PEERS, measure, held)
    ours, theirs = outcome.scores[FUSED][measure][held], outcome.scores[peer][measure][held]
    low, high = interval(ours)
    less, more = interval(ours - theirs)
    mine = f"{ours.mean():.3f}", f"{low:.3f} to {high:.3f}"
    return measure, *mine, peer, f"{theirs.mean():.3f}", f"{(ours - theirs).mean():+.3f}", f"{less:+.3f} to {more:+.3f}"


def _quality_targets(paragraphs: Outcome, abstracts: Outcome) -> list[Target]:
    held, name = abstracts.half(even=True), "nDCG@10"
    ours = abstracts.mean(FUSED, name, held)
    single = best_of(abstracts, SINGLE, name, held)
    peer = best_of(abstracts, PEERS, name, held)
    return [
        Target("XQuAD English, held: hit@1", paragraphs.mean(FUSED, "hit@1", paragraphs.half(even=True)), 0.955),
        Target("XQuAD English, held: hit@5", paragraphs.mean(FUSED, "hit@5", paragraphs.half(even=True)), 0.99),
        Target(f"Cranfield, held: nDCG@10 over {single}", ours / abstracts.mean(single, name, held), 1.10, unit="times"),
        Target(f"Cranfield, held: nDCG@10 over {peer}", ours / abstracts.mean(peer, name, held), 1.0, unit="times"),
    ]


def _latency_table(outcome: Outcome) -> Table:
    header = (
        "against",
        "rightkey p50",
        "its p95",
        "peer p50",
        "its p95",
        "ratio p10",
        "ratio p50",
        "ratio p95",
        "ratio p50 by turn",
    )
    note = (
        f"Milliseconds in process, XQuAD; both asked in turn, {CHUNK} questions at a time. Other work on the machine disturbs "
        "the p10 least. By turn: least, median, greatest."
    )
    return Table("Latency of one retrieval", header, tuple(_latency_row(pair) for pair in outcome.pairs), note)


def _latency_row(pair: Pair) -> tuple[str, ...]:
    mine, other = _percentiles(pair.ours), _percentiles(pair.theirs)
    chunks = np.sort(chunk_ratios(pair))
    spread = f"{chunks[0]:.1f} / {np.median(chunks):.1f} / {chunks[-1]:.1f}"
    times = [f"{value:.2f}" for value in (*mine[1:], *other[1:])]
    return pair.peer, *times, *(f"{ratio:.1f}" for ratio in other / mine), spread


def _percentiles(seconds: Floats) -> Floats:
    """The 10th, 50th and 95th percentile, in milliseconds."""
    return np.array(np.percentile(seconds * 1e3, [10, 50, 95]))


def chunk_ratios(pair: Pair) -> Floats:
    """Median of the peer over median of Rightkey in each turn."""
    starts = range(0, len(pair.ours), CHUNK)
    return np.array([np.median(pair.theirs[s : s + CHUNK]) / np.median(pair.ours[s : s + CHUNK]) for s in starts])


def _latency_target(outcome: Outcome) -> Target:
    pair = next(pair for pair in outcome.pairs if pair.peer == "langchain")
    ratio = float(np.median(pair.theirs) / np.median(pair.ours))
    return Target("retrieval p50: LangChain's over ours", ratio, 3, unit="times", digits=1)


def _raw(outcome: Outcome) -> dict[str, object]:
    held = outcome.half(even=True)
    means = {
        name: {measure: {"held": outcome.mean(name, measure, held), "all": outcome.mean(name, measure)} for measure in MEASURES}
        for name in outcome.scores
    }
    latency = {
        pair.peer: {"ours": _percentiles(pair.ours).tolist(), "theirs": _percentiles(pair.theirs).tolist()}
        for pair in outcome.pairs
    }
    return {"quality": means, "p10, p50 and p95, ms": latency}
