"""How far a person is in a dialog: everything that the bot must know to go on after a restart."""

from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import JSON, Digest, Language, Value

MENU = "menu"
LOOKS = frozenset({"films", "settings"})
"""Screens that are looked at beside a dialog; the commands to them are called likewise."""
CENT = Decimal("0.01")


class Kind(StrEnum):
    """What a film begins with."""

    TEXT = "text"
    PICTURE = "picture"  # one picture, brought to life
    REFERENCES = "references"  # pictures that every shot resembles


class Price(Value):
    """What was told before a person says yes."""

    expected_usd: Decimal | None  # None: nobody knows
    worst_usd: Decimal | None
    seconds: tuple[float, float]  # how long it takes, from and to
    notes: tuple[str, ...] = ()


class Draft(Value):
    """The film that a person is putting together."""

    kind: Kind = Kind.TEXT
    model: str = ""  # "kling-2.5-turbo@fal"; empty: not chosen
    sound: bool = True
    quality: str = "720p"
    aspect: str = "16:9"
    pictures: tuple[Digest, ...] = ()
    words: str = ""
    part: int = 0  # characters of the message with which the words end
    heard: datetime | None = None  # when that came
    seconds: float | None = None  # of each shot; None: auto
    shots: int | None = None  # None: auto
    storyboard: Storyboard | None = None
    drawn: tuple[Digest, ...] = ()  # the shots whose drawings were shown, as they were
    price: Price | None = None


class Verb(StrEnum):
    """How a film is changed."""

    RETAKE = "retake"
    REWORD = "reword"
    SKIP = "skip"
    MODEL = "model"  # the shot is made by another one
    RESUME = "resume"  # what is missing is made


class Option(Value):
    """A model by which a shot could be made."""

    model: str  # "kling-2.5-turbo@fal"
    price_usd: Decimal | None  # of the change; None: nobody knows


class Change(Value):
    """A change to a film that a person is deciding on."""

    verb: Verb = Verb.RETAKE
    film: str = ""
    shot: int = 0  # its number, counted from 1
    words: str = ""
    model: str = ""
    options: tuple[Option, ...] = ()  # that are offered for the shot
    after: int = 0  # the number of the film's last change when the price was told: one yes is one change after that
    priced: bool = False  # the rest was told
    expected_usd: Decimal | None = None
    worst_usd: Decimal | None = None
    seconds: float = 0.0

    @property
    def most_usd(self) -> Decimal:
        """What was told that it costs at worst."""
        worst = self.expected_usd if self.worst_usd is None else self.worst_usd
        return (worst or Decimal(0)).quantize(CENT, ROUND_CEILING)


class Aside(Value):
    """Where a dialog is that waits."""

    screen: str
    working: bool  # what is worked out for it was not there yet


class Talk(Value):
    """One person's dialog in one chat."""

    language: Language
    screen: str = MENU
    panel: int | None = None  # the message with the buttons
    working: bool = False  # something is being worked out for the screen
    turn: int = 0  # counts every change, so that what was worked out for an earlier one is let go
    draft: Draft = Draft()
    page: int = 0  # of a list
    aside: Aside | None = None  # the dialog that was left for a look at something else
    shot: str = ""  # that is being changed
    change: Change = Change()
    trouble: str = ""  # what did not work, in the person's language
    remedies: tuple[tuple[str, str], ...] = ()  # buttons that help: label, and what they do
    asked: datetime | None = None  # when the yes came, of a film that is being begun
    quiet: bool = False  # the screen is not shown auto
    tool: dict[str, JSON] | None = None  # how far the dialog of a tool is
    arguments: dict[str, JSON] | None = None  # a tool's, once they are whole

    def at(self, screen: str, *, working: bool = False, **changed: object) -> "Talk":
        """The dialog at that screen, with nothing left of what went wrong before."""
        clean = {
            "screen": screen,
            "working": working,
            "trouble": "",
            "remedies": (),
            "page": 0,
            "quiet": False,
            "asked": None,
            "aside": None,
        }
        return self.model_copy(update={**clean, **changed})

    def looking(self, screen: str) -> "Talk":
        """The dialog at a screen that has nothing to do with it, and from which there is a way back."""
        return self.at(screen, aside=self.aside or Aside(screen=self.screen, working=self.working))

    def returned(self) -> "Talk":
        """The dialog back where it was left for such a look; the menu where there was none."""
        return self.at(self.aside.screen, working=self.aside.working) if self.aside else self.at(MENU, draft=Draft())

    def draft_with(self, **changed: object) -> "Draft":
        """The draft, changed."""
        return self.draft.model_copy(update=changed)
