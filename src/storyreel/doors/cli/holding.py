"""A film that waits for a person's approval, as it is told."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from storyreel.domain.film import Film
from storyreel.domain.values import JSON
from storyreel.doors.cli.render import film_object
from storyreel.doors.cli.screen import Screen

if TYPE_CHECKING:
    from storyreel.studio import Studio


async def say_waiting(studio: "Studio", screen: Screen, film: Film, planned: Mapping[str, JSON]) -> int:
    """Tell that a film waits, at what price, and what can be done; the exit code."""
    told = await studio.told_usd(film)
    rest = {"quote_usd": None if told is None else float(told)}
    screen.answer({**film_object(film, await studio.shots(film), await studio.runs(film), frozenset()), **planned, **rest})
    said = screen.said
    screen.say(said("Waiting"), said("{film} waits for approval; nothing is sent before", film=film.id))
    screen.say(said("Next"), f"{said('make it:')}  storyreel approve {film.id}")
    screen.say("", f"{said('change it:')}  storyreel edit {film.id}")
    screen.say("", f"{said('end it:')}  storyreel cancel {film.id}")
    return os.EX_OK
