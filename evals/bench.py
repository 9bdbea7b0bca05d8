"""`python -m evals.bench`: quality and speed beside the pipelines that others would pick, in one run on one machine."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from corpus.glossary import OTHERS
from evals.bench_ingest import measure_ingest
from evals.bench_languages import measure_languages
from evals.bench_pipelines import PeersMissing, Rightkey
from evals.bench_report import Section, load, print_report, write_report
from evals.bench_retrieval import measure_retrieval
from evals.bench_service import WrkMissing, measure_service
from evals.readme import write_table
from service.settings import ROOT

PARTS = ("quality", "latency", "ingest", "languages", "service")
QUICK = 200  # questions of each set, and texts of each; of all languages together


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where every target is reached, 1 where one is missed, 2 where something is not installed."""
    options = _parser().parse_args(arguments)
    parts, before = options.only or list(PARTS), load()
    try:
        with tempfile.TemporaryDirectory(prefix="rightkey-bench-") as folder:
            sections = list(_measure(parts, Path(folder), options.quick))
    except (PeersMissing, WrkMissing) as error:
        print(error, file=sys.stderr)
        return 2
    asked = f"the first {QUICK} of each set" if options.quick else "all"
    about = {"parts": ", ".join(parts), "questions": asked, "load at the start": before}
    write_report(sections, options.reports, about)
    if options.readme:
        rows = [target.cells() for section in sections for target in section.targets]
        write_table(
            "bench", f"The last `make bench`, on {os.cpu_count()} cores:", [("what", "measured", "target", "reached"), *rows]
        )
    print_report(sections, Console(width=None if sys.stdout.isatty() else 160))
    print(f"Written to {options.reports / 'bench.md'} and bench.json")
    return 0 if all(target.reached for section in sections for target in section.targets) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"the first {QUICK} questions, one repeat")
    parser.add_argument("--only", choices=PARTS, action="append", help="one part; give it again for another")
    parser.add_argument("--readme", action="store_true", help="write the targets into README.md")
    parser.add_argument("--reports", type=Path, default=ROOT / "reports", help="where bench.md and bench.json go")
    return parser


def _measure(parts: Sequence[str], folder: Path, quick: bool) -> Iterator[Section]:
    most, repeats = (QUICK, 1) if quick else (None, 3)
    quality, latency = "quality" in parts, "latency" in parts
    if quality or latency or "ingest" in parts:
        rightkey = Rightkey(folder)
        if quality or latency:
            yield measure_retrieval(rightkey, say, most=most, quality=quality, latency=latency)
        if "ingest" in parts:
            yield measure_ingest(rightkey, say, repeats=repeats, most=most)
    if "languages" in parts:
        yield measure_languages(folder, say, most=QUICK // len(OTHERS) if quick else None)
    if "service" in parts:
        yield measure_service(folder, say, seconds=3 if quick else 10, starts=repeats)


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
