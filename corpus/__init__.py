"""What Rightkey knows, and what a brief is."""

from pathlib import Path

CORPUS = Path(__file__).parent
