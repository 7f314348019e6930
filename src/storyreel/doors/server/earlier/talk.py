"""A message of `/api/video-gen` becomes a film: its picture found, its guest counted, its time told."""

import secrets
from dataclasses import dataclass

from storyreel.domain.as_said import as_said
from storyreel.domain.errors import AuthenticationFailed
from storyreel.domain.film import Film
from storyreel.domain.storyboard import Storyboard
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.earlier.guests import GUEST, GuestsRefused
from storyreel.library import messages
from storyreel.library.messages import Message
from storyreel.orders import FilmWishes
from storyreel.studio import Studio

MODEL = "seedance-2-mini"
KEY, ELSEWHERE = "ARK_API_KEY", "BYTEPLUS_API_KEY where the account is BytePlus's, or name another `model`"
ID_BYTES = 16  # who knows a guest's ids sees its film: they cannot be guessed


@dataclass(frozen=True, slots=True)
class Talk:
    """What a message says."""

    prompt: str
    picture: str | bytes | None  # on which the film begins: its address, or itself
    conversation: str | None
    model: str | None
    seconds: float
    size: str | None


async def begun(desk: Desk, caller: Caller, talk: Talk) -> tuple[Message, tuple[float, float]]:
    """The message of a film that is accepted, and how long it takes, in seconds, from and to.

    Raises GuestsRefused, and as `Studio.start_film`.
    """
    studio, is_guest = desk.studio, caller.user == GUEST
    must_have_key(studio, talk)
    message = await _message(desk, caller, talk)
    most_today = studio.settings.guest_films if is_guest else None
    if not await desk.database.write(messages.begin_message, message, most_today):
        raise GuestsRefused(studio.settings.guest_films)
    try:
        film = await _film(desk, caller, talk)
    except BaseException:
        await desk.database.write(messages.drop_message, message.id)
        raise
    await desk.database.write(messages.give_film, message.id, film.id)
    return message, _estimate(studio, film)


async def begun_before(desk: Desk, caller: Caller, talk: Talk, id: str) -> tuple[Message, tuple[float, float]]:
    """The same of a film that was accepted, and of which nobody was told. Raises NotFound where it was removed since."""
    film = await desk.film(caller, id)
    message = await desk.database.read(messages.message_of, film.id)
    if message is None:  # that attempt broke off before its message had the film
        message = (await _message(desk, caller, talk)).model_copy(update={"film": film.id})
        await desk.database.write(messages.begin_message, message)
    return message, _estimate(desk.studio, film)


async def _message(desk: Desk, caller: Caller, talk: Talk) -> Message:
    return Message(
        id=secrets.token_hex(ID_BYTES),
        conversation=await _conversation(desk, caller, talk.conversation),
        user=caller.user,
        created=desk.now(),
    )


def _estimate(studio: Studio, film: Film) -> tuple[float, float]:
    model, _ = studio.catalogue.known_route(film.order.model)
    return model.times.typical_s, 2 * model.times.typical_s


def must_have_key(studio: Studio, talk: Talk) -> None:
    """Raises AuthenticationFailed, which names the variables, where the service's own model cannot be reached."""
    means = studio.means()
    if talk.model is None and not any(means.usable(route) for route in means.catalogue.model(MODEL).routes):
        raise AuthenticationFailed(provider="ark", setting=KEY, otherwise=ELSEWHERE)


async def _conversation(desk: Desk, caller: Caller, asked: str | None) -> str:
    """The one that was told, or a new one; a guest goes on with none that it was not given."""
    known = asked is not None and (
        caller.user != GUEST or await desk.database.read(messages.messages, caller.user, asked, limit=1)
    )
    return asked if asked is not None and known else secrets.token_hex(ID_BYTES)


async def _film(desk: Desk, caller: Caller, talk: Talk) -> Film:
    studio = desk.studio
    wishes = FilmWishes(
        model=talk.model or MODEL,
        size=talk.size,
        budget=float(studio.settings.guest_budget) if caller.user == GUEST else None,
        deliver=False,
        user=caller.user,
        api_key=caller.api_key,
    )
    if talk.picture:
        return await studio.start_animation(talk.picture, talk.prompt, **{**wishes, "seconds": talk.seconds})
    return await studio.start_film(await _board(studio, talk), **wishes)


async def _board(studio: Studio, talk: Talk) -> Storyboard:
    """A storyboard of one shot, which is said to a model as the person said it."""
    from storyreel.writing import animate_shot

    if any(char.isalpha() for char in talk.prompt):
        board = await studio.storyboard(talk.prompt, shots=1, seconds=talk.seconds, size=talk.size, writer="rules")
    else:
        board = animate_shot(talk.prompt, talk.seconds)
    return as_said(board, talk.prompt, talk.seconds)
