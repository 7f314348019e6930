"""`/v1/films/{film}/shots`: another take, a take chosen, shots locked."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from storyreel.domain.film import LONGEST_TEXT, Film
from storyreel.domain.seeds import Seed
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.changing import ChangeRequest, ChangeView, DryRun, carried_out, change_once
from storyreel.doors.server.desk import ADesk, Desk, Maker, Reader
from storyreel.doors.server.films import whole
from storyreel.doors.server.once import IdempotencyKey
from storyreel.doors.server.takes import shot_of
from storyreel.doors.server.views import ShotView, WholeFilmView
from storyreel.editor import RetakeWishes

router = APIRouter(prefix="/v1/films/{film}/shots", tags=["shots"])


class Retake(ChangeRequest):
    """Another take of a shot, as it should be."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"seed": 7}]})

    model: Annotated[str | None, Field(max_length=200, description="That makes it, and the shot from now on.")] = None
    prompt: Annotated[
        str | None, Field(max_length=LONGEST_TEXT, description="What a model that reads is told, word for word, from now on.")
    ] = None
    seed: Annotated[Seed | None, Field(description="Null: one that no take had.")] = None
    only: Annotated[bool, Field(description="Shots that begin on its last frame stay as they are.")] = False

    @property
    def retake_wishes(self) -> RetakeWishes:
        """The same as the studio takes them."""
        return RetakeWishes(**self.wishes, model=self.model, prompt=self.prompt, seed=self.seed, only=self.only)


class Selection(BaseModel):
    """The take that a shot is to use."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"take": 1}]})

    take: Annotated[int | str, Field(description="Its number within the shot, or its id.")]


@router.get("/{shot}")
async def retrieve_shot(film: str, shot: str, desk: ADesk, caller: Reader) -> ShotView:
    """A shot as it stands, by its id or number."""
    known = await desk.film(caller, film)
    id = shot_of(known, shot)
    return next(one for one in (await whole(desk, known)).shots if one.id == id)


@router.post("/{shot}/retake", response_model=ChangeView)
async def retake_shot(
    film: str,
    shot: str,
    request: Request,
    desk: ADesk,
    caller: Maker,
    body: Retake | None = None,
    dry_run: DryRun = False,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Make one more take of a shot, and the film with it; the takes there are stay."""

    async def work() -> ChangeView:
        known = await desk.film(caller, film)
        change = await desk.studio.plan_retake(known, shot_of(known, shot), **(body or Retake()).retake_wishes)
        return await carried_out(desk, known, change, dry_run=dry_run)

    return await change_once(desk, caller, idempotency_key, request, work)


@router.post("/{shot}/select")
async def select_take(film: str, shot: str, body: Selection, desk: ADesk, caller: Maker) -> WholeFilmView:
    """Use another take of a shot; the film is cut anew, and nothing is paid."""
    known = await desk.film(caller, film)
    return await whole(desk, await desk.studio.start_selection(known, shot_of(known, shot), body.take))


@router.post("/{shot}/lock")
async def lock_shot(film: str, shot: str, desk: ADesk, caller: Maker) -> ShotView:
    """Let a shot keep its take, whatever changes."""
    return await _locked(desk, caller, film, shot, locked=True)


@router.post("/{shot}/unlock")
async def unlock_shot(film: str, shot: str, desk: ADesk, caller: Maker) -> ShotView:
    """Let a shot be made again where something changes."""
    return await _locked(desk, caller, film, shot, locked=False)


async def _locked(desk: Desk, caller: Caller, film: str, shot: str, *, locked: bool) -> ShotView:
    known: Film = await desk.film(caller, film)
    id = shot_of(known, shot)
    await (desk.studio.lock if locked else desk.studio.unlock)(known, id)
    return next(one for one in (await whole(desk, known)).shots if one.id == id)
