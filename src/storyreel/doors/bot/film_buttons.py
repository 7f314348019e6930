"""What the buttons under a film do: stop it, show what is ready, make a shot again, send it, go on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram.methods import SendMediaGroup, SendVideo
from aiogram.types import InputMediaVideo

from storyreel.domain.errors import UnknownFilm
from storyreel.domain.film import Film, FilmState, ShotReport
from storyreel.domain.generation import GenerationState
from storyreel.domain.values import Language
from storyreel.doors.bot import buttons
from storyreel.doors.bot.booth import Booth, owner
from storyreel.doors.bot.changing import AGREE, OTHER, RETAKE, REWORD
from storyreel.doors.bot.delivering import send_again, send_original
from storyreel.doors.bot.files import FilmFile
from storyreel.doors.bot.following import Following
from storyreel.doors.bot.step import Person
from storyreel.doors.bot.talk import Change, Talk, Verb
from storyreel.doors.bot.talking import Talking
from storyreel.library import chats
from storyreel.library.chats import ChatFilm, Place, Told
from storyreel.media.probe import probe

ALBUM, MOST_SHOWN = 10, 10
UPLOAD_S = 600
VERBS = {buttons.SKIP: Verb.SKIP, buttons.OTHER: Verb.MODEL, buttons.RESUME: Verb.RESUME, buttons.REWORD: Verb.REWORD}


@dataclass(frozen=True, slots=True)
class FilmButtons:
    """Of one bot."""

    booth: Booth
    talking: Talking
    following: Following

    async def film_of(self, user: int, film: str) -> Film | None:
        """The film, where it is that person's."""
        try:
            found = await self.booth.studio.film(film)
        except UnknownFilm:
            return None
        return found if found.id == film and found.user == owner(user) else None

    async def pressed(self, place: Place, person: Person, film: Film, verb: str, number: int) -> None:
        """Do what a button says with a person's own film."""
        talk = await self.talking.talk_of(place, person)
        told = await self._told(place, film, talk.language)
        sends: dict[str, Callable[[], Awaitable[None]]] = {
            buttons.STOP: lambda: self.booth.studio.cancel(film),
            buttons.SHOW: lambda: self._show(place, film),
            buttons.AGAIN: lambda: self._again(told, film),
            buttons.ORIGINAL: lambda: send_original(self.booth, told, film),
        }
        if verb in sends:
            await sends[verb]()
        else:
            await self._change(place, person, talk, film, verb, number)

    async def _change(self, place: Place, person: Person, talk: Talk, film: Film, verb: str, number: int) -> None:
        change = Change(verb=VERBS.get(verb, Verb.RETAKE), film=film.id, shot=number)
        if verb == buttons.RETAKE and len(film.storyboard.shots) > 1:
            after = talk.at(RETAKE, change=change)
        elif verb == buttons.REWORD:
            after = talk.at(REWORD, change=change)
        elif verb == buttons.OTHER:
            after = talk.at(OTHER, working=True, change=change)
        else:
            shot = number or (1 if verb == buttons.RETAKE else 0)
            after = talk.at(AGREE, working=True, change=change.model_copy(update={"shot": shot}))
        await self.talking.jump(
            self.talking.ticket(place), person, lambda before: after.model_copy(update={"panel": before.panel})
        )

    async def _told(self, place: Place, film: Film, language: Language) -> ChatFilm:
        """Where the film is told; one that was begun elsewhere is told here from now on."""
        known = await self.booth.database.read(chats.told_film, self.booth.api.id, film.id)
        return known or ChatFilm(place=place, film=film.id, language=language, state=Told.ENDED)

    async def _again(self, told: ChatFilm, film: Film) -> None:
        if film.state is FilmState.READY:
            await send_again(self.booth, told, film, self._keep)
        else:
            await self.following.begin(film, told.place, told.language, None)

    async def _keep(self, told: ChatFilm) -> None:
        await self.booth.database.write(chats.keep_film, told, self.booth.now())

    async def _show(self, place: Place, film: Film) -> None:
        """The clips that are ready, as an album."""
        shots = await self.booth.studio.shots(film)
        ready = [one for one in shots if one.state is GenerationState.READY and one.take and one.take.output][-MOST_SHOWN:]
        clips = [await self._clip(one) for one in ready]
        if len(clips) == 1:
            one = clips[0]
            video = SendVideo(
                chat_id=place.chat,
                video=one.media,
                width=one.width,
                height=one.height,
                duration=one.duration,
                caption=one.caption,
                supports_streaming=True,
            )
            await self.booth.outbox.send(place.chat, video, timeout_s=UPLOAD_S, again=False)
        elif clips:
            album = SendMediaGroup(chat_id=place.chat, media=list(clips))
            await self.booth.outbox.send(place.chat, album, timeout_s=UPLOAD_S, again=False)

    async def _clip(self, shot: ShotReport) -> InputMediaVideo:
        path = await self.booth.blobs.fetch((shot.take.output if shot.take else None) or "")
        facts = await asyncio.to_thread(probe, path)
        return InputMediaVideo(
            media=FilmFile(path, f"shot-{shot.index}.mp4"),
            caption=f"{shot.index} · {shot.text}"[:1024],
            width=facts.width_px,
            height=facts.height_px,
            duration=round(facts.seconds),
            supports_streaming=True,
        )
