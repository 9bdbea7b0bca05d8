"""The HTTP service under wrk: time to ready, memory, one client, sixteen clients, a minute of 200 panels."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain, cycle
from pathlib import Path
from typing import Any

import httpx

from corpus import CORPUS
from evals.bench_report import Section, Table, Target
from evals.public import xquad
from evals.sets import read_core
from service.settings import ROOT
from service.sites import Sites, checked

STARTS = 3  # the time to ready is the median of so many
CLIENTS = 16
PANELS, PANEL_SECONDS = 200, 60
PATIENCE = 8  # seconds after which the panel says that it takes longer than usual
SITE = "bench"
# wrk's own percentiles, printed after the run as one line of JSON; each request asks what none has asked before. A panel asks
# on a site, with a visitor's token and an address of its own, for events; an event that tells of an error is a failure, too.
SCRIPT = """
local function lines(path)
  local found = {{}}
  for line in io.lines(path) do found[#found + 1] = line end
  return found
end
local questions, tokens = lines("{questions}"), lines("{tokens}")
local number = 0
told = 0
request = function()
  number = number + 1
  local question = questions[(number - 1) % #questions + 1]
  local headers = {{["Content-Type"] = "application/json"}}
  local site = "null"
  if #tokens > 0 then
    local visitor = number % #tokens + 1
    headers["Accept"] = "text/event-stream"
    headers["Authorization"] = "Bearer " .. tokens[visitor]
    headers["X-Forwarded-For"] = "10.0." .. math.floor(visitor / 250) .. "." .. visitor % 250
    site = '"{site}"'
  end
  local body = '{{"question": "' .. question .. ' ({run}-' .. number .. ')", "site": ' .. site .. '}}'
  return wrk.format("POST", "/v1/ask", headers, body)
end
if #tokens > 0 then
  response = function(status, headers, body)
    if not body:find("event: done", 1, true) then told = told + 1 end
  end
end
local threads = {{}}
setup = function(thread) threads[#threads + 1] = thread end
done = function(summary, latency, requests)
  local bad = summary.errors
  local failed = bad.status + bad.connect + bad.read + bad.write + bad.timeout
  for _, thread in ipairs(threads) do failed = failed + thread:get("told") end
  local form = '\\nRESULT {{"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "failed": %d}}\\n'
  local p50, p95 = latency:percentile(50) / 1e3, latency:percentile(95) / 1e3
  io.write(string.format(form, summary.requests, summary.duration / 1e6, p50, p95, failed))
end
"""


class WrkMissing(RuntimeError):
    """wrk is not installed; the message names the cure."""


@dataclass(frozen=True)
class Load:
    """One run of wrk: milliseconds, and how many requests failed."""

    clients: int
    requests: int
    seconds: float
    p50: float
    p95: float
    failed: int

    @property
    def rate(self) -> float:
        return (self.requests - self.failed) / self.seconds


@dataclass(frozen=True)
class Service:
    """A running service, and how long it took from its start to `/readyz`."""

    pid: int
    address: str
    seconds: float


def measure_service(folder: Path, say: Callable[[str], None], *, seconds: int = 10, starts: int = STARTS) -> Section:
    """Ingest the corpus into `folder` and serve it. Raises WrkMissing."""
    if shutil.which("wrk") is None:
        raise WrkMissing("wrk is missing: apt-get install wrk")
    environment = {**os.environ, "RIGHTKEY_DATA": str(folder / "data"), "RIGHTKEY_LOG_LEVEL": "warning"}
    environment["RIGHTKEY_TRUSTED_PROXIES"] = "127.0.0.1"  # so that each panel has an address of its own
    say("service: ingesting the corpus")
    subprocess.run([sys.executable, "-m", "service.cli", "ingest", "sync", str(CORPUS)], cwd=ROOT, env=environment, check=True)
    ready = []
    for number in range(1, starts):
        say(f"service: start {number} of {starts}")
        with serving(environment) as service:
            ready.append(service.seconds)
    say(f"service: start {starts} of {starts}")
    with serving(environment) as service:
        ready.append(service.seconds)
        before = resident(service.pid)
        outcomes = _outcomes(service)
        loads = [_load(service, folder, clients, seconds, say) for clients in (1, CLIENTS)]
        after = resident(service.pid)
        tokens = _visitors(service, folder / "data")
        loads.append(_load(service, folder, PANELS, PANEL_SECONDS if seconds >= 10 else seconds, say, tokens))
    return _section(sorted(ready)[len(ready) // 2], before, after, loads, outcomes)


# --- the service


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[Service]:
    """`python -m service.cli serve` on a free port; it ends with the block."""
    port = _free_port()
    started = time.perf_counter()
    command = [sys.executable, "-m", "service.cli", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env={**environment, "PORT": str(port)}) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/readyz", process)
            yield Service(process.pid, address, time.perf_counter() - started)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(url: str, process: "subprocess.Popen[bytes]", most: float = 120) -> None:
    end = time.monotonic() + most
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the service ended with exit code {process.returncode}: what it said is above")
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"{url} was not ready within {most:.0f} s")


def resident(pid: int) -> float:
    """Resident memory in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


# --- the load


def questions() -> list[str]:
    """One of the core set, which the corpus answers, then one of XQuAD, which it does not, and so on."""
    core = read_core()
    ours = cycle([one.question for one in core.answer] + [one.question for one in core.refuse])
    return list(chain.from_iterable(zip(ours, (one.text for one in xquad().questions), strict=False)))


def _outcomes(service: Service) -> dict[str, int]:
    """What the first hundred questions come to, asked as wrk asks them; warms the service as well."""
    counts: dict[str, int] = {}
    for number, question in enumerate(questions()[:100]):
        answer = httpx.post(f"{service.address}/v1/ask", json={"question": f"{question} (warm-{number})"}, timeout=30)
        outcome = answer.raise_for_status().json()["outcome"]
        counts[outcome] = counts.get(outcome, 0) + 1
    return dict(sorted(counts.items()))


def _visitors(service: Service, data: Path) -> list[str]:
    """A token for each panel, of a site that lets them ask for a minute without a pause."""
    limits = {"questions": 10_000, "hourly": 1_000_000, "daily": 1_000_000}
    site = checked(SITE, {"origins": ["https://portal.example"], "limits": limits})
    Sites(data).change(lambda known: {**known, SITE: site})
    with httpx.Client(base_url=service.address) as client:
        visits = (client.post("/v1/visits", json={"site": SITE}).raise_for_status() for _ in range(PANELS))
        return [str(visit.json()["token"]) for visit in visits]


def _load(
    service: Service, folder: Path, clients: int, seconds: int, say: Callable[[str], None], tokens: Sequence[str] = ()
) -> Load:
    what = "panel" if tokens else "client"
    say(f"service: {clients} {what}{'s' if clients > 1 else ''} for {seconds} s")
    lines = folder / "questions.txt"
    # each as the inside of a JSON string, so that the script need not escape
    lines.write_text("\n".join(json.dumps(one)[1:-1] for one in questions()) + "\n", encoding="utf-8")
    visitors = folder / "tokens.txt"
    visitors.write_text("".join(f"{token}\n" for token in tokens), encoding="utf-8")
    script = folder / "ask.lua"
    script.write_text(SCRIPT.format(questions=lines, tokens=visitors, run=clients, site=SITE), encoding="utf-8")
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), service.address]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.rpartition("RESULT ")[2])
    return Load(clients=clients, **result)


def _section(ready: float, before: float, after: float, loads: Sequence[Load], outcomes: dict[str, int]) -> Section:
    one, many, panels = loads
    targets = (
        Target("POST /v1/ask, one client: p50", one.p50, 20, at_most=True, unit="ms", digits=1),
        Target(f"POST /v1/ask, {CLIENTS} clients: answers a second", many.rate, 80, digits=0),
        Target(f"{PANELS} panels, each asking on: failed requests", panels.failed, 0, at_most=True, digits=0),
        Target(f"{PANELS} panels, each asking on: p95", panels.p95 / 1000, PATIENCE, at_most=True, unit="s", digits=2),
        Target("service: start until ready", ready, 4, at_most=True, unit="s", digits=2),
        Target("service: resident memory after load", after, 500, at_most=True, unit="MB", digits=0),
    )
    rows = tuple(
        (str(load.clients), str(load.requests), str(load.failed), f"{load.rate:.1f}", f"{load.p50:.1f}", f"{load.p95:.1f}")
        for load in loads
    )
    header = ("clients", "requests", "failed", "answers a second", "p50, ms", "p95, ms")
    what = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
    note = (
        f"The corpus is served; no question is asked twice. The first hundred: {what}. wrk shares the cores. The {PANELS} are "
        "panels of one site, each with a visitor's token and an address of its own, that ask again once they are answered."
    )
    resident_rows = (("when ready", f"{before:.0f}"), ("after load", f"{after:.0f}"))
    memory = Table("Memory of the service", ("when", "MB resident"), resident_rows)
    runs = [asdict(load) for load in loads]
    raw = {"service": {"ready": ready, "resident": [before, after], "loads": runs, "outcomes": outcomes}}
    return Section((Table("The service under wrk", header, rows, note), memory), targets, raw)
