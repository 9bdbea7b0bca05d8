"""The web pages: plain files, served as they are or filled in as templates."""

import json
from functools import cache
from pathlib import Path
from typing import Any

WEB = Path(__file__).parent


@cache
def words(language: str) -> dict[str, Any]:
    """The words of the interface in one of the nine languages."""
    read: dict[str, Any] = json.loads((WEB / "locales" / f"{language}.json").read_text(encoding="utf-8"))
    return read
