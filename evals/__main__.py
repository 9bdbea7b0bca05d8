"""`python -m evals`: run the question sets, print the table, write reports/eval.html and eval.json, fail below the floors."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from corpus import CORPUS
from evals.clapnq import run_clapnq
from evals.core import CoreResult, comparable_found, run_core
from evals.multilingual import Spoken, by_language, run_multilingual, run_xquad, summed
from evals.public import data_folder
from evals.readme import write_table
from evals.report import write_report
from evals.sets import read_core, read_multilingual, read_set
from evals.steps import left_out
from ingest.encoder import Encoder, open_encoder
from ingest.library import Library
from ingest.sync import sync
from service.assistant import Assistant
from service.settings import Settings
from service.terms import Terms

REPORTS = Path(__file__).parents[1] / "reports"
MULTILINGUAL = ("multilingual", "multilingual-held")
FLOORS = Path(__file__).parent / "floors.yaml"
out = Console(highlight=False)


def main() -> int:
    """Exit code 1 where a number lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print every question that went wrong, with what was quoted")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    parser.add_argument("--steps", action="store_true", help="leave out each step of reading other languages in turn")
    arguments = parser.parse_args()
    settings = Settings()
    encoder = open_encoder(settings.model, settings.cache, settings.threads)
    with tempfile.TemporaryDirectory(prefix="rightkey-evals-") as folder:
        assistant, texts = _open(encoder, Path(folder))
        core = run_core(read_core(), assistant, texts)
        held = run_core(read_set("held").half(even=True), assistant, texts)
        table = core.table() | _of(held, "held") | _pairs(assistant, texts)
        spoken = {name: run_multilingual(read_multilingual(name), assistant, texts) for name in MULTILINGUAL}
        table |= {f"{name}: {measure}": value for name, rows in spoken.items() for measure, value in summed(rows).items()}
        steps = left_out(read_multilingual(), assistant) if arguments.steps else {}
        table |= _public(encoder, assistant.reader.terms)
    floors: dict[str, float] = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    if strange := [name for name in floors if name not in table and not name.startswith(("CLAP NQ", "XQuAD"))]:
        raise SystemExit(f"evals/floors.yaml: no measure is called {', '.join(strange)}: spell it as in the table")
    sunk = [name for name, floor in floors.items() if name in table and table[name] < floor]
    _print(table, floors)
    for rows in spoken.values():
        _print_rows(by_language(rows))
    if steps:
        _print_rows(
            [
                ("one step left out", "hit@1", "hit@5"),
                *((name, f"{one:.3f}", f"{five:.3f}") for name, (one, five) in steps.items()),
            ]
        )
    if arguments.misses:
        _print_misses(core)
        for rows in spoken.values():
            for one in rows:
                _print_misses(one.own)
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "eval.json").write_text(json.dumps(table, indent=1), encoding="utf-8")
    write_report(REPORTS / "eval.html", table, floors, core)
    if arguments.readme:
        _write_readme(table, {"core": core, "held": held})
        _write_languages(spoken, table)
    out.print(f"\n{REPORTS / 'eval.html'}")
    for name in sunk:
        out.print(f"[red]{name} is {table[name]:.3f}, below its floor of {floors[name]}[/red]")
    return 1 if sunk else 0


def _open(encoder: Encoder, folder: Path) -> tuple[Assistant, dict[str, str]]:
    """An assistant over the corpus, and the whole text of each document."""
    library = Library(folder, encoder.recipe)
    sync(library, encoder, [CORPUS])
    whole = [library.catalog.document(identity) for identity in library.documents()]
    return Assistant(library, encoder, Terms(folder)), {
        one.id: "\n".join(part.text for part in one.parts) for one in whole if one
    }


def _of(result: CoreResult, name: str) -> dict[str, float]:
    kept = (
        "right facts in the answer",
        "citation precision",
        "refusal precision",
        "refusal recall",
        "refusals right, with what is missing",
    )
    table = result.table()
    return {f"{name}: {measure}": table[measure] for measure in kept}


def _pairs(assistant: Assistant, texts: dict[str, str]) -> dict[str, float]:
    both = run_core(read_set("disagreement"), assistant, texts).table()["right facts in the answer"]
    return {"both sides of a disagreement": both, "comparable case among the first three": comparable_found(assistant)}


def _public(encoder: Encoder, terms: Terms) -> dict[str, float]:
    if (data_folder() / "retrieval").exists():
        return run_clapnq(encoder) | run_xquad(encoder, terms)
    out.print(f"CLAP NQ and XQuAD are left out: {data_folder()} is not there (RIGHTKEY_TEST_DATA)")
    return {}


def _print(table: dict[str, float], floors: dict[str, float]) -> None:
    shown = Table("measure", "value", "floor")
    for name, value in table.items():
        shown.add_row(name, f"{value:.1f}" if "ms" in name else f"{value:.3f}", str(floors.get(name, "")))
    out.print(shown)


def _print_rows(rows: Sequence[Sequence[str]]) -> None:
    shown = Table(*rows[0])
    for row in rows[1:]:
        shown.add_row(*row)
    out.print(shown)


def _write_languages(spoken: dict[str, list[Spoken]], table: dict[str, float]) -> None:
    """For each language, first on the set whose misses were looked at, then on the one that nobody looked into."""
    known, held = (by_language(rows) for rows in spoken.values())
    first = [rows[0].own for rows in spoken.values()]
    asked = [f"{len(one.answered)} questions and {len(one.refused)} without an answer" for one in first]
    caption = (
        f"Asked in eight other languages (`make eval`): {asked[0]} in each, whose misses were looked at, and in brackets "
        f"{asked[1]} that nobody looked into. Beside them stand the same questions put into English by an "
        "interpreter, and their needs in the words of the core set, on which the English path was tuned. Languages told: "
        f"{table['multilingual: detected']:.3f} ({table['multilingual-held: detected']:.3f})."
    )
    shown = (
        ("hit@5", "right document among the first five"),
        ("hit@5 in English", "the same need in the words of the core set"),
        ("right facts", "every expected fact stands in the answer"),
        ("right facts interpreted", "the same question put into English"),
        ("right facts in English", "the same need in the words of the core set"),
        ("refused", "questions without an answer that were not answered as if they had one"),
        ("refused interpreted", "the same question put into English"),
        ("refused in English", "the same need in the words of the core set"),
        ("words mapped", "content words understood"),
    )
    both = {one[0]: [f"{a} ({b})" for a, b in zip(one[1:], two[1:], strict=True)] for one, two in zip(known, held, strict=True)}
    write_table("languages", caption, [("what", *known[0][1:]), *((words, *both[measure]) for measure, words in shown)])


def _write_readme(table: dict[str, float], results: dict[str, CoreResult]) -> None:
    shown = (
        ("retrieval hit@1", "right document first"),
        ("retrieval hit@5", "right document among the first five"),
        ("right facts in the answer", "every expected fact stands in the answer"),
        ("citation precision", "quotes that hold an expected fact"),
        ("quote fidelity", "quotes that stand verbatim in their document"),
        ("refusal recall", "questions without an answer that were not answered as if they had one"),
        ("refusal precision", "refusals that were right to refuse"),
    )
    sizes = {name: f"{len(one.answered)} questions to answer and {len(one.refused)} to refuse" for name, one in results.items()}
    both, alike = table["both sides of a disagreement"], table["comparable case among the first three"]
    caption = (
        f"The last evaluation (`make eval`): core, {sizes['core']}, on which weights were chosen and every miss was looked at; "
        f"held back, {sizes['held']}. Both sides of a disagreement are shown "
        f"for {both:.0%} of 20 questions; an accepted comparable case is among the first three for {alike:.0%} of 20 places."
    )
    tables = [one.table() for one in results.values()]
    rows = [(words, *(f"{one[name]:.2f}" for one in tables)) for name, words in shown]
    write_table("eval", caption, [("what", *results), *rows])


def _print_misses(core: CoreResult) -> None:
    for one in core.answered:
        if not one.right:
            out.print(f"\n{one.question.id} {one.question.question}", style="bold", markup=False)
            out.print(f"  {one.answer.outcome}; wanted {one.question.facts} from {one.question.documents}", markup=False)
            for citation in one.answer.citations:
                out.print(f"  {citation.document}: {citation.quote}", markup=False)
    for miss in core.refused:
        if not miss.right:
            out.print(f"\n{miss.question.id} {miss.question.question}", style="bold", markup=False)
            out.print(
                f"  {miss.answer.outcome}; expected {miss.question.expect}, missing {miss.question.missing}", markup=False
            )


if __name__ == "__main__":
    sys.exit(main())
