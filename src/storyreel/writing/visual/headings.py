"""What a scene's heading says: inside or outside, and of what."""

import re

from storyreel.domain.values import Language
from storyreel.lexicon import Place, place
from storyreel.writing.known import places
from storyreel.writing.split.form import SCENE, SLUG

_OUTSIDE_ONLY = re.compile(r"\W*\d*\W*(?:EXT\b|ЭКСТ|НАТ|外景|外[.．、])", re.IGNORECASE)
_INSIDE = re.compile(r"\W*\d*\W*(?:INT\b|ИНТ|内景)", re.IGNORECASE)


def plain_heading(heading: str) -> str:
    """A heading without its marks: "INT. KITCHEN - NIGHT" is "KITCHEN - NIGHT"."""
    return SLUG.sub("", SCENE.sub("", heading, count=1), count=1).strip(" .-—–/·")


def is_slug(heading: str) -> bool:
    """Whether a heading says inside or outside."""
    return bool(SLUG.match(SCENE.sub("", heading, count=1)))


def says_inside(heading: str) -> bool:
    """Whether a heading says INT."""
    return _INSIDE.match(SCENE.sub("", heading, count=1)) is not None


def says_outside(heading: str) -> bool:
    """Whether a heading says EXT., and nothing of an inside."""
    return is_slug(heading) and _OUTSIDE_ONLY.match(SCENE.sub("", heading, count=1)) is not None


def outdoors(heading: str, language: Language) -> Place:
    """Where one is outside of what a heading names: EXT. DINER PARKING LOT is no diner."""
    return next((one.place for one in places(heading, language) if not one.place.indoors), place("city_street"))
