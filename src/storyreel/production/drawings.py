"""Drawings of shots that have no take yet: a frame of the free animatic, or of the take where there is one; as JPEG."""

import asyncio
import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.film import Film
from storyreel.domain.generation import Request
from storyreel.domain.model import Model
from storyreel.domain.values import Digest, Size

if TYPE_CHECKING:
    from PIL.Image import Image

SHORT_SIDE_PX = 360
QUALITY = 84
MOST_BYTES = 32_000_000  # of pictures that are kept at hand
AT_ONCE = 2


class Drawings:
    """Makes small pictures, a few at once, and keeps those that were asked for last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def jpeg(self, name: str, make: "Callable[[], Image]") -> bytes:
        """The picture of that name, made where it is not at hand. Raises what `make` raises."""
        if name not in self._kept:  # who finds it at hand waits for nobody's drawing
            async with self._turn:
                if name not in self._kept:
                    self._kept[name] = await asyncio.to_thread(lambda: _jpeg(make()))
                    self._forget(keep=name)
        self._kept.move_to_end(name)
        return self._kept[name]

    def _forget(self, *, keep: str) -> None:
        """Let go of what was not asked for longest, until the rest fits."""
        whole = sum(map(len, self._kept.values()))
        while whole > MOST_BYTES and next(iter(self._kept)) != keep:
            whole -= len(self._kept.popitem(last=False)[1])


def request_of(film: Film, shot: str, drawn_by: Model) -> Request:
    """What the animatic draws of a shot of a film, small."""
    from storyreel.production.plan import request_for

    size = Size.of_aspect(film.order.size.shape, SHORT_SIDE_PX)
    order = film.order.model_copy(update={"size": size, "slate": False, "references": ()})
    return request_for(film.model_copy(update={"order": order}), shot, drawn_by)


def version_of(request: Request) -> Digest:
    """A name for everything that determines a drawing."""
    return hashlib.sha256(request.model_dump_json().encode()).hexdigest()


def drawing(request: Request, first_frame: Path | None = None) -> "Image":
    """The frame in the middle of a shot as the animatic draws it."""
    from storyreel.animatic.engine import compose
    from storyreel.media.pictures import open_picture

    picture = compose(request, first_frame=open_picture(first_frame) if first_frame else None)
    return picture.frame(picture.frames // 2)


def frame(clip: Path, which: str) -> "Image":
    """The first, the last or the middle frame of a clip, small. Raises MediaUnusable."""
    from storyreel.media.frames import first_frame, frame_at, last_frame
    from storyreel.media.probe import probe

    match which:
        case "first":
            image = first_frame(clip)
        case "last":
            image = last_frame(clip)
        case _:
            image = frame_at(clip, probe(clip).seconds / 2)
    scale = min(1.0, 2 * SHORT_SIDE_PX / min(image.size))
    return image if scale == 1 else image.resize((round(image.width * scale), round(image.height * scale)))


def _jpeg(image: "Image") -> bytes:
    file = io.BytesIO()
    image.save(file, format="JPEG", quality=QUALITY, progressive=True)
    return file.getvalue()
