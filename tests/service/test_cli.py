"""The command line where it opens the library itself."""

import json

import pytest
from typer.testing import CliRunner

from ingest.library import Library
from service.cli import app


@pytest.fixture
def rightkey(tmp_path, monkeypatch):
    """rightkey(*arguments) -> the result of the command in the test's own data folder."""
    monkeypatch.setenv("RIGHTKEY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture
def filled(rightkey, write_corpus, brief):
    result = rightkey("ingest", "sync", write_corpus({"idn-demo": brief()}))
    assert (result.exit_code, "1 added" in result.stderr) == (0, True)
    return rightkey


def test_ask_prints_the_answer_of_the_contract(filled, in_contract):
    result = filled("ask", "How many goats did three villages in Indonesia own?", "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert in_contract(answer)
    assert "1,250 goats" in answer["statements"][0]["text"]


def test_ask_prints_quotes_with_numbers_and_their_sources(filled):
    printed = filled("ask", "How many goats did three villages in Indonesia own?").stdout
    assert "owned 1,250 goats by 2020, a survey says. [1]" in printed
    assert "[1] Goats and coaching in three villages, Results. Sari" in printed


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Zembla do?", "No source here covers: Zembla"),
        ("", "the question is empty"),
        ("x" * 2001, "shorten it"),
        ("What is it?", "What would you like to know?"),
    ],
)
def test_ask_says_why_there_is_no_answer(filled, question, told):
    result = filled("ask", question)
    assert told in result.stdout + result.stderr


def test_ask_says_what_to_do_while_nothing_is_ingested(rightkey):
    result = rightkey("ask", "How many goats?")
    assert result.exit_code == 2
    assert "rightkey ingest sync corpus" in result.stderr


def test_a_second_sync_has_nothing_to_do(filled, tmp_path):
    assert (
        "0 added, 0 changed, 0 removed, 1 unchanged (0 passages encoded)"
        in filled("ingest", "sync", tmp_path / "corpus").stderr
    )


def test_status_and_remove(filled):
    assert "idn-demo" in filled("ingest", "status").stdout
    assert filled("ingest", "remove", "idn-demo").exit_code == 0
    assert json.loads(filled("ingest", "status", "--json").stdout)["documents"] == []


def test_status_prints_a_title_as_it_stands(rightkey, write_corpus, brief):
    title = "Goats [/bold] and [red] villages [2018]"
    assert rightkey("ingest", "sync", write_corpus({"idn-demo": brief(title=title)})).exit_code == 0
    assert title in rightkey("ingest", "status").stdout


def test_verify_says_that_the_stores_agree(filled):
    result = filled("ingest", "verify")
    assert (result.exit_code, "sound" in result.stdout) == (0, True)


def test_verify_says_what_an_index_lacks_and_rebuild_mends_it(filled, tmp_path, encoder):
    library = Library(tmp_path / "data", encoder.recipe)
    lexical = library._state.indexes.lexical
    lexical.change((), list(lexical.keys()))
    result = filled("ingest", "verify")
    assert result.exit_code == 1
    assert "3 missing terms" in result.stdout
    assert "rightkey ingest rebuild" in result.stdout
    assert filled("ingest", "rebuild").exit_code == 0
    assert filled("ingest", "verify").exit_code == 0


def test_a_good_corpus_is_checked_without_a_complaint(rightkey):
    result = rightkey("corpus", "check")
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_bad_corpus_is_named_by_file_and_line(rightkey, write_corpus, brief):
    folder = write_corpus({"idn-demo": brief().replace("[@lee-2020]", "[@nobody-2020]")})
    result = rightkey("corpus", "check", folder)
    line = next(
        n for n, text in enumerate((folder / "briefs" / "idn-demo.md").read_text().splitlines(), 1) if "nobody-2020" in text
    )
    assert result.exit_code == 1
    assert f"{folder / 'briefs' / 'idn-demo.md'}:{line}: " in result.stdout


def test_a_corpus_that_is_not_there_is_no_good_corpus(rightkey, tmp_path):
    result = rightkey("corpus", "check", tmp_path / "nothing")
    assert result.exit_code != 0
    assert str(tmp_path / "nothing") in result.stdout + result.stderr


def test_a_bad_brief_is_reported_by_sync_with_exit_code_1(rightkey, write_corpus, brief):
    result = rightkey("ingest", "sync", write_corpus({"idn-demo": brief(), "bad": "nothing"}))
    assert result.exit_code == 1
    assert "bad.md" in result.stderr
    assert "1 added" in result.stderr


def test_a_folder_made_by_another_recipe_is_refused_with_the_cure(filled, tmp_path, encoder):
    library = Library(tmp_path / "data", encoder.recipe)
    library.catalog.remember("recipe", "another")
    result = filled("ingest", "status")
    assert result.exit_code == 2
    assert "made by another encoder or another version of Rightkey" in result.stderr
    assert "RIGHTKEY_DATA" in result.stderr


@pytest.mark.parametrize("command", ["ingest status", "ingest verify", "ask goats"])
@pytest.mark.parametrize("damaged", ["chroma.sqlite3", "meta.json"])
def test_a_damaged_index_is_named_with_a_cure_that_mends_it(filled, tmp_path, damaged, command):
    (path,) = (tmp_path / "data" / "indexes").rglob(damaged)
    path.write_bytes(b"garbage" * 1000)
    result = filled(*command.split())  # once: Chroma does not open a folder again in a process where that failed
    assert (result.exit_code, "Run `rightkey ingest rebuild`" in result.stderr) == (2, True)
    assert "rebuilt 3 passages of 1 documents" in filled("ingest", "rebuild").stdout
    assert filled("ingest", "verify").exit_code == 0
    assert "1,250 goats" in filled("ask", "How many goats did three villages in Indonesia own?").stdout


@pytest.mark.parametrize("name", ["desk docs", "Desk", "", "-desk", "d" * 41, "../desk"])
def test_a_bad_name_for_a_collection_is_refused_with_the_cure(filled, tmp_path, name):
    result = filled("ingest", "sync", tmp_path / "corpus", "--collection", name)
    assert (result.exit_code, "take up to 40 small letters" in result.stderr) == (2, True)


def test_a_chroma_server_that_is_down_is_named_with_the_cure(rightkey, monkeypatch):
    monkeypatch.setenv("RIGHTKEY_CHROMA_URL", "http://127.0.0.1:9/")
    result = rightkey("ingest", "status")
    assert result.exit_code == 2
    assert "See that it runs at http://127.0.0.1:9, or mend RIGHTKEY_CHROMA_URL" in result.stderr


@pytest.mark.parametrize("url", ["nonsense", "postgresql://nobody@127.0.0.1:9/none", "sqlite:////nowhere/at/all.db"])
def test_a_database_that_can_not_be_reached_is_named_with_the_cure(rightkey, monkeypatch, url):
    monkeypatch.setenv("RIGHTKEY_DATABASE_URL", url)
    result = rightkey("ingest", "status")
    assert (result.exit_code, "mend RIGHTKEY_DATABASE_URL" in result.stderr) == (2, True)


def test_a_data_folder_that_cannot_be_made_is_named(rightkey, tmp_path):
    (tmp_path / "data").write_text("a file in its place")
    result = rightkey("ingest", "status")
    assert result.exit_code == 2
    assert str(tmp_path / "data") in result.stderr


def test_a_catalog_that_is_no_database_is_named_and_not_shown_as_a_traceback(rightkey, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "catalog.db").write_text("this is no database " * 100)
    result = rightkey("ingest", "status")
    assert result.exit_code == 2
    assert "catalog.db" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "99999"),
        ("RIGHTKEY_LOG_LEVEL", "loud"),
        ("RIGHTKEY_ANSWER_DAYS", "-1"),
        ("RIGHTKEY_CHROMA_URL", "localhost:8000"),
        ("RIGHTKEY_CHROMA_URL", "http://host:80x0/"),
    ],
)
def test_a_setting_that_cannot_be_is_named(rightkey, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    result = rightkey("ingest", "status")
    assert result.exit_code == 2
    assert name.removeprefix("RIGHTKEY_").lower() in result.stderr.lower()
