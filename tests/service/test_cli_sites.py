"""`rightkey sites` and `rightkey feedback`."""

import json
import re

import httpx
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from service.app import create_app
from service.cli import app
from service.client import run_command
from service.commands import CommandError
from service.sites import Sites, checked

ORIGIN = "https://www.guizhou.example"


@pytest.fixture
def rightkey(tmp_path, monkeypatch):
    """rightkey(*arguments) -> the result of the command in the test's own data folder."""
    monkeypatch.setenv("RIGHTKEY_DATA", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def service(small, parts_over, tmp_path):
    return TestClient(create_app(parts_over(small, tmp_path)))


def framed(service, site="guizhou"):
    return service.get(f"/panel?site={site}&origin={ORIGIN}").status_code == 200


def test_a_site_is_added_listed_paused_resumed_and_removed_under_a_running_service(rightkey, service):
    assert not framed(service)
    added = rightkey("sites", "add", "guizhou", ORIGIN)
    assert added.exit_code == 0
    assert framed(service)
    assert "served" in rightkey("sites", "list").stdout
    assert rightkey("sites", "pause", "guizhou").exit_code == 0
    assert not framed(service)
    assert "paused" in rightkey("sites", "list").stdout
    assert rightkey("sites", "resume", "guizhou").exit_code == 0
    assert framed(service)
    assert rightkey("sites", "remove", "guizhou").exit_code == 0
    assert not framed(service)
    assert "sites add" in rightkey("sites", "list").stderr


def test_the_lines_that_are_printed_are_served(rightkey, service, monkeypatch):
    monkeypatch.setenv("RIGHTKEY_ADDRESS", "https://rightkey.example/")
    printed = rightkey("sites", "add", "guizhou", ORIGIN).stdout
    assert '<script src="https://rightkey.example/widget.js" data-site="guizhou" async></script>' in printed
    floating, pinned = re.findall(r'src="https://rightkey\.example(/[^"]+)"', printed)
    assert service.get(floating).content == service.get(pinned).content
    assert rightkey("sites", "list", "guizhou").stdout.count("<script") == 2


def test_every_choice_of_the_command_stands_in_the_file(rightkey):
    options = "--language zh,en --only countries=CHN,IDN --first places=Guizhou --questions 5 --minutes 20 --hourly 30 --daily 90 --characters 400 --gaps"
    assert rightkey("sites", "add", "guizhou", ORIGIN, *options.split(), "--greeting", "en=Ask us!").exit_code == 0
    site = json.loads(rightkey("sites", "list", "--json").stdout)["guizhou"]
    assert site["limits"] == {"questions": 5, "minutes": 20, "hourly": 30, "daily": 90, "characters": 400}
    assert (site["languages"], site["filters"]["countries"], site["first"]["places"]) == (
        ["zh", "en"],
        ["CHN", "IDN"],
        ["Guizhou"],
    )
    assert (site["greeting"], site["gaps"], site["paused"]) == ({"en": "Ask us!"}, True, False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["guizhou", "www.guizhou.example"], "write https://www.example.org"),
        (["Guizhou", ORIGIN], "such as guizhou-portal"),
        (["guizhou", ORIGIN, "--language", "de"], "none of the languages"),
        (["guizhou", ORIGIN, "--only", "themes=goats"], "'goats' is not in the list"),
        (["guizhou", ORIGIN, "--only", "colours=red"], "filters.colours"),
        (["guizhou", ORIGIN, "--first", "Guizhou"], "not of the form name=value"),
        (["guizhou", ORIGIN, "--questions", "0"], "limits.questions"),
    ],
)
def test_what_can_not_be_is_named_and_nothing_is_written(rightkey, tmp_path, arguments, told):
    result = rightkey("sites", "add", *arguments)
    assert (result.exit_code, told in result.stderr) == (2, True)
    assert not (tmp_path / "sites.yaml").exists()


def test_a_site_is_not_added_twice(rightkey):
    rightkey("sites", "add", "guizhou", ORIGIN)
    result = rightkey("sites", "add", "guizhou", "https://another.example")
    assert (result.exit_code, "remove it first" in result.stderr) == (2, True)


@pytest.mark.parametrize("command", ["pause", "resume", "remove", "gaps"])
def test_a_site_that_there_is_not_is_named_with_those_that_there_are(rightkey, command):
    rightkey("sites", "add", "guizhou", ORIGIN)
    result = rightkey("sites", command, "nothing")
    assert (result.exit_code, "there is: guizhou" in result.stderr) == (2, True)


def test_what_was_not_answered_and_what_readers_said_is_listed(rightkey, small, parts_over, tmp_path):
    # the parts are closed before the command opens the folder itself
    rightkey("sites", "add", "guizhou", ORIGIN, "--gaps")
    assert "Nothing is noted" in rightkey("sites", "gaps", "guizhou").stderr
    assert "Nobody" in rightkey("feedback").stderr
    assert json.loads(rightkey("feedback", "--site", "guizhou", "--json").stdout) == []


def test_the_running_service_is_asked_for_its_lists(serving, tmp_path, run_rightkey):
    with serving(tmp_path / "data") as service:
        site = checked("guizhou", {"origins": [ORIGIN], "gaps": True})
        Sites(service.data).change(lambda known: {**known, "guizhou": site})
        with httpx.Client(base_url=service.address) as client:
            token = client.post("/v1/visits", json={"site": "guizhou"}).json()["token"]
            body = {"question": "Did Zembla pay 12345 for goats?", "site": "guizhou"}
            answer = client.post("/v1/ask", json=body, headers={"Authorization": f"Bearer {token}"}).json()
            client.post("/v1/feedback", json={"answer": answer["id"], "verdict": "down", "reason": "off_topic"})
        assert "Did Zembla pay [number] for goats?" in run_rightkey(service.data, "sites", "gaps", "guizhou").stdout
        said = run_command(service.settings, "feedback", [])["feedback"]
        assert (said[0]["verdict"], said[0]["reason"], said[0]["question"]) == ("down", "off_topic", body["question"])
        link = f"{service.address}/?answer={answer['id']}&lang=fr"
        assert run_rightkey(service.data, "forget", link).stderr.strip() == f"forgotten: {answer['id']}"
        assert httpx.get(f"{service.address}/v1/answers/{answer['id']}").status_code == 404
        assert run_command(service.settings, "feedback", [])["feedback"] == []
        with pytest.raises(CommandError, match="deleted already"):
            run_command(service.settings, "forget", [answer["id"]])
