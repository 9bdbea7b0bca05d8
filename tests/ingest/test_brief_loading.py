"""A brief on disk -> a document: the words, who says them, and what it can be filtered by."""

import json

import pytest

from corpus import CORPUS
from ingest.documents import Document, to_json
from ingest.loaders import Unreadable, is_readable, load, version_of


@pytest.fixture
def path(write_corpus, brief):
    return write_corpus({"idn-demo": brief(place="Ponorogo")}) / "briefs" / "idn-demo.md"


def test_every_sentence_carries_the_sources_that_it_cites(path):
    document = load(path)
    said = [(part.text[s.start : s.end], s.sources) for part in document.parts for s in part.sentences]
    assert said == [
        ("Three villages in Indonesia kept few animals in 2018, a report says.", ("lee-2020",)),
        ("Three villages in Indonesia owned 1,250 goats by 2020, a survey says.", ("sari-2021",)),
        ("A village that wants goats needs fodder within reach.", ()),
    ]


def test_a_brief_is_filtered_by_its_head_and_by_the_methods_of_its_sources(path):
    facets = load(path).facets
    assert (facets.kind, facets.countries, facets.years) == ("case", ("IDN",), (2018, 2020))
    assert (facets.themes, facets.settings, facets.methods) == (("livestock",), ("rural",), ("report",))


def test_a_brief_is_found_by_the_names_of_its_countries_their_regions_and_its_place(path):
    assert load(path).keywords == "Indonesia Southeast Asia Asia Ponorogo"


def test_a_publication_shows_what_was_checked(path):
    first, second = load(path).publications
    assert (first.id, first.label) == ("lee-2020", "Lee n.d.")
    assert (first.method, first.voice, first.checked) == ("report", "ngo", "full text")
    assert second.id == "sari-2021"


def test_a_brief_that_fails_the_check_is_refused_with_its_line_and_cure(write_corpus, brief):
    folder = write_corpus({"idn-demo": brief().replace("@sari-2021", "@tan-1999")})
    with pytest.raises(Unreadable, match=r"idn-demo\.md: line \d+: source 'tan-1999' .* Run `rightkey corpus check`"):
        load(folder / "briefs" / "idn-demo.md")


def test_a_brief_that_cannot_be_parsed_is_refused_with_its_line(write_corpus):
    folder = write_corpus({"idn-demo": "Goats\n"})
    with pytest.raises(Unreadable, match=r"idn-demo\.md: line 1: no front matter"):
        load(folder / "briefs" / "idn-demo.md")


def test_a_wrong_source_refuses_the_briefs(write_corpus, brief, source):
    folder = write_corpus({"idn-demo": brief()}, [source("lee-2020", title="")])
    with pytest.raises(Unreadable, match=r"source lee-2020, title"):
        load(folder / "briefs" / "idn-demo.md")


def test_the_version_changes_with_the_text_and_with_a_cited_source_and_not_with_another(write_corpus, brief, source):
    both = [source("lee-2020"), source("sari-2021")]

    def version(text, sources):
        return version_of(write_corpus({"idn-demo": text}, sources) / "briefs" / "idn-demo.md")

    first = version(brief(), both)
    assert version(brief(), both) == first
    assert version(brief(), [*both, source("tan-1999")]) == first
    assert version(brief(), [source("lee-2020", title="Sheep"), source("sari-2021")]) != first
    assert version(brief(place="Java"), both) != first


def test_a_markdown_file_elsewhere_is_no_brief(path):
    readme = path.parent.parent / "README.md"
    readme.write_text("# Goats")
    assert (is_readable(path), is_readable(readme)) == (True, False)


def test_every_brief_of_the_corpus_comes_back_from_json_as_it_was():
    for path in sorted((CORPUS / "briefs").glob("*.md")):
        document = load(path)
        assert Document.from_json(json.loads(to_json(document))) == document
