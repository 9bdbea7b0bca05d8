"""Text -> sentences, by Wikimedia's sentencex (rules for some 240 languages)."""

from sentencex import get_sentence_boundaries

from ingest.documents import Sentence


def split_sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order, without the white space around them."""
    sentences = []
    for boundary in get_sentence_boundaries(language, text):
        start, end = boundary["start_index"], boundary["end_index"]
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if end > start:
            sentences.append(Sentence(start, end))
    return tuple(sentences)
