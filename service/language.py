"""What a question asks: its words, the names and years that it asks about, and the asker's own place, which is only context."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.lists import country_codes, country_name
from ingest.lexical import analyse, forms, plain_words

Kind = Literal["place", "person", "programme", "year", "topic"]
Wants = Literal["figure", "time", "person", "advice", "effect", "open"]

MOST_NAMES = 30  # of one question; more are a list, and each is looked for beside each
# Words that carry no topic: function words, question words, politeness; Snowball's English list with the field's fillers.
STOP = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between both but
    by came can cannot come could did do does doing done down during each else ever few for from further get gets give given go
    going got had happen happened happens has have having he help her here hers him his how i if in into is it its itself just
    know known let like made make makes many may me might more most much must my near need no nor not now of off on once one
    only or other others our ours out over own people please put really said same say says shall she should show since so
    some something still such take taken tell than thank thanks that the their theirs them then there these they thing things
    think this those through to too under until up upon us use used using very want wanted was way we well went were what when
    where which while who whole whom whose why will with without would yes yet you your yours example examples experience
    anyone anything everyone find found kind true actually ngo ngos per cent percent""".split()  # noqa: SIM905
)
FIRST_PERSON = re.compile(r"\b(?:i|we|our|my|mine|i'm|we're|i’m|we’re|(?-i:us))\b", re.I)
_NAME = r"[A-Z0-9][\w’'.-]*(?:\s+(?:(?:of|de|du|al|el|and the)\s+)?[A-Z0-9][\w’'-]*)*"
_OWN_PLACE = re.compile(
    r"\b(?:(?:[Ii]n|[Aa]t|near|around|for|of)\s+(?:the\s+)?(?:[a-z]+\s+(?:of\s+)?(?:the\s+)?){0,3}|(?:am|are|come)\s+from\s+(?:the\s+)?)"
    rf"(?P<name>{_NAME})"
)
_ROLE = (
    "worker|advis[eo]r|officer|official|head|chief|leader|trainer|teacher|nurse|manager|mayor|governor|chamber|office|ministry"
    "|service|council|agency|team|cooperative|committee"
)
# As an official in X; Here in X; … in X here; our country (X); my friend from X; X, livestock service: …; village head, X: …
_OWN_FORMS = (
    re.compile(rf"\b[Aa]s (?:an? |the )?[a-z ]{{3,30}} (?:in|of|at|from) (?P<name>{_NAME})"),
    re.compile(rf"\b[Hh]ere (?:in|at) (?:the )?(?P<name>{_NAME})"),
    re.compile(rf"\b(?:in|of|at|from) (?:[a-z]+ ){{0,3}}(?P<name>{_NAME}) here\b"),
    re.compile(rf"\b(?i:our|my|we|i)\b[^.?!()]{{0,60}}\((?P<name>{_NAME})\)"),
    re.compile(rf"\b(?i:our|my) [a-z]+ from (?P<name>{_NAME})"),
    re.compile(rf"^(?P<name>{_NAME}), [a-z ]{{3,40}}[:.]"),
    re.compile(rf"^[A-Za-z ]*\b(?i:{_ROLE})\b[a-z ]{{0,30}}(?:,| in| of| from| at) (?P<name>{_NAME})[:.]"),
)
_HEARSAY = re.compile(r"\b(?:read|hears?|heard|told|tell|says?|said|saw|seen|learn(?:ed|t)?|know|knows|about)\b", re.I)
_BESIDE = re.compile(
    rf"\b(?:[Aa]part from|[Aa]side from|[Bb]esides|[Oo]ther than|[Ee]xcept(?: for| in)?|[Nn]ot counting)\s+(?P<name>{_NAME}),?"
)
_GUESTS = re.compile(r"\b(?:teams?|experts?|firms?|compan(?:y|ies)|donors?|visitors?|money|funds?|aid) from (?:the )?$", re.I)
_COMPASS = frozenset(["east", "west", "north", "south", "eastern", "western", "northern", "southern"])  # East-West pairing
_ALSO_WORDS = frozenset(["guinea", "jersey", "jordan", "chad"])  # guinea fowl
_YEAR = re.compile(
    r"(?:\b(?:in|since|by|from|to|until|till|of|during|between|and|year|before|after|for|the|late|early|mid|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\s+|[-–]\s?|^)"
    r"((?:18|19|20)\d\d)\b(?!\s*(?:yuan|dollars?|households|families|people|villages|%|million))",
    re.I,
)
_DATES = frozenset(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday""".split()  # noqa: SIM905
)
_FIGURE_NOUN = (  # of which a clause asks without a question word
    r"(?:the |its |their )?(?:numbers?|share|percentage|sum|amount|cost|price|rate|year|date|size|budget)"
    r" (?:of|in|that|when|it)\b"
)
_CLAUSE = re.compile(
    r"[;:?!.]\s+|,?\s+and\s+(?=(?:what|how|who|where|when|why|which|did|does|is|are|was|were)\b)|,\s+(?=and\b|but\b)"
    r"|,\s+(?=how (?:many|much|large|long|often)\b|what (?:is|are|was|were|part|share|percentage|sum|did)\b)"
    rf"|\s-+\s+|,?\s+and\s+(?={_FIGURE_NOUN})",
    re.I,
)
ASKS = re.compile(
    r"(?:and\s+|but\s+|so\s+)?(?:how|what|who|where|when|why|which|did|does|do|is|are|was|were|can|could|has|have|must|should)\b",
    re.I,
)
_SIDES = re.compile(  # it knows of two answers, or asks for what speaks for and against
    r"\b(?:(?:each|either|both|other) sides?"
    r"|(?:find|have|see|get|with|says?|show|are|these) two (?:\w+ )?(?:numbers?|figures?|totals?|years|dates)"
    r"|two (?:answers?|opinions?|papers?|studies)|(?:which|who) (?:one )?is right|both be|need one (?:number|figure|year|date)"
    r"|(?:dis)?agree\w*|contradict\w*|disput\w*|praised?|blamed?|pros and cons|for and against|good and (?:the )?bad"
    r"|(?:best|worst) case|advantages|drawbacks|critics?|sceptics?|doubt(?:s|ed|ers?)?|looked closer|on the other hand"
    r"|or not)\b",
    re.I,
)
_STATES = re.compile(r"\b(?:is|are|was|were|has|have|had|fell|falls?|rose|rises?|grew|grows?|went|goes)\b", re.I)
_ASKS_LATER = re.compile(r",\s+(?:how|what|which|who|where)\b", re.I)
_ASKS_BY_NOUN = re.compile(rf"\s*(?:and )?{_FIGURE_NOUN}(?P<rest>(?:(?!which|that|when|where).)*)", re.I)
_PATTERNS: tuple[tuple[Wants, str], ...] = (  # the first that some clause matches
    (
        "figure",
        r"\bhow (?:many|much|large|big|high|far|often|long|tall|old)\b|\bby how\b|\bfigures?\b"
        r"|\b(?:in|how many) (?:per ?cent|yuan|rupiah|rupees|shillings|(?:us )?dollars?)\b"
        r"|\bwhat (?:share|percentage|per ?cent|proportion|part|number|amount|sum|rate|income|price|size)\b",
    ),
    ("time", r"^(?:and |since )?when\b|\b(?:which|what) (?:year|month|date)\b"),
    ("effect", r"^(?:and )?who\b.*\b(?:gains?|benefit\w*|profits?|lo(?:st|ses?)|wins?|right|wrong|mistake|error|left out)\b"),
    ("person", r"^(?:and |by |to |for )?who(?:se|m)?\b"),
    (
        "advice",
        r"\b(?:should|could|can|must) (?:we|i|my|our|one|it|a)\b|\bwhat (?:should|could|would)\b|\blearn\b|\bwatch out\b"
        r"|\bworth it\b|\badvi[cs]e\b|\bhow (?:do|can|could|should|to)\b",
    ),
    ("effect", r"^(?:and |but |so |or |please )?(?:did|does|do|is|are|was|were|can|could|has|have|had|will|would)\b"),
    (
        "figure",
        r"\b(?:number|percentage|share|total|amount|cost|revenue|turnover|budget|loss|earn(?:ed|s|ings?)?|pa(?:id|y|ys|yment)|income)\b",
    ),
    (
        "effect",
        r"\b(?:happen\w*|effects?|impacts?|results?|outcomes?|help(?:s|ed)?|chang(?:e|es|ed)|difference|succe\w+|fail\w*|gains?"
        r"|benefit\w*|wrong|mistakes?|weak\w*|limits?|critic\w*|work(?:s|ed)?|richer|poorer|better|worse|known)\b",
    ),
)
_WANTS = tuple((wants, re.compile(pattern, re.I)) for wants, pattern in _PATTERNS)


Meaning = tuple[tuple[str, ...], ...]  # what a word of another language may mean, the best sense first: the terms of each


@dataclass(frozen=True)
class Name:
    """A name that the question asks about; `clause` is the index of the clause that it stands in, `written` what the asker
    wrote where that is another word."""

    text: str
    clause: int
    written: str = ""


@dataclass(frozen=True)
class Question:
    """`search` is what is searched for: the text without the asker's own place and without what is not asked about (`beside`:
    apart from Huzhu). `terms` are its analysed content words.

    `parts` are the indexes of the clauses that ask, where more than one does. A question in another language has its clauses,
    names and terms in English."""

    text: str
    search: str
    language: str
    wants: Wants
    terms: tuple[str, ...]
    names: tuple[Name, ...]
    years: tuple[tuple[int, int], ...]  # (year, clause)
    own_places: tuple[str, ...]  # in English
    beside: tuple[str, ...]
    clauses: tuple[str, ...]
    parts: tuple[int, ...]
    meanings: tuple[Meaning, ...] = ()  # of a question in another language: what each of its words may mean
    own_written: tuple[str, ...] = ()  # its own places as the asker wrote them
    understood: tuple[str, ...] = ()  # its words that mean something here, and those that nothing here knows
    unknown: tuple[str, ...] = ()

    @property
    def asks_sides(self) -> bool:
        """Whether it asks for what speaks on either side, or knows already of two answers."""
        return bool(_SIDES.search(self.text if self.language == "en" else "; ".join(self.clauses)))

    def years_of(self, clause: int) -> tuple[int, ...]:
        return tuple(year for year, number in self.years if number == clause)


def understand(text: str, common: Callable[[str], bool]) -> Question:
    """Read a question. `common` says whether a lower-cased word is an ordinary one, so that a capital at the start of a
    sentence means nothing."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    own = _own_places(text)
    search = text
    for place in own:
        search = re.sub(rf"\b(?:(?:in|at|near|around|of|from)\s+)?(?:the\s+)?{re.escape(place)}\b", " ", search)
    beside = tuple(match["name"] for match in _BESIDE.finditer(search))
    search = " ".join(_BESIDE.sub(" ", search).split())
    clauses = tuple(clause for clause in _CLAUSE.split(search) if clause.strip())
    return Question(
        text=text,
        search=search or text,
        language="en",
        wants=wants_of(clauses),
        terms=content_terms(search),
        names=tuple(_names(clauses, common)[:MOST_NAMES]),
        years=tuple((int(y), n) for n, clause in enumerate(clauses) for y in dict.fromkeys(_YEAR.findall(clause))),
        own_places=own,
        own_written=own,
        beside=beside,
        clauses=clauses,
        parts=_parts(clauses),
    )


def content_terms(text: str) -> tuple[str, ...]:
    """The analysed words of a text that carry its topic, each once."""
    words = re.findall(r"[\w’'.,-]+", text)
    kept = " ".join(word for word in words if word.casefold().strip(".,'’-") not in STOP)
    return tuple(dict.fromkeys(analyse(kept)))


def _parts(clauses: tuple[str, ...]) -> tuple[int, ...]:
    asking = tuple(n for n, clause in enumerate(clauses) if _asks(clause) and content_terms(clause))
    return asking if len(asking) > 1 else ()


def _asks(clause: str) -> bool:
    """At its start; behind what it is about: in Kenya's north, what is paid; or by naming a figure: the number of homes."""
    if ASKS.match(clause.strip()) or _ASKS_LATER.search(clause):
        return True
    named = _ASKS_BY_NOUN.match(clause)
    return named is not None and not _STATES.search(named["rest"])  # the number of homes fell: that states


def topic_wants(topic: str) -> Wants:
    """What the topic of a dispute asks for: `how many goats there were` a figure, `whether goats paid` an effect."""
    return "effect" if topic.startswith("whether ") else wants_of((topic,))


def wants_of(clauses: tuple[str, ...]) -> Wants:
    """What English clauses ask for."""
    return next((wants for wants, pattern in _WANTS for clause in clauses if pattern.search(clause.strip())), "open")


def _own_places(text: str) -> tuple[str, ...]:
    """The names after a first person and a word of place: `my village in East Kalimantan`, `we are a hill town in Nepal`."""
    places = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        first = FIRST_PERSON.search(sentence)
        found = [match for match in _OWN_PLACE.finditer(sentence) if first and _near(sentence, first, match.start("name"))]
        found += [match for form in _OWN_FORMS for match in form.finditer(sentence)]
        places += [match["name"] for match in found]
    places += _of_the_opening(text)
    named = dict.fromkeys(re.sub(r"(?:\s+I)?[.,'’]*$", "", place) for place in places)
    return tuple(place for place in named if not place[0].isdigit() and place.casefold() not in _DATES)


def _of_the_opening(text: str) -> list[str]:
    """The country that an asker's first sentence tells of, where a later one asks about something else: `In Peru the coast is
    rich. My minister ...`; not what the asker has read or heard."""
    opening, *later = re.split(r"(?<=[.!])\s+", text)
    if not later or "?" in opening or not FIRST_PERSON.search(text) or _HEARSAY.search(opening):
        return []
    places = [_without_stops(match[0]) for match in re.finditer(rf"(?<!\bto )(?<!\bvisit ){_NAME}", opening)]
    return [place for place in places if is_country(place) and place not in " ".join(later)][:1]


def _without_stops(name: str) -> str:
    """In Peru: Peru."""
    words = name.rstrip(".,").split()
    while words and words[0].casefold() in STOP:
        words = words[1:]
    return " ".join(words)


def is_country(name: str) -> bool:
    """Whether a name is that of a country, or a demonym."""
    words = plain_words(name)
    return name.casefold() in _countries() or (len(words) == 1 and any(form in _countries() for form in forms(words[0])))


def _near(sentence: str, first: re.Match[str], place: int) -> bool:
    """The place belongs to the asker: it follows the first person within the clause, or opens the sentence before it."""
    before = sentence[first.end() : place]
    opens = len(sentence[:place].split()) < 2 and place < first.start() < len(sentence) / 2
    if _GUESTS.search(sentence[:place]):
        return False
    return opens or (first.end() <= place and "," not in before and len(before.split()) <= 14)


def _names(clauses: tuple[str, ...], common: Callable[[str], bool]) -> list[Name]:
    names = []
    for number, clause in enumerate(clauses):
        words = re.findall(r"[^\W_][\w’'-]*", clause)
        capitals = [word for word in words if word[0].isupper()]
        shouted = len(words) > 3 and len(capitals) > 0.7 * len(words)  # all capitals, or Every Word With One: they mean nothing
        for match in re.finditer(_NAME, clause):
            text = _trimmed(match[0], at_start=match.start() == 0, shouted=shouted, common=common)
            means_nothing = (
                re.fullmatch(r"[\d.,%-]+(?:st|nd|rd|th)?", text) or {*re.split(r"[\s-]+", text.casefold())} <= _COMPASS
            )
            if any(not term.isdigit() for term in analyse(text)) and not means_nothing:
                names += [Name(text, number)]
        names += [Name(_countries()[match[0]], number) for match in _small_countries().finditer(clause)]
    return names


@cache
def _countries() -> dict[str, str]:
    """The names of countries in small letters, as they are typed in a hurry, without those that are words as well."""
    names = map(country_name, country_codes())
    return {name.casefold(): name for name in names if name.casefold() not in _ALSO_WORDS}


@cache
def _small_countries() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_countries(), key=len, reverse=True)))})\b")


def _ordinary(word: str, common: Callable[[str], bool]) -> bool:
    """Of which a capital at the start of a sentence makes no name."""
    parts = [part for part in re.split(r"[-'’]", word.casefold()) if len(part) > 1]
    return all(part in STOP or common(part) or common(part.removesuffix("s")) for part in parts)


def _opens_with_country(words: list[str]) -> bool:
    """Sierra Leone's programme, Nigeria's cash; not guinea fowl."""
    runs = (" ".join(words[:count]) for count in range(1, len(words) + 1))
    return words[0].casefold() not in _ALSO_WORDS and any(is_country(re.sub(r"['’]s$", "", run)) for run in runs)


def _trimmed(name: str, *, at_start: bool, shouted: bool, common: Callable[[str], bool]) -> str:
    """A name without the ordinary words that only open a sentence, and without a possessive."""
    words = name.rstrip(".,").split()
    if words and at_start and not words[0].isupper() and _ordinary(words[0], common) and not _opens_with_country(words):
        words = words[1:]
    while words and (words[0].casefold() in STOP or (shouted and _ordinary(words[0], common))):
        words = words[1:]
    while words and words[-1].casefold() in STOP:
        words = words[:-1]
    words = [word for word in words if word.casefold() not in _DATES and not re.fullmatch(r"(?:18|19|20)\d\d", word)]
    while len(words) > 1 and re.fullmatch("[IVX]+", words[-1]):  # the phase of a programme
        words = words[:-1]
    return re.sub(r"['’]s$", "", " ".join(words))
