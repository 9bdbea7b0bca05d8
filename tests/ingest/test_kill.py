"""kill -9 at thirty moments of a sync: whatever is left, every document is whole, as it was or as it should be."""

import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from ingest.loaders import version_of

ROOT = Path(__file__).parents[2]
KILLS = 30
STATES = [  # how many of which: from one state to the next some come, some change, some go, some stay
    {"alpacas": 1, "bees": 1, "cows": 1, "ducks": 1},
    {"alpacas": 2, "bees": 1, "ducks": 2, "eels": 1},
    {"bees": 2, "cows": 1, "eels": 2, "frogs": 1},
]


class Forks:
    """A process that imports once and forks a child for each command; this one can kill the child."""

    def __init__(self, *arguments: Path) -> None:
        command = [sys.executable, str(Path(__file__).with_name("forked_sync.py")), *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self._unread = b""
        self.times: list[float] = []  # when the last child began, and when it printed each line

    def line(self, seconds: float) -> str | None:
        """The next line that it prints, or None when the time is over."""
        deadline = time.monotonic() + seconds
        while b"\n" not in self._unread:
            if not select.select([self._process.stdout], [], [], max(0.0, deadline - time.monotonic()))[0]:
                return None
            self._unread += self._process.stdout.read(65536) or b"gone\n"
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode()

    def run(self, command: str, kill_at: tuple[int, float] | None = None) -> tuple[list[str], bool]:
        """What the child printed, and whether it was killed: so many seconds after its so many-th line."""
        self._process.stdin.write(f"{command}\n".encode())
        child = int(str(self.line(60)).removeprefix("pid "))
        lines: list[str] = []
        self.times = [time.monotonic()]
        while True:
            due = kill_at is not None and len(lines) >= kill_at[0]
            line = self.line(kill_at[1] if due else 60)
            if line is None:
                assert due, f"{command} hangs after {lines}"
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                return lines, self.ended(lines) == signal.SIGKILL
            if line.startswith("ended "):
                assert line == "ended 0"
                return lines, False
            lines.append(line)
            self.times.append(time.monotonic())

    def ended(self, lines: list[str]) -> int:
        while not (line := str(self.line(60))).startswith("ended "):
            lines.append(line)
        return int(line.removeprefix("ended "))

    def check(self) -> dict:
        return json.loads(self.run("check")[0][0])

    def close(self) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


@pytest.fixture
def forks(encoder, write_corpus, tmp_path):
    made = Forks(ROOT / ".cache" / "encoders", tmp_path / "library", write_corpus({}))
    yield made
    made.close()


@pytest.fixture
def want(write_corpus, brief):
    """want(state) writes that state of the corpus and gives the versions that a sync should publish."""

    def write(state):
        texts = {}
        for animals, count in state.items():
            text = brief(f"idn-{animals}", title=f"Coaching and {animals}")
            texts[f"idn-{animals}"] = text.replace("animals", animals).replace("goats", animals).replace("1,250", f"{count}77")
        folder = write_corpus(texts)
        return {name: version_of(folder / "briefs" / f"{name}.md") for name in texts}

    return write


def kill_times(chance, times):
    """(after so many lines, so many seconds): in the time that an undisturbed sync takes, and mostly while it publishes, for a
    batch is published while the next file is read and encoded."""
    files = len(times) - 1
    for _ in range(KILLS):
        after = chance.choice([0, *range(1, files), *range(1, files), files])
        took = times[after + 1] - times[after] if after < files else (times[-1] - times[0]) / files
        yield after, chance.uniform(0, 1.2 * took)


def test_a_sync_that_is_killed_at_any_moment_leaves_every_document_whole(forks, want):
    before = want(STATES[0])
    forks.run("sync")
    chance, goal, partly = random.Random(11), 0, 0
    killed = kept = turned = 0
    for number, moment in enumerate(kill_times(chance, forks.times), 1):
        goal = (goal + chance.choice([1, 2])) % 3
        wanted = want(STATES[goal])
        lines, was_killed = forks.run("sync", moment)
        found = forks.check()
        at = f"kill {number} {moment} after {lines}: {found}"
        assert found["sound"], at
        assert set(before) & set(wanted) <= set(found["whole"]) <= set(before) | set(wanted), at
        assert all(version in (before.get(name), wanted.get(name)) for name, version in found["whole"].items()), at
        assert found["rows"] == len(found["whole"]), at
        killed, kept, turned = killed + was_killed, kept + (found["whole"] == before), turned + (found["whole"] != before)
        news = [found["whole"].get(name) == version for name, version in wanted.items() if before.get(name) != version]
        partly += was_killed and any(news) and not all(news)
        before = found["whole"]
    assert killed >= KILLS // 2
    assert min(kept, turned) >= 3, f"all kills came too early or too late: {kept} kept the old, {turned} did not"
    assert partly >= 3, f"only {partly} kills came when some batches were published and others were not"
    forks.run("sync")
    assert forks.check()["whole"] == wanted
    assert forks.check()["sound"]


def test_a_rebuild_that_is_killed_at_any_moment_leaves_indexes_that_are_whole(forks, want):
    wanted = want(STATES[0])
    forks.run("sync")
    forks.run("rebuild")
    took = forks.times[2] - forks.times[1]
    killed = 0
    for number in range(8):
        killed += forks.run("rebuild", (1, took * number / 8))[1]
        found = forks.check()
        assert (found["sound"], found["whole"]) == (True, wanted), f"kill {number}: {found}"
    assert killed >= 4
