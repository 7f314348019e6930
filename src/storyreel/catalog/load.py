"""Reads the catalogue: one TOML file a model, from the package and from the user's own folder."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.errors import CatalogueInvalid
from storyreel.domain.model import Model

PACKAGED = Path(str(files("storyreel.catalog") / "models"))


def load_catalogue(own: Path | None = None) -> Catalogue:
    """The packaged models, and those of the folder `own`; of one id, the user's replaces the packaged one.

    Raises CatalogueInvalid, which names file, line and key.
    """
    models = (*_packaged(), *(_models_in(own) if own is not None and own.is_dir() else ()))
    return Catalogue(models=tuple({model.id: model for model in models}.values()))


@cache  # a package does not change while it runs
def _packaged() -> Sequence[Model]:
    return tuple(_models_in(PACKAGED))


def _models_in(folder: Path) -> Iterable[Model]:
    for path in sorted(folder.glob("*.toml")):
        yield read_model(path)


def read_model(path: Path) -> Model:
    """One file of the catalogue. Raises CatalogueInvalid."""
    text = _text_of(path)
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueInvalid(str(error), path=path, line=_line_in(str(error)), key="syntax") from error
    try:
        model = Model.model_validate(entries)
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueInvalid(first["msg"], path=path, line=line_of(text, first["loc"]), key=_dotted(first["loc"])) from error
    if model.id != path.stem:
        raise CatalogueInvalid(
            f"a file is named after its model: {model.id}.toml", path=path, line=line_of(text, ("id",)), key="id"
        )
    return model


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueInvalid(f"cannot be read: {error}", path=path, line=None, key="file") from error


def _line_in(message: str) -> int | None:
    found = re.search(r"line (\d+)", message)
    return int(found[1]) if found else None


def _dotted(where: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in where)


def line_of(text: str, where: Sequence[int | str]) -> int | None:
    """The line, from 1, on which a key stands in a TOML text; the nearest table's where the key is missing."""
    lines, best, at = text.splitlines(), None, 0
    names: list[str] = []
    for place, part in enumerate(where):
        if isinstance(part, int):
            continue
        names.append(part)
        nth = next((later for later in where[place + 1 : place + 2] if isinstance(later, int)), 0)
        found = _nth(lines, names, nth, at)
        if found is not None:
            best = at = found
    return best + 1 if best is not None else None


def _nth(lines: Sequence[str], names: Sequence[str], nth: int, start: int) -> int | None:
    table = re.escape(".".join(names))
    pattern = re.compile(rf"^\s*(\[\[?{table}\]\]?|{re.escape(names[-1])}\s*=)")
    hits = [index for index, line in enumerate(lines) if index >= start and pattern.match(line)]
    return hits[nth] if nth < len(hits) else None
