"""What a route is given: the parts that create_app chose."""

from dataclasses import dataclass
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from ingest.encoder import Encoder
from ingest.library import Library
from ingest.owner import Ownership
from service.answers import Answers
from service.assistant import Assistant
from service.feedback import Verdicts
from service.gaps import Gaps
from service.limits import Counters
from service.settings import Settings
from service.sites import Sites
from service.terms import Terms
from service.visitors import Visitors


@dataclass
class Parts:
    """Everything that lives as long as the service."""

    settings: Settings
    owning: Ownership
    encoder: Encoder
    library: Library
    terms: Terms
    assistant: Assistant
    answers: Answers
    verdicts: Verdicts
    gaps: Gaps
    sites: Sites
    visitors: Visitors
    counters: Counters
    workers: CapacityLimiter


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


Given = Annotated[Parts, Depends(_parts)]
