"""Addresses of resources: `storyreel://films/{film}` and what belongs to a film, below it."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import quote, unquote

Part: TypeAlias = Literal["", "storyboard", "film.mp4", "sheet.jpg", "frame.png"]
"""What of a film: the film itself, as it stands, or one of the things that belong to it; a frame is a shot's."""

FILMS = "storyreel://films/"
_ADDRESS = re.compile(
    rf"^{re.escape(FILMS)}(?P<film>[^/]+)(?:/(?P<part>storyboard|film\.mp4|sheet\.jpg)|/shots/(?P<shot>[^/]+)/frame\.png)?$"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A resource's address, taken apart."""

    film: str
    part: Part = ""
    shot: str = ""  # whose frame it is

    def __str__(self) -> str:
        film = f"{FILMS}{quote(self.film, safe='')}"
        if self.part == "frame.png":
            return f"{film}/shots/{quote(self.shot, safe='')}/{self.part}"
        return f"{film}/{self.part}" if self.part else film


def address_of(uri: str) -> Address | None:
    """The address that a text tells; None where it is none of ours."""
    found = _ADDRESS.match(uri)
    if found is None:
        return None
    film, shot = unquote(found["film"]), unquote(found["shot"] or "")
    if shot:
        return Address(film, "frame.png", shot)
    match found["part"]:
        case "storyboard" | "film.mp4" | "sheet.jpg" as part:
            return Address(film, part)
        case _:
            return Address(film)
