"""One process owns a data folder, and the others are told which."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.owner import FolderOwned, Owner, Ownership, read_owner

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from ingest.owner import Ownership
with Ownership(Path(sys.argv[1]), "rightkey serve") as ownership:
    ownership.announce(Path(sys.argv[1]) / "socket")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path):
    """A real process that owns the folder until its input is closed."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "data")]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_with_the_name_of_the_first(other, tmp_path):
    with pytest.raises(FolderOwned) as error:
        Ownership(tmp_path / "data", "rightkey ingest sync")
    assert f"in use by rightkey serve (process {other.pid}). Stop it, or name another folder" in str(error.value)
    assert error.value.owner == Owner(other.pid, "rightkey serve", str(tmp_path / "data" / "socket"))


def test_a_refused_process_does_not_say_that_it_owns_the_folder(other, tmp_path):
    with pytest.raises(FolderOwned):
        Ownership(tmp_path / "data", "rightkey ingest sync")
    assert read_owner(tmp_path / "data").pid == other.pid


def test_the_folder_is_free_when_its_owner_ends(other, tmp_path):
    other.communicate()
    with Ownership(tmp_path / "data", "rightkey ingest sync"):
        assert read_owner(tmp_path / "data") == Owner(os.getpid(), "rightkey ingest sync")


def test_the_folder_is_free_when_its_owner_is_killed(other, tmp_path):
    other.kill()
    other.wait()
    with Ownership(tmp_path / "data", "rightkey ingest sync"):
        assert read_owner(tmp_path / "data").pid == os.getpid()


def test_another_folder_is_free(other, tmp_path):
    with Ownership(tmp_path / "another", "rightkey ingest sync"):
        assert read_owner(tmp_path / "another").pid == os.getpid()
        assert read_owner(tmp_path / "data").pid == other.pid


def test_a_folder_can_be_owned_again_after_its_release(tmp_path):
    with Ownership(tmp_path, "first"):
        pass
    with Ownership(tmp_path, "second"):
        assert read_owner(tmp_path).doing == "second"


@pytest.mark.parametrize("content", [None, "", "no JSON", "[]", '{"pid": 1}', json.dumps({"pid": 1, "doing": "x", "more": 2})])
def test_an_owner_that_cannot_be_read_is_another_process(other, tmp_path, content):
    said = tmp_path / "data" / "owner.json"
    said.unlink() if content is None else said.write_text(content)
    assert read_owner(tmp_path / "data") is None
    with pytest.raises(FolderOwned, match="in use by another process"):
        Ownership(tmp_path / "data", "rightkey ingest sync")
