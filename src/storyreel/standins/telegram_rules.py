"""What the Bot API allows, in numbers; those of a Bot API server of one's own, in its local mode, are others."""

from dataclasses import dataclass

MB = 1024 * 1024
TEXT, CAPTION, ANSWER = 4096, 1024, 200
"""Of a message, a caption, the answer to a button: characters after the entities were read."""
CALLBACK_BYTES = 64
ALBUM = (2, 10)
THUMBNAIL_PX, THUMBNAIL_BYTES = 320, 200 * 1024 - 1
PHOTO_PX, PHOTO_RATIO = 10_000, 20
"""Of a photo: width and height together in pixels, and how many times longer one side may be."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits that depend on the server, or that a test may want to be smaller. Bytes and seconds."""

    local: bool = False  # a Bot API server of one's own: absolute paths of files, plain HTTP webhooks
    upload_bytes: int = 50 * MB
    photo_bytes: int = 10 * MB
    download_bytes: int | None = 20 * MB
    url_bytes: int = 20 * MB
    url_photo_bytes: int = 5 * MB
    query_life_s: float = 60.0  # how long a press of a button may go without an answer
    update_life_s: float = 24 * 3600.0
    link_life_s: float = 3600.0  # of a path that `getFile` told
    per_chat_s: float = 1.0  # one message in so many seconds
    per_chat_burst: int = 3
    per_group_minute: int = 20
    per_second: int = 30
    hook_backoff_s: tuple[float, float] = (1.0, 60.0)  # after the first failure of a webhook, and at most


LOCAL = Rules(local=True, upload_bytes=2000 * MB, download_bytes=None)
"""A Bot API server started with `--local`."""
