"""What `HuggingFaceMedia` yields: who works, how far it is, and the pictures and clips themselves."""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from storyreel.domain.errors import MediaUnusable, OutputBroken
from storyreel.providers.huggingface.stream import Arrived, Item, Missed, Waiting, Working


@dataclass(frozen=True, slots=True)
class ProviderInfo:
    """Who works at a result; the first item of all, and again where another provider is asked."""

    name: str  # "HuggingFace"
    label: str  # "HuggingFace (fal-ai)"
    url: str  # the model's page
    model: str  # as the Hub calls it
    provider: str
    provider_id: str  # as the provider calls the model
    seed: int
    number: int = 0  # of the result, from 0
    left_out: tuple[str, ...] = ()  # wishes that this provider has no word for


@dataclass(frozen=True, slots=True)
class Reasoning:
    """How far a result is, or what went wrong on the way."""

    label: str
    status: str  # "1.20s", or what happened
    provider: str
    number: int = 0
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class MediaResponse:
    """A result that is in our own storage."""

    path: Path
    alt: str  # the prompt
    provider: str
    model: str
    seed: int
    source: str  # the provider's own link, which dies; empty where there was none
    width: int
    height: int
    cost_usd: Decimal | None
    elapsed_s: float
    number: int = 0
    seconds: float = 0.0  # of a clip

    @property
    def url(self) -> str:
        """The file's address."""
        return self.path.as_uri()

    @property
    def urls(self) -> list[str]:
        """The same, in a list."""
        return [self.url]


@dataclass(frozen=True, slots=True)
class ImageResponse(MediaResponse):
    """A picture."""


@dataclass(frozen=True, slots=True)
class VideoResponse(MediaResponse):
    """A clip."""


Answer: TypeAlias = ProviderInfo | Reasoning | ImageResponse | VideoResponse


async def answer_of(item: Item, prompt: str, asked: set[str]) -> Answer:
    """An item of the stream as it is yielded; `asked` are the words that the caller said. Raises OutputBroken."""
    served = item.served
    match item:
        case Working():
            left_out = tuple(word for word in item.left_out if word in asked)
            page, label = f"https://huggingface.co/{served.model}", f"HuggingFace ({served.provider})"
            who = (served.model, served.provider, served.provider_id)
            return ProviderInfo("HuggingFace", label, page, *who, item.seed, item.number, left_out)
        case Waiting():
            return Reasoning("Generating", f"{item.elapsed_s:.2f}s", served.provider, item.number, item.progress)
        case Missed():
            what = "asks the next provider" if item.another else "gives this one up"
            return Reasoning(f"HuggingFace {what}", str(item.error), served.provider, item.number)
        case Arrived():
            return await asyncio.to_thread(_result, item, prompt)


def _result(item: Arrived, prompt: str) -> ImageResponse | VideoResponse:
    """A result with what it really is. Raises OutputBroken where it does not open."""
    from storyreel.media.pictures import open_picture
    from storyreel.media.probe import probe

    clip = item.path.suffix in {".mp4", ".webm"}
    try:
        facts = probe(item.path) if clip else None
        width, height = (facts.width_px, facts.height_px) if facts else open_picture(item.path).size
    except MediaUnusable as error:
        raise OutputBroken(error.problem) from error
    kind = VideoResponse if clip else ImageResponse
    return kind(
        path=item.path,
        alt=prompt,
        provider=item.served.provider,
        model=item.served.model,
        seed=item.seed,
        source=item.link,
        width=width,
        height=height,
        cost_usd=item.cost_usd,
        elapsed_s=item.elapsed_s,
        number=item.number,
        seconds=facts.seconds if facts else 0.0,
    )
