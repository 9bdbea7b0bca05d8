"""A data folder on a disk that fills up."""

import json
import os
import shutil
import subprocess

import httpx
import pytest

from corpus import CORPUS
from ingest.library import Library
from ingest.sync import sync

QUESTION = "How many goats did three villages in Indonesia own?"


@pytest.fixture
def disk(tmp_path):
    """A disk of 64 MiB, mounted for this test."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk can only be mounted as root")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "rightkey-test", str(folder)], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def data(disk, encoder, write_corpus, brief):
    """A data folder on that disk that holds one brief."""
    library = Library(disk / "data", encoder.recipe)
    sync(library, encoder, [write_corpus({"idn-demo": brief()})])
    return disk / "data"


def fill(disk, left):
    """Leave `left` bytes free; gives the file to delete for more."""
    free = shutil.disk_usage(disk).free
    ballast = disk / "ballast"
    ballast.write_bytes(b"\0" * max(0, free - left))
    return ballast


@pytest.mark.parametrize("left", [0, 16_000, 300_000])
def test_publishing_on_a_full_disk_is_a_clear_error_and_loses_nothing_and_goes_on_when_there_is_space(disk, data, left, run_rightkey):
    ballast = fill(disk, left)
    full = run_rightkey(data, "ingest", "sync", str(CORPUS))
    assert full.returncode == 2
    assert "full" in full.stderr.lower()
    assert "Traceback" not in full.stderr

    ballast.unlink()
    kept = json.loads(run_rightkey(data, "ask", QUESTION, "--json").stdout)
    assert "1,250 goats" in kept["statements"][0]["text"]
    again = run_rightkey(data, "ingest", "sync", str(CORPUS))
    assert again.returncode == 0
    verdict = run_rightkey(data, "ingest", "verify")
    assert (verdict.returncode, "sound" in verdict.stdout) == (0, True)


def test_a_running_service_on_a_full_disk_says_so_and_goes_on_when_there_is_space(disk, data, serving):
    with serving(data) as service:
        body = {"question": QUESTION}
        ballast = fill(disk, 0)
        answer = httpx.post(f"{service.address}/v1/ask", json=body)
        assert answer.status_code in (200, 507)
        assert answer.status_code == 200 or "free some space" in answer.json()["detail"]
        ballast.unlink()
        assert httpx.post(f"{service.address}/v1/ask", json=body).json()["outcome"] == "answered"
