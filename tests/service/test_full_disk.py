"""A data folder on a disk that fills up."""

import os
import re
import shutil
import subprocess

import httpx
import pytest

from ingest.library import Library
from ingest.sync import sync
from service.client import run_command
from service.commands import CommandError

QUESTION = "How many goats did three villages in Indonesia own?"


@pytest.fixture
def disk(tmp_path):
    """A disk of 48 MiB, mounted for this test."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk can only be mounted as root")
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m", "rightkey-test", str(folder)]
    if (mounted := subprocess.run(mount, capture_output=True, text=True)).returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk, left):
    """Leave `left` bytes free; gives the file to delete for more."""
    ballast = disk / "ballast"
    ballast.write_bytes(b"\0" * max(0, shutil.disk_usage(disk).free - left))
    return ballast


def ask(service):
    return httpx.post(f"{service.address}/v1/ask", json={"question": QUESTION})


def goats(service):
    return " ".join(one["text"] for one in ask(service).json()["statements"] if "goats by 2020" in one["text"])


def test_a_full_disk_is_a_clear_error_that_loses_nothing_and_a_sync_goes_on_when_there_is_space(
    disk, serving, write_corpus, brief
):
    corpus = write_corpus({"idn-demo": brief()})
    with serving(disk / "data") as service:
        run_command(service.settings, "sync", [str(corpus)])
        more = {"idn-demo": brief().replace("1,250", "2,600"), "idn-more": brief("idn-more", title="More goats")}
        write_corpus(more)
        for left in (0, 16_000, 64_000):
            ballast = fill(disk, left)
            with pytest.raises(CommandError, match=r"(?i)full|no space") as told:
                run_command(service.settings, "sync", [str(corpus)])
            assert "SQL" not in str(told.value)
            answer = ask(service)
            assert answer.status_code in (200, 507)
            assert answer.status_code == 200 or "free some space" in answer.json()["detail"]
            ballast.unlink()
            assert "1,250" in goats(service)
        assert run_command(service.settings, "sync", [str(corpus)])["failed"] == []
        assert "2,600" in goats(service)
        assert run_command(service.settings, "verify", [])["sound"]


def test_without_a_service_the_command_says_so_in_a_line(disk, encoder, write_corpus, brief, run_rightkey):
    corpus = write_corpus({"idn-demo": brief()})
    sync(Library(disk / "data", encoder.recipe), encoder, [corpus])
    write_corpus({"idn-demo": brief().replace("1,250", "2,600")})
    fill(disk, 16_000)
    full = run_rightkey(disk / "data", "ingest", "sync", str(corpus))
    assert full.returncode == 2
    assert re.search("full|no space|disk", full.stderr.lower())
    assert "Traceback" not in full.stderr
