"""A shot's prompt for a model of no known family."""

from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.writing.prompts import prompt_for
from storyreel.writing.prompts.families import GENERIC


def prompt_of(shot: Shot, storyboard: Storyboard) -> str:
    """What a shot shows, where, in which light and by which camera, in the film's language; nothing of other shots."""
    return prompt_for(
        shot,
        storyboard.location_of(shot.id),
        family=GENERIC,
        bible=storyboard.bible,
        sound=True,
        chained=False,
        references=0,
        limit=None,
        language=storyboard.language,
    )
