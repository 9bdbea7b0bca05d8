"""corpus/sources.py: the publications, and how a wrong one is named."""

import json

import pytest

from corpus.check import check_corpus
from corpus.sources import Source, SourceError, read_sources

WRONG = [
    ({"id": "Lee 2020"}, "id"),
    ({"title": ""}, "title"),
    ({"URL": "www.example.org"}, "URL"),
    ({"author": "Lee"}, "author"),
    ({"issued": {"date-parts": "2020"}}, "issued.date-parts"),
    ({"issued": {"date-parts": []}}, "issued"),
    ({"issued": {"date-parts": [[]]}}, "issued"),
    ({"issued": {"raw": "2020"}}, "issued"),
    ({"custom": {"method": "guess"}}, "custom.method: 'guess' is not in the list 'methods'"),
    ({"custom": {"voice": "king"}}, "custom.voice: 'king' is not in the list 'voices'"),
    ({"custom": {"checked": "title"}}, "custom.checked: 'title' is not in the list 'checked'"),
    ({"custom": {"read": "yesterday"}}, "custom.read"),
    ({"custom": {"reed": "2026-11-23"}}, "custom.reed"),
]


@pytest.mark.parametrize(("change", "where"), WRONG, ids=[str(change) for change, _ in WRONG])
def test_a_wrong_source_is_named_with_its_file_id_and_field(write_corpus, source, change, where):
    folder = write_corpus({}, [source("sari-2021"), {**source("lee-2020", **change)}])
    [problem] = check_corpus(folder)
    assert problem.path == folder / "sources.json"
    assert problem.cure.startswith(f"source {change.get('id', 'lee-2020')}, {where}")


@pytest.mark.parametrize("key", ["type", "title", "custom"])
def test_a_missing_field_is_named(write_corpus, source, key):
    item = {name: value for name, value in source("lee-2020").items() if name != key}
    with pytest.raises(SourceError, match=f"source lee-2020, {key}: Field required"):
        read_sources(write_corpus({}, [item]) / "sources.json")


@pytest.mark.parametrize("item", [None, "lee-2020", {}])
def test_a_source_without_an_id_is_named_by_its_number(write_corpus, source, item):
    with pytest.raises(SourceError, match="source number 2, "):
        read_sources(write_corpus({}, [source("lee-2020"), item]) / "sources.json")


def test_a_source_that_stands_there_twice_is_named(write_corpus, source):
    with pytest.raises(SourceError, match=r"source lee-2020 stands there twice\. Keep one"):
        read_sources(write_corpus({}, [source("lee-2020"), source("lee-2020")]) / "sources.json")


@pytest.mark.parametrize(
    ("content", "cure"),
    [(b"[{]", "Mend the line that it names"), (b"\xff\xfe[]", "not valid JSON"), (b"{}", "must be a list of CSL-JSON items")],
)
def test_a_file_that_is_no_list_of_sources_is_a_problem_of_the_corpus(write_corpus, content, cure):
    folder = write_corpus({})
    (folder / "sources.json").write_bytes(content)
    [problem] = check_corpus(folder)
    assert (problem.path, cure in problem.cure) == (folder / "sources.json", True)


def test_a_missing_file_says_what_to_put_there(tmp_path):
    [problem] = check_corpus(tmp_path)
    assert "not found. Put the publications that the briefs cite there, as CSL-JSON" in str(problem)


def test_a_problem_of_the_sources_names_its_file_once(tmp_path):
    [problem] = check_corpus(tmp_path)
    assert str(problem).count(str(tmp_path / "sources.json")) == 1


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"author": [{"family": "Lee"}]}, "Lee n.d."),
        ({"author": [{"family": "Lee"}], "issued": {"date-parts": [[2020, 11]]}}, "Lee 2020"),
        ({"author": [{"literal": "World Bank"}, {"family": "Lee"}]}, "World Bank and Lee n.d."),
        ({"author": [{"family": "Lee"}, {"family": "Sari"}, {"family": "Tan"}]}, "Lee et al. n.d."),
        ({"author": [], "container-title": "The Goatherd", "publisher": "Press"}, "The Goatherd n.d."),
        ({"author": [{}], "publisher": "Press"}, "Press n.d."),
        ({"author": []}, "Goats n.d."),
    ],
)
def test_a_source_is_labelled_as_a_reader_would_write_it(source, fields, label):
    assert Source.model_validate(source(**fields)).label == label


def test_fields_of_csl_that_nobody_uses_pass_through(write_corpus, source):
    folder = write_corpus({}, [source("lee-2020", DOI="10.1257/pol.20190245")])
    read = read_sources(folder / "sources.json")["lee-2020"]
    assert json.loads(read.model_dump_json())["DOI"] == "10.1257/pol.20190245"
