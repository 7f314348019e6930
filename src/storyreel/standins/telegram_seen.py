"""A message as a person sees it."""

from dataclasses import dataclass, field

from storyreel.domain.values import JSON, dict_of
from storyreel.standins.telegram_bot import Bot
from storyreel.standins.telegram_chats import MEDIA, Message
from storyreel.standins.telegram_files import Stored
from storyreel.standins.telegram_oddities import ODDITIES


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of one message now."""

    id: int
    by_bot: bool
    kind: str  # "text", "photo", "video", "document"
    text: str  # or the caption
    buttons: tuple[tuple[str, ...], ...]  # the labels, in rows
    edits: int
    album: str  # the same for all of one album; empty: none
    width_px: int = 0  # as the bot told them; 0: it did not
    height_px: int = 0
    seconds: int = 0
    streams: bool = False  # plays while it loads
    cover: bool = False
    thumbnail: bool = False
    name: str = ""
    file: Stored | None = field(default=None, repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """All buttons' labels."""
        return tuple(label for row in self.buttons for label in row)

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return len(self.data)

    @property
    def data(self) -> bytes:
        """The file; none of a text."""
        return self.file.bytes() if self.file else b""


def seen_of(bot: Bot, message: Message, content: dict[str, JSON] | None = None, keyboard: list[JSON] | None = None) -> Seen:
    """A message as it is now, or as it was with that content."""
    if content is None:
        content, keyboard = message.content, message.keyboard
    kind = next((one for one in MEDIA if one in content), "text")
    told = content.get(kind)
    medium = dict_of(told[-1] if isinstance(told, list) else told)
    file = bot.files.of(str(medium["file_id"])) if medium else None
    return Seen(
        id=message.id,
        by_bot=message.of_bot,
        kind=kind,
        text=str(content.get("text") or content.get("caption") or "".join(f"<{odd}>" for odd in ODDITIES if odd in content)),
        buttons=tuple(tuple(str(dict_of(button)["text"]) for button in row) for row in keyboard or () if isinstance(row, list)),
        edits=len(message.past),
        album=message.album,
        width_px=_whole(medium, "width"),
        height_px=_whole(medium, "height"),
        seconds=_whole(medium, "duration"),
        streams=bool(file and file.streams),
        cover="cover" in medium,
        thumbnail="thumbnail" in medium,
        name=str(medium.get("file_name") or ""),
        file=file,
    )


def _whole(medium: dict[str, JSON], name: str) -> int:
    value = medium.get(name)
    return value if isinstance(value, int) else 0
