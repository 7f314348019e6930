"""Tools of other packages in a chat: one that may cost is never run twice unasked."""

import asyncio
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

import pytest
from pydantic import Field, RootModel
from typing_extensions import override

from storyreel.domain.errors import UnknownFilm
from storyreel.domain.values import Value
from storyreel.standins.telegram import Telegram
from storyreel.tools import Choice, Context, Dialog, Step, Tool, Toolbox, ToolSpec
from storyreel.tools.asking import ONE_OF
from tests.doors.bot.conftest import Bots, Journey

pytestmark = pytest.mark.journey


SCALES, FILM = Choice(label="Scales", value="do re mi"), Choice(label="A film", value="a film")
STEP = Step("words", "What shall I sing?", accepts=ONE_OF, choices=(SCALES, FILM))


class Words(Value):
    """What is to be sung."""

    words: Annotated[str, Field(description="The words.")]


@dataclass(eq=False)
class Singer(Tool[Words, RootModel[str]]):
    """Sings through a service that is paid, and takes its time."""

    sung: list[str] = field(default_factory=list[str])
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    patience: asyncio.Event = field(default_factory=asyncio.Event)

    spec: ClassVar = ToolSpec(
        id="sing",
        name="sing",
        title="Sing a song",
        description="Sings the words, through a service that is paid for.",
        arguments=Words,
        result=RootModel[str],
        spends=True,
    )
    dialog: ClassVar = Dialog(menu_label="Song", action="Sing", steps=(STEP,))

    @override
    async def run(self, args: Words, context: Context) -> RootModel[str]:
        if args.words == "a film":
            raise UnknownFilm(args.words)
        self.sung.append(args.words)
        self.begun.set()
        await self.patience.wait()
        return RootModel[str](f"Sung: {args.words}")


class Framing(Value):
    """How a poster is framed."""

    title: Annotated[str, Field(min_length=3, description="What shall stand on it?")]
    wide: Annotated[bool, Field(description="Shall it be wide?")]
    copies: Annotated[int, Field(ge=1, le=9, description="How many?")] = 1


class Framer(Singer):
    """Asks how, once it knows what."""

    spec: ClassVar = ToolSpec(
        id="frame",
        name="frame",
        title="Frame it",
        description="Puts a frame around what is named, and asks how.",
        arguments=Words,
        result=RootModel[str],
    )
    dialog: ClassVar = Dialog(menu_label="Frame", action="Frame", steps=(STEP,))

    @override
    async def run(self, args: Words, context: Context) -> RootModel[str]:
        how = await context.ask(f"A frame for {args.words}?", Framing)
        sure = await context.ask("Sure?", Framing) if how.copies > 1 else how
        return RootModel[str](f"{how.title} {how.wide} {how.copies} {sure.copies}")


async def test_what_a_tool_asks_while_it_works_is_asked_in_its_chat(telegram: Telegram, bots: Bots) -> None:
    ann = telegram.person("Ann")
    journey, toolbox = Journey(ann, bots.home.parent / "asks.txt"), Toolbox.of([("frames", Framer())])
    async with bots.running(toolbox=toolbox):
        await journey.go(["/start"], "🧰 Tools", "Frame", "Scales")
        await ann.sees_text("A frame for do re mi?\nWhat shall stand on it?")
        await journey.go(["No"])
        await ann.sees_text("at least 3 characters")
        await journey.go(["Song"], "Yes")
        await ann.sees_text("How many?")
        await journey.go(["2"])
        await ann.sees_text("Sure?\nWhat shall stand on it?")
        await journey.go(["Song"], "No", "Next →")
        told = await ann.sees_text("Song True 2 1")
        await journey.go("Menu", "🧰 Tools", "Frame", "Scales")
        await ann.sees_text("What shall stand on it?")
    async with bots.running(toolbox=toolbox):
        await journey.go(["Song"])
        await ann.sees_text("That was too long ago; begin again.")
        journey.tell()
    assert "Menu" in told.labels


async def test_a_tool_that_may_cost_is_agreed_to_first_and_after_a_restart_run_again_only_when_asked(
    telegram: Telegram, bots: Bots
) -> None:
    ann, singer = telegram.person("Ann"), Singer()
    journey, toolbox = Journey(ann, bots.home.parent / "tools.txt"), Toolbox.of([("songs", singer)])
    async with bots.running(toolbox=toolbox):
        await journey.go(["/start"], "🧰 Tools", "Song", "Scales")
        refused = await ann.sees_text("is not known, so I do not begin")
    async with bots.running(toolbox=toolbox, bot_unpriced=True):
        await journey.go(["/start"], "🧰 Tools", "Song", "Scales", "✅ Make it · price unknown")
        await ann.sees_text("One moment")
        await singer.begun.wait()
    async with bots.running(toolbox=toolbox, bot_unpriced=True):
        await ann.sees_text("do not know whether it was done", ever=True)
        assert singer.sung == ["do re mi"]
        singer.patience.set()
        await journey.go("🔁 Run it again", "✅ Make it · price unknown")
        await ann.sees_text("Sung: do re mi")
        await journey.go("Menu", "🧰 Tools", "Song", "A film", "✅ Make it · price unknown")
        await ann.sees_text("There is no film 'a film'. /films lists them.")
        journey.tell()
    assert len(singer.sung) == 2
    assert "✅ Make it · price unknown" not in refused.labels
