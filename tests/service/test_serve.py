"""`rightkey serve` as a real process: its address, its folder, its socket, its log, its end."""

import json
import signal
import socket
import sqlite3
import stat
from pathlib import Path

import httpx
import pytest

from ingest.owner import Ownership, read_owner
from service.client import run_command

SECRET = "How many goats does Xanthippe Quist of Milton Street own?"
WORDS = ("Xanthippe", "Quist", "Milton")


@pytest.fixture(scope="module")
def service(serving, tmp_path_factory):
    with serving(tmp_path_factory.mktemp("serve") / "data") as service:
        yield service


def test_it_says_where_it_listens_and_what_to_do_while_it_is_empty(service):
    assert httpx.get(f"{service.address}/healthz").status_code == 200
    assert "0 documents" in "".join(service.said)


def test_only_its_owner_may_use_its_socket(service):
    path = service.data / "rightkey.sock"
    assert stat.S_ISSOCK(path.stat().st_mode)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_public_port_takes_no_commands(service):
    response = httpx.post(f"{service.address}/command", json={"name": "status"})
    assert response.status_code in (404, 405)


def test_a_second_service_of_the_folder_is_refused_naming_the_first(service, run_rightkey):
    second = run_rightkey(service.data, "serve")
    assert second.returncode == 2
    assert f"rightkey serve (process {service.process.pid})" in second.stderr
    assert "RIGHTKEY_DATA" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_port_in_use_is_named_with_the_cure(tmp_path, run_rightkey):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run_rightkey(tmp_path / "data", "serve", PORT=port)
    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be had" in done.stderr
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_of_ipv6_is_one_that_can_be_opened(tmp_path, serving):
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with serving(tmp_path / "data", RIGHTKEY_HOST="::1") as service:
        assert service.address.startswith("http://[::1]:")
        assert httpx.get(f"{service.address}/healthz").status_code == 200


def test_a_port_in_use_is_named_as_an_address_of_ipv6(tmp_path, run_rightkey):
    done = run_rightkey(tmp_path / "data", "serve", RIGHTKEY_HOST="2001:db8::1", PORT="8000")
    assert "[2001:db8::1]:8000 cannot be had" in done.stderr


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_the_socket_gone_and_the_folder_free(tmp_path, serving, ending):
    with serving(tmp_path / "data") as service:
        code = service.end(ending)
        assert code in (0, -ending, 128 + ending)
        assert not (service.data / "rightkey.sock").exists()
        assert "Traceback" not in "".join(service.said)
        Ownership(service.data, "a test").release()


def test_after_a_kill_it_starts_again_on_the_same_folder(tmp_path, serving):
    with serving(tmp_path / "data") as killed:
        killed.end(signal.SIGKILL)
        assert (killed.data / "rightkey.sock").exists()
    with serving(tmp_path / "data") as service:
        assert httpx.get(f"{service.address}/healthz").status_code == 200


def test_it_works_in_a_folder_whose_path_is_longer_than_a_sockets_may_be_and_leaves_nothing_behind(tmp_path, serving):
    with serving(tmp_path / ("long" * 30) / "data") as service:
        assert run_command(service.settings, "status", [])["documents"] == []
        socket_folder = Path(read_owner(service.data).socket).parent
        service.end(signal.SIGINT)
        assert not socket_folder.exists()


def test_its_log_is_json_lines_that_hold_no_question_not_even_one_that_failed(tmp_path, serving):
    with serving(tmp_path / "data") as service:
        httpx.post(f"{service.address}/v1/ask", json={"question": SECRET})
        httpx.post(f"{service.address}/v1/ask", json={"question": SECRET, "filters": {"countries": ["Quist"]}})
        httpx.get(f"{service.address}/?question=Xanthippe+Quist")
        catalog = sqlite3.connect(service.data / "catalog.db")
        catalog.execute("DROP TABLE answers")
        catalog.close()
        assert httpx.post(f"{service.address}/v1/ask", json={"question": SECRET}).status_code == 500
        service.end()
    log = [json.loads(line) for line in service.said if line.startswith("{")]
    asked = [(line["path"], line["status"]) for line in log if line["event"] == "request"]
    assert asked == [("/v1/ask", 200), ("/v1/ask", 422), ("/", 200), ("/v1/ask", 500)]
    assert "failed" in [line["event"] for line in log]
    assert [line for line in service.said if any(word in line for word in WORDS)] == []
