"""What the buttons under a film send back: what is to be done, and with which film."""

from storyreel.doors.bot.shown import MOST_BYTES

FILM = "@"
"""Begins what a button under a film sends; a letter follows, then the film's id, then perhaps a colon and a number."""

SHOW, STOP, RETAKE, ORIGINAL, REWORD, SKIP, OTHER, AGAIN, RESUME = "v", "x", "r", "o", "w", "s", "m", "a", "g"


def film_data(verb: str, film: str, number: int = 0) -> str:
    """What such a button sends. Raises ValueError for a film whose id is too long for it."""
    data = f"{FILM}{verb}{film}" + (f":{number}" if number else "")
    if len(data.encode()) > MOST_BYTES:
        raise ValueError(f"the film's id {film!r} is too long for a button")
    return data


def read_film_data(data: str) -> tuple[str, str, int]:
    """The letter, the film, and the number; 0 where there is none."""
    film, _, number = data[2:].partition(":")
    return data[1:2], film, int(number) if number.isdecimal() else 0
