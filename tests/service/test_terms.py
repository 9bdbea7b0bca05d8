"""The glossary of a running service: the corpus's own rows, and those of its trainers."""

import os

import pytest
from structlog.testing import capture_logs

from corpus.glossary import FILE, GlossaryError
from service.terms import Terms

OWN = "kind,english,fr,sw\nterm,water,eau,maji\nterm,aid,aide,msaada\n"


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / FILE).write_text(OWN, encoding="utf-8")
    return folder


@pytest.fixture
def terms(tmp_path, corpus):
    return Terms(tmp_path, corpus)


def meant(terms, text, language="fr"):
    """The English senses of each word."""
    return [[sense.english for sense in word.senses] for word in terms.lexicon(language).read(text)]


def test_the_rows_of_the_corpus_are_there_without_a_trainers_file(terms):
    assert [row.english for row in terms.rows()] == ["water", "aid"]
    assert meant(terms, "eau") == [["water"]]


def test_what_a_trainer_adds_is_read_at_once(terms):
    assert meant(terms, "tontine") == [[]]
    terms.path.write_text("english,fr\nsavings group,tontine\n", encoding="utf-8")
    assert meant(terms, "tontine") == [["savings group"]]
    terms.path.write_text("english,fr\nsavings group,tontine|caisse\n", encoding="utf-8")
    assert meant(terms, "caisse") == [["savings group"]]


def test_the_sense_of_a_trainer_comes_first(terms):
    terms.path.write_text("english,fr\nrelief,aide\n", encoding="utf-8")
    assert [row.english for row in terms.rows()] == ["relief", "water", "aid"]
    assert meant(terms, "aide") == [["relief", "aid"]]


@pytest.mark.parametrize(
    "spoiled", [b"english,de\nwater,Wasser\n", b"kind,english\nverb,help\n", b"english,fr\nschool,\xe9cole\n", b""]
)
def test_a_file_that_can_not_be_read_leaves_what_was_and_the_log_says_why(terms, spoiled):
    terms.path.write_text("english,fr\nsavings group,tontine\n", encoding="utf-8")
    assert meant(terms, "tontine") == [["savings group"]]
    terms.path.write_bytes(spoiled)
    with capture_logs() as log:
        assert meant(terms, "tontine eau") == [["savings group"], ["water"]]
        assert meant(terms, "tontine eau") == [["savings group"], ["water"]]
    assert [entry["event"] for entry in log] == ["glossary not read"]
    assert str(terms.path) in log[0]["error"]


def test_a_file_that_is_mended_is_read(terms):
    terms.path.write_text("english,de\n", encoding="utf-8")
    with capture_logs():
        assert meant(terms, "tontine") == [[]]
    terms.path.write_text("english,fr\nsavings group,tontine\n", encoding="utf-8")
    assert meant(terms, "tontine") == [["savings group"]]


def test_a_file_put_in_anothers_place_is_read_though_its_size_and_time_are_the_same(terms, tmp_path):
    terms.path.write_text("english,fr\nbank,tontine\n", encoding="utf-8")
    assert meant(terms, "tontine") == [["bank"]]
    at = terms.path.stat()
    (tmp_path / "new.csv").write_text("english,fr\nfund,tontine\n", encoding="utf-8")
    os.utime(tmp_path / "new.csv", ns=(at.st_atime_ns, at.st_mtime_ns))
    (tmp_path / "new.csv").replace(terms.path)
    assert meant(terms, "tontine") == [["fund"]]


def test_what_a_trainer_deletes_is_gone_at_once(terms):
    terms.path.write_text("english,fr\nsavings group,tontine\n", encoding="utf-8")
    assert len(terms.rows()) == 3
    terms.path.unlink()
    assert meant(terms, "tontine eau") == [[], ["water"]]
    assert len(terms.rows()) == 2


def test_a_lexicon_is_made_once_while_nothing_changes(terms):
    assert terms.lexicon("fr") is terms.lexicon("fr")
    assert terms.lexicon("fr") is not terms.lexicon("sw")


def test_a_corpus_without_a_glossary_says_the_cure(tmp_path):
    with pytest.raises(GlossaryError, match="save it as CSV in UTF-8"):
        Terms(tmp_path, tmp_path / "nowhere")
