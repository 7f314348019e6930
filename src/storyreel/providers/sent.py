"""What was sent under a key, noted before it leaves: how a provider that knows no keys finds a generation of ours again."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from storyreel.domain.generation import Key, RemoteId
from storyreel.domain.values import JSON, Value

KEPT_FOR = timedelta(days=2)
"""Longer than any provider shows what was sent; older notes are dropped now and then, as a new one is written."""
PRUNED_EVERY = timedelta(hours=1)  # to read them all at each request would cost more than the request


class Note(Value):
    """One paid request as it left, and what it became."""

    when: datetime  # of its first sending
    model: str  # as the provider calls it
    told: str  # digest of its words; see `digest_of`
    remote: RemoteId | None = None


class Sent:
    """One provider's notes, a small file each, in its folder."""

    def __init__(self, folder: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._folder, self._now = folder, now
        self._pruned: datetime | None = None

    async def note(self, key: Key, model: str, told: Mapping[str, JSON]) -> None:
        """Note a request that is about to leave; of several sendings of one key the first one's time stays."""
        before = await self.of(key)
        if before is None and (self._pruned is None or abs(self._now() - self._pruned) > PRUNED_EVERY):
            self._pruned = self._now()
            await asyncio.to_thread(self._prune)
        when = before.when if before else self._now()
        await asyncio.to_thread(self._write, token_of(key), Note(when=when, model=model, told=digest_of(told)))

    async def taken(self, key: Key, remote: RemoteId) -> None:
        """Note what it became."""
        if note := await self.of(key):
            await asyncio.to_thread(self._write, token_of(key), note.model_copy(update={"remote": remote}))

    async def of(self, key: Key) -> Note | None:
        """The note of a key; None: it never left from here."""
        return await asyncio.to_thread(self._read, self._folder / f"{token_of(key)}.json")

    async def remotes(self) -> frozenset[RemoteId]:
        """The generations that are known to belong to a key."""

        def read() -> frozenset[RemoteId]:
            notes = [self._read(path) for path in self._folder.glob("*.json")]
            return frozenset(note.remote for note in notes if note and note.remote)

        return await asyncio.to_thread(read)

    def _prune(self) -> None:
        """Drop what is older than a provider's own memory, by the time in the note."""
        for path in self._folder.glob("*.json"):
            note = self._read(path)
            if note and self._now() - note.when > KEPT_FOR:
                path.unlink(missing_ok=True)

    def _read(self, path: Path) -> Note | None:
        try:
            return Note.model_validate_json(path.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def _write(self, name: str, note: Note) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f".{name}.part"
        part.write_text(note.model_dump_json(), encoding="utf-8")
        part.replace(self._folder / f"{name}.json")


def token_of(key: Key) -> str:
    """A key as a token that fits into an address: 32 hexadecimal letters."""
    return sha256(str(key).encode()).hexdigest()[:32]


def digest_of(told: Mapping[str, JSON]) -> str:
    """A digest of a request's words; without its files, which a provider may echo under an address of its own."""
    words = {name: value for name, value in told.items() if not _is_file(value)}
    return sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _is_file(value: JSON) -> bool:
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, str) and first.startswith(("data:", "http://", "https://"))
