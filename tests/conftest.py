"""What every floor's tests build on: the real encoder, real libraries in tmp_path, small corpora written to disk."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml
from anyio import CapacityLimiter
from hypothesis import settings

from corpus import CORPUS
from ingest.catalog import open_engine
from ingest.encoder import Encoder, Model, open_encoder
from ingest.library import Library
from ingest.owner import Ownership
from ingest.sync import sync
from service.answers import Answers
from service.api.deps import Parts
from service.assistant import Assistant
from service.feedback import Verdicts
from service.gaps import Gaps
from service.limits import Counters
from service.settings import Settings
from service.sites import Sites
from service.terms import Terms
from service.visitors import Visitors

ROOT = Path(__file__).parents[1]
settings.register_profile("rightkey", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("rightkey")

HEAD = {
    "id": "idn-demo",
    "kind": "case",
    "title": "Goats and coaching in three villages",
    "countries": ["IDN"],
    "place": "three villages",
    "years": {"from": 2018, "to": 2020},
    "themes": ["livestock"],
    "setting": ["rural"],
    "reach": None,
    "cost": None,
    "as_of": "2020-12-31",
    "reviewed": "2026-11-23",
    "supersedes": None,
    "summary": {"en": "Three villages in Indonesia were given goats."},
}
BODY = """
## Setting

Three villages in Indonesia kept few animals in 2018, a report says [@lee-2020].

## Results

Three villages in Indonesia owned 1,250 goats by 2020, a survey says [@sari-2021, p. 4].

## For another place

A village that wants goats needs fodder within reach.
"""


def _source(identity: str = "lee-2020", **fields: Any) -> dict[str, Any]:
    custom = {"method": "report", "voice": "ngo", "checked": "full text", "read": "2026-11-23", **fields.pop("custom", {})}
    author = [{"family": identity.split("-")[0].title()}]
    return {"id": identity, "type": "report", "title": "Goats", "author": author, "custom": custom, **fields}


def _brief(identity: str = "idn-demo", body: str = BODY, **head: Any) -> str:
    front = yaml.safe_dump({**HEAD, "id": identity, **head}, sort_keys=False, allow_unicode=True)
    return f"---\n{front}---\n{body}"


@pytest.fixture(scope="session")
def source() -> Callable[..., dict[str, Any]]:
    """source(id, **fields) -> one sound CSL-JSON item with those fields changed."""
    return _source


@pytest.fixture(scope="session")
def brief() -> Callable[..., str]:
    """brief(id, body, **head) -> the text of a brief, sound until a part of it is changed."""
    return _brief


@pytest.fixture
def write_corpus(tmp_path: Path) -> Callable[..., Path]:
    """write_corpus({id: text}, sources, folder) -> a corpus folder that holds exactly those briefs."""

    def write(briefs: dict[str, str], sources: list[Any] | None = None, folder: str = "corpus") -> Path:
        (tmp_path / folder / "briefs").mkdir(parents=True, exist_ok=True)
        for old in (tmp_path / folder / "briefs").glob("*.md"):
            old.unlink()
        for name, text in briefs.items():
            (tmp_path / folder / "briefs" / f"{name}.md").write_text(text, encoding="utf-8")
        items = [_source("lee-2020"), _source("sari-2021")] if sources is None else sources
        (tmp_path / folder / "sources.json").write_text(json.dumps(items), encoding="utf-8")
        return tmp_path / folder

    return write


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The default model, exported on first use (about half a minute) and kept in the repository's cache."""
    return open_encoder(Model(), ROOT / ".cache" / "encoders")


@pytest.fixture(scope="session")
def terms(tmp_path_factory: pytest.TempPathFactory) -> Terms:
    """The glossary of the corpus, with no rows of a trainer's."""
    return Terms(tmp_path_factory.mktemp("no-glossary"))


@pytest.fixture
def library(tmp_path: Path, encoder: Encoder) -> Library:
    """An empty library of the test's own."""
    return Library(tmp_path / "library", encoder.recipe)


@pytest.fixture(scope="session")
def corpus_library(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Library:
    """The real corpus, ingested once. Only to be read."""
    library = Library(tmp_path_factory.mktemp("corpus-library"), encoder.recipe)
    sync(library, encoder, [CORPUS])
    return library


@pytest.fixture(scope="session")
def parts_over(encoder: Encoder) -> Iterator[Callable[..., Parts]]:
    """parts_over(library, folder, days) -> the parts of a service over that library, whose answers are kept in that folder."""
    with ExitStack() as open_ones:

        def opened(library: Library, folder: Path, days: int = 30) -> Parts:
            engine = open_engine(f"sqlite:///{folder / 'answers.db'}")
            open_ones.callback(engine.dispose)
            terms = Terms(folder)
            return Parts(
                settings=Settings(data=folder),
                owning=open_ones.enter_context(Ownership(folder, "a test")),
                encoder=encoder,
                library=library,
                terms=terms,
                assistant=Assistant(library, encoder, terms),
                answers=Answers(engine, days),
                verdicts=Verdicts(engine),
                gaps=Gaps(engine),
                sites=Sites(folder),
                visitors=Visitors(),
                counters=Counters(),
                workers=CapacityLimiter(2),
            )

        yield opened


@pytest.fixture(scope="session")
def test_data() -> Path:
    """Real files that nobody here wrote; a test that needs them skips where they are missing."""
    folder = Path(os.environ.get("RIGHTKEY_TEST_DATA") or ROOT.parent / "shared" / "data").resolve()
    if not folder.is_dir():
        pytest.skip(f"no test data in {folder}: name its folder in RIGHTKEY_TEST_DATA")
    return folder
