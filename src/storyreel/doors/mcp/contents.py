"""Attachments as the protocol has them: pictures, sounds, and resources that are embedded; and resources as they are read."""

import base64

from mcp.types import (
    AudioContent,
    BlobResourceContents,
    EmbeddedResource,
    ImageContent,
    TextResourceContents,
)

from storyreel.tools.attachment import Attachment


def content_of(one: Attachment) -> ImageContent | AudioContent | EmbeddedResource:
    """An attachment as a part of an answer or a prompt."""
    if isinstance(one.data, bytes) and one.media_type.startswith("image/"):
        return ImageContent(data=base64.b64encode(one.data).decode(), mime_type=one.media_type)
    if isinstance(one.data, bytes) and one.media_type.startswith("audio/"):
        return AudioContent(data=base64.b64encode(one.data).decode(), mime_type=one.media_type)
    return EmbeddedResource(resource=contents_of(one))


def contents_of(one: Attachment) -> TextResourceContents | BlobResourceContents:
    """The same as a resource's contents."""
    uri = one.uri or "attachment:"
    if isinstance(one.data, str):
        return TextResourceContents(uri=uri, mime_type=one.media_type, text=one.data)
    return BlobResourceContents(uri=uri, mime_type=one.media_type, blob=base64.b64encode(one.data).decode())
