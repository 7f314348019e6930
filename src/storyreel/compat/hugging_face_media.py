"""`HuggingFaceMedia`, as programs that were written against it call it; what is behind it is `providers.huggingface`.

Key, addresses, proxy and time-out are the account's (`HF_TOKEN`, `HF_ENDPOINT`, `HF_ROUTER_URL`) unless the call has its own.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import ClassVar, TypeAlias
from uuid import uuid4

from pydantic import SecretStr

from storyreel.accounts import Account
from storyreel.compat.media_answers import Answer, answer_of
from storyreel.compat.media_folder import MediaFolder, NoPictures
from storyreel.compat.media_wishes import last_words, seeds_for, size_words
from storyreel.domain.errors import StoryreelError
from storyreel.domain.values import JSON
from storyreel.providers.http import Http
from storyreel.providers.huggingface.mapping import LIFE_S, Memory, pin_of
from storyreel.providers.huggingface.provider import HuggingFace
from storyreel.providers.huggingface.stream import Pace, stream
from storyreel.providers.huggingface.wire import Served
from storyreel.providers.huggingface.wires import WIRES
from storyreel.providers.port import Kit
from storyreel.studio import Studio

Mapped: TypeAlias = dict[str, dict[str, JSON]]

MOST_S = 3600.0  # that a result may take where no time-out is given


class HuggingFaceMedia:
    """Pictures and clips by the Hub's inference providers."""

    label = "HuggingFace (image and video generation)"
    url = "https://huggingface.co"
    working = True
    needs_auth = True
    interval_s: ClassVar[float] = 2.0  # between looks at what is being made
    problem: ClassVar[str] = ""  # why the list of models is old, or empty

    models: ClassVar[list[str]] = []  # 'owner/name' and 'owner/name:provider', videos first
    image_models: ClassVar[list[str]] = []
    video_models: ClassVar[list[str]] = []
    task_mapping: ClassVar[dict[str, str]] = {}  # name -> "text-to-video", ...
    provider_mapping: ClassVar[dict[str, Mapped]] = {}  # model -> provider -> the Hub's row
    model_aliases: ClassVar[dict[str, str]] = {
        "flux": "black-forest-labs/FLUX.1-dev",
        "flux-dev": "black-forest-labs/FLUX.1-dev",
        "flux-schnell": "black-forest-labs/FLUX.1-schnell",
        "sd-3.5-large": "stabilityai/stable-diffusion-3.5-large",
        "stable-diffusion-3.5-large": "stabilityai/stable-diffusion-3.5-large",
        "sdxl-1.0": "stabilityai/stable-diffusion-xl-base-1.0",
        "sdxl-turbo": "stabilityai/sdxl-turbo",
    }
    _memory: ClassVar[Memory] = Memory()
    _listed_at: ClassVar[float] = float("-inf")

    @classmethod
    def get_models(cls, **kwargs: object) -> list[str]:
        """The models that a live provider serves now, believed for half an hour; `api_key`, `proxy`, `provider` are read.

        Where the Hub cannot be asked, what was known before; `problem` says why.
        """
        if monotonic() - cls._listed_at < LIFE_S:
            return cls.models
        account = _account(_text(kwargs, "api_key"), _text(kwargs, "proxy"))
        with ThreadPoolExecutor(1, thread_name_prefix="storyreel-models") as thread:  # a loop may be running here
            try:
                listed = thread.submit(asyncio.run, cls._listing(account, _text(kwargs, "provider") or "all")).result()
            except StoryreelError as error:
                cls.problem = str(error)
                return cls.models
        cls._learn(listed)
        cls.problem, cls._listed_at = "", monotonic()
        return cls.models

    @classmethod
    async def get_mapping(cls, model: str, api_key: str | None = None) -> Mapped:
        """Who serves a model: a provider's name, and its `providerId`, `task`, `status`. Raises InvalidRequest and the Hub's."""
        name, _ = pin_of(cls.model_aliases.get(model, model))
        async with cls._opened(_account(api_key)) as provider:
            cls.provider_mapping[name] = _as_told(await provider.mappings.served(name))
        return cls.provider_mapping[name]

    @classmethod
    async def create_async_generator(
        cls,
        model: str,
        messages: Sequence[Mapping[str, JSON]] | None = None,
        api_key: str | None = None,
        extra_data: Mapping[str, JSON] | None = None,
        prompt: str | None = None,
        proxy: str | None = None,
        timeout: float = 0,  # noqa: ASYNC109  the documented name
        n: int = 1,
        aspect_ratio: str | None = None,
        height: int | None = None,
        width: int | None = None,
        resolution: str = "480p",
        *,
        extra_body: Mapping[str, JSON] | None = None,
        folder: Path | None = None,
        **_others: object,
    ) -> AsyncGenerator[Answer]:
        """Who works, then how far it is, then each result as it arrives, in a file of our own (in `folder`, if given).

        `timeout` is how many seconds a result may take; 0: an hour. `extra_data` goes to every provider as it is, but for the
        words of `providers.huggingface.wire`, which each says in its own way; `image` there is an address to start from.
        Raises what ended it where nothing arrived.
        """
        extra = {**(extra_data or {}), **(extra_body or {})}
        text = prompt or last_words(messages or ())
        name = cls.model_aliases.get(model, model)
        async with cls._opened(_account(api_key, proxy)) as provider:
            served = await provider.mappings.served(pin_of(name)[0])
            still = not any(one.makes_video for one in served)
            offers = await provider.fitting(name, still=still, picture="image" in extra)
            sizes = size_words(still, aspect_ratio, width, height, resolution)
            words: dict[str, JSON] = {"prompt": text, **sizes, **{word: told for word, told in extra.items() if word != "seed"}}
            asked = {word for word, told in (("width", width), ("height", height), ("aspect_ratio", aspect_ratio)) if told} | set(
                extra
            )
            items = stream(
                provider,
                offers,
                words,
                keep=MediaFolder(folder or Studio().home.root / "media").keep,
                seeds=seeds_for(extra.get("seed"), n),
                run=uuid4().hex,
                pace=Pace(cls.interval_s, timeout or MOST_S),
            )
            async with aclosing(items):
                async for item in items:
                    yield await answer_of(item, text, asked)

    @classmethod
    async def _listing(cls, account: Account, provider: str) -> list[Served]:
        async with cls._opened(account) as opened:
            return [one async for one in opened.mappings.listing(provider=provider)]

    @classmethod
    def _learn(cls, listed: Sequence[Served]) -> None:
        """Set the attributes by a listing."""
        live = [one for one in listed if one.status == "live" and one.provider in WIRES and one.task in WIRES[one.provider].tasks]
        names: dict[str, Served] = {}
        for one in sorted(live, key=lambda one: not one.makes_video):
            names.setdefault(one.model, one)
            names.setdefault(f"{one.model}:{one.provider}", one)
        cls.models = sorted(
            names, key=lambda name: (not names[name].makes_video, list(names).index(pin_of(name)[0]), ":" in name)
        )
        cls.video_models = [name for name in cls.models if names[name].makes_video]
        cls.image_models = [name for name in cls.models if not names[name].makes_video]
        cls.task_mapping = {name: names[name].task for name in cls.models}
        cls.provider_mapping |= {
            model: _as_told([one for one in listed if one.model == model]) for model in {one.model for one in listed}
        }

    @classmethod
    @asynccontextmanager
    async def _opened(cls, account: Account) -> AsyncGenerator[HuggingFace]:
        http = Http()
        work = Studio().home.work / "huggingface-media"
        kit = Kit(pictures=NoPictures(), work=work, nudge=lambda _: None, account=account, http=lambda: http)
        try:
            yield HuggingFace(kit, memory=cls._memory)
        finally:
            await http.close()


def _account(api_key: str | None = None, proxy: str | None = None) -> Account:
    account = Studio().accounts["huggingface"]
    return replace(account, key=SecretStr(api_key) if api_key else account.key, proxy=proxy or account.proxy)


def _text(told: Mapping[str, object], name: str) -> str | None:
    value = told.get(name)
    return value if isinstance(value, str) else None


def _as_told(served: Sequence[Served]) -> Mapped:
    """As the Hub tells one model's mapping."""
    rows: Mapped = {}
    for one in served:
        row: dict[str, JSON] = {"providerId": one.provider_id, "status": one.status, "task": one.task}
        rows[one.provider] = row | ({"adapterWeightsPath": one.weights} if one.weights else {})
    return rows
