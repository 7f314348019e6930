"""For whom and where a tool works: whose films, which folder, what may be read, what may be spent."""

import asyncio
import base64
import logging
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar, cast

from pydantic import BaseModel, ValidationError

from storyreel.addresses import is_address
from storyreel.domain.advice import Advice, Remedy
from storyreel.domain.errors import Declined, InvalidRequest, MediaUnusable, NobodyToAsk, UnknownFilm
from storyreel.domain.film import LOCAL, Film
from storyreel.domain.said import said
from storyreel.domain.values import DIGEST, Value
from storyreel.media.received import MOST_PICTURE_BYTES
from storyreel.tools.attachment import Attachment
from storyreel.tools.reaching import Asker, Level, Noter, Reporter, Shower, Teller, Wording, Writer
from storyreel.tools.remedies import BY_TOOLS

if TYPE_CHECKING:
    from storyreel.orders import FilmWishes
    from storyreel.studio import Studio

DATA_URI = re.compile(r"^data:(?:image|video)/[a-z0-9.+-]+;base64,", re.IGNORECASE)
LONGEST_DATA = 4 * MOST_PICTURE_BYTES // 3 + 4  # characters of base64

A = TypeVar("A", bound=BaseModel)

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}

log = logging.getLogger(__name__)


class _Paths(TypedDict):
    cwd: Path
    root: Path | None


class _Told(Value):
    """A context's fields, as a program may tell them."""

    user: str = LOCAL
    api_key: str | None = None
    cwd: Path = Path()
    root: Path | None = None
    local_files: bool = True
    tell: Teller | None = None
    report: Reporter | None = None
    attach: Shower | None = None
    note: Noter | None = None
    answer: Asker | None = None
    writer: Writer | None = None
    budget: float | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a tool is given beside its arguments."""

    studio: "Studio"
    user: str = LOCAL  # whose the films are
    api_key: str | None = None  # the id of the key whose budget counts them
    cwd: Path = Path()  # where relative paths begin, and where films are written
    root: Path | None = None  # files lie within it, links followed; None: anywhere
    local_files: bool = True  # False: a caller from elsewhere, for whom no file here is read or written
    tell: Teller | None = None  # hears what happens to the films
    report: Reporter | None = None  # hears how far a tool is that makes no film
    attach: Shower | None = None  # takes what is to be seen or heard beside the answer
    note: Noter | None = None  # hears what a tool logs
    answer: Asker | None = None  # asks the person
    writer: Writer | None = None  # has words written by the caller's own language model
    budget: float | None = None  # US dollars that a call may cost
    words: Mapping[Remedy, str] = field(default_factory=lambda: BY_TOOLS)  # how a kept message says what helps

    @classmethod
    def of(cls, told: Mapping[str, object]) -> "Context":
        """The context that a program's mapping means, which has its `studio`; keys that are not ours are let be.

        Raises InvalidRequest.
        """
        studio = told.get("studio")
        if studio is None:
            raise InvalidRequest("The context has no studio; give `studio`, or call the tool by `execute`.", field="studio")
        try:
            read = _Told.model_validate({name: told[name] for name in _Told.model_fields if told.get(name) is not None})
        except ValidationError as error:
            first = error.errors()[0]
            field = str(first["loc"][0])
            raise InvalidRequest(f"The context's {field} cannot be used: {first['msg']}.", field=field) from error
        paths: _Paths = {"cwd": read.cwd.expanduser(), "root": read.root.expanduser() if read.root else None}
        told_as_is = {name: getattr(read, name) for name in _Told.model_fields if name not in paths}
        return cls(cast("Studio", studio), **paths, **told_as_is)

    async def reached(self, done: float, of: float | None = None, told: str | None = None) -> None:
        """Tell who waits how far it is, and what is done now; nothing where nobody listens."""
        if self.report is not None:
            await self.report(done, of, told)

    async def show(self, one: Attachment) -> None:
        """Show something beside the answer; nothing where nobody can."""
        if self.attach is not None:
            await self.attach(one)

    async def log(self, level: Level, text: str) -> None:
        """Say what goes on, to who listens; to our own log where nobody does."""
        if self.note is None:
            log.log(LEVELS[level], "%s", text)
        else:
            await self.note(level, text)

    async def ask(self, question: str, answers: type[A]) -> A:
        """What a person answers to a question, by the fields of a model: texts, numbers, yes or no, choices.

        Raises NobodyToAsk, Declined, InvalidRequest (an answer that does not fit).
        """
        if self.answer is None:
            raise NobodyToAsk(question)
        told = await self.answer(question, answers)
        if told is None:
            raise Declined(question)
        try:
            return answers.model_validate(told)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "answer"
            raise InvalidRequest(f"The answer does not fit: {field}: {first['msg']}.", field=field) from error

    async def write(self, prompt: str, *, instructions: str = "", most_tokens: int = 1000) -> str:
        """Words by a language model: the caller's own where it is lent, else, for who sits here, the one that writes storyboards.

        Raises InvalidRequest where there is none, and as that model does.
        """
        wording = Wording(prompt=prompt, instructions=instructions, most_tokens=most_tokens)
        if self.writer is not None:
            return await self.writer(wording)
        from storyreel.tools.wording import written_here

        return await written_here(wording, self)

    def path(self, name: str, *, field: str) -> Path:
        """A file's absolute path, links followed. Raises InvalidRequest where it may not be used."""
        if not self.local_files:
            told = f"{field}: files of this machine cannot be named from elsewhere; give an http(s) address, a data URI, or "
            raise InvalidRequest(Advice(told, Remedy.ASSET, "."), field=field)
        if not name or "\0" in name:
            raise InvalidRequest(f"{field}: the file's name is empty or broken; give a path.", field=field)
        try:
            path = (self.cwd / Path(name).expanduser()).resolve()
            path.exists()  # which a name that is too long cannot be asked for
        except (OSError, RuntimeError) as error:  # a link to itself, or the home of nobody
            raise InvalidRequest(f"{field}: {said(name)} is no path that can be followed.", field=field) from error
        if self.root is not None and not path.is_relative_to(self.root.resolve()):
            raise InvalidRequest(f"{field}: {name} lies outside the folder in which files may be.", field=field)
        return path

    async def picture(self, source: str, *, field: str) -> Path | str | bytes:
        """A picture or clip as the studio takes it; `source` is a path, an http(s) address, a data URI, an asset's digest.

        Raises InvalidRequest, MediaUnusable. An address is fetched by the studio, from public places only.
        """
        if is_address(source):
            return source
        if found := DATA_URI.match(source):
            return await asyncio.to_thread(_decoded, source[found.end() :], field)
        if DIGEST.match(source):
            return await self._kept(source, field)
        path = self.path(source, field=field)
        if not path.is_file():
            shown = path if self.root is None else source  # who works within a root need not know where that is
            wrong = f"{shown} is a folder; name a file in it" if path.is_dir() else f"there is no file {shown}"
            raise InvalidRequest(f"{field}: {wrong}.", field=field)
        return path

    async def _kept(self, digest: str, field: str) -> bytes:
        """What the store has by that digest, where the caller may see it. Raises InvalidRequest."""
        from storyreel.library.uploads import is_upload_of

        line = await self.studio.line()
        if self.whose is None:
            known = await line.blobs.exists(digest)
        else:
            known = await line.database.read(is_upload_of, self.whose, digest)
        if not known:  # somebody else's is told as one that is not there
            raise InvalidRequest(f"{field}: there is no asset {digest} of yours; send the picture in first.", field=field)
        return await line.blobs.get_bytes(digest)

    def wishes(self, *, output: str | None = None, budget: float | None = None) -> "FilmWishes":
        """Whose a film is, what it may cost, where it goes: to a file only where the caller may have files here."""
        limits = [usd for usd in (budget, self.budget) if usd is not None]
        told: FilmWishes = {"user": self.user, "api_key": self.api_key, "budget": min(limits, default=None)}
        if output is not None:
            return {**told, "output": self._free(output)}
        return {**told, "folder": self.path(".", field="cwd")} if self.local_files else {**told, "deliver": False}

    def _free(self, output: str) -> Path:
        """A file to write. Raises InvalidRequest where there is something in it: nothing is replaced unasked."""
        if not self.local_files:
            told = "output: nothing is written on this machine from elsewhere; leave it out; film_status tells where the film is."
            raise InvalidRequest(told, field="output")
        path = self.path(output, field="output")
        if path.is_file() and path.stat().st_size:
            raise InvalidRequest(f"output: {said(output)} is there already; give another name.", field="output")
        return path

    @property
    def whose(self) -> str | None:
        """Whose films and assets the caller may see: his own; None, for the owner of this machine who sits at it: everybody's."""
        return None if self.user == LOCAL and self.local_files else self.user

    async def film(self, id: str) -> Film:
        """A film that the caller may see. Raises UnknownFilm."""
        if self.whose is None:
            return await self.studio.film(id)
        try:
            found = await self.studio.film(id)
        except UnknownFilm as error:
            raise UnknownFilm(id) from error  # without the names of others' films
        if found.user != self.user:
            raise UnknownFilm(id)
        return found


def _decoded(text: str, field: str) -> bytes:
    if len(text) > LONGEST_DATA:
        most = MOST_PICTURE_BYTES // 1024**2
        raise MediaUnusable("The data URI", f"it is larger than {most} MB; give an http(s) address", field=field)
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise MediaUnusable("The data URI", "it is not base64 that can be read", field=field) from error


@asynccontextmanager
async def opened(told: Context | Mapping[str, object]) -> AsyncGenerator[Context]:
    """The context; where it brings no studio, with one of its own, which is closed at the end."""
    if isinstance(told, Context):
        yield told
    elif told.get("studio") is not None:
        yield Context.of(told)
    else:
        async with await asyncio.to_thread(_own_studio) as own:
            yield Context.of({**told, "studio": own})


def _own_studio() -> "Studio":
    """A studio with what films need loaded, which takes a while and is not for an event loop to wait for."""
    from storyreel.studio import Studio

    for room in ("media.pictures", "production.opening", "writing"):
        import_module(f"storyreel.{room}")
    studio = Studio()
    _ = studio.catalogue  # read, and kept
    return studio
