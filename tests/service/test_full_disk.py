"""A data folder on a disk that fills up."""

import os
import shutil
import subprocess

import httpx
import pytest

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


def goats(service):
    response = httpx.post(f"{service.address}/v1/ask", json={"question": QUESTION})
    return next(one["text"] for one in response.json()["statements"] if "goats by 2020" in one["text"])


def test_publishing_on_a_full_disk_is_a_clear_error_that_loses_nothing_and_a_sync_goes_on_after(disk, serving, write_corpus, brief):
    corpus = write_corpus({"idn-demo": brief()})
    with serving(disk / "data") as service:
        run_command(service.settings, "sync", [str(corpus)])
        write_corpus({"idn-demo": brief().replace("1,250", "2,600"), "idn-more": brief("idn-more", title="More goats")})
        for left in (0, 16_000, 64_000):
            ballast = fill(disk, left)
            with pytest.raises(CommandError, match=r"(?i)full|no space") as told:
                run_command(service.settings, "sync", [str(corpus)])
            assert "SQL" not in str(told.value)
            ballast.unlink()
            assert "1,250" in goats(service)
        assert run_command(service.settings, "sync", [str(corpus)])["failed"] == []
        assert "2,600" in goats(service)
        assert run_command(service.settings, "verify", [])["sound"]


def test_without_a_service_the_command_says_so_in_a_line(disk, write_corpus, brief, run_rightkey):
    corpus = str(write_corpus({"idn-demo": brief()}))
    assert run_rightkey(disk / "data", "ingest", "sync", corpus).returncode == 0
    write_corpus({"idn-demo": brief().replace("1,250", "2,600")})
    fill(disk, 16_000)
    full = run_rightkey(disk / "data", "ingest", "sync", corpus)
    assert full.returncode == 2
    assert "full" in full.stderr.lower() or "no space" in full.stderr.lower()
    assert "Traceback" not in full.stderr


def test_a_question_on_a_full_disk_is_answered_or_told_the_cure(disk, serving, write_corpus, brief):
    with serving(disk / "data") as service:
        run_command(service.settings, "sync", [str(write_corpus({"idn-demo": brief()}))])
        ballast = fill(disk, 0)
        answers = [httpx.post(f"{service.address}/v1/ask", json={"question": QUESTION}) for _ in range(20)]
        assert {answer.status_code for answer in answers} <= {200, 507}
        assert all("free some space" in answer.json()["detail"] for answer in answers if answer.status_code == 507)
        ballast.unlink()
        assert "1,250" in goats(service)
