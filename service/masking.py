"""Take out of a text what could tell who wrote it."""

import re

_EMAIL = re.compile(r"\S+@\S+")
_NUMBER = re.compile(r"\+?\d(?:[\d\s().,/-]*\d)?")


def masked(text: str) -> str:
    """The text without what could tell who wrote it: every e-mail address and every number."""
    return _NUMBER.sub("[number]", _EMAIL.sub("[e-mail]", text))
