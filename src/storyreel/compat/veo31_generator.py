"""`Veo31VideoGenerator`, as programs that were written against it call it; it waits for the film, and needs no server."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from storyreel import sync
from storyreel.accounts import Account, account_of, environment_here
from storyreel.compat.veo31 import (
    Generation,
    Prompted,
    Steps,
    VeoOrder,
    generated,
    generated_with,
    prompted,
    standing,
)
from storyreel.domain.errors import StoryreelError
from storyreel.domain.film import Film
from storyreel.studio import Studio

Media = Path | str | bytes
"""A picture or a video by its file, its address or its bytes."""


class Veo31VideoGenerator:
    """Films by Veo 3.1 from one to three pictures; each answer is a dictionary of the three steps.

    `model` names another than Veo; what else the earlier class took is taken and not needed.
    """

    def __init__(
        self, openai_api_key: str | None = None, gemini_api_key: str | None = None, *, model: str | None = None, **_others: object
    ) -> None:
        self._keys = {"openai": openai_api_key, "gemini": gemini_api_key}
        self._model = model

    def analyze_and_generate_prompt(
        self,
        reference_images: Sequence[Media],
        video_reference: Media | None = None,
        use_case: str = "general",
        additional_prompt: str | None = None,
        **_others: object,
    ) -> dict[str, Any]:
        """The analysis and the prompt, which may be edited; nothing is paid for. Raises InvalidRequest, MediaUnusable."""
        order = self._order(reference_images, video_reference, use_case=use_case, instructions=additional_prompt or "")

        async def read(studio: Studio) -> Prompted:
            return await prompted(studio, order)

        return sync.run(read, self._studio).model_dump(mode="json")

    def generate_from_references(
        self,
        reference_images: Sequence[Media],
        video_reference: Media | None = None,
        platform: str = "veo3",  # noqa: ARG002  the documented name
        use_case: str = "product_video",
        duration_seconds: float = 5,
        aspect_ratio: str = "16:9",
        quality: str = "high",
        additional_prompt: str | None = None,
        **_others: object,
    ) -> dict[str, Any]:
        """Analysis, prompt and finished film, whose `video_url` is a file's in the folder that bears the film's name.

        Raises AuthenticationFailed, which names the variable; InvalidRequest, MediaUnusable. What fails later is told as `error`.
        """
        order = self._order(
            reference_images,
            video_reference,
            use_case=use_case,
            seconds=duration_seconds,
            aspect=aspect_ratio,
            quality=quality,
            instructions=additional_prompt or "",
        )
        return self._made(order, generated)

    def generate_video_with_prompt(
        self,
        prompt: str,
        reference_images: Sequence[Media],
        video_reference: Media | None = None,  # noqa: ARG002  the prompt says how it moves
        duration_seconds: float = 8,
        aspect_ratio: str = "16:9",
        quality: str = "standard",
        **_others: object,
    ) -> dict[str, Any]:
        """The finished film by a prompt that was read. Raises as `generate_from_references`."""
        order = self._order(reference_images, None, seconds=duration_seconds, aspect=aspect_ratio, quality=quality)
        return self._made(order, lambda studio, asked: generated_with(studio, asked, prompt))

    def check_status(self, task_id: str, provider: str = "google") -> dict[str, Any]:  # noqa: ARG002  the documented name
        """How a film stands: `processing`, `completed` or `failed`. Raises UnknownFilm."""

        async def look(studio: Studio) -> Generation:
            return _told(await studio.film(task_id))

        return sync.run(look, self._studio).model_dump(mode="json")

    def _order(self, pictures: Sequence[Media], motion: Media | None, **wishes: Any) -> VeoOrder:
        return VeoOrder(pictures, motion, model=self._model, deliver=True, **wishes)

    def _made(
        self, order: VeoOrder, begin: Callable[[Studio, VeoOrder], Coroutine[Any, Any, tuple[Steps, Film | None]]]
    ) -> dict[str, Any]:
        async def make(studio: Studio) -> Steps:
            steps, film = await begin(studio, order)
            if film is None:
                return steps
            try:
                film = await studio.wait(film)
            except StoryreelError:
                film = await studio.film(film.id)
            begun = steps.step3_video_generation
            ended = _told(film).model_copy(update={"quote_usd": begun.quote_usd, "notes": begun.notes})
            return steps.model_copy(update={"step3_video_generation": ended})

        return sync.run(make, self._studio).model_dump(mode="json")

    def _studio(self) -> Studio:
        given = {provider: key for provider, key in self._keys.items() if key}
        environment = environment_here()
        return Studio(accounts={provider: _with_key(account_of(provider, environment), key) for provider, key in given.items()})


def _with_key(account: Account, key: str) -> Account:
    return replace(account, key=SecretStr(key))


def _told(film: Film) -> Generation:
    return standing(film, film.delivered.as_uri() if film.delivered else None)
