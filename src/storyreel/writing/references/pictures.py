"""Reference pictures opened, bounded and made ready: for the eye of a vision model, or for our own measuring."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.errors import InvalidRequest, MediaUnusable

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 3
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
MOST_PIXELS = 100_000_000
SIDE_PX = 1024  # of the longer side, as a vision model gets it


@dataclass(frozen=True, slots=True)
class Picture:
    """An opened picture, upright, and its size before it was made small."""

    number: int  # counted from 1
    image: "Image"
    width_px: int
    height_px: int

    def jpeg(self) -> bytes:
        """What a vision model is sent."""
        out = BytesIO()
        self.image.save(out, "JPEG", quality=88)
        return out.getvalue()


def opened(pictures: Sequence[Path | bytes]) -> tuple[Picture, ...]:
    """One to three pictures. Raises InvalidRequest for another number, MediaUnusable for what is no picture."""
    if not 1 <= len(pictures) <= MOST:
        raise InvalidRequest(f"{len(pictures)} reference pictures were given; give 1 to {MOST}.", field="reference_images")
    return tuple(_opened(number, one) for number, one in enumerate(pictures, start=1))


def _opened(number: int, source: Path | bytes) -> Picture:
    from PIL import Image as Pictures
    from PIL import ImageOps

    name = source.name if isinstance(source, Path) else f"reference {number}"
    try:
        with Pictures.open(source if isinstance(source, Path) else BytesIO(source), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise MediaUnusable(name, f"it has more than {MOST_PIXELS // 1_000_000} megapixels", field="reference_images")
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except FileNotFoundError as error:
        raise MediaUnusable(name, "there is no such file", field="reference_images") from error
    except (OSError, ValueError, SyntaxError, Pictures.DecompressionBombError) as error:
        raise MediaUnusable(
            name, f"it is no picture that can be read ({', '.join(FORMATS)})", field="reference_images"
        ) from error
    width, height = upright.size
    upright.thumbnail((SIDE_PX, SIDE_PX))
    return Picture(
        number, Pictures.alpha_composite(Pictures.new("RGBA", upright.size, "white"), upright).convert("RGB"), width, height
    )
