"""Lexicons of a few rows, for the tests of what reads through them."""

from corpus.glossary import Row
from service.lexicon import Lexicon


def lexicon(language, *rows):
    """A lexicon of rows (kind, English, forms separated by |)."""
    return Lexicon(
        language,
        [
            Row(n, kind, english, {language: tuple(forms.split("|"))}, "draft")
            for n, (kind, english, forms) in enumerate(rows, 2)
        ],
    )
