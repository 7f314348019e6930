"""What a tool shows beside its answer: a picture, a sound, a text or a file, for whoever can show it."""

import mimetypes

from storyreel.domain.values import Value


class Attachment(Value):
    """A thing to look at, listen to or read."""

    data: bytes | str  # a text where its media type is one
    media_type: str  # "image/png"
    uri: str = ""  # its address, where it has one

    @property
    def ending(self) -> str:
        """What a file of it is called by at its end: ".png"; empty where nobody knows."""
        return mimetypes.guess_extension(self.media_type) or ""

    def file(self) -> bytes:
        """The same as a file's bytes."""
        return self.data.encode() if isinstance(self.data, str) else self.data
