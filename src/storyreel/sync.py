"""The studio for scripts and notebooks: functions of the same names that wait.

Each call opens a studio, works, and closes it; in a notebook, whose loop already runs, it works in a thread of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar, Unpack

from storyreel.domain.events import Event
from storyreel.domain.film import Film
from storyreel.domain.storyboard import Storyboard
from storyreel.editor import ChangeWishes, RetakeWishes
from storyreel.orders import FilmWishes, StoryWishes
from storyreel.studio import Studio

T = TypeVar("T")


def storyboard(text: str, **wishes: Unpack[StoryWishes]) -> Storyboard:
    """The storyboard of a prompt or a script; see Studio.storyboard."""
    return run(lambda studio: studio.storyboard(text, **wishes))


def make_film(story: str | Storyboard, **wishes: Unpack[FilmWishes]) -> Film:
    """The finished film of a prompt, a script or a storyboard; see Studio.make_film."""
    return run(lambda studio: studio.make_film(story, **wishes))


def animate(picture: Path | str, text: str = "", **wishes: Unpack[FilmWishes]) -> Film:
    """The film of one shot that begins on a picture; see Studio.animate."""
    return run(lambda studio: studio.animate(picture, text, **wishes))


def resume(film: Film | str | None = None, *, budget: float | None = None) -> tuple[Film, ...]:
    """Every unfinished film, or that one, carried to its end; see Studio.resume."""
    return run(lambda studio: studio.resume(film, budget=budget))


def retake(film: Film | str, shot: str, **wishes: Unpack[RetakeWishes]) -> Film:
    """The finished film with one more take of a shot; see Studio.retake."""
    return run(lambda studio: studio.retake(film, shot, **wishes))


def edit(film: Film | str, storyboard: Storyboard, **wishes: Unpack[ChangeWishes]) -> Film:
    """The finished film by another storyboard; see Studio.edit."""
    return run(lambda studio: studio.edit(film, storyboard, **wishes))


def select(film: Film | str, shot: str, take: int | str) -> Film:
    """The film cut anew with another take of a shot; see Studio.select."""
    return run(lambda studio: studio.select(film, shot, take))


def approve(film: Film | str, *, at_any_price: bool = False, **wishes: Unpack[ChangeWishes]) -> Film:
    """The finished film that waited for approval; see Studio.approve."""
    return run(lambda studio: studio.approve(film, at_any_price=at_any_price, **wishes))


def lock(film: Film | str, *shots: str) -> Film:
    """The film, of which these shots keep their takes whatever changes; see Studio.lock."""
    return run(lambda studio: studio.lock(film, *shots))


def unlock(film: Film | str, *shots: str) -> Film:
    """The film, of which these shots may be made again; see Studio.unlock."""
    return run(lambda studio: studio.unlock(film, *shots))


def films(limit: int = 100) -> tuple[Film, ...]:
    """The films, newest first; see Studio.films."""
    return run(lambda studio: studio.films(limit))


def events(film: Film | str, after: int = 0) -> Iterator[Event]:
    """What happened to a film, from the event after that number until the film ends; see Studio.events."""

    async def collected(studio: Studio) -> list[Event]:
        return [event async for event in studio.events(film, after)]

    yield from run(collected)


def run(action: Callable[[Studio], Awaitable[T]], open_studio: Callable[[], Studio] = Studio) -> T:
    """What the action with a studio of its own gives; for what has no function of its own here."""

    async def opened() -> T:
        async with open_studio() as studio:
            return await action(studio)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(opened())
    with ThreadPoolExecutor(1, thread_name_prefix="storyreel") as thread:
        return thread.submit(asyncio.run, opened()).result()
