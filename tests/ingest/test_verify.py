"""verify() says whether the three stores agree; rebuild() makes two of them anew from the third."""

import json
import shutil
import threading

import numpy as np
import pytest

from ingest.indexes import Indexes
from ingest.lexical import analyse
from ingest.library import Library


@pytest.fixture
def folder(library, document, prepare, tmp_path):
    """The folder of a sound library with three documents of one passage each."""
    texts = {"goats": "Goats in Ponorogo.", "sheep": "Sheep in Musanze.", "cows": "Cows in Rajasthan."}
    library.publish([prepare(document(identity, text)) for identity, text in texts.items()])
    return tmp_path / "library"


@pytest.fixture
def indexes(folder, library):
    """The two indexes of that library, to be damaged behind its back."""
    generation = json.loads(library.catalog.recall("indexes"))[0]
    return Indexes(folder / "indexes", library.catalog.recall("library"), generation, None)


@pytest.fixture
def reopen(folder, encoder):
    return lambda: Library(folder, encoder.recipe)


def key_of(library, identity):
    [entry] = library.passages_of(identity)
    return entry.key


def unit(dimensions):
    return np.eye(1, dimensions, dtype=np.float32)


def test_a_sound_library_is_called_sound(reopen):
    verdict = reopen().verify()
    assert (verdict.sound, verdict.documents, verdict.passages) == (True, 3, 3)


def test_a_missing_vector_is_named_by_its_key(indexes, reopen, library):
    key = key_of(library, "goats")
    indexes.vectors.remove([key])
    verdict = reopen().verify()
    assert (verdict.sound, verdict.missing_vectors, verdict.missing_terms) == (False, (key,), ())


def test_a_stray_vector_is_named_by_its_key(indexes, reopen, encoder):
    indexes.vectors.add("public", [999], unit(encoder.dimensions))
    verdict = reopen().verify()
    assert (verdict.sound, verdict.stray_vectors) == (False, (999,))


def test_missing_terms_are_named_by_their_keys(indexes, reopen, library):
    indexes.lexical.change((), list(indexes.lexical.keys()))
    verdict = reopen().verify()
    assert (verdict.sound, verdict.stray_terms) == (False, ())
    assert verdict.missing_terms == tuple(sorted(key_of(library, one) for one in ("goats", "sheep", "cows")))


def test_a_stray_term_is_named_by_its_key(indexes, reopen):
    indexes.lexical.change([(999, "public", "goats", ["goat"])])
    verdict = reopen().verify()
    assert (verdict.sound, verdict.stray_terms, verdict.stray_vectors) == (False, (999,), ())


def test_a_stray_entry_is_never_found(indexes, reopen, encoder):
    indexes.lexical.change([(999, "public", "goats", ["zebra"])])
    indexes.vectors.add("public", [999], encoder.query("zebra")[None, :])
    found = reopen().search(encoder.query("zebra"), ["zebra"], ["public"])
    assert 999 not in {candidate.entry.key for candidate in found}


def damage_vectors(indexes, dimensions):
    indexes.vectors.remove(list(indexes.vectors.keys()))


def damage_terms(indexes, dimensions):
    indexes.lexical.change((), list(indexes.lexical.keys()))


def add_strays(indexes, dimensions):
    indexes.vectors.add("another", [999], unit(dimensions))
    indexes.lexical.change([(999, "public", "goats", ["goat"])])


@pytest.mark.parametrize("damage", [damage_vectors, damage_terms, add_strays])
def test_a_rebuild_mends_it_from_the_catalog_without_an_encoder(indexes, reopen, encoder, damage):
    question = encoder.query("sheep"), analyse("sheep and goats"), ["public"]
    before = [(c.entry.passage.document, c.bm25) for c in reopen().search(*question)]
    damage(indexes, encoder.dimensions)
    library = reopen()
    assert not library.verify().sound
    library.rebuild()
    assert library.verify().sound
    assert reopen().verify().sound
    assert [(c.entry.passage.document, c.bm25) for c in library.search(*question)] == before


def test_a_rebuild_of_a_sound_library_changes_nothing(reopen):
    library = reopen()
    before = library.version, library.size
    library.rebuild()
    assert (library.version, library.size) == before
    assert library.verify().sound


def test_the_corpus_is_sound_once_it_is_ingested(corpus_library):
    verdict = corpus_library.verify()
    assert verdict.sound
    assert verdict.passages >= verdict.documents >= 25


def test_a_rebuild_leaves_only_the_new_indexes_after_the_next_start(folder, reopen, library):
    library.rebuild()
    library.rebuild()
    assert len(list((folder / "indexes").iterdir())) == 2, "the new ones, and those that a reader may still hold"
    reopen()
    assert len(list((folder / "indexes").iterdir())) == 1


def test_a_reader_meets_no_error_and_no_empty_answer_while_it_is_rebuilt(folder, library, encoder):
    question = encoder.query("sheep"), analyse("sheep and goats"), ["public"]

    def found():
        return [(c.entry.passage.document, c.bm25) for c in library.search(*question)]

    before = found()
    rebuilding = threading.Thread(target=lambda: [library.rebuild() for _ in range(3)])
    rebuilding.start()
    answers = []
    while rebuilding.is_alive():
        answers.append((found() == before, library.naming("Ponorogo", ["public"]), library.frequency("goat")))
    assert set(answers) == {(True, frozenset({"goats"}), 1)}
    assert library.verify().sound


def test_new_indexes_are_filled_where_the_old_are_gone_or_were_made_another_way(folder, reopen, library):
    shutil.rmtree(folder / "indexes")
    assert reopen().verify().sound
    generation, _, url = json.loads(library.catalog.recall("indexes"))
    library.catalog.remember("indexes", json.dumps([generation, "another-analyser-1", url]))
    assert reopen().verify().sound
    assert json.loads(library.catalog.recall("indexes"))[0] != generation
