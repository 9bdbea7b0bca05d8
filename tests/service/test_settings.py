"""Settings: paths are whole, addresses are addresses, and an empty variable is as good as none."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.encoder import DEFAULT
from service.settings import Settings


def test_paths_do_not_depend_on_where_the_export_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model").mkdir()
    made = Settings(cache="cache", encoder="model")
    assert (made.cache, made.encoder) == (tmp_path / "cache", str(tmp_path / "model"))
    assert Settings(cache="~/cache").cache == Path.home() / "cache"
    assert Settings(encoder="./none").encoder == str(tmp_path / "none")


@pytest.mark.parametrize("name", [DEFAULT, "intfloat/e5-small-v2"])
def test_the_name_of_a_model_stays_a_name(name):
    assert Settings(encoder=name).encoder == name


@pytest.mark.parametrize(
    "url", ["http://localhost:8000", "http://localhost:8000/", "https://chroma.example", "http://[::1]:8000"]
)
def test_an_address_of_a_chroma_server_is_taken(url):
    assert Settings(chroma_url=url).chroma_url == url.rstrip("/")


@pytest.mark.parametrize("url", ["localhost:8000", "localhost", "http://", "http://host:80x0", "http://host/path", "file:///x"])
def test_what_is_no_address_of_a_chroma_server_is_refused_with_the_cure(url):
    with pytest.raises(ValidationError, match="write it as http://host:8000"):
        Settings(chroma_url=url)


def test_an_empty_variable_is_as_good_as_none(monkeypatch):
    for name in ("CHROMA_URL", "DATABASE_URL", "ENCODER", "ANSWER_DAYS", "CACHE"):
        monkeypatch.setenv(f"RIGHTKEY_{name}", "")
    assert Settings() == Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})
