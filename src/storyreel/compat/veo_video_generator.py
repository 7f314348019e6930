"""`VeoVideoGenerator` of the film bot: a scene becomes a clip, which goes on from the scene before where that is given."""

import asyncio
import base64
import binascii
import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from storyreel.addresses import is_address
from storyreel.domain.errors import InvalidRequest, MediaUnusable
from storyreel.domain.values import Size
from storyreel.fetcher import MOST_CLIP_BYTES, Fetcher
from storyreel.orders import SHORTEST_SIDE_PX, FilmWishes, size_for
from storyreel.studio import Studio

MODEL = "veo-3.1-fast"
GOES_ON = "It goes on from the first frame without a break: the same people, place, light and style."


class VeoVideoGenerator:
    """Clips of single scenes, by Veo 3.1 Fast unless another model is named."""

    def __init__(self, model: str = MODEL, *, open_studio: Callable[[], Studio] = Studio) -> None:
        self._model, self._open_studio = model, open_studio

    async def generate_scene(
        self,
        prompt: str,
        duration: float = 8,
        resolution: str = "720p",
        aspect_ratio: str = "16:9",
        guidance: float | None = None,  # noqa: ARG002  none of these models takes it
        previous_frame: Path | str | bytes | None = None,
        *,
        model: str | None = None,
        **_others: object,
    ) -> str:
        """The address of the scene's clip, a file of our own. `previous_frame`: how the scene before ended.

        Raises any StoryreelError that ended it.
        """
        size = str(Size.of_aspect(size_for(None, aspect_ratio).shape, _short_side_px(resolution)))
        wishes = FilmWishes(model=model or self._model, size=size, seconds=duration, deliver=False)
        async with self._open_studio() as studio:
            if previous_frame is None:
                film = await studio.make_film(prompt, **{**wishes, "shots": 1, "writer": "rules"})
            else:
                text = f"{prompt.rstrip('. ')}. {GOES_ON}"
                film = await studio.animate(await asyncio.to_thread(_picture, previous_frame), text, **wishes)
            if film.output is None:
                raise MediaUnusable(film.id, "it has no clip")
            path = await (await studio.line()).blobs.fetch(film.output)
        return path.as_uri()

    async def download_video(self, video_url: str, output_path: Path | str) -> str:
        """The clip behind an address, as a file. Raises MediaUnusable, OSError for where it should go."""
        target = Path(output_path)
        async with self._clip(video_url) as source:
            await asyncio.to_thread(_copied, source, target)
        return str(target)

    @asynccontextmanager
    async def _clip(self, url: str) -> AsyncGenerator[Path | bytes]:
        if is_address(url):
            inward = self._open_studio().settings.fetch_inward
            yield await Fetcher(inward=inward).fetch(url, most_bytes=MOST_CLIP_BYTES, field="video_url")
        else:
            yield _local(url)


def _short_side_px(resolution: str) -> int:
    """Of '720p' or '4K'. Raises InvalidRequest."""
    told = "2160p" if resolution.lower() == "4k" else resolution.lower()
    if not (told.removesuffix("p").isdecimal() and SHORTEST_SIDE_PX <= int(told.removesuffix("p")) <= 2160):
        raise InvalidRequest(f"{resolution!r} is no resolution; give one like 720p, 1080p or 4K.", field="resolution")
    return int(told.removesuffix("p"))


def _picture(source: Path | str | bytes) -> Path | str | bytes:
    """The same as a studio takes it: a data URL becomes its bytes, a file's address its path. Raises MediaUnusable."""
    if not isinstance(source, str) or is_address(source):
        return source
    if source.startswith("data:"):
        try:
            return base64.b64decode(source.partition(",")[2], validate=True)
        except binascii.Error as error:
            raise MediaUnusable("The data URL", "it cannot be read", field="previous_frame") from error
    return _local(source)


def _local(name: str) -> Path:
    return Path(unquote(urlsplit(name).path)) if name.startswith("file:") else Path(name)


def _copied(source: Path | bytes, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(source, bytes):
        target.write_bytes(source)
    else:
        shutil.copyfile(source, target)
