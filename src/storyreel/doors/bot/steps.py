"""Every step of every dialog, by its name."""

from collections.abc import Mapping

from storyreel.doors.bot import boarding, changing, choosing, deciding, ending, menu, settling, shelf
from storyreel.doors.bot.flow import BEGIN, BOARD, LENGTH, LOOK, MODEL, PICTURES, SUMMARY, WORDS
from storyreel.doors.bot.following import Following
from storyreel.doors.bot.sending import hear_pictures, show_pictures
from storyreel.doors.bot.step import Step
from storyreel.doors.bot.talk import MENU
from storyreel.doors.bot.tooling import tool_steps
from storyreel.doors.languages.words import N_


def steps_of(following: Following) -> Mapping[str, Step]:
    """The steps; `following` takes over the films that they begin."""
    return {step.name: step for step in (*_asked(), *_worked(following), *tool_steps(following))}


def _asked() -> tuple[Step, ...]:
    """Those that are shown at once."""
    return (
        Step(MENU, menu.show_menu, menu.press_menu, menu.hear_menu),
        Step(PICTURES, show_pictures, menu.press_on, hear_pictures),
        Step(MODEL, menu.show_models, menu.press_models),
        Step(LOOK, menu.show_look, menu.press_look, grey=menu.grey_look),
        Step(WORDS, menu.show_words, menu.press_on, menu.hear_words),
        Step(LENGTH, menu.show_length, menu.press_length, menu.hear_length),
        Step(boarding.EDIT, boarding.show_edit, boarding.press_edit),
        Step(boarding.SHOT, boarding.show_shot, boarding.press_shot, boarding.hear_shot),
        Step(changing.RETAKE, changing.show_retake, changing.press_retake),
        Step(changing.REWORD, changing.show_reword, changing.press_reword, changing.hear_reword),
        Step(changing.ENDED, ending.show_ended, ending.press_ended),
        Step(menu.FILMS, shelf.show_films, shelf.press_films),
        Step("settings", settling.show_settings, settling.press_settings),
    )


def _worked(following: Following) -> tuple[Step, ...]:
    """Those that are worked out first."""
    return (
        Step(
            BOARD,
            boarding.show_board,
            boarding.press_board,
            work=boarding.work_board,
            waiting=N_("✍️ Writing the storyboard and drawing it…"),
        ),
        Step(
            "draft",
            boarding.show_board,
            work=deciding.begins(following, free=True),
            waiting=N_("▶️ The draft is being drawn…"),
            holds=True,
        ),
        Step(
            SUMMARY,
            deciding.show_summary,
            deciding.press_summary,
            work=deciding.work_summary,
            waiting=N_("🧮 Working out the price…"),
        ),
        Step(
            BEGIN,
            deciding.show_summary,
            deciding.press_summary,
            work=deciding.begins(following, free=False),
            waiting=N_("🎬 It begins…"),
            holds=True,
        ),
        Step(
            changing.OTHER,
            choosing.show_other,
            choosing.press_other,
            work=choosing.work_other,
            waiting=N_("🧮 Working out the price…"),
        ),
        Step(
            changing.AGREE,
            changing.show_agree,
            changing.press_agree,
            work=changing.work_agree,
            waiting=N_("🧮 Working out the price…"),
        ),
        Step(
            changing.CHANGE,
            changing.show_agree,
            changing.press_agree,
            work=changing.changes(following),
            waiting=N_("🎬 It begins…"),
            holds=True,
        ),
    )
