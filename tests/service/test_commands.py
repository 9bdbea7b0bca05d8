"""The command line while a service owns the folder: through its socket, and seen by it at once."""

import json
from pathlib import Path

import httpx
import pytest

from service.client import run_command
from service.commands import CommandError


@pytest.fixture(scope="module")
def running(serving, tmp_path_factory):
    with serving(tmp_path_factory.mktemp("commands") / "data") as service:
        yield service


@pytest.fixture
def service(running):
    """The running service, without documents."""
    if held := [one["id"] for one in run_command(running.settings, "status", [])["documents"]]:
        run_command(running.settings, "remove", held)
    return running


@pytest.fixture
def corpus(write_corpus, brief):
    return write_corpus({"idn-demo": brief()})


def ask(service, question="How many goats did three villages in Indonesia own?"):
    return httpx.post(f"{service.address}/v1/ask", json={"question": question}).json()


def test_the_running_service_sees_what_is_ingested_changed_and_removed_through_it(service, corpus, write_corpus, brief):
    assert httpx.get(f"{service.address}/readyz").status_code == 503
    told = []
    report = run_command(service.settings, "sync", [str(corpus)], tell=lambda *progress: told.append(progress))
    assert report["added"] == ["idn-demo"]
    assert told == [(1, 1, str(corpus / "briefs" / "idn-demo.md"))]
    assert httpx.get(f"{service.address}/readyz").status_code == 200
    assert "1,250 goats" in ask(service)["statements"][0]["text"]

    write_corpus({"idn-demo": brief().replace("1,250", "2,600")})
    assert run_command(service.settings, "sync", [str(corpus)])["changed"] == ["idn-demo"]
    assert "2,600 goats" in ask(service)["statements"][0]["text"]

    assert run_command(service.settings, "remove", ["idn-demo"]) == {"removed": ["idn-demo"]}
    assert ask(service)["outcome"] == "not_found"


def test_the_command_line_speaks_with_the_running_service(service, corpus, run_rightkey, in_contract):
    synced = run_rightkey(service.data, "ingest", "sync", str(corpus))
    assert (synced.returncode, "1 added" in synced.stderr) == (0, True)
    answer = json.loads(run_rightkey(service.data, "ask", "How many goats?", "--json").stdout)
    assert in_contract(answer)
    assert answer["library"]["version"] == ask(service)["library"]["version"]


def test_verify_and_rebuild_work_while_it_runs(service, corpus):
    run_command(service.settings, "sync", [str(corpus)])
    assert run_command(service.settings, "verify", [])["sound"]
    assert run_command(service.settings, "rebuild", [])["sound"]
    assert "1,250 goats" in ask(service)["statements"][0]["text"]


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("sync", ["/nowhere/at/all"], "does not exist"),
        ("remove", ["nothing"], "not in the library: nothing"),
        ("ask", ["How many goats?"], "nothing is ingested yet"),
    ],
)
def test_what_cannot_be_done_is_said_as_without_a_service(service, name, arguments, told):
    with pytest.raises(CommandError, match=told):
        run_command(service.settings, name, arguments)


def test_a_file_that_cannot_be_read_is_reported_and_does_not_stop_the_rest(service, corpus, write_corpus, brief):
    write_corpus({"idn-demo": brief(), "bad": "no brief at all"})
    report = run_command(service.settings, "sync", [str(corpus)])
    assert report["added"] == ["idn-demo"]
    assert [Path(path).name for path, _ in report["failed"]] == ["bad.md"]
