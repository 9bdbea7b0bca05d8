"""GET /v1/cases: the briefs as a list with facets, one of them, and those that are like it."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from ingest.documents import Document
from service import cases, compose
from service.api.deps import Given, Parts
from service.contract import CaseOut, CasesOut, CasesQuery, CountOut, Problem
from service.retrieval import COLLECTIONS

router = APIRouter(tags=["cases"])


@router.get("/v1/cases")
async def list_cases(parts: Given, query: Annotated[CasesQuery, Query()]) -> CasesOut:
    """The cases that pass the filters and hold the words, by title, with what further choice there is."""
    documents = parts.library.documents_in(COLLECTIONS)
    filters = query.to_filters()
    passing = cases.chosen(documents, filters, query.q)
    facets = cases.counts(documents, filters, query.q)
    return CasesOut(
        total=len(passing),
        cases=[compose.case(one) for one in passing],
        facets={name: [CountOut(**vars(one)) for one in some] for name, some in facets.items()},
    )


@router.get("/v1/cases/{identity}", responses={404: {"model": Problem}})
async def one_case(identity: str, parts: Given) -> CaseOut:
    """One case. Its text with its sources is `GET /v1/documents/{id}`."""
    return compose.case(find_case(identity, parts))


@router.get("/v1/cases/{identity}/comparable", responses={404: {"model": Problem}})
async def comparable_cases(identity: str, parts: Given) -> list[CaseOut]:
    """The three cases that have most in common with one, by theme, setting, kind, region and size; `why` names it."""
    case = find_case(identity, parts)
    documents = {one.id: one for one in parts.library.documents_in(COLLECTIONS)}
    return [compose.case(one.document, one.reasons) for one in cases.comparable(case, documents)]


def find_case(identity: str, parts: Parts) -> Document:
    """A published brief. Raises 404."""
    found = parts.library.documents().get(identity)
    if found is None or found.collection not in COLLECTIONS or found.origin != "brief":
        raise HTTPException(404, f"no case {identity!r} is held here: see /cases for those that are")
    return found
