"""What a person asked for, read and checked: a brief for the writer, an order for the line. Nothing is started here."""

import math
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from numbers import Integral, Real
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypedDict, cast, get_args, get_origin, get_type_hints

from pydantic import ValidationError

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import LONGEST_FILM_S, MOST_RETAKES, MOST_RETRIES, MOST_SHOTS, Brief, Joins, Order, companion_folder
from storyreel.domain.seeds import MOST_SEED
from storyreel.domain.values import Digest, Language, Size
from storyreel.media.atomic import part_of, unwritable

ASPECT = re.compile(r"^([1-9]\d{0,2}):([1-9]\d{0,2})$")
LONGEST_SIDE_PX, SHORTEST_SIDE_PX = 3840, 64
SHORTEST_LARGEST_PX = 2160  # the shorter side of the largest picture in the usual shape
NARROWEST = Fraction(1, 4)  # of a frame: a picture beyond it is framed, not followed

NUMBERS: Mapping[type, tuple[type, ...]] = {int: (Integral,), float: (Real, Decimal)}
"""What serves as a number where a wish is one."""

CALLED: Mapping[type, str] = {int: "a whole number", float: "a number", str: "text", bool: "True or False", Path: "a path"}


class StoryWishes(TypedDict, total=False):
    """What may be wished of a storyboard; what is left out, or None, is chosen from the words."""

    shots: int | None
    seconds: float | None  # of each shot
    length: float | None  # of the whole film, in seconds
    writer: str | None  # "rules", "model", or a language model's name
    aspect: str | None  # "9:16"
    size: str | None  # "1280x720", instead of an aspect
    resolution: str | None  # "1080p": the shorter side, whatever the aspect


class ReadingWishes(TypedDict, total=False):
    """What may be wished of a reading of references."""

    motion: Path | str | bytes | None  # a video whose way of moving the film should have
    use_case: str | None  # product_video, hero_image, gemstone_closeup, luxury_brand, general
    instructions: str | None  # what the prompt should say besides
    writer: str | None  # "rules" reads by measure, "model" or a model's name by a vision model
    model: str | None  # the video model that the prompt is for
    sound: bool  # True: the film is wished with sound, so that its prompt does not forbid music


class FilmWishes(StoryWishes, total=False):
    """What may be wished of a film."""

    model: str | None  # "animatic", "kling-2.5-turbo@replicate", "auto", "auto:best"
    joins: str | None  # auto, chain, keyframes, cuts
    references: Sequence[Path | str | bytes]  # pictures that every shot should resemble: files, addresses, bytes
    keyframe_model: str | None  # what draws the frames that shots share
    budget: float | None  # US dollars that the film may cost
    allow_unpriced: bool  # calls whose price nobody knows may be sent
    seed: int | None
    sound: bool  # False: none is asked of a model that may leave it out
    retakes: int  # how often a shot is made again, and paid again, that came and cannot be used
    retries: int  # how often it is asked for again by a route whose provider failed, for nothing
    fallbacks: Sequence[str]  # models, or model@provider, that are tried in this order where a shot's own way fails
    rephrase: bool  # a prompt that moderation refuses may be put in milder words once
    cache: bool  # an equal take's clip serves; False: every shot is made anew
    slate: bool
    language: str | None  # en, ru, zh; of one picture's film that has no words: in which it is told
    as_said: bool  # of one picture's film: a model that reads is told the text word for word
    approve: bool  # nothing is sent before a person has approved the storyboard and its price
    output: Path | str | None  # the film's file
    replace: bool  # False: a file of another's that has that name by then is kept, and the film gets a free one beside it
    folder: Path  # where the film goes that has no output, and where an output's path begins; otherwise the process's own
    deliver: bool  # False: the film stays in the store, and no file of it is written
    user: str  # whose the film is
    api_key: str | None  # the id of the key whose budget counts it


def must_be_wishes(kind: type, wishes: Mapping[str, object]) -> None:
    """Raises TypeError for what is no wish of that kind, with the nearest that is; InvalidRequest for a value of another type."""
    known = _types_of(kind)
    for name, value in wishes.items():
        if name not in known:
            nearest = get_close_matches(name, known, 1)
            meant = f"did you mean {nearest[0]!r}?" if nearest else f"there are {', '.join(sorted(known))}."
            raise TypeError(f"There is no wish {name!r}; {meant}")
        if not _is(value, known[name]):
            raise InvalidRequest(f"{name} cannot be {value!r}: give {_called(known[name])}.", field=name)


@cache
def _types_of(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _is(value: object, type_: Any) -> bool:
    """Whether a value is of a wish's type; a truth is no number, and a number may be of any kind."""
    if get_origin(type_) is UnionType:
        return any(_is(value, one) for one in get_args(type_))
    if get_origin(type_) is Sequence:
        return isinstance(value, list | tuple) and all(_is(one, *get_args(type_)) for one in cast("Sequence[object]", value))
    if type_ in NUMBERS:
        return isinstance(value, NUMBERS[type_]) and value is not True and value is not False
    return isinstance(value, type_)


def _called(type_: Any) -> str:
    """What a person calls a wish's type."""
    if get_origin(type_) is UnionType:
        return " or ".join(_called(one) for one in get_args(type_) if one is not NoneType)
    if get_origin(type_) is Sequence:
        return f"a list, each {_called(*get_args(type_))}"
    return CALLED.get(type_) or str(type_.__name__)


def brief_for(wishes: StoryWishes) -> Brief:
    """The brief of these wishes. Raises InvalidRequest, which names the field and its range."""
    shots, seconds, length = wishes.get("shots"), wishes.get("seconds"), wishes.get("length")
    if shots is not None and not 1 <= shots <= MOST_SHOTS:
        raise InvalidRequest(f"A film has 1 to {MOST_SHOTS} shots; {shots} were asked for.", field="shots")
    if seconds is not None and not (math.isfinite(seconds) and 0.5 <= seconds <= 60):
        raise InvalidRequest(f"A shot is 0.5 to 60 seconds long; {seconds:g} were asked for.", field="seconds")
    if length is not None and not (math.isfinite(length) and 0.5 <= length <= LONGEST_FILM_S):
        message = f"A film is 0.5 to {LONGEST_FILM_S:g} seconds long; {length:g} were asked for."
        raise InvalidRequest(message, field="length")
    if seconds is not None and length is not None:
        raise InvalidRequest("Give the length of each shot or of the whole film, not both.", field="length")
    size = wished_size(wishes)
    shape = f"{size.aspect.numerator}:{size.aspect.denominator}"
    return Brief(shots=shots, shot_seconds=seconds, film_seconds=length, aspect=wishes.get("aspect") or shape)


def must_leave_storyboard(wishes: StoryWishes) -> None:
    """Raises InvalidRequest for wishes that a storyboard has settled already."""
    for wish in ("shots", "seconds", "length"):
        if wishes.get(wish) is not None:
            raise InvalidRequest(f"The storyboard says its shots and seconds; leave {wish} out, or edit it.", field=wish)


def model_of(wishes: FilmWishes, otherwise: str) -> str:
    """The model that is wished, as it was said."""
    wished = wishes.get("model")
    return otherwise if wished is None else wished


def must_make_sense(wishes: FilmWishes, folder: Path) -> None:
    """Raises what is wrong with the wishes themselves, before any work: InvalidRequest, OutputUnwritable."""
    brief_for(wishes)
    joins_for(wishes.get("joins"))
    language_for(wishes.get("language"))
    budget_for(wishes.get("budget"))
    seed_of(wishes.get("seed") or 0)
    _times("retakes", "made again", wishes.get("retakes", 0), MOST_RETAKES)
    _times("retries", "asked for again", wishes.get("retries", Order().retries), MOST_RETRIES)
    if output := wishes.get("output"):
        output_for(Path(output), "", folder)


def story_part(wishes: FilmWishes) -> StoryWishes:
    """The wishes that the writer follows."""
    return StoryWishes(
        writer=wishes.get("writer"),
        shots=wishes.get("shots"),
        seconds=wishes.get("seconds"),
        length=wishes.get("length"),
        aspect=wishes.get("aspect"),
        size=wishes.get("size"),
        resolution=wishes.get("resolution"),
    )


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of an order, as they are kept."""

    first_frame: Digest | None = None  # the first shot begins on it
    references: tuple[Digest, ...] = ()  # every shot resembles them


def order_for(wishes: FilmWishes, *, default_model: str, aspect: str, pictures: Pictures, default_writer: str = "rules") -> Order:
    """The order of these wishes, but for where the film goes. Raises InvalidRequest."""
    language_for(wishes.get("language"))
    return Order(
        model=model_of(wishes, default_model),
        joins=joins_for(wishes.get("joins")),
        size=wished_size(wishes, otherwise=_shaped(aspect)),
        sound=wishes.get("sound", True),
        seed=seed_of(wishes.get("seed") or 0),
        retakes=_times("retakes", "made again", wishes.get("retakes", 0), MOST_RETAKES),
        retries=_times("retries", "asked for again", wishes.get("retries", Order().retries), MOST_RETRIES),
        fallbacks=tuple(wishes.get("fallbacks", ())),
        rephrase=wishes.get("rephrase", False),
        writer=wishes.get("writer") or default_writer,
        cache=wishes.get("cache", True),
        slate=wishes.get("slate", False),
        replaces=wishes.get("replace", True),
        first_frame=pictures.first_frame,
        references=pictures.references,
        keyframe_model=wishes.get("keyframe_model"),
        budget_usd=budget_for(wishes.get("budget")),
        allow_unpriced=wishes.get("allow_unpriced", False),
        approve=wishes.get("approve", False),
    )


def joins_for(text: str | None) -> Joins:
    """How shots are to meet. Raises InvalidRequest."""
    try:
        return Joins(text or "auto")
    except ValueError as error:
        choices = ", ".join(Joins)
        raise InvalidRequest(f"{text!r} is not a way to join shots; choose one of {choices}.", field="joins") from error


def language_for(text: str | None) -> Language | None:
    """In which language a film without words is told; None: its own. Raises InvalidRequest."""
    try:
        return Language(text) if text else None
    except ValueError as error:
        message = f"{text!r} is not a language that is spoken here; choose one of {', '.join(Language)}."
        raise InvalidRequest(message, field="language") from error


def budget_for(usd: float | None) -> Decimal | None:
    """The most that a film may cost, in US dollars. Raises InvalidRequest."""
    if usd is None:
        return None
    if not (math.isfinite(usd) and 0 <= usd <= 100_000):
        raise InvalidRequest(f"A budget is 0 to 100000 US dollars; {usd:g} was given.", field="budget")
    return Decimal(str(usd))


def seed_of(seed: int) -> int:
    """The seed, in its range. Raises InvalidRequest."""
    if not 0 <= seed <= MOST_SEED:
        raise InvalidRequest(f"A seed is a whole number from 0 to {MOST_SEED}; {seed} was given.", field="seed")
    return seed


def _times(field: str, what: str, times: int, most: int) -> int:
    if not 0 <= times <= most:
        raise InvalidRequest(f"A shot is {what} 0 to {most} times; {times} were asked for.", field=field)
    return times


def wished_size(wishes: StoryWishes, otherwise: Size | None = None) -> Size:
    """The film's size, by size or by aspect and resolution. Raises InvalidRequest."""
    size, resolution = size_for(wishes.get("size"), wishes.get("aspect"), otherwise), wishes.get("resolution")
    if resolution is None:
        return size
    if wishes.get("size"):
        raise InvalidRequest("Give the film's size or its resolution, not both.", field="resolution")
    lines = resolution.removesuffix("p")
    if not (lines.isdecimal() and lines.isascii() and SHORTEST_SIDE_PX <= int(lines[:5]) <= SHORTEST_LARGEST_PX):
        limits = f"{SHORTEST_SIDE_PX}p to {SHORTEST_LARGEST_PX}p, like 720p or 1080p"
        raise InvalidRequest(f"{resolution!r} is not a resolution: give {limits}.", field="resolution")
    found = Size.of_aspect(f"{size.aspect.numerator}:{size.aspect.denominator}", int(lines))
    if max(found.width_px, found.height_px) > LONGEST_SIDE_PX:
        message = f"{resolution} is too much for {size.shape}: a side is at most {LONGEST_SIDE_PX} pixels."
        raise InvalidRequest(message, field="resolution")
    return found


def size_for(size: str | None, aspect: str | None, otherwise: Size | None = None) -> Size:
    """The film's size from '1280x720' or '9:16'. Raises InvalidRequest."""
    if size and aspect:
        raise InvalidRequest("Give the film's size or its aspect, not both.", field="size")
    if size:
        return _sized(size)
    if aspect:
        return _shaped(aspect)
    return otherwise or Size(width_px=1280, height_px=720)


def _sized(text: str) -> Size:
    try:
        size = Size.parse(text)
    except (ValueError, ValidationError) as error:
        limits = f"two even numbers from {SHORTEST_SIDE_PX} to {LONGEST_SIDE_PX}, like 1280x720"
        raise InvalidRequest(f"{text!r} is not a size: give {limits}.", field="size") from error
    if max(size.width_px, size.height_px) > LONGEST_SIDE_PX:
        raise InvalidRequest(f"{text} is too large: a side is at most {LONGEST_SIDE_PX} pixels.", field="size")
    return size


def _shaped(text: str) -> Size:
    found = ASPECT.match(text)
    if not found or not NARROWEST <= Fraction(int(found[1]), int(found[2])) <= 1 / NARROWEST:
        raise InvalidRequest(f"{text!r} is not an aspect: give one from 1:4 to 4:1, like 16:9 or 9:16.", field="aspect")
    return Size.of_aspect(text)


def size_of_picture(width_px: int, height_px: int) -> Size:
    """The film's size for a picture: its own shape, a named one where it is nearly that; the shorter side 720 pixels.

    No narrower than 1:4.
    """
    shape = min(max(Fraction(width_px, height_px), NARROWEST), 1 / NARROWEST).limit_denominator(100)
    return Size.of_aspect(Size.of_aspect(f"{shape.numerator}:{shape.denominator}").shape)


def told_shape(wishes: FilmWishes, order: Order) -> Iterator[str]:
    """A sentence where the wished aspect is called otherwise, as models know it."""
    asked = wishes.get("aspect")
    if not asked or asked == order.size.shape:
        return
    across, down = asked.split(":")
    same = ASPECT.match(order.size.shape) and Fraction(order.size.shape.replace(":", "/")) == Fraction(int(across), int(down))
    yield f"{asked} is {'the same as' if same else 'made as'} {order.size.shape}, which is what models call it."


def output_for(output: Path | None, film_id: str, folder: Path) -> Path:
    """Where the film is delivered: absolute, and it can be written. Raises InvalidRequest, OutputUnwritable; makes nothing."""
    if "\0" in str(output):
        raise InvalidRequest("No file has the character NUL in its name: leave it out.", field="output")
    path = (folder / (output or Path(film_id) / "film.mp4")).resolve()
    if any("\ud800" <= sign <= "\udfff" for sign in str(path)):  # how Python tells bytes that no character has
        told = str(path).encode(errors="replace").decode()
        raise InvalidRequest(f"{told} is not a name in UTF-8; choose another one.", field="output")
    if os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises an error for a name that is too long
        raise InvalidRequest(f"{path} is a folder; name the film's file, like {path / 'film.mp4'}.", field="output")
    if path.suffix.lower() != ".mp4":
        raise InvalidRequest(f"{path.name}: a film is written as MP4; end the name with .mp4.", field="output")
    _must_be_writable(path, film_id)
    _must_be_writable(companion_folder(path) / "takes" / "shot-01-take-1.mp4", film_id)
    return path


def _must_be_writable(path: Path, film_id: str) -> None:
    """Tries it, and leaves nothing: the film may still be refused. Raises OutputUnwritable."""
    probe = part_of(path, film_id)
    made = [folder for folder in path.parents if not os.path.exists(folder)]  # noqa: PTH110  the same
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"\0" * 4096)
        with suppress(FileNotFoundError):
            path.lstat()  # whose name may be too long
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)
        for folder in made:
            with suppress(OSError):  # it was not made, or another process uses it by now
                folder.rmdir()
