"""What is measured: Rightkey in this process and each peer in its own, both behind `ingest` and `ask`."""

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from evals.public import as_document
from ingest.encoder import Encoder, open_encoder
from ingest.library import Library
from ingest.sync import publish
from service.retrieval import Retriever
from service.settings import ROOT, Settings

PEERS = ("langchain", "langchain-ensemble", "llama-index", "haystack")
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
DEPTH = 10  # documents that a ranking is judged by

Text = tuple[str, str]  # id, text


class PeersMissing(RuntimeError):
    """The peers' environment is not there; the message names the cure."""


@dataclass(frozen=True)
class Ingested:
    seconds: float
    passages: int


@dataclass(frozen=True)
class Asked:
    """For each question its ranking (document ids, best first) and how long it took."""

    rankings: list[list[str]]
    seconds: list[float]


class Pipeline(Protocol):
    name: str

    def ingest(self, texts: Sequence[Text]) -> Ingested:
        """Into a new, empty store; the model is loaded already."""
        ...

    def ask(self, questions: Sequence[str], k: int = DEPTH) -> Asked:
        """Of what was ingested last. `k` is how many passages a peer is asked for."""
        ...


class Rightkey:
    """Split, encode, publish and retrieve as the product does."""

    name = "rightkey"

    def __init__(self, folder: Path) -> None:
        settings = Settings()
        self._root = folder
        self.encoder: Encoder = open_encoder(settings.model, settings.cache, settings.threads)

    def ingest(self, texts: Sequence[Text]) -> Ingested:
        folder = Path(tempfile.mkdtemp(dir=self._root))
        started = time.perf_counter()
        self.library = Library(folder, self.encoder.recipe)
        publish(self.library, self.encoder, ((identity, as_document(identity, text)) for identity, text in texts))
        seconds = time.perf_counter() - started
        self._retriever = Retriever(self.library, self.encoder)
        return Ingested(seconds, self.library.size)

    def ask(self, questions: Sequence[str], k: int = DEPTH) -> Asked:
        rankings, seconds = [], []
        for question in questions:
            started = time.perf_counter()
            found = self._retriever.retrieve(question).by_document()
            seconds.append(time.perf_counter() - started)
            rankings.append(list(found))
        return Asked(rankings, seconds)


class Peer:
    """evals/peers.py in the peers' environment, spoken to in lines of JSON. Waits, and so costs nothing, between them."""

    def __init__(self, name: str, process: "subprocess.Popen[str]") -> None:
        self.name = name
        self._process = process

    def ingest(self, texts: Sequence[Text]) -> Ingested:
        return Ingested(**self._say({"ingest": list(texts)}))

    def ask(self, questions: Sequence[str], k: int = DEPTH) -> Asked:
        return Asked(**self._say({"ask": list(questions), "k": k}))

    def _say(self, wanted: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended with exit code {self._process.wait()}: what it said is above")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def open_peer(name: str) -> Iterator[Peer]:
    """Start a peer; it ends with the block. Raises PeersMissing."""
    if not PYTHON.exists():
        raise PeersMissing("the peers are not installed: run `make bench`, which makes .venv-peers")
    command = [str(PYTHON), str(Path(__file__).with_name("peers.py")), name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Peer(name, process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(timeout=30)
