"""corpus <- ingest <- service <- evals: each floor stands on those below it."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("corpus", "ingest", "service", "evals")
MODULES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
HEAVY = ("torch", "transformers", "sentence_transformers", "langchain", "langchain_core")


def imported(path: Path) -> Iterator[str]:
    """The modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: import it by its full name"
            yield str(node.module)


def test_there_are_modules_on_every_floor():
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_its_own_floor_and_those_below(path):
    floor = FLOORS.index(path.relative_to(ROOT).parts[0])
    roots = {name.split(".")[0] for name in imported(path)}
    assert roots & {*FLOORS[floor + 1 :], "tests"} == set()


def heavy_after(statement: str) -> str:
    """Which of the heavy modules a fresh process has loaded after that statement."""
    code = f"import sys\n{statement}\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("module", ["corpus.check", "ingest.sync", "service.app"])
def test_a_floor_starts_without_torch_transformers_or_langchain(module):
    assert heavy_after(f"import {module}") == ""


@pytest.mark.parametrize(
    ("package", "homes"),
    [
        ("chromadb", {"ingest/vectors.py"}),
        ("tantivy", {"ingest/lexical.py", "ingest/summaries.py"}),
        ("torch", {"ingest/export.py"}),
        ("sentence_transformers", {"ingest/export.py"}),
        ("pypdf", {"ingest/loaders/pdf.py"}),
    ],
)
def test_a_library_of_others_stays_behind_its_own_file(package, homes):
    users = {str(path.relative_to(ROOT)) for path in MODULES if package in {name.split(".")[0] for name in imported(path)}}
    assert {user for user in users if not user.startswith("evals/")} == homes
