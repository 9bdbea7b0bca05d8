"""The library: what is published is found, what is not is not, and an old version can still be opened."""

import sqlite3
import threading
from dataclasses import replace

import numpy as np
import pytest

from ingest.lexical import analyse
from ingest.library import Library, LibraryError

GOATS = "Goats were given to poor families in Ponorogo."
SHEEP = "Sheep were given to poor families in Musanze."
COWS = "Cows were given to poor families in Rajasthan."


@pytest.fixture
def ask(encoder):
    """ask(library, question) -> the documents found, each once, in order of their ids."""

    def asked(library, question, collections=("public",), **limits):
        found = library.search(encoder.query(question), analyse(question), collections, **limits)
        return sorted({candidate.entry.passage.document for candidate in found})

    return asked


@pytest.fixture
def farm(library, document, prepare):
    """Goats and sheep in `public`, cows at the `desk`."""
    documents = [document("goats", GOATS), document("sheep", SHEEP), document("cows", COWS, collection="desk")]
    library.publish([prepare(one) for one in documents])
    return library


def test_what_is_published_is_found_by_its_words_and_by_its_sense(farm, ask, encoder):
    assert ask(farm, "goats in Ponorogo")[0] == "goats"
    by_sense = farm.search(encoder.query("lambs and wool"), [], ["public"], limit=1)
    assert [candidate.entry.passage.document for candidate in by_sense] == ["sheep"]
    assert by_sense[0].bm25 == 0


def test_a_candidate_carries_its_score_and_its_vectors(farm, encoder):
    [first] = [c for c in farm.search(encoder.query("goats"), ["goat"], ["public"]) if c.bm25]
    assert first.entry.passage.text == GOATS
    assert first.entry.vector.shape == (encoder.dimensions,)
    assert first.entry.terms == (frozenset(analyse(GOATS)),)
    assert first.entry.context_terms == frozenset(analyse("Goats. Part 1."))


def test_only_the_collections_asked_for_are_searched(farm, ask):
    assert ask(farm, "given to poor families") == ["goats", "sheep"]
    assert ask(farm, "given to poor families", ["desk"]) == ["cows"]
    assert ask(farm, "given to poor families", ["public", "desk"]) == ["cows", "goats", "sheep"]
    assert ask(farm, "given to poor families", []) == []


def test_only_the_documents_asked_for_are_searched(farm, ask):
    assert ask(farm, "goats", within=["sheep"]) == ["sheep"]
    assert ask(farm, "goats", within=["cows"]) == []
    assert ask(farm, "goats", within=[]) == []
    assert ask(farm, "goats", within=["nothing"]) == []


def test_a_document_that_may_not_be_seen_takes_no_place_in_a_filtered_search(farm, encoder):
    found = farm.search(encoder.query("cows in Rajasthan"), [], ["public"], limit=1, within=["goats", "cows"])
    assert [candidate.entry.passage.document for candidate in found] == ["goats"]


@pytest.mark.parametrize(
    ("name", "collections", "documents"),
    [
        ("Ponorogo", ["public"], {"goats"}),
        ("families in Ponorogo", ["public"], {"goats"}),
        ("Ponorogo in Musanze", ["public"], set()),
        ("cows of Rajasthan", ["public"], set()),
        ("cows in Rajasthan", ["desk"], {"cows"}),
        ("poor families", ["public", "desk"], {"goats", "sheep", "cows"}),
        ("", ["public"], set()),
        ("Ponorogo", [], set()),
    ],
)
def test_a_name_is_told_by_the_documents_that_one_passage_of_holds_it_all(farm, name, collections, documents):
    assert farm.naming(name, collections) == documents


def test_a_search_gives_about_twice_its_limit_at_most(library, document, prepare, encoder):
    library.publish([prepare(document(f"goats-{n}", f"Goat number {n} was given to a family.")) for n in range(12)])
    assert len(library.search(encoder.query("goats"), ["goat"], ["public"], limit=3)) <= 6


def test_an_empty_library_answers_nothing(library, ask):
    assert ask(library, "goats") == []
    assert (library.size, library.documents(), library.rows()) == (0, {}, [])
    assert library.verify().sound


def test_a_new_version_takes_the_place_of_the_old(farm, ask, document, prepare):
    farm.publish([prepare(document("goats", "Hens were given to poor families in Tuban.", version="2"))])
    assert farm.documents()["goats"].version == "2"
    assert [entry.passage.text for entry in farm.passages_of("goats")] == ["Hens were given to poor families in Tuban."]
    assert ask(farm, "Tuban", limit=1) == ["goats"]
    assert (farm.frequency("ponorogo"), farm.naming("Ponorogo", ["public"])) == (0, frozenset())
    assert farm.verify().sound


def test_an_old_version_can_still_be_opened(farm, document, prepare):
    farm.publish([prepare(document("goats", "Hens were given.", version="2"))])
    assert farm.catalog.document("goats", "1").parts[0].text == GOATS
    assert farm.catalog.document("goats").parts[0].text == "Hens were given."
    assert farm.catalog.document("goats", "3") is None


def test_a_withdrawn_document_leaves_with_all_its_versions(farm, ask, document, prepare):
    farm.publish([prepare(document("goats", "Hens were given.", version="2"))])
    farm.withdraw(["goats"])
    assert ask(farm, "goats and hens were given") == ["sheep"]
    assert farm.catalog.document("goats", "1") is farm.catalog.document("goats") is None
    assert sorted(farm.documents()) == ["cows", "sheep"]
    assert farm.verify().sound


def test_what_was_withdrawn_can_come_back(farm, ask, document, prepare):
    farm.withdraw(["goats"])
    farm.publish([prepare(document("goats", GOATS))])
    assert ask(farm, "Ponorogo", limit=1) == ["goats"]
    assert farm.verify().sound


def test_the_same_version_can_be_published_again(farm, ask, document, prepare):
    farm.publish([prepare(document("goats", GOATS), "/elsewhere/goats.pdf")])
    assert ask(farm, "Ponorogo", limit=1) == ["goats"]
    assert farm.verify().sound


def test_a_document_that_moves_to_another_collection_leaves_the_first(farm, ask, document, prepare):
    farm.publish([prepare(document("goats", GOATS, collection="desk"))])
    assert ask(farm, "Ponorogo", ["desk"], limit=1) == ["goats"]
    assert ask(farm, "goats") == ["sheep"]
    assert farm.verify().sound


def test_the_version_of_a_library_changes_with_every_publication_and_only_then(farm, document, prepare, encoder, tmp_path):
    before = farm.version
    assert Library(tmp_path / "library", encoder.recipe).version == before
    farm.publish([prepare(document("goats", "Hens were given.", version="2"))])
    assert farm.version != before
    farm.publish([prepare(document("goats", GOATS))])
    assert farm.version == before


def test_a_document_without_text_is_published_with_no_passages(library, document, prepare):
    library.publish([prepare(document("goats", ""))])
    assert (list(library.documents()), library.size) == (["goats"], 0)
    assert library.verify().sound


def test_a_new_version_without_text_leaves_no_passage_of_the_old(farm, ask, document, prepare):
    farm.publish([prepare(document("goats", "", version="2"))])
    assert ask(farm, "goats in Ponorogo") == ["sheep"]
    assert farm.verify().sound


def test_a_library_made_by_another_recipe_is_refused_with_a_cure(farm, tmp_path, encoder):
    with pytest.raises(LibraryError, match=f"move it away .*{tmp_path}.*, or name another folder") as error:
        Library(tmp_path / "library", "another-model/int8/0")
    assert encoder.recipe in str(error.value)
    assert "another-model/int8/0" in str(error.value)


def test_the_cure_for_a_library_made_by_another_recipe_can_be_followed(farm, tmp_path, encoder):
    """Moved away, its place is free for a new one; moved back, it is what it was."""
    farm.catalog.remember("recipe", "another")
    with pytest.raises(LibraryError):
        Library(tmp_path / "library", encoder.recipe)
    (tmp_path / "library").rename(tmp_path / "library.old")
    assert Library(tmp_path / "library", encoder.recipe).size == 0


def test_an_older_catalog_is_refused_with_the_cure_and_not_with_an_error_of_the_database(tmp_path, encoder):
    with sqlite3.connect(tmp_path / "catalog.db") as old:
        old.execute("CREATE TABLE about (key VARCHAR PRIMARY KEY, value TEXT)")
        old.execute("CREATE TABLE documents (id VARCHAR PRIMARY KEY)")
        old.execute("INSERT INTO about VALUES ('recipe', 'all-MiniLM-L6-v2/int8/0+240-1')")
    old.close()
    with pytest.raises(LibraryError, match=r"another version of Rightkey.*move it away"):
        Library(tmp_path, encoder.recipe)


def test_a_search_that_a_publication_overtakes_finds_what_is_published_then(farm, encoder, document, prepare):
    """Every version holds the word: at no moment may a search come back without it, or with two versions of a document."""
    versions = [prepare(document("goats", f"Goats were given in Ponorogo, {n}.", version=str(n))) for n in range(2, 14)]
    publishing = threading.Thread(target=lambda: [farm.publish([one]) for one in versions])
    vector, seen = encoder.query("goats in Ponorogo"), []
    publishing.start()
    while publishing.is_alive():
        found = [c.entry.passage for c in farm.search(vector, ["ponorogo"], ["public"]) if c.entry.passage.document == "goats"]
        seen.append((len(found), len(farm.naming("Ponorogo", ["public"])), len(farm.passages_of("goats"))))
    assert set(seen) == {(1, 1, 1)}


class Overtaken(Library):
    """A library in which something is published while a search is on its way."""

    meanwhile = None

    def _near(self, *arguments):
        if self.meanwhile:
            publish, self.meanwhile = self.meanwhile, None
            publish()
        return super()._near(*arguments)


def test_a_search_that_a_publication_overtakes_is_made_again(farm, ask, document, prepare, encoder, tmp_path):
    library = Overtaken(tmp_path / "library", encoder.recipe)
    library.meanwhile = lambda: library.publish([prepare(document("goats", "Goats went to Ponorogo.", version="2"))])
    [goats] = [c for c in library.search(encoder.query("goats"), ["goat"], ["public"]) if c.bm25]
    assert goats.entry.passage.version == library.documents()["goats"].version == "2"


def test_a_passage_found_by_its_vector_has_its_exact_bm25(library, document, prepare, encoder):
    """Also where it is not among the best by BM25 alone."""
    short = [document(f"goats-{n}", "Goats. Goats.") for n in range(12)]
    library.publish(
        [prepare(one) for one in [*short, document("lambs", "Lambs and wool are near each other, and goats are far.")]]
    )
    found = library.search(encoder.query("lambs and wool"), ["goat"], ["public"], limit=2)
    [far] = [one for one in found if one.entry.passage.document == "lambs"]
    scores = dict(library._state.indexes.lexical.search(["public"], ["goat"], 20))
    assert far.bm25 == scores[far.entry.key] == min(scores.values()) > 0


def test_the_vectors_of_an_entry_are_held_once(farm):
    [entry] = farm.passages_of("goats")
    assert np.shares_memory(entry.rows, entry.vector)
    assert np.shares_memory(entry.rows, entry.sentences)
    assert np.array_equal(entry.rows, np.vstack([entry.vector, entry.sentences]))


def test_what_is_not_published_is_not_found_and_goes_at_the_next_start(farm, ask, document, prepare, encoder, tmp_path):
    one = prepare(document("hens", "Hens were given to poor families in Tuban."))
    staged = farm.catalog.stage(one.path, one.document, one.encoded)
    farm._state.indexes.vectors.add("public", staged.keys, one.encoded[0].vector[None, :])
    assert ask(farm, "hens in Tuban") == ["goats", "sheep"]
    again = Library(tmp_path / "library", encoder.recipe)
    assert again.verify().sound
    assert sorted(row.id for row in again.rows()) == ["cows", "goats", "sheep"]


def test_a_published_version_that_is_staged_again_stays_whole(farm, ask, document, prepare, encoder, tmp_path):
    """A kill between staging and publishing a file that was only moved."""
    one = prepare(document("goats", GOATS), "/elsewhere/goats.pdf")
    farm.catalog.stage(one.path, one.document, one.encoded)
    again = Library(tmp_path / "library", encoder.recipe)
    assert again.verify().sound
    assert ask(again, "Ponorogo", limit=1) == ["goats"]


def test_keys_are_never_given_twice(farm, document, prepare):
    before = {entry.key for one in ("goats", "sheep", "cows") for entry in farm.passages_of(one)}
    farm.withdraw(["cows", "sheep", "goats"])
    farm.publish([prepare(replace(document("cows", COWS), version="2"))])
    assert not before & {entry.key for entry in farm.passages_of("cows")}
