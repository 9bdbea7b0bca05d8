"""GET /v1/meta: what a client needs to draw itself."""

from functools import cache
from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Query

from corpus.figures import LANGUAGES
from corpus.lists import country_name, labels, suggested
from service.api.deps import Given
from service.contract import LABELLED, MOST_CHARACTERS, LibraryOut, Meta
from service.retrieval import COLLECTIONS

router = APIRouter(tags=["meta"])


@cache
def product_version() -> str:
    return version("rightkey")


@router.get("/v1/meta")
async def meta(parts: Given, language: Annotated[str, Query(pattern=f"^({'|'.join(LANGUAGES)})$")] = "en") -> Meta:
    """Languages of the interface, suggested questions, labels of every controlled list in the language asked for, limits."""
    documents = parts.library.documents_in(COLLECTIONS)
    codes = sorted({code for one in documents for code in one.facets.countries})
    return Meta(
        name="Rightkey",
        version=product_version(),
        languages=list(LANGUAGES),
        suggested=suggested(language),
        labels={
            **{name: labels(name, language) for name in LABELLED},
            "countries": {code: country_name(code, language) for code in codes},
        },
        library=LibraryOut(version=parts.library.version, documents=len(documents)),
        limits={"question": MOST_CHARACTERS, "answer_days": parts.settings.answer_days},
    )
