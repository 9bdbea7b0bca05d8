"""What the README says of settings, targets, commands and LangChain is what there is."""

import os
import re
import subprocess
import sys
from pathlib import Path

from evals.corpus import PLOT, read_corpus, section
from ingest.library import Library
from ingest.sync import sync
from service.cli import app, corpus, ingest, sites
from service.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_setting_stands_in_the_readme_with_its_description():
    for name, field in Settings.model_fields.items():
        row = next(line for line in README.splitlines() if f"`RIGHTKEY_{name.upper()}`" in line and line.startswith("|"))
        assert field.description in row.replace("`", "")


def test_every_setting_stands_in_the_readme_with_its_default():
    for name, field in Settings.model_fields.items():
        row = next(line for line in README.splitlines() if f"`RIGHTKEY_{name.upper()}`" in line and line.startswith("|"))
        told = re.sub("`([^`]*)`.*", r"\1", row.split("|")[2].strip())  # `data` in the checkout
        default = field.default.relative_to(ROOT) if isinstance(field.default, Path) else field.default
        assert told == ("" if default is None else str(default)), name


def test_the_corpus_is_counted_as_it_is():
    caption, rows = section(*read_corpus())
    assert caption in README
    assert [row for row in rows if f"| {row[0]} | {row[1]} |" not in README] == []
    assert 'xmlns="http://www.w3.org/2000/svg"' in PLOT.read_text(encoding="utf-8")


def test_the_readme_names_the_pythons_that_the_project_takes():
    low, high = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', PYPROJECT).groups()
    assert f"Python 3.{low} to 3.{int(high) - 1}" in README


def test_the_readme_names_no_setting_that_there_is_not():
    known = {f"RIGHTKEY_{name.upper()}" for name in Settings.model_fields} | {"RIGHTKEY_TEST_DATA"}
    assert set(re.findall(r"RIGHTKEY_[A-Z_]+", README)) <= known


def test_every_make_target_of_the_readme_is_one():
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.M))
    assert set(re.findall(r"make ([a-z-]+)", README)) - {"the"} <= targets


def test_every_command_of_the_readme_is_one():
    commands = {one.name or one.callback.__name__ for one in app.registered_commands}
    below = {
        "ingest": {one.name for one in ingest.registered_commands},
        "corpus": {one.name for one in corpus.registered_commands},
        "sites": {one.name for one in sites.registered_commands},
    }
    for first, second in re.findall(r"^(?:\$ )?rightkey (\w+) (\w+)", README, re.M):
        assert first in commands or second in below[first]


def test_the_lines_for_langchain_run_as_they_stand(tmp_path, encoder, write_corpus, brief):
    sync(Library(tmp_path / "data", encoder.recipe), encoder, [write_corpus({"idn-demo": brief()})])
    (snippet,) = re.findall(r"```python\n(.*?)```", README, re.S)
    environment = {**os.environ, "RIGHTKEY_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-c", f"{snippet}\nprint(found[0].metadata['document'])"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("idn-demo\n", "")


def test_the_picture_and_the_files_that_the_readme_names_are_there():
    for path in re.findall(r"\]\(([a-z][^)#]*)\)", README):
        assert (ROOT / path).exists()
