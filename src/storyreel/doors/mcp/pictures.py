"""Pictures of a film for whoever reads a resource: a shot's frame, the contact sheet; drawn where there is no take yet."""

import asyncio
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal

from storyreel.domain.film import Film, ShotReport
from storyreel.domain.generation import GenerationState
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.takes import shot_of

if TYPE_CHECKING:
    from PIL.Image import Image

SHEET_SHOT_PX, SHEET_PX = 480, 2000  # the longer side of a shot, and of the sheet: models that see take no larger ones


async def shot_png(desk: Desk, film: Film, named: str) -> bytes:
    """The frame in the middle of a shot, as PNG; the shot by its id or number. Raises NotFound, MediaUnusable."""
    id = shot_of(film, named)
    shot = next((one for one in await desk.studio.shots(film) if one.id == id), None)
    return await asyncio.to_thread(_bytes, await _picture(desk, film, id, shot), "PNG")


async def sheet_jpeg(desk: Desk, film: Film) -> bytes:
    """Every shot of a film on one page, as JPEG, with its number, length, camera and description. Raises MediaUnusable."""
    shots = {one.id: one for one in await desk.studio.shots(film)}
    pictures = [await _picture(desk, film, one.id, shots.get(one.id)) for one in film.storyboard.shots]
    return await asyncio.to_thread(_sheet, film, pictures)


async def _picture(desk: Desk, film: Film, id: str, shot: ShotReport | None) -> "Image":
    """Of the take that the shot uses; the animatic's drawing where it has none."""
    from storyreel.production.drawings import drawing, frame, request_of

    take = shot.take if shot is not None else None
    if take is not None and take.state is GenerationState.READY and take.output is not None:
        return await asyncio.to_thread(frame, await desk.blobs.fetch(take.output), "middle")
    request = request_of(film, id, desk.studio.catalogue.drawn_by())
    first = await desk.blobs.fetch(request.first_frame) if request.first_frame else None
    return await asyncio.to_thread(drawing, request, first)


def _bytes(image: "Image", form: Literal["PNG", "JPEG"]) -> bytes:
    file = io.BytesIO()
    image.save(file, format=form)
    return file.getvalue()


def _sheet(film: Film, pictures: "list[Image]") -> bytes:
    from storyreel.media.pictures import open_picture
    from storyreel.production.sheet import draw_sheet

    for picture in pictures:
        picture.thumbnail((SHEET_SHOT_PX, SHEET_SHOT_PX))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.jpg"
        draw_sheet(film, pictures, path)
        sheet = open_picture(path)
    sheet.thumbnail((SHEET_PX, SHEET_PX))
    return _bytes(sheet, "JPEG")
