"""The storyboard in a chat: an album of drawings with captions, and its shots changed one by one."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from aiogram.methods import SendMediaGroup, SendPhoto
from aiogram.types import BufferedInputFile, InputMediaPhoto

from storyreel.domain.errors import StoryreelError
from storyreel.domain.film import Film, FilmState, Order
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.domain.values import Size
from storyreel.doors.bot.booth import Booth
from storyreel.doors.bot.flow import led, ways
from storyreel.doors.bot.ordering import board_of, price_of
from storyreel.doors.bot.shown import BACK, CANCEL, Button, Shown, in_rows
from storyreel.doors.bot.step import Incoming, Turn
from storyreel.doors.bot.talk import Draft, Talk
from storyreel.doors.bot.voice import Voice, clock
from storyreel.writing.retold import retold, without

if TYPE_CHECKING:
    from storyreel.domain.generation import Request

ALBUM = 10
LONGEST_CAPTION = 1024
EDIT, SHOT = "edit", "shot"
UPLOAD_S = 120


async def work_board(turn: Turn) -> Talk:
    """The storyboard of the words, its drawings shown."""
    draft = turn.talk.draft
    if draft.storyboard is None:
        draft = draft.model_copy(update={"storyboard": await board_of(turn, draft), "drawn": ()})
        with suppress(StoryreelError):  # what is wrong with it is told with its price
            _, draft = await price_of(turn, draft)  # each shot as long as the model makes it
    draft = await drawn(turn, draft)
    return turn.talk.model_copy(update={"draft": draft, "panel": None})


async def show_board(turn: Turn) -> Shown:
    """What can be done with the storyboard."""
    said, board = turn.said, turn.talk.draft.storyboard
    if board is None:
        return Shown(said("There is no storyboard yet."), (ways(turn),))
    number = len(board.shots)
    text = said.ngettext("{number} shot, {length}.", "{number} shots, {length}.", number, length=clock(board.seconds))
    rows = (
        (Button(said("▶️ A draft, free"), "draft"),),
        (Button(said("✏️ Change the shots"), EDIT),),
        ways(turn, onward=True),
    )
    title = said("“{title}”", title=board.title)
    return Shown(f"{title}\n{text}", rows)


async def press_board(turn: Turn, data: str) -> Talk:
    """Draw it for nothing, change it, or go on."""
    if data == "draft":
        return turn.talk.at("draft", working=True)
    if data == EDIT:
        return turn.talk.at(EDIT)
    return led(turn.talk, data) or turn.talk


async def show_edit(turn: Turn) -> Shown:
    """Which shot is to be changed."""
    said, board = turn.said, turn.talk.draft.storyboard
    shots = board.shots if board else ()
    numbers = [Button(str(number), f"n:{number}") for number in range(1, len(shots) + 1)]
    return Shown(said("Which shot do you want to change?"), (*in_rows(numbers, 5), ways(turn)))


async def press_edit(turn: Turn, data: str) -> Talk:
    """One shot."""
    board = turn.talk.draft.storyboard
    if board and data.startswith("n:") and data[2:].isdecimal() and 1 <= int(data[2:]) <= len(board.shots):
        return turn.talk.at(SHOT, shot=board.shots[int(data[2:]) - 1].id)
    return turn.talk.at("board") if data == BACK else led(turn.talk, CANCEL) or turn.talk


async def show_shot(turn: Turn) -> Shown:
    """One shot, to be told otherwise."""
    said, board = turn.said, turn.talk.draft.storyboard
    found = [(number, one) for number, one in enumerate(board.shots if board else (), 1) if one.id == turn.talk.shot]
    if not found:
        return Shown(said("That shot is gone."), (ways(turn),))
    number, shot = found[0]
    ask = said("Write what it shows instead.")
    text = f"{caption(said, number, shot)}\n\n{ask}"
    leave = [Button(said("🗑 Leave it out"), "out")] if board and len(board.shots) > 1 else []
    return Shown(text, (leave, ways(turn)))


async def press_shot(turn: Turn, data: str) -> Talk:
    """Leave the shot out, or leave it as it is."""
    board = turn.talk.draft.storyboard
    if data == "out" and board is not None and len(board.shots) > 1:
        return _at_board(turn.talk, without(board, turn.talk.shot))
    return turn.talk.at(EDIT) if data == BACK else led(turn.talk, CANCEL) or turn.talk


async def hear_shot(turn: Turn, incoming: Incoming) -> Talk:
    """The shot in other words, drawn anew."""
    board, words = turn.talk.draft.storyboard, incoming.text.strip()
    if board is None or not words:
        return turn.talk.model_copy(update={"trouble": incoming.problem or turn.said("I need words here, not a picture.")})
    return _at_board(turn.talk, await asyncio.to_thread(retold, board, turn.talk.shot, words))


def caption(said: Voice, number: int, shot: Shot) -> str:
    """What stands under a shot's drawing."""
    how = [f"{number}", said.length(shot.seconds), said(shot.size.value)]
    if shot.move.value != "static":
        how.append(said(shot.move.value))
    return f"{' · '.join(how)}\n{shot.description}"[:LONGEST_CAPTION]


async def drawn(turn: Turn, draft: Draft) -> Draft:
    """The draft, with those of its shots shown in the chat that look otherwise than they were shown."""
    board = draft.storyboard
    if board is None:
        return draft
    from storyreel.production.drawings import version_of

    requests = [(number, shot, await _request(turn.booth, draft, board, shot)) for number, shot in enumerate(board.shots, 1)]
    versions = tuple(version_of(request) for _, _, request in requests)
    new = [one for one, version in zip(requests, versions, strict=True) if version not in draft.drawn]
    pictures = [(await picture(turn.booth, request), caption(turn.said, number, shot)) for number, shot, request in new]
    for start in range(0, len(pictures), ALBUM):
        await _sent(turn, pictures[start : start + ALBUM])
    return draft.model_copy(update={"drawn": versions})


async def picture(booth: Booth, request: "Request") -> bytes:
    """A shot's drawing, as JPEG."""
    from storyreel.production.drawings import drawing, version_of

    first = await booth.blobs.fetch(request.first_frame) if request.first_frame else None
    return await booth.drawings.jpeg(version_of(request), partial(drawing, request, first))


async def _request(booth: Booth, draft: Draft, board: Storyboard, shot: Shot) -> "Request":
    from storyreel.production.drawings import request_of

    order = Order(size=Size.of_aspect(draft.aspect))
    film = Film(id="draft", title=board.title, state=FilmState.QUEUED, storyboard=board, order=order, created=booth.now())
    return request_of(film, shot.id, booth.studio.catalogue.drawn_by())


async def _sent(turn: Turn, pictures: list[tuple[bytes, str]]) -> None:
    """Some drawings, as one album."""
    chat, outbox = turn.place.chat, turn.booth.outbox
    if len(pictures) == 1:
        data, text = pictures[0]
        photo = SendPhoto(chat_id=chat, photo=BufferedInputFile(data, "shot.jpg"), caption=text)
        await outbox.send(chat, photo, timeout_s=UPLOAD_S)
        return
    media = [
        InputMediaPhoto(media=BufferedInputFile(data, f"shot-{number}.jpg"), caption=text)
        for number, (data, text) in enumerate(pictures, 1)
    ]
    await outbox.send(chat, SendMediaGroup(chat_id=chat, media=list(media)), timeout_s=UPLOAD_S)


def _at_board(talk: Talk, board: Storyboard) -> Talk:
    """Back at the storyboard, changed; what changed is drawn first."""
    return talk.at("board", working=True, draft=talk.draft_with(storyboard=board, price=None))
