"""The library: what is published is found, what is not is not, and an old version can still be opened."""

from dataclasses import replace

import pytest

from ingest.lexical import analyse
from ingest.library import Library, LibraryError
from ingest.vectors import VectorIndex

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
    with pytest.raises(LibraryError, match="Name another folder in RIGHTKEY_DATA and ingest into it") as error:
        Library(tmp_path / "library", "another-model/int8/0")
    assert encoder.recipe in str(error.value)
    assert "another-model/int8/0" in str(error.value)


def test_what_is_not_published_is_not_found_and_goes_at_the_next_start(farm, ask, document, prepare, encoder, tmp_path):
    one = prepare(document("hens", "Hens were given to poor families in Tuban."))
    staged = farm.catalog.stage(one.path, one.document, one.encoded)
    VectorIndex(tmp_path / "library" / "chroma").add("public", staged.keys, one.encoded[0].vector[None, :])
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
