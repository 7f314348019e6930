"""Texts that only this server can have written: for links that expire, for sessions, for the secrets of webhooks."""

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from storyreel.domain.errors import StoreUnusable

SECRET_BYTES = 32
FILE = "server.secret"


class Seal:
    """Signs short texts for a purpose and a time; a text sealed for one purpose opens nothing else."""

    def __init__(self, secret: bytes, now: Callable[[], float] = time.time) -> None:
        self._secret, self._now = secret, now

    def closed(self, purpose: str, text: str, seconds: float) -> str:
        """The text with the time at which it ends and a signature, in letters that a URL may have."""
        sealed = f"{int(self._now() + seconds)}.{text}"
        return f"{_plain(sealed.encode())}.{_plain(self._signed(purpose, sealed))}"

    def opened(self, purpose: str, sealed: str) -> str:
        """The text, while it is its time; empty where it is not, or where somebody else wrote it."""
        text, _, signature = sealed.partition(".")
        try:
            known, given = base64.urlsafe_b64decode(_padded(text)).decode(), base64.urlsafe_b64decode(_padded(signature))
        except (binascii.Error, ValueError):
            return ""
        if not hmac.compare_digest(given, self._signed(purpose, known)):
            return ""
        until, _, told = known.partition(".")
        return told if int(until) >= self._now() else ""

    def secret_for(self, purpose: str, name: str) -> bytes:
        """32 bytes that are always the same for that name: a secret that need not be kept."""
        return self._signed(f"secret:{purpose}", name)

    def _signed(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._secret, f"{purpose}\n{text}".encode(), hashlib.sha256)


def secret_of(setting: str | None, home: Path) -> bytes:
    """The server's secret: as it was set, or one that is made once and kept in a file that only its owner reads.

    Raises StoreUnusable.
    """
    if setting:
        return hashlib.sha256(setting.encode()).digest()
    path = home / FILE
    try:
        if not path.exists():
            _make(path)
        return path.read_bytes()
    except OSError as error:
        remedy = "Make the folder writable, or set STORYREEL_SECRET."
        raise StoreUnusable(path, f"the server's secret cannot be kept ({error.strerror})", remedy=remedy) from error


def _make(path: Path) -> None:
    """The file, whole or not at all; another server's that was first stays."""
    part = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    part.touch(mode=0o600)
    try:
        part.write_bytes(secrets.token_bytes(SECRET_BYTES))
        with suppress(FileExistsError):
            path.hardlink_to(part)
    finally:
        part.unlink()


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _padded(text: str) -> str:
    return text + "=" * (-len(text) % 4)
