"""A Chroma server that others use too: a library reads, writes and removes its own collections only."""

import gc
import socket
import subprocess
import sys
import time
import warnings
from contextlib import ExitStack
from pathlib import Path

import chromadb
import httpx
import pytest
from chromadb.config import Settings

from ingest.lexical import analyse
from ingest.library import Library

# Chroma's client does not close its connections
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of a real Chroma server."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("server")
    command = [str(chroma), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{address}/api/v2/heartbeat").raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield address
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
        process.kill()
        process.wait()


@pytest.fixture
def open_library(server, tmp_path, encoder):
    with ExitStack() as open_ones:

        def opened(name):
            library = Library(tmp_path / name, encoder.recipe, f"{server}/")
            open_ones.callback(library.close)
            return library

        yield opened


def found(library, encoder, question="goats in Ponorogo"):
    return {c.entry.passage.document for c in library.search(encoder.query(question), analyse(question), ["public"])}


def test_two_libraries_and_a_stranger_share_a_server(server, open_library, encoder, document, prepare):
    port = int(server.rpartition(":")[2])
    client = chromadb.HttpClient("127.0.0.1", port, settings=Settings(anonymized_telemetry=False))
    stranger = client.create_collection("strangers", embedding_function=None)
    stranger.add(ids=["1", "not-a-number"], embeddings=[[1.0, 0.0], [0.0, 1.0]])
    one, two = open_library("one"), open_library("two")
    one.publish([prepare(document("goats", "Goats in Ponorogo."))])
    two.publish([prepare(document("sheep", "Sheep in Musanze."))])
    one.rebuild()
    one.rebuild()
    one.withdraw(["goats"])
    one.publish([prepare(document("hens", "Hens in Tuban."))])
    assert (found(one, encoder), found(two, encoder)) == ({"hens"}, {"sheep"})
    assert one.verify().sound
    assert two.verify().sound
    assert stranger.count() == 2
    assert open_library("two").verify().sound
    names = sorted(collection.name.split("-")[0] for collection in client.list_collections())
    client.close()
    assert names == ["rightkey"] * 3 + ["strangers"], "of the first the one in use and the one before, of the second one"


def test_a_library_that_moves_to_a_server_fills_it(server, open_library, encoder, document, prepare, tmp_path):
    embedded = Library(tmp_path / "moved", encoder.recipe)
    embedded.publish([prepare(document("goats", "Goats in Ponorogo."))])
    assert open_library("moved").verify().sound
