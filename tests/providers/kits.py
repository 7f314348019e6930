"""A kit for a provider under test: pictures by digest in a folder, an account, connections of its own."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from PIL import Image
from pydantic import SecretStr

from storyreel.accounts import Account
from storyreel.domain.generation import RemoteId
from storyreel.domain.values import Digest
from storyreel.media.pictures import fitted_bytes, png_bytes
from storyreel.providers.http import Http
from storyreel.providers.port import JPEG, PNG, Kit, Picture

NOBODY = Account("animatic", setting="")


@cache
def a_picture(*, noisy: bool = False) -> bytes:
    """The file of a small picture: of one colour, or of noise."""
    plain = Image.effect_noise((640, 360), 90) if noisy else Image.new("RGB", (640, 360), "#336699")
    return png_bytes(plain.convert("RGB"))


class Pictures:
    """Pictures by digest, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> Digest:
        """The digest of a picture that is there from now on."""
        digest = sha256(data).hexdigest()
        (self._folder / digest).write_bytes(data)
        return digest

    async def path(self, digest: Digest) -> Path:
        return self._folder / digest

    async def picture(
        self,
        digest: Digest,
        *,
        types: tuple[str, ...] = (PNG, JPEG),
        most_bytes: int | None = None,
        most_side_px: int | None = None,
    ) -> Picture:
        data, kind, size = fitted_bytes(self._folder / digest, types=types, most_bytes=most_bytes, most_side_px=most_side_px)
        return Picture(data, kind, *size)


def a_kit(
    folder: Path,
    *,
    account: Account = NOBODY,
    http: Http | None = None,
    work: Path | None = None,
    nudge: Callable[[RemoteId], None] = lambda _: None,
) -> Kit:
    """A kit whose pictures lie in `folder`."""
    connections = http or Http()
    return Kit(
        pictures=Pictures(folder),
        work=work or folder / "work",
        nudge=nudge,
        account=account,
        http=lambda: connections,
        processes=1,
    )


def an_account(provider: str, url: str, key: str = "sk-secret-0001", **facts: str) -> Account:
    """An account at a stand-in."""
    return replace(
        Account(provider, setting=f"{provider.upper()}_KEY"), key=SecretStr(key), base_url=url, timeout_s=5.0, facts=facts
    )
