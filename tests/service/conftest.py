"""Parts made by hand, applications over small and real libraries, and the service as a real process."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import structlog
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from ingest.catalog import Entry
from ingest.documents import Document, Locator, Passage, Sentence
from ingest.encoder import Encoder
from ingest.library import Library
from ingest.sync import sync
from service.api.deps import Parts
from service.app import create_app
from service.assistant import Assistant
from service.contract import Answer, Ask
from service.settings import Settings
from service.terms import Terms

ROOT = Path(__file__).parents[2]
RIGHTKEY = (sys.executable, "-m", "service.cli")
PATIENCE = 60  # seconds until a process that does not answer is killed, and its test fails


@pytest.fixture(scope="session", autouse=True)
def _plain_log() -> None:
    """Outside `rightkey serve` structlog draws every traceback as a picture with all its variables, which takes seconds."""
    structlog.configure(processors=[structlog.processors.JSONRenderer()])


def _entry(*texts: str, key: int = 1, document: str = "goats", heading: str = "Results", **vectors: object) -> Entry:
    """A stored passage of these sentences; `vector` and `sentences` are zeros unless given, `sources` one tuple a sentence,
    `questions` (index of the sentence that answers it, vector) in the order of the sentences."""
    sources = vectors.get("sources") or [()] * len(texts)
    questions = vectors.get("questions", [])
    starts = [sum(len(text) + 1 for text in texts[:n]) for n in range(len(texts))]
    sentences = tuple(
        Sentence(start, start + len(text), cited, tuple("Which?" for index, _ in questions if index == n))
        for n, (start, text, cited) in enumerate(zip(starts, texts, sources, strict=True))
    )
    passage = Passage(
        document, "1", key, heading, f"Goats. {heading}.", " ".join(texts), Locator("section", heading), sentences, True
    )
    vector = np.array(vectors.get("vector", (0, 0)), np.float32)
    rows = [*vectors.get("sentences", [(0, 0)] * len(texts)), *(one for _, one in questions)]
    return Entry(key, passage, vector, np.array(rows, np.float32))


@pytest.fixture(scope="session")
def entry() -> Callable[..., Entry]:
    """entry(*texts, key, document, heading, vector, sentences, sources, questions) -> a stored passage with those sentences."""
    return _entry


@pytest.fixture(scope="session")
def assistant(corpus_library: Library, encoder: Encoder, terms: Terms) -> Assistant:
    """The assistant over the real corpus."""
    return Assistant(corpus_library, encoder, terms)


@pytest.fixture(scope="session")
def asked(assistant: Assistant) -> Callable[..., Answer]:
    """asked(question, **filters) -> the answer of the real corpus."""
    return lambda question, **filters: assistant.answer(Ask.model_validate({"question": question, "filters": filters}))


@pytest.fixture
def open_client(parts_over: Callable[..., Parts], tmp_path: Path) -> Callable[..., TestClient]:
    """open_client(library, days) -> an HTTP client of create_app over that library; answers are kept in the test's own folder."""

    def opened(library: Library, days: int = 30) -> TestClient:
        return TestClient(create_app(parts_over(library, tmp_path, days)), raise_server_exceptions=False)

    return opened


@pytest.fixture(scope="session")
def client(corpus_library: Library, parts_over: Callable[..., Parts], tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """An HTTP client of the application over the real corpus."""
    parts = parts_over(corpus_library, tmp_path_factory.mktemp("answers"))
    return TestClient(create_app(parts), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def in_contract(client: TestClient) -> Callable[[object], bool]:
    """in_contract(answer) -> whether the answer, as JSON, is one by the published OpenAPI document."""
    schemas = client.get("/openapi.json").json()["components"]
    return Draft202012Validator({"$ref": "#/components/schemas/Answer", "components": schemas}).is_valid


@pytest.fixture
def small(library: Library, encoder: Encoder, write_corpus: Callable[..., Path], brief: Callable[..., str]) -> Library:
    """A library of the test's own that holds one brief, idn-demo."""
    sync(library, encoder, [write_corpus({"idn-demo": brief()})])
    return library


@dataclass
class Service:
    """`rightkey serve` as it runs: its process, its address, what it has said on standard error so far."""

    process: subprocess.Popen[str]
    data: Path
    address: str = ""
    said: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings(data=self.data)

    def listen(self) -> None:
        """Read until it says that it is ready, then go on reading so that its pipe never fills."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            if found := re.search(r"ready at (http://\S+)", line):
                self.address = found[1]
                self._reader = threading.Thread(target=lambda: self.said.extend(self.process.stderr or ()), daemon=True)
                self._reader.start()
                return
        pytest.fail(f"the service did not start: {''.join(self.said)}")

    def end(self, signal: int = 15) -> int:
        """Its exit code; what it said until then stands whole in `said`."""
        self.process.send_signal(signal)
        code = self.process.wait(PATIENCE)
        self._reader.join()
        return code


def environment(data: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "RIGHTKEY_DATA": str(data), "PORT": "0", "COLUMNS": "200", **more}


@contextmanager
def _serving(data: Path, **more: str) -> Iterator[Service]:
    process = subprocess.Popen(
        [*RIGHTKEY, "serve"],
        cwd=ROOT,
        env=environment(data, **more),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    guard = threading.Timer(PATIENCE, process.kill)
    guard.start()
    try:
        service = Service(process, data)
        service.listen()
        guard.cancel()
        yield service
    finally:
        guard.cancel()
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


@pytest.fixture(scope="session")
def serving() -> Callable[..., object]:
    """with serving(folder, **environment) as service: a real `rightkey serve` on a free port that owns that folder."""
    return _serving


@pytest.fixture
def run_rightkey() -> Callable[..., subprocess.CompletedProcess[str]]:
    """run_rightkey(data, *arguments, **environment) -> the finished command, with its exit code and what it printed."""

    def run(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*RIGHTKEY, *arguments], cwd=ROOT, env=environment(data, **more), capture_output=True, text=True, timeout=PATIENCE
        )

    return run


@pytest.fixture(scope="session")
def document_of() -> Callable[..., Document]:
    """document_of(id, **fields) -> a brief without parts."""
    return lambda identity="goats", **fields: Document(identity, "1", fields.pop("title", "Goats"), "brief", "en", (), **fields)
