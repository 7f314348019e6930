"""What the forms of Create and References wish, read as a film's wishes."""

from collections.abc import Collection, Mapping

from starlette.datastructures import UploadFile

from storyreel.domain.errors import InvalidRequest
from storyreel.doors.languages.words import N_
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.judging import judged_pictures
from storyreel.doors.server.pages.forms import Form
from storyreel.orders import FilmWishes

MOST_PICTURES = 3
SHAPES = (("", "16:9"), *((one, one) for one in ("9:16", "1:1", "4:3", "21:9")))
"""Offered by the forms, each with its name; the first where nothing is wished."""

JOINS: Mapping[str, str] = {
    "auto": N_("what fits"),
    "chain": N_("going on from the last frame"),
    "keyframes": N_("shared keyframes"),
    "cuts": N_("cuts"),
}
"""How shots may meet, as a form says it."""


def wishes_of(form: Form, caller: Caller) -> FilmWishes:
    """What is wished of a film; what is left empty is chosen from the words. Raises InvalidRequest."""
    told = FilmWishes(
        model=form.text("model") or None,
        shots=form.whole("shots"),
        seconds=form.number("seconds"),
        budget=form.number("budget"),
        retakes=form.whole("retakes") or 0,
        slate=bool(form.text("slate")),
        deliver=False,
        user=caller.user,
        api_key=caller.api_key,
    )
    if joins := form.text("joins"):
        told["joins"] = joins
    told["size" if "x" in form.text("shape") else "aspect"] = form.text("shape") or None
    if seed := form.whole("seed"):
        told["seed"] = seed
    return told


async def pictures_of(desk: Desk, form: Form) -> list[bytes]:
    """The pictures that were dropped, judged. Raises InvalidRequest for too many, MediaUnusable."""
    return await judged_pictures(desk, few(form.files("pictures")), field="pictures")


def few(pictures: list[UploadFile]) -> list[UploadFile]:
    """At most three. Raises InvalidRequest."""
    if len(pictures) > MOST_PICTURES:
        raise InvalidRequest(f"At most {MOST_PICTURES} pictures are taken; {len(pictures)} came.", field="pictures")
    return pictures


def must_have_words(text: str, pictures: Collection[bytes]) -> None:
    """Raises InvalidRequest where nothing was asked for."""
    if not text and not pictures:
        raise InvalidRequest("Write a sentence first, or drop a picture.", field="prompt")


def must_have_pictures(pictures: Collection[bytes]) -> None:
    """Raises InvalidRequest where no picture was dropped."""
    if not pictures:
        raise InvalidRequest("Drop a picture first: one to three of them.", field="pictures")
