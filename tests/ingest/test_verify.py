"""verify() says whether the three stores agree; rebuild() makes two of them anew from the third."""

import numpy as np
import pytest

from ingest.lexical import LexicalIndex, analyse
from ingest.library import Library
from ingest.vectors import VectorIndex


@pytest.fixture
def folder(library, document, prepare, tmp_path):
    """The folder of a sound library with three documents of one passage each."""
    texts = {"goats": "Goats in Ponorogo.", "sheep": "Sheep in Musanze.", "cows": "Cows in Rajasthan."}
    library.publish([prepare(document(identity, text)) for identity, text in texts.items()])
    return tmp_path / "library"


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


def test_a_missing_vector_is_named_by_its_key(folder, reopen, library):
    key = key_of(library, "goats")
    VectorIndex(folder / "chroma").remove([key])
    verdict = reopen().verify()
    assert (verdict.sound, verdict.missing_vectors, verdict.missing_terms) == (False, (key,), ())


def test_a_stray_vector_is_named_by_its_key(folder, reopen, encoder):
    VectorIndex(folder / "chroma").add("public", [999], unit(encoder.dimensions))
    verdict = reopen().verify()
    assert (verdict.sound, verdict.stray_vectors) == (False, (999,))


def test_missing_terms_are_named_by_their_keys(folder, reopen, library):
    LexicalIndex(folder / "tantivy").clear()
    verdict = reopen().verify()
    assert (verdict.sound, verdict.stray_terms) == (False, ())
    assert verdict.missing_terms == tuple(sorted(key_of(library, one) for one in ("goats", "sheep", "cows")))


def test_a_stray_term_is_named_by_its_key(folder, reopen):
    LexicalIndex(folder / "tantivy").change([(999, "public", "goats", ["goat"])])
    verdict = reopen().verify()
    assert (verdict.sound, verdict.stray_terms, verdict.stray_vectors) == (False, (999,), ())


def test_a_stray_entry_is_never_found(folder, reopen, encoder):
    LexicalIndex(folder / "tantivy").change([(999, "public", "goats", ["zebra"])])
    VectorIndex(folder / "chroma").add("public", [999], encoder.query("zebra")[None, :])
    found = reopen().search(encoder.query("zebra"), ["zebra"], ["public"])
    assert 999 not in {candidate.entry.key for candidate in found}


def damage_vectors(folder, dimensions):
    VectorIndex(folder / "chroma").clear()


def damage_terms(folder, dimensions):
    LexicalIndex(folder / "tantivy").clear()


def add_strays(folder, dimensions):
    VectorIndex(folder / "chroma").add("another", [999], unit(dimensions))
    LexicalIndex(folder / "tantivy").change([(999, "public", "goats", ["goat"])])


@pytest.mark.parametrize("damage", [damage_vectors, damage_terms, add_strays])
def test_a_rebuild_mends_it_from_the_catalog_without_an_encoder(folder, reopen, encoder, damage):
    question = encoder.query("sheep"), analyse("sheep and goats"), ["public"]
    before = [(c.entry.passage.document, c.bm25) for c in reopen().search(*question)]
    damage(folder, encoder.dimensions)
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
