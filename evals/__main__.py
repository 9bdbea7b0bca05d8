"""`python -m evals`: run the question sets, print the table, write reports/eval.html and eval.json, fail below the floors."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from corpus import CORPUS
from evals.clapnq import run_clapnq
from evals.core import CoreResult, comparable_found, run_core
from evals.public import data_folder
from evals.readme import write_table
from evals.report import write_report
from evals.sets import read_core, read_set
from ingest.encoder import Encoder, open_encoder
from ingest.library import Library
from ingest.sync import sync
from service.assistant import Assistant
from service.settings import Settings

REPORTS = Path(__file__).parents[1] / "reports"
FLOORS = Path(__file__).parent / "floors.yaml"
out = Console(highlight=False)


def main() -> int:
    """Exit code 1 where a number lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print every question that went wrong, with what was quoted")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    arguments = parser.parse_args()
    settings = Settings()
    encoder = open_encoder(settings.model, settings.cache, settings.threads)
    with tempfile.TemporaryDirectory(prefix="rightkey-evals-") as folder:
        assistant, texts = _open(encoder, Path(folder))
        core = run_core(read_core(), assistant, texts)
        held = run_core(read_set("held").half(even=True), assistant, texts)
        table = core.table() | _of(held, "held") | _pairs(assistant, texts) | _public(encoder)
    floors: dict[str, float] = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    if strange := [name for name in floors if name not in table and not name.startswith("CLAP NQ")]:
        raise SystemExit(f"evals/floors.yaml: no measure is called {', '.join(strange)}: spell it as in the table")
    sunk = [name for name, floor in floors.items() if name in table and table[name] < floor]
    _print(table, floors)
    if arguments.misses:
        _print_misses(core)
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "eval.json").write_text(json.dumps(table, indent=1), encoding="utf-8")
    write_report(REPORTS / "eval.html", table, floors, core)
    if arguments.readme:
        _write_readme(table, {"core": core, "held": held})
    out.print(f"\n{REPORTS / 'eval.html'}")
    for name in sunk:
        out.print(f"[red]{name} is {table[name]:.3f}, below its floor of {floors[name]}[/red]")
    return 1 if sunk else 0


def _open(encoder: Encoder, folder: Path) -> tuple[Assistant, dict[str, str]]:
    """An assistant over the corpus, and the whole text of each document."""
    library = Library(folder, encoder.recipe)
    sync(library, encoder, [CORPUS])
    whole = [library.catalog.document(identity) for identity in library.documents()]
    return Assistant(library, encoder), {one.id: "\n".join(part.text for part in one.parts) for one in whole if one}


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


def _public(encoder: Encoder) -> dict[str, float]:
    if (data_folder() / "retrieval").exists():
        return run_clapnq(encoder)
    out.print(f"CLAP NQ is left out: {data_folder()} is not there (RIGHTKEY_TEST_DATA)")
    return {}


def _print(table: dict[str, float], floors: dict[str, float]) -> None:
    shown = Table("measure", "value", "floor")
    for name, value in table.items():
        shown.add_row(name, f"{value:.1f}" if "ms" in name else f"{value:.3f}", str(floors.get(name, "")))
    out.print(shown)


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
