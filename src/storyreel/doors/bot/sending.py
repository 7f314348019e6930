"""The step that asks for pictures: photos, files or an album."""

from storyreel.doors.bot.flow import after, ways
from storyreel.doors.bot.shown import Shown
from storyreel.doors.bot.step import Incoming, Turn
from storyreel.doors.bot.talk import Kind, Talk

MOST_PICTURES = 3


async def show_pictures(turn: Turn) -> Shown:
    """Ask for them."""
    said, draft = turn.said, turn.talk.draft
    number = len(draft.pictures)
    if draft.kind is Kind.PICTURE:
        text = said("Send the picture that the film begins on: a photo, or a file up to 10 MB.")
    else:
        text = said("Send one to three pictures that the film shall look like: photos, an album, or files up to 10 MB each.")
    if number:
        text += "\n" + said.ngettext("I have {number} picture.", "I have {number} pictures.", number)
    return Shown(text, (ways(turn, onward=bool(number)),))


async def hear_pictures(turn: Turn, incoming: Incoming) -> Talk:
    """Take what came; one picture goes on auto, of several a person says when it is enough."""
    draft, most = turn.talk.draft, 1 if turn.talk.draft.kind is Kind.PICTURE else MOST_PICTURES
    if incoming.problem:
        return turn.talk.model_copy(update={"trouble": incoming.problem})
    if not incoming.pictures:
        return turn.talk.model_copy(update={"trouble": turn.said("I need a picture here, not words.")})
    kept = incoming.pictures[:1] if most == 1 else tuple(dict.fromkeys((*draft.pictures, *incoming.pictures)))
    words = draft.words or incoming.text.strip()
    new = {"pictures": kept[:most], "words": words, "storyboard": None, "drawn": (), "price": None}
    talk = turn.talk.at(turn.talk.screen, draft=turn.talk.draft_with(**new))
    if len(kept) > most:
        return talk.model_copy(update={"trouble": turn.said("Three pictures are enough; I took the first ones.")})
    return after(talk) if len(kept) == most else talk
