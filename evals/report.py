"""The evaluation as one HTML file with its plots, readable without a network."""

import html
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import matplotlib

from evals.core import CoreResult

matplotlib.use("svg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

STYLE = """body{font:16px/1.5 system-ui,"Noto Sans",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f1d}
table{border-collapse:collapse}td,th{padding:.25rem .75rem;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}
td.number{text-align:right;font-variant-numeric:tabular-nums}.sunk{color:#a00;font-weight:bold}.wrong{color:#a00}
svg{max-width:100%;height:auto}details{margin:.5rem 0}"""


def write_report(path: Path, table: dict[str, float], floors: dict[str, float], core: CoreResult) -> None:
    """Table, plots, then every question with what was answered."""
    parts = [
        "<!doctype html><meta charset=utf-8><title>Rightkey: evaluation</title>",
        f"<style>{STYLE}</style><h1>Rightkey: evaluation</h1>",
        _table(table, floors),
        _bars(core),
        _latencies(core),
        "<h2>Questions with an answer</h2>",
        *(_answered(core)),
        "<h2>Questions to be refused</h2>",
        *(_refused(core)),
    ]
    path.write_text("\n".join(parts), encoding="utf-8")


def _table(table: dict[str, float], floors: dict[str, float]) -> str:
    rows = []
    for name, value in table.items():
        floor = floors.get(name)
        sunk = " sunk" if floor is not None and value < floor else ""
        text = f"{value:.1f}" if "ms" in name else f"{value:.3f}"
        shown = "" if floor is None else floor
        rows.append(f"<tr><td>{html.escape(name)}<td class='number{sunk}'>{text}<td class=number>{shown}")
    return f"<table><tr><th>measure<th>value<th>floor{''.join(rows)}</table>"


def _bars(core: CoreResult) -> str:
    kinds = ("figure", "open", "context", "disagreement")
    of = {kind: [one for one in core.answered if one.question.kind == kind] for kind in kinds}
    right = [sum(one.right for one in rows) / max(1, len(rows)) for rows in of.values()]
    precise = [
        sum(one.precise for one in rows) / max(1, sum(len(one.answer.citations) for one in rows)) for rows in of.values()
    ]

    def draw(axes: Axes) -> None:
        places = range(len(kinds))
        axes.barh([place + 0.2 for place in places], right, 0.38, label="right facts", color="#0b5d4b")
        axes.barh([place - 0.2 for place in places], precise, 0.38, label="citation precision", color="#8fc7b8")
        axes.set_yticks(list(places), [f"{kind} ({len(of[kind])})" for kind in kinds])
        axes.set_xlim(0, 1)
        axes.legend(loc="lower right")

    return "<h2>By kind of question</h2>" + _plot(draw)


def _latencies(core: CoreResult) -> str:
    took = sorted(one.seconds * 1000 for one in core.answered)

    def draw(axes: Axes) -> None:
        axes.plot(took, [(number + 1) / len(took) for number in range(len(took))], color="#0b5d4b")
        axes.set_xlabel("milliseconds, in process")
        axes.set_ylabel("share of answers")
        axes.set_ylim(0, 1)

    return "<h2>Latency</h2>" + _plot(draw)


def _plot(draw: Callable[[Axes], None]) -> str:
    figure, axes = plt.subplots(figsize=(8, 3))
    draw(axes)
    figure.tight_layout()
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg")
    plt.close(figure)
    return buffer.getvalue()[buffer.getvalue().index("<svg") :]


def _answered(core: CoreResult) -> Sequence[str]:
    return [
        _details(
            f"{one.question.id}: {one.question.question}",
            one.right,
            f"{one.answer.outcome}; {one.precise} of {len(one.answer.citations)} quotes precise; wanted {one.question.facts}",
            [f"[{citation.document}] {citation.quote}" for citation in one.answer.citations],
        )
        for one in core.answered
    ]


def _refused(core: CoreResult) -> Sequence[str]:
    return [
        _details(
            f"{one.question.id}: {one.question.question}",
            one.right,
            f"{one.answer.outcome}; expected {one.question.expect}; missing {[missing.text for missing in one.answer.missing]}",
            [f"[{citation.document}] {citation.quote}" for citation in one.answer.citations],
        )
        for one in core.refused
    ]


def _details(title: str, right: bool, about: str, lines: Sequence[str]) -> str:
    mark = "" if right else " class=wrong"
    items = "".join(f"<li>{html.escape(line)}" for line in lines)
    return f"<details><summary{mark}>{html.escape(title)}</summary><p>{html.escape(about)}<ul>{items}</ul></details>"
