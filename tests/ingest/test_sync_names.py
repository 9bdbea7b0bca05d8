"""Who keeps which id when files share a name, move, or change their collection."""

import pytest

from ingest.sync import sync

GOATS = ["Goats were given to poor families in Ponorogo in 2019."]
SHEEP = ["Sheep were given to poor families in Musanze in 2018."]


@pytest.fixture
def run(library, encoder):
    return lambda *roots, **options: sync(library, encoder, roots, **options)


def ids(library):
    return {row.id: row.path for row in library.rows()}


def test_two_files_of_one_name_are_two_documents(run, library, tmp_path, write_pdf):
    first, second = write_pdf("files/a/report.pdf", GOATS), write_pdf("files/b/report.pdf", SHEEP)
    assert run(tmp_path / "files").added == ["report", "report-2"]
    assert ids(library) == {"report": str(first), "report-2": str(second)}
    assert run(tmp_path / "files").unchanged == 2


def test_a_changed_file_keeps_the_id_that_it_was_given(run, library, tmp_path, write_pdf):
    write_pdf("files/a/report.pdf", GOATS)
    write_pdf("files/b/report.pdf", SHEEP)
    run(tmp_path / "files")
    write_pdf("files/b/report.pdf", [*SHEEP, "Hens were given too."])
    assert run(tmp_path / "files").changed == ["report-2"]
    assert library.verify().sound


def test_when_the_first_of_two_goes_the_second_keeps_its_id(run, library, tmp_path, write_pdf):
    first, second = write_pdf("files/a/report.pdf", GOATS), write_pdf("files/b/report.pdf", SHEEP)
    run(tmp_path / "files")
    first.unlink()
    assert run(tmp_path / "files").removed == ["report"]
    assert ids(library) == {"report-2": str(second)}


def test_two_briefs_of_one_id_are_an_error_that_names_both(run, library, tmp_path, write_corpus, brief):
    first = write_corpus({"idn-demo": brief()}, folder="roots/a") / "briefs" / "idn-demo.md"
    second = write_corpus({"idn-demo": brief(place="Java")}, folder="roots/b") / "briefs" / "idn-demo.md"
    report = run(tmp_path / "roots")
    assert report.added == ["idn-demo"]
    [(path, error)] = report.failed
    assert (path, str(first) in error, "Give it an id of its own" in error) == (str(second), True, True)
    assert ids(library) == {"idn-demo": str(first)}


def test_a_moved_file_keeps_its_id(run, library, tmp_path, write_pdf):
    path = write_pdf("files/a/report.pdf", GOATS)
    run(tmp_path / "files")
    moved = path.parent.parent / "b" / "report.pdf"
    moved.parent.mkdir()
    path.rename(moved)
    report = run(tmp_path / "files")
    assert report.removed == []
    assert ids(library) == {"report": str(moved)}
    assert library.verify().sound


def test_a_moved_corpus_keeps_its_ids(run, library, tmp_path, write_corpus, brief):
    folder = write_corpus({"idn-demo": brief()})
    run(folder)
    moved = folder.rename(tmp_path / "moved")
    run(moved)
    assert ids(library) == {"idn-demo": str(moved / "briefs" / "idn-demo.md")}
    assert library.verify().sound


def test_a_renamed_file_is_another_document_under_its_new_name(run, library, tmp_path, write_pdf):
    path = write_pdf("files/goats.pdf", GOATS)
    run(tmp_path / "files")
    path.rename(path.with_name("sheep.pdf"))
    report = run(tmp_path / "files")
    assert (report.added, report.removed) == (["sheep"], ["goats"])
    assert library.documents()["sheep"].title == "sheep"
    assert library.verify().sound


def test_a_folder_that_moves_to_another_collection_leaves_the_first(run, library, tmp_path, write_pdf, encoder):
    write_pdf("files/goats.pdf", GOATS)
    run(tmp_path / "files", collection="desk")
    assert run(tmp_path / "files", collection="public").changed == ["goats"]
    question = encoder.query("goats"), ["goat"]
    assert len(library.search(*question, ["public"])) == 1
    assert library.search(*question, ["desk"]) == []
    assert library.verify().sound


def test_a_document_takes_no_id_of_a_brief(run, library, tmp_path, write_corpus, brief, write_pdf):
    folder = write_corpus({"idn-demo": brief()})
    write_pdf("corpus/idn-demo.pdf", GOATS)
    run(folder)
    assert sorted(ids(library)) == ["idn-demo", "idn-demo-2"]
