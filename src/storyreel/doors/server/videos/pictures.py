"""The picture that a video begins on: judged by what is in it, cut to the shape of what its model makes, and kept."""

import base64
import binascii
import re

from storyreel.addresses import is_address
from storyreel.catalog.pictures import must_take
from storyreel.domain.errors import MediaUnusable
from storyreel.domain.values import Digest, Size
from storyreel.doors.server import assets
from storyreel.doors.server.callers import Caller
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.judging import judged_picture
from storyreel.doors.server.videos.fields import PICTURE
from storyreel.doors.server.videos.wish import Wish
from storyreel.fetcher import Fetcher
from storyreel.media.received import MOST_PICTURE_BYTES
from storyreel.orders import size_of_picture

DATA_URL = re.compile(r"^data:image/[a-z.+-]+;base64,")
CALLED = "The picture"


async def picture_of(desk: Desk, caller: Caller, wish: Wish) -> tuple[bytes, Size] | None:
    """A wish's picture as PNG or JPEG, and the size of a video of its shape; None where there is none.

    It comes as a file, an address, a data URL, or an asset of the caller's own. Raises MediaUnusable, NotFound.
    """
    if wish.asset:
        data = await assets.picture_of(desk, caller, wish.asset, field=PICTURE)
    elif wish.picture is not None:
        data = wish.picture if isinstance(wish.picture, bytes) else await _bytes_of(desk, wish.picture)
    else:
        return None
    found = await judged_picture(desk, data, called=CALLED, field=PICTURE)
    return found.data or data, size_of_picture(found.width_px, found.height_px)


async def kept(desk: Desk, picture: bytes, route: str, size: Size) -> Digest:
    """The picture in our store, as PNG, filled to the video's shape. Raises MediaUnusable where its model would refuse it."""
    model, _ = desk.studio.catalogue.known_route(route)

    def drawn() -> bytes:
        from storyreel.media.pictures import filled, open_picture, png_bytes

        image = open_picture(picture, name=CALLED)
        if size_of_picture(image.width, image.height).shape != size.shape:
            image = filled(image, size)
        must_take(model, image.width, image.height, called=CALLED, field=PICTURE)
        return png_bytes(image)

    return await desk.blobs.put_bytes(await desk.judging(drawn))


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
