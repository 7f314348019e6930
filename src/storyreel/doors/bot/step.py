"""A step of a dialog: what it shows, what its buttons and messages do, and what has to be worked out for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from storyreel.domain.values import Digest, Value
from storyreel.doors.bot.booth import Booth
from storyreel.doors.bot.shown import Shown
from storyreel.doors.bot.talk import Talk
from storyreel.doors.bot.voice import Voice
from storyreel.library.chats import Place


class Person(Value):
    """Who sent something, as the messenger tells."""

    user: int
    name: str | None = None  # without the @
    language: str | None = None  # a code, as of the messenger's settings


class Incoming(Value):
    """What a person sent: words, or pictures that are kept by now."""

    text: str = ""
    pictures: tuple[Digest, ...] = ()
    as_file: bool = False  # a picture came as a file
    problem: str = ""  # why something that came cannot be used, in the person's language


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step works with: who is there, where, how far, and in which language."""

    booth: Booth
    place: Place
    person: Person
    talk: Talk
    again: bool = False  # what is worked out was begun before a restart, and may have been done

    @property
    def said(self) -> Voice:
        """Who speaks the person's language."""
        return self.booth.voice(self.talk.language)

    @property
    def pays(self) -> bool:
        """Whether the person may make what costs."""
        return self.booth.guests.may_pay(self.person.user, self.person.name)


Show: TypeAlias = Callable[[Turn], Awaitable[Shown]]
Press: TypeAlias = Callable[[Turn, str], Awaitable[Talk]]
Hear: TypeAlias = Callable[[Turn, Incoming], Awaitable[Talk]]
Work: TypeAlias = Callable[[Turn], Awaitable[Talk]]


async def stay(turn: Turn, _data: str) -> Talk:
    """Nothing changes."""
    return turn.talk


@dataclass(frozen=True, slots=True)
class Step:
    """One screen."""

    name: str
    show: Show
    press: Press = stay
    hear: Hear | None = None  # None: what a person writes there is not for it
    work: Work | None = None  # done beside everything else, when the talk comes here `working`
    waiting: str = ""  # what is told meanwhile, in English
    holds: bool = False  # nobody can leave it while it is worked out
    once: bool = False  # what was begun to be worked out is not begun again unasked
    result: bool = False  # what it shows stays in the chat once a person is elsewhere
    grey: Callable[[Turn, str], str] | None = None  # why a grey button does nothing
