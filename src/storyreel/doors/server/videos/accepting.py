"""A create, accepted: checked, priced, held against the budgets, and on the disk before it is answered.

The same request twice is one video: by its Idempotency-Key for a day; without one, where the same caller sends the same within
the setting's seconds, or says itself that it tries again, as OpenAI's clients do.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from storyreel.domain.errors import BudgetExceeded, Cancelled, InvalidRequest
from storyreel.domain.seeds import within
from storyreel.domain.values import Digest, Size
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.once import KeyReused
from storyreel.doors.server.refusals import NotFound
from storyreel.doors.server.videos import pictures
from storyreel.doors.server.videos.gathered import Gathered
from storyreel.doors.server.videos.intake import Intake
from storyreel.doors.server.videos.offer import Asked, Offer, Offers
from storyreel.doors.server.videos.purse import Purse
from storyreel.doors.server.videos.stills import Stills
from storyreel.doors.server.videos.wish import USUAL_SIZE, Wish
from storyreel.library import accepted, videos
from storyreel.library.accepted import Accepted, Entry, Names
from storyreel.library.replies import KEPT
from storyreel.library.videos import PREFIX, Standing, Video

ID_BYTES = 12
LONGEST_KEY = 255
TRIED_AGAIN = timedelta(minutes=15)  # OpenAI's clients wait ten for an answer
"""For so long a request that its sender calls another try is answered with the first one's video."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose request it is, and what makes it the same as another."""

    caller: Caller
    digest: str  # of what is asked
    key: str | None = None  # Idempotency-Key
    tries: bool = False  # its sender says that it asked before


def asking(caller: Caller, headers: Mapping[str, str], *told: str) -> Asking:
    """The request as its headers tell it. Raises InvalidRequest."""
    key = headers.get("idempotency-key")
    if key is not None and not 0 < len(key) <= LONGEST_KEY:
        raise InvalidRequest(f"An Idempotency-Key has 1 to {LONGEST_KEY} characters.", field="Idempotency-Key")
    digest = hashlib.sha256("\n".join(("videos", *told)).encode()).hexdigest()
    return Asking(caller, digest, key, headers.get("x-stainless-retry-count", "0") != "0")


class Acceptance:
    """Accepts videos, and tells how they stand."""

    def __init__(self, desk: Desk, offers: Offers, purse: Purse, intake: Intake) -> None:
        self._desk, self._offers, self._purse, self._intake = desk, offers, purse, intake
        self._entries = Gathered[Entry, Accepted](self._accept)
        self._standings = Gathered[str, Standing | None](self._read)
        self.stills = Stills(desk.blobs)

    async def standing(self, caller: Caller, id: str) -> Standing:
        """A video of the caller's own. Raises NotFound for anybody else's, as if it were not there."""
        self._intake.note_request()
        found = await self._standings.asked(id)
        if found is None or found.video.user != caller.user:
            raise NotFound("video", id)
        return found

    async def page(self, caller: Caller, limit: int, after: str, *, oldest_first: bool) -> Sequence[Standing]:
        """The caller's videos after that one. Raises InvalidRequest where that was never there."""
        return await self._desk.database.read(
            videos.list_videos, caller.user, after=after, limit=limit, oldest_first=oldest_first
        )

    async def cancel(self, caller: Caller, id: str) -> Standing:
        """The video, whose end is asked for. Raises NotFound."""
        found = await self.standing(caller, id)
        if found.state is None and not found.video.error_code:
            message = "It was cancelled before it was begun."
            await self._desk.database.write(videos.fail_video, id, Cancelled.code, message)
            found = await self.standing(caller, id)
        if found.state is not None and not found.state.ended and found.video.film:
            await self._desk.studio.cancel(found.video.film)
            found = await self.standing(caller, id)
        return found

    async def delete(self, caller: Caller, id: str) -> None:
        """Let nobody see the video any more; its film goes once it has ended. Raises NotFound."""
        found = await self.cancel(caller, id)
        await self._desk.database.write(videos.delete_video, found.video.id, self._desk.now())

    async def accept(self, asked: Asking, wish: Wish, *, remixed: Video | None = None) -> Standing:
        """The video, accepted, or the one that the same request was answered with before. Raises before anything is kept."""
        self._intake.note_request()
        picture = await pictures.picture_of(self._desk, asked.caller, wish)
        offer = await self._offers.offer(_asked(wish, picture[1] if picture else None, remixed))
        try:
            await self._purse.must_allow(asked.caller, offer.quote_usd, allow_unpriced=wish.allow_unpriced)
        except BudgetExceeded:
            if asked.key is None and not self._window_s:
                raise
            earlier = await self._desk.database.read(accepted.earlier_video, self._names(asked), self._desk.now())
            if not earlier:
                raise
            return await self.standing(asked.caller, earlier)
        first_frame = remixed.first_frame if remixed else None
        if picture is not None:
            first_frame = await pictures.kept(self._desk, picture[0], offer.route, offer.size)
        return await self._accepted(asked, self._video(asked.caller, wish, offer, first_frame, remixed))

    async def _accepted(self, asked: Asking, video: Video) -> Standing:
        """The video with its row, or the earlier one. Raises KeyReused."""
        outcome = await self._entries.asked(Entry(video, self._names(asked)))
        if outcome.is_new:
            self._intake.ring()
            return Standing.model_construct(video=video, state=None)
        if not outcome.video:
            raise KeyReused
        return await self.standing(asked.caller, outcome.video)

    def _video(self, caller: Caller, wish: Wish, offer: Offer, first_frame: Digest | None, remixed: Video | None) -> Video:
        token = secrets.token_hex(ID_BYTES)
        return Video.model_construct(  # of parts that were checked one by one
            id=f"{PREFIX}{token}",
            user=caller.user,
            api_key=caller.api_key,
            film=None,
            model=wish.model,
            route=offer.route,
            prompt=wish.prompt,
            seconds=offer.seconds,
            size=str(offer.size),
            first_frame=first_frame,
            seed=within(int(token[:8], 16)) if wish.seed is None else wish.seed,
            budget_usd=wish.budget_usd,
            allow_unpriced=wish.allow_unpriced,
            notes=offer.notes,
            remixed_from=remixed.id if remixed else None,
            quote_usd=offer.quote_usd,
            error_code=None,
            error=None,
            created=self._desk.now(),
        )

    def _names(self, asked: Asking) -> Names:
        """By what the request is known again."""
        now, window_s = self._desk.now(), self._window_s
        if asked.key is not None:
            return Names(asked.caller.name, asked.key, asked.digest, now - KEPT)
        life = TRIED_AGAIN if asked.tries else timedelta(seconds=window_s)
        return Names(asked.caller.name, f"videos:{asked.digest}" if window_s else "", asked.digest, now - life)

    @property
    def _window_s(self) -> float:
        return self._desk.studio.settings.repeat_window

    async def _accept(self, entries: Sequence[Entry]) -> Sequence[Accepted]:
        return await self._desk.database.write(accepted.accept_videos, entries, self._desk.now())

    async def _read(self, ids: Sequence[str]) -> Sequence[Standing | None]:
        found = await self._desk.database.read(videos.standings, set(ids))
        return [found.get(id) for id in ids]


def _asked(wish: Wish, picture: Size | None, remixed: Video | None) -> Asked:
    """What an offer is asked for; `picture`: the size of a video of the shape of the one that it begins on."""
    return Asked(
        model=wish.model,
        seconds=wish.seconds,
        size=wish.size or picture or USUAL_SIZE,
        pictured=picture is not None or (remixed is not None and remixed.first_frame is not None),
        characters=len(wish.prompt),
        budget_usd=wish.budget_usd,
        allow_unpriced=wish.allow_unpriced,
    )
