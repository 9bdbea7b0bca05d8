"""sync() makes the library equal to a folder, and does nothing where nothing changed."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.loaders import load, version_of
from ingest.sync import Progress, add, sync

GOATS = ["Goats were given to poor families in Ponorogo in 2019."]
SHEEP = ["Sheep were given to poor families in Musanze in 2018."]


@pytest.fixture
def files(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def run(library, encoder):
    """run(*roots) -> the report of a sync of those roots."""
    return lambda *roots, **options: sync(library, encoder, roots, **options)


def texts(library):
    return {row.id: " ".join(e.passage.text for e in library.passages_of(row.id)) for row in library.rows()}


def test_the_second_run_does_nothing(run, library, write_corpus, brief, write_pdf):
    folder = write_corpus({"idn-demo": brief(), "idn-b": brief("idn-b")})
    write_pdf("corpus/goats.pdf", GOATS)
    first = run(folder)
    keys = {entry.key for row in library.rows() for entry in library.passages_of(row.id)}
    second = run(folder)
    assert sorted(first.added) == ["goats", "idn-b", "idn-demo"]
    assert (second.unchanged, second.added, second.changed, second.removed, second.passages) == (3, [], [], [], 0)
    assert {entry.key for row in library.rows() for entry in library.passages_of(row.id)} == keys
    assert library.verify().sound


def test_a_changed_file_replaces_its_passages(run, library, write_corpus, brief):
    run(write_corpus({"idn-demo": brief()}))
    report = run(write_corpus({"idn-demo": brief().replace("1,250 goats", "900 goats")}))
    assert (report.changed, report.added, report.unchanged) == (["idn-demo"], [], 0)
    assert "900 goats" in texts(library)["idn-demo"]
    assert (library.frequency("900"), library.frequency("1250")) == (1, 0)
    assert library.verify().sound


def test_a_changed_source_changes_the_briefs_that_cite_it(run, library, write_corpus, brief, source):
    run(write_corpus({"idn-demo": brief()}))
    sources = [source("lee-2020", custom={"voice": "academic"}), source("sari-2021")]
    assert run(write_corpus({"idn-demo": brief()}, sources)).changed == ["idn-demo"]
    assert library.documents()["idn-demo"].publications[0].voice == "academic"


def test_what_is_gone_from_the_folder_goes_and_nothing_else_does(run, library, write_corpus, brief, write_pdf):
    pdf = write_pdf("elsewhere/goats.pdf", GOATS)
    run(write_corpus({"idn-demo": brief(), "idn-b": brief("idn-b")}), pdf.parent)
    report = run(write_corpus({"idn-demo": brief()}))
    assert report.removed == ["idn-b"]
    assert sorted(texts(library)) == ["goats", "idn-demo"]
    assert library.verify().sound


def test_a_bad_file_is_reported_and_does_not_stop_the_rest(run, library, write_corpus, brief, write_pdf, tmp_path):
    folder = write_corpus({"idn-a": "no brief", "idn-demo": brief()})
    (folder / "broken.pdf").write_bytes(b"no PDF")
    write_pdf("corpus/goats.pdf", GOATS)
    report = run(folder)
    assert sorted(texts(library)) == ["goats", "idn-demo"]
    assert [path for path, _ in report.failed] == [str(folder / "briefs" / "idn-a.md"), str(folder / "broken.pdf")]
    assert all("." in cure and cure.endswith(".") for _, cure in report.failed)


def test_a_file_that_goes_bad_keeps_its_last_version(run, library, write_corpus, brief):
    run(write_corpus({"idn-demo": brief()}))
    report = run(write_corpus({"idn-demo": brief().replace("@sari-2021", "@tan-1999")}))
    assert [error.split(":")[0] for _, error in report.failed] == ["idn-demo.md"]
    assert (report.removed, report.changed) == ([], [])
    assert "1,250 goats" in texts(library)["idn-demo"]


def test_a_file_that_is_mended_is_taken_up(run, library, write_corpus, brief):
    run(write_corpus({"idn-demo": "no brief"}))
    report = run(write_corpus({"idn-demo": brief()}))
    assert (report.failed, report.added) == ([], ["idn-demo"])


def test_other_formats_and_hidden_files_are_not_read(run, library, files, write_pdf):
    write_pdf("files/.hidden/goats.pdf", GOATS)
    (files / "notes.txt").write_text("Goats")
    report = run(files)
    assert (report.skipped, report.added, report.failed) == (1, [], [])


def test_a_missing_root_is_an_error_and_withdraws_nothing(run, library, write_corpus, brief, tmp_path):
    folder = write_corpus({"idn-demo": brief()})
    run(folder)
    with pytest.raises(FileNotFoundError, match="missing does not exist: name a file or a folder"):
        run(folder, tmp_path / "missing")
    assert list(texts(library)) == ["idn-demo"]


def test_a_root_may_be_one_file(run, library, files, write_pdf):
    write_pdf("files/sheep.pdf", SHEEP)
    assert run(write_pdf("files/goats.pdf", GOATS)).added == ["goats"]
    assert run(files).added == ["sheep"]


def test_a_root_goes_by_one_name_however_it_is_written(run, library, files, write_pdf, monkeypatch):
    write_pdf("files/goats.pdf", GOATS)
    run(files)
    monkeypatch.chdir(files.parent)
    assert run(files.relative_to(os.fspath(files.parent))).unchanged == 1


def test_progress_is_told_after_each_file(run, files, write_pdf):
    paths = [write_pdf(f"files/{name}.pdf", GOATS) for name in ("a", "b")]
    (files / "c.pdf").write_bytes(b"no PDF")
    told: list[Progress] = []
    run(files, watch=told.append)
    assert [(one.done, one.total, one.path) for one in told] == [(n, 3, p) for n, p in enumerate([*paths, files / "c.pdf"], 1)]


def test_adding_a_file_leaves_the_others(run, library, encoder, files, write_pdf):
    run(write_pdf("files/goats.pdf", GOATS))
    report = add(library, encoder, [write_pdf("other/sheep.pdf", SHEEP), files / "none.pdf", files.parent / "notes.txt"])
    assert (report.added, report.removed) == (["sheep"], [])
    assert sorted(texts(library)) == ["goats", "sheep"]
    assert [path for path, _ in report.failed] == [str(files / "none.pdf"), str(files.parent / "notes.txt")]


def test_more_than_one_batch_is_published_whole(run, library, files, write_pdf):
    """A word of 1,500 letters is one word piece: long for the batches, and quick to encode."""
    names = [f"many-{number}" for number in range(3)]
    for name in names:
        write_pdf(f"files/{name}.pdf", *[[f"{name} has goats and {'g' * 1500}." for _ in range(10)] for _ in range(10)])
    report = run(files)
    assert report.added == names
    assert library.size == report.passages == sum(len(library.passages_of(name)) for name in names)
    assert library.verify().sound


def test_a_file_under_two_roots_is_read_once(run, library, encoder, files, write_pdf):
    path = write_pdf("files/inner/goats.pdf", GOATS)
    report = run(files, files / "inner", path)
    assert (report.added, report.passages, library.size) == (["goats"], 1, 1)
    assert run(files / "inner", files).unchanged == 1
    assert add(library, encoder, [path, path, write_pdf("files/sheep.pdf", SHEEP), path]).unchanged == 1


def test_two_syncs_at_once_work_one_after_the_other(library, encoder, files, write_pdf):
    """Each begins from what the library holds: were it the same for both, both would name their first file `goats`."""
    roots = [write_pdf(f"{name}/goats.pdf", GOATS, [name]).parent for name in ("one", "two", "three")]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda root: sync(library, encoder, [root]), roots))
    assert sorted(name for report in reports for name in report.added) == ["goats", "goats-2", "goats-3"]
    assert sorted(row.id for row in library.rows()) == ["goats", "goats-2", "goats-3"]
    assert library.verify().sound


class Replaced(type(Path())):
    """A file that is replaced as soon as its bytes are read."""

    def read_bytes(self):
        read = super().read_bytes()
        Path(f"{self}.new").rename(str(self))
        return read


def test_a_pdf_that_is_replaced_while_it_is_read_has_changed_at_the_next_sync(files, write_pdf):
    path = write_pdf("files/goats.pdf", GOATS)
    write_pdf("files/sheep.pdf", SHEEP).rename(files / "goats.pdf.new")
    read = load(Replaced(path))
    assert "Goats" in read.parts[0].text
    assert read.version != version_of(path)


def test_a_brief_that_is_replaced_while_it_is_read_has_changed_at_the_next_sync(write_corpus, brief):
    path = write_corpus({"idn-demo": brief()}) / "briefs" / "idn-demo.md"
    path.with_name("idn-demo.md.new").write_text(brief().replace("1,250", "2,600"))
    assert load(Replaced(path)).version != version_of(path)
