"""`VideoStitcher` of the film bot: first and last frames of clips, and clips joined into one film."""

import asyncio
import base64
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import mkdtemp

from storyreel.studio import Studio


class VideoStitcher:
    """Frames and films of clips that are there. What it writes for itself goes by `cleanup_temp_files`."""

    def __init__(self, temp_dir: Path | str | None = None, *, open_studio: Callable[[], Studio] = Studio) -> None:
        self._folder = None if temp_dir is None else Path(temp_dir)
        self._open_studio = open_studio
        self._made: list[Path] = []

    async def extract_last_frame(self, video_path: Path | str, output_path: Path | str | None = None) -> str:
        """The very last frame that is shown, as a PNG file. Raises MediaUnusable."""
        clip = Path(video_path)
        target = Path(output_path) if output_path else await asyncio.to_thread(self._place, f"{clip.stem}-last.png")
        async with self._open_studio() as studio:
            image = await studio.frame(clip, "last")
        await asyncio.to_thread(image.save, target)
        return str(target)

    async def extract_first_frame_url(self, video_path: Path | str) -> str:
        """The first frame as a data URL, which may stand wherever a picture's address does. Raises MediaUnusable."""
        from storyreel.media.pictures import png_bytes

        async with self._open_studio() as studio:
            image = await studio.frame(Path(video_path), "first")
        data = await asyncio.to_thread(png_bytes, image)
        return f"data:image/png;base64,{base64.b64encode(data).decode()}"

    async def stitch_videos(self, video_paths: Sequence[Path | str], output_path: Path | str) -> str:
        """The clips as one film, without encoding again where they agree; damaged ones are left out.

        Raises InvalidRequest, MediaUnusable where none can be used, OutputUnwritable.
        """
        async with self._open_studio() as studio:
            report = await studio.join([Path(one) for one in video_paths], Path(output_path), skip_damaged=True)
        return str(report.output)

    def cleanup_temp_files(self, paths: Iterable[Path | str] | None = None) -> int:
        """Remove these files, or those that were written here without a place being told; how many there were."""
        going = self._made if paths is None else [Path(one) for one in paths]
        there = [path for path in going if path.is_file()]
        for path in there:
            path.unlink()
        if paths is None:
            for folder in {path.parent for path in self._made} - {self._folder}:
                folder.rmdir()
            self._made.clear()
        return len(there)

    def _place(self, name: str) -> Path:
        """A file of that name in the temporary folder, which is made when it is first needed."""
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
        path = Path(mkdtemp(prefix="storyreel-", dir=self._folder)) / name
        self._made.append(path)
        return path
