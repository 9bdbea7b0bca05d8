"""Document -> passages: they fit the encoder, keep to their headings, and lose nothing."""

import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import CORPUS
from ingest.documents import Document, Part, Passage, Sentence, to_json
from ingest.loaders import load
from ingest.passages import MOST_PIECES, split_passages

WORDS = st.sampled_from(["goats", "households", "registered", "29,480", "Sichuan", "anti-corruption", "at贫困县", "ﬁve"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(lambda words: " ".join(words) + ".")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=30).map(" ".join)


def quotes(passages):
    return [passage.quote(sentence) for passage in passages for sentence in passage.sentences]


def squeezed(text):
    return "".join(text.split())


def assert_sound(document: Document, passages: list[Passage], count) -> None:
    """What holds of every split: it fits, it slices, it keeps to one heading, it loses nothing."""
    for number, passage in enumerate(passages):
        assert count(f"{passage.context} {passage.text}") <= MOST_PIECES
        assert passage.ordinal == number
        assert all(passage.quote(sentence) == passage.quote(sentence).strip() != "" for sentence in passage.sentences)
        assert (passage.sentences[0].start, passage.sentences[-1].end) == (0, len(passage.text))
    for part in document.parts:
        mine = [passage for passage in passages if passage.heading == part.heading]
        assert all(passage.text in part.text for passage in mine)
        assert squeezed("".join(quotes(mine))) == squeezed(part.text)


@given(texts=st.lists(TEXTS, min_size=1, max_size=3), title=st.lists(WORDS, max_size=20).map(" ".join))
def test_passages_fit_slice_and_lose_nothing(encoder, document, texts, title):
    made = document("goats", *texts, title=title)
    assert_sound(made, split_passages(made, encoder.count), encoder.count)


@pytest.mark.parametrize(
    "text",
    ["goats " * 1000, "贫" * 700, "." * 700, "https://example.org/" + "a/" * 400, f"Contents {'.' * 250} 12. Goats pay."],
    ids=["a long list", "Chinese without a space", "leader dots", "an address", "a table of contents"],
)
def test_a_sentence_that_is_too_long_is_cut_without_loss(encoder, document, text):
    made = document("goats", text.strip())
    assert_sound(made, split_passages(made, encoder.count), encoder.count)


@pytest.mark.parametrize("pieces", [MOST_PIECES - 6, MOST_PIECES, 3 * MOST_PIECES])
def test_a_title_as_long_as_a_passage_leaves_room_for_the_text(encoder, document, pieces):
    made = document("goats", "Goats pay. Sheep do not.", title="goat " * pieces)
    assert_sound(made, split_passages(made, encoder.count), encoder.count)


def test_the_pieces_of_a_cut_sentence_keep_its_sources(encoder):
    text = "goats " * 600
    made = Document("goats", "1", "Goats", "brief", "en", (Part("Results", text, (Sentence(0, len(text), ("lee-2020",)),)),))
    passages = split_passages(made, encoder.count)
    assert len(passages) == 3
    assert {sentence.sources for passage in passages for sentence in passage.sentences} == {("lee-2020",)}


def test_a_passage_never_crosses_a_heading(encoder, document):
    passages = split_passages(document("goats", "Goats pay.", "Sheep do not.", "Cows eat grass."), encoder.count)
    assert [(one.heading, one.text) for one in passages] == [
        ("Part 1", "Goats pay."),
        ("Part 2", "Sheep do not."),
        ("Part 3", "Cows eat grass."),
    ]


def test_a_passage_is_read_under_its_title_and_heading(encoder, document):
    [passage] = split_passages(document("goats", "Goats pay.", title="A study of goats"), encoder.count)
    assert passage.context == "A study of goats. Part 1."


def test_a_part_just_too_long_for_one_passage_is_halved_rather_than_leaving_a_tail(encoder, document):
    text = " ".join(f"Village {number} keeps goats on its common land all year." for number in range(24))
    sizes = [len(passage.sentences) for passage in split_passages(document("goats", text), encoder.count)]
    assert sizes == [12, 12]


@given(count_of=st.integers(1, 120), words=st.integers(3, 60))
def test_no_passage_is_a_mere_tail(encoder, document, count_of, words):
    text = " ".join("Goats " + "eat " * words + "grass." for _ in range(count_of))
    sizes = [len(passage.sentences) for passage in split_passages(document("goats", text), encoder.count)]
    assert max(sizes) <= 3 * min(sizes)


def words_in(text):
    return len(text.split())


def test_a_long_text_takes_a_count_or_two_for_each_sentence_and_gives_full_passages(document):
    """Twenty thousand sentences, and one among them as long as a passage."""
    texts = [f"Village {number} keeps many goats on its common land." for number in range(20_000)]
    texts[10_000] = "Goats " + "and goats " * 110 + "eat."
    made = document("goats", " ".join(texts))
    counted = []
    passages = split_passages(made, lambda text: counted.append(0) or words_in(text))
    assert len(counted) < 2 * len(texts)
    assert_sound(made, passages, words_in)
    sizes = sorted(words_in(passage.text) for passage in passages)
    assert sizes[len(sizes) // 20] > MOST_PIECES / 2, "the long sentence makes small passages of its neighbours alone"


def test_a_part_without_text_gives_no_passage(encoder, document):
    assert split_passages(document("goats", ""), encoder.count) == []


@pytest.mark.parametrize("path", sorted((CORPUS / "briefs").glob("*.md")), ids=lambda path: path.stem)
def test_every_brief_of_the_corpus_is_split_soundly(encoder, path):
    made = load(path)
    passages = split_passages(made, encoder.count)
    assert_sound(made, passages, encoder.count)
    assert all(passage.sentences_stand_alone for passage in passages)
    cited = [(part.text[s.start : s.end], s.sources) for part in made.parts for s in part.sentences]
    assert [(p.quote(s), s.sources) for p in passages for s in p.sentences] == cited


PAGED = Part("", "a b c d e f g h i j k l m", (), page_starts=((0, 1), (10, 2), (20, 3), (20, 4)))


def locator_at(encoder, start, end):
    part = replace(PAGED, sentences=(Sentence(start, end),))
    [passage] = split_passages(Document("goats", "1", "Goats", "document", "en", (part,)), encoder.count)
    return passage.locator


@pytest.mark.parametrize(
    ("start", "end", "label", "pages"),
    [
        (0, 5, "p. 1", (1,)),
        (12, 18, "p. 2", (2,)),
        (4, 14, "pp. 1–2", (1, 2)),
        (4, 24, "pp. 1–4", (1, 2, 3, 4)),
        (20, 25, "p. 4", (4,)),
    ],
)
def test_a_locator_names_the_pages_that_the_passage_touches(encoder, start, end, label, pages):
    locator = locator_at(encoder, start, end)
    assert (locator.kind, locator.label, locator.pages) == ("page", label, pages)


def test_a_locator_of_a_brief_names_its_section(encoder, document):
    [passage] = split_passages(document("goats", "Goats pay."), encoder.count)
    assert (passage.locator.kind, passage.locator.label) == ("section", "Part 1")


@example(texts=["Goats pay. Sheep do not."])
@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_a_document_and_its_passages_come_back_from_json(encoder, document, texts):
    made = document("goats", *texts)
    assert Document.from_json(json.loads(to_json(made))) == made
    for passage in split_passages(made, encoder.count):
        assert Passage.from_json(json.loads(to_json(passage))) == passage
