"""The web pages: plain files, served as they are or filled in as templates."""

from pathlib import Path

WEB = Path(__file__).parent
