"""The forms of `/veo31`: pictures and a motion video, as files or by address, and what is wished of the film."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Form, UploadFile

from storyreel.addresses import is_address
from storyreel.domain.errors import InvalidRequest
from storyreel.doors.server.desk import Desk
from storyreel.doors.server.judging import MOST_CLIP_BYTES, MOST_WORDS_BYTES, judged_clip, judged_pictures
from storyreel.media.received import MOST_PICTURE_BYTES

MOST_PICTURES = 3
MOST_BODY_BYTES = MOST_PICTURES * MOST_PICTURE_BYTES + MOST_CLIP_BYTES + MOST_WORDS_BYTES
LONGEST_ADDRESS = 2_000  # characters

Address = Annotated[str | None, Form(max_length=LONGEST_ADDRESS, description="http or https, in a public place.")]


@dataclass(frozen=True, slots=True)
class Wished:
    """What a form says of the film."""

    use_case: str
    seconds: float
    aspect: str
    quality: str
    instructions: str
    model: str | None


@dataclass(frozen=True, slots=True)
class Files:
    """The pictures and the motion video of a form with files."""

    pictures: tuple[UploadFile, ...]
    video: UploadFile | None
    video_url: str | None


def wished(
    use_case: Annotated[str, Form(description="product_video, hero_image, gemstone_closeup, luxury_brand, general.")] = (
        "product_video"
    ),
    duration_seconds: Annotated[float, Form(ge=1, le=60)] = 5,
    aspect_ratio: Annotated[str, Form(max_length=10, examples=["16:9", "9:16"])] = "16:9",
    quality: Annotated[str, Form(description="high (1080p) or standard (720p).")] = "high",
    additional_prompt: Annotated[str | None, Form(description="What the prompt should say besides.")] = None,
    model: Annotated[str | None, Form(max_length=200, description="Another model than Veo 3.1, or model@provider.")] = None,
) -> Wished:
    """The wishes of a form."""
    return Wished(use_case, duration_seconds, aspect_ratio, quality, additional_prompt or "", model or None)


def files(
    reference_image1: UploadFile,
    reference_image2: UploadFile | None = None,
    reference_image3: UploadFile | None = None,
    video_reference: UploadFile | None = None,
    video_reference_url: Address = None,
) -> Files:
    """The files of a form; those that were left empty are none."""
    given = (reference_image1, reference_image2, reference_image3)
    pictures = tuple(one for one in given if one is not None and one.size)
    return Files(pictures, video_reference if video_reference and video_reference.size else None, video_reference_url)


def addresses(
    reference_image_urls: Annotated[
        str, Form(max_length=MOST_PICTURES * LONGEST_ADDRESS, description="One to three, separated by commas.")
    ],
) -> tuple[str, ...]:
    """The addresses of a form. Raises InvalidRequest."""
    found = tuple(one.strip() for one in reference_image_urls.split(",") if one.strip())
    if not 1 <= len(found) <= MOST_PICTURES:
        message = f"{len(found)} addresses of pictures were given; give 1 to {MOST_PICTURES}, separated by commas."
        raise InvalidRequest(message, field="reference_image_urls")
    for one in found:
        must_be_address(one, "reference_image_urls")
    return found


def must_be_address(text: str, field: str) -> str:
    """The same text. Raises InvalidRequest for the name of a file, which nobody else may name here."""
    if not is_address(text):
        raise InvalidRequest(f"{text[:100]!r} is no address: it begins with http:// or https://.", field=field)
    return text


async def bytes_of(desk: Desk, pictures: tuple[UploadFile, ...]) -> list[bytes]:
    """The pictures of a form, read and judged. Raises InvalidRequest, MediaUnusable."""
    if not pictures:
        raise InvalidRequest("There is no picture in reference_image1: send a file.", field="reference_image1")
    return await judged_pictures(desk, pictures, field="reference_image{}")


@asynccontextmanager
async def motion_of(desk: Desk, given: Files) -> AsyncGenerator[Path | str | None]:
    """The motion video while the block runs: a file of ours, or its address. Raises InvalidRequest, MediaUnusable."""
    if given.video is not None:
        async with judged_clip(desk, given.video, field="video_reference") as path:
            yield path
    else:
        told = (given.video_url or "").strip()
        yield must_be_address(told, "video_reference_url") if told else None
