"""A front end runs a tool's whole dialog from its description alone. Requirement A4."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import Field

from storyreel.domain.values import JSON, Value
from storyreel.tools import (
    Accept,
    Choice,
    Context,
    Dialog,
    Ending,
    HaiperImageToVideoTool,
    Incoming,
    State,
    Step,
    Tool,
    Toolbox,
    Turn,
)
from storyreel.tools.asking import ONE_OF
from storyreel.tools.spec import ToolSpec

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(seconds=3601)
PHOTO = Incoming(kind=Accept.PHOTO, pictures=("cat.jpg",))
HAIPER = HaiperImageToVideoTool()


class Party(Value):
    """What the party tool is given."""

    pictures: Annotated[tuple[str, ...], Field(max_length=3, description="Pictures.")]
    guests: Annotated[int, Field(ge=1, le=9, description="How many, 1 to 9.")]
    cake: Annotated[bool, Field(description="Whether there is cake.")] = False


async def _cakes(answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
    return (Choice(label="Yes", value=True), Choice(label="No", value=False)) if answers["guests"] != 1 else ()


class PartyTool(Tool[Party, Party]):
    """A tool with every kind of step."""

    spec: ClassVar = ToolSpec(
        id="party", name="party", title="Party", description="Gives a party, for a test.", arguments=Party, result=Party
    )
    dialog: ClassVar = Dialog(
        menu_label="Party",
        action="Give one",
        steps=(
            Step("pictures", "Which pictures?", "Pictures, please.", frozenset({Accept.PHOTO}), most=3),
            Step(
                "guests",
                "How many guests?",
                "A number from 1 to 9.",
                frozenset({Accept.TEXT, Accept.CHOICE}),
                (Choice(label="Two", value=2),),
            ),
            Step("cake", "Cake?", "Choose one.", ONE_OF, _cakes),
        ),
    )

    async def run(self, args: Party, context: Context) -> Party:
        """The party."""
        return args


async def hear(tool: Tool[Any, Any], context: Context, turn: Turn, *messages: Incoming, now: datetime = NOW) -> Turn:
    """What follows from these messages, the state kept as JSON between them."""
    for message in messages:
        assert turn.state
        state = State.model_validate_json(turn.state.model_dump_json())
        turn = await tool.conversation(context).hear(state, message, now)
    return turn


def text(said: str) -> Incoming:
    return Incoming(text=said)


def button(payload: str) -> Incoming:
    return Incoming(kind=Accept.CHOICE, payload=payload)


async def test_a_front_end_runs_the_dialog_of_haiper_by_its_handlers(context: Context) -> None:
    handlers, steps = HAIPER.callback_handlers(), HAIPER.dialog_steps()
    first = await handlers["start"](Incoming(), None, context, NOW)
    again = await steps["wait_image"](text("a cat"), first.state, context, NOW)
    second = await steps["wait_image"](PHOTO, again.state, context, NOW)
    done = await steps["wait_prompt"](text("it purrs"), second.state, context, NOW)

    assert (first.question and first.question.step, first.question and first.question.first) == ("wait_image", True)
    assert again.said == HAIPER.step_hint("wait_image") == "An image is needed: a photo, or an image sent as a file."
    assert (second.question and second.question.step, second.question and second.question.number) == ("wait_prompt", 2)
    assert (done.ending, done.arguments) == (Ending.DONE, {"image_path": "cat.jpg", "prompt": "it purrs"})


def test_haiper_tells_its_menu_as_the_earlier_plugin_did() -> None:
    assert (HAIPER.get_source_name(), HAIPER.get_spec().name) == ("HaiperImageToVideo", "haiper_image_to_video")
    assert HAIPER.get_menu_label() == "Haiper (видео)"
    assert HAIPER.get_menu_actions() == [{"label": "Создать видео", "action": "start"}]
    assert list(HAIPER.dialog_steps()) == ["wait_image", "wait_prompt"]
    assert HAIPER.extra_message_filters() == {Accept.PHOTO, Accept.IMAGE_FILE}
    assert HAIPER.get_commands() == []
    assert HAIPER.dialog
    assert HAIPER.dialog.timeout_s == 3600
    assert (HAIPER.spec.timeout_s, HAIPER.spec.parallel) == (3000, False)


@pytest.mark.parametrize("word", ["отмена", "Отменить", " CANCEL ", "выход", "exit", "-"])
async def test_a_word_ends_a_dialog_at_any_step(context: Context, word: str) -> None:
    first = await HAIPER.conversation(context).start(NOW)

    assert (await hear(HAIPER, context, first, text(word))).ending is Ending.CANCELLED


async def test_a_dialog_ends_by_itself_an_hour_after_the_last_question(context: Context) -> None:
    first = await HAIPER.conversation(context).start(NOW)
    second = await hear(HAIPER, context, first, PHOTO, now=NOW + timedelta(minutes=59))

    assert (await hear(HAIPER, context, first, PHOTO, now=LATER)).ending is Ending.EXPIRED
    assert (await hear(HAIPER, context, second, text("hi"), now=LATER)).ending is Ending.DONE


async def test_words_said_with_a_picture_or_a_command_are_not_asked_for_again(context: Context) -> None:
    first = await HAIPER.conversation(context).start(NOW)
    film = Toolbox.here([]).tool("make_film")
    begun = await film.callback_handlers()["start"](text("/film A fox runs."), None, context, NOW)

    told = await hear(HAIPER, context, first, PHOTO.model_copy(update={"text": "it purrs"}))
    assert told.arguments == {"image_path": "cat.jpg", "prompt": "it purrs"}
    assert begun.state
    assert begun.state.answers == {"story": "A fox runs."}


async def test_a_person_goes_back_and_answers_otherwise(context: Context) -> None:
    first = await HAIPER.conversation(context).start(NOW)
    back = await hear(HAIPER, context, first, PHOTO, button("back"))
    done = await hear(HAIPER, context, back, PHOTO.model_copy(update={"pictures": ("dog.jpg",)}), button("skip"))

    assert back.question == first.question
    assert done.arguments == {"image_path": "dog.jpg"}


async def test_an_album_is_gathered_and_choices_follow_from_the_answers(context: Context) -> None:
    tool = PartyTool()
    first = await tool.conversation(context).start(NOW)
    some = await hear(tool, context, first, button("skip"), PHOTO, PHOTO)
    wrong = await hear(tool, context, some, button("skip"), text("many"))
    cake = await hear(tool, context, wrong, text("two"))
    done = await hear(tool, context, cake, button("1.0"), button("2.0"))

    assert (some.question and some.question.most, some.question and some.question.optional) == (1, True)
    assert wrong.said.startswith("guests: should be a valid integer")
    assert cake.question
    assert [one.label for one in cake.question.buttons] == ["Yes", "No"]
    assert done.arguments == {"pictures": ["cat.jpg", "cat.jpg"], "guests": 2, "cake": True}


async def test_a_step_without_a_choice_is_left_out_and_a_full_album_goes_on(context: Context) -> None:
    tool = PartyTool()
    first = await tool.conversation(context).start(NOW)
    album = Incoming(kind=Accept.PHOTO, pictures=("1.jpg", "2.jpg", "3.jpg"))

    done = await hear(tool, context, first, album, text("1"))
    assert done.arguments == {"pictures": ["1.jpg", "2.jpg", "3.jpg"], "guests": 1}


async def test_a_dialog_that_got_shorter_meanwhile_has_expired(context: Context) -> None:
    first = await HAIPER.conversation(context).start(NOW)
    assert first.state
    stale = first.model_copy(update={"state": first.state.model_copy(update={"step": 7})})

    assert (await hear(HAIPER, context, stale, PHOTO)).ending is Ending.EXPIRED


async def test_the_dialog_of_a_film_asks_what_its_model_can_do(context: Context) -> None:
    film = Toolbox.here([]).tool("film")
    models = await film.conversation(context).start(NOW)
    assert models.question
    assert [one.label for one in models.question.buttons] == ["Animatic (embedded engine)"]  # no other has a key here

    shape = await hear(film, context, models, button("0.0"), text("with sound"), text("720p"))
    done = await hear(film, context, shape, button("3.1"), text("A fox runs."), text("2.5"), text("2"))
    assert done.arguments == {
        "model": "animatic",
        "sound": True,
        "resolution": "720p",
        "aspect": "9:16",
        "story": "A fox runs.",
        "seconds": 2.5,
        "shots": 2,
    }
