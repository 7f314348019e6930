"""The picture that a video begins on: read safely, cut to a shape that its model makes, and kept."""

import asyncio
import base64
import binascii
import re

from PIL.Image import Image

from storyreel.catalog.pictures import must_take
from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import Digest, Size
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.videos.fields import PICTURE
from storyreel.fetcher import MOST_PICTURE_BYTES, Fetcher, is_address
from storyreel.media.pictures import filled, open_picture, png_bytes
from storyreel.orders import size_of_picture

DATA_URL = re.compile(r"^data:image/[a-z.+-]+;base64,")
CALLED = "The picture"


async def picture_of(desk: Desk, source: bytes | str) -> Image:
    """A picture by its bytes, its address or as a data URL. Raises MediaUnusable."""
    data = source if isinstance(source, bytes) else await _bytes_of(desk, source)
    try:
        return await asyncio.to_thread(open_picture, data, name=CALLED)
    except MediaUnusable as error:
        raise MediaUnusable(CALLED, error.problem, field=PICTURE) from error


async def kept(desk: Desk, image: Image, route: str, size: Size) -> Digest:
    """The picture in our store, filled to the shape of the video. Raises MediaUnusable where its model would refuse it."""
    model, _ = desk.studio.catalogue.known_route(route)
    if size_of_picture(image.width, image.height).shape != size.shape:
        image = await asyncio.to_thread(filled, image, size)
    must_take(model, image.width, image.height, called=CALLED, field=PICTURE)
    return await desk.blobs.put_bytes(await asyncio.to_thread(png_bytes, image))


async def _bytes_of(desk: Desk, source: str) -> bytes:
    if is_address(source):
        fetcher = Fetcher(inward=desk.studio.settings.fetch_inward)
        return await fetcher.fetch(source, most_bytes=MOST_PICTURE_BYTES, field=PICTURE)
    if not (found := DATA_URL.match(source)):
        raise MediaUnusable(CALLED, "give a file, an address that begins with https://, or a data URL", field=PICTURE)
    try:
        return base64.b64decode(source[found.end() :], validate=True)
    except (binascii.Error, ValueError) as error:
        raise MediaUnusable(CALLED, "its data URL is not base64 that can be read", field=PICTURE) from error
