"""The pages' own: templates in every language, and the files that belong to them."""

import gzip
import hashlib
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from storyreel.domain.values import Language
from storyreel.doors.languages.known import known_or
from storyreel.doors.languages.words import NAMES, translations
from storyreel.doors.server.pages.remedies import kept_here
from storyreel.doors.server.pages.shown import FILTERS
from storyreel.production.drawings import Drawings

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Site:
    """What every page is made with; nothing is loaded before the first page is asked for."""

    def __init__(self) -> None:
        self.drawings = Drawings()
        self._environments: dict[Language, Environment] = {}

    def rendered(self, language: Language, template: str, **told: object) -> str:
        """A template in that language."""
        if language not in self._environments:
            self._environments[language] = _environment(language, self.address)
        return self._environments[language].get_template(template).render(told)

    def address(self, name: str) -> str:
        """Where a file of ours is, under a name that changes with it."""
        return f"/static/{name}?v={self.files[name][2]}"

    @cached_property
    def files(self) -> dict[str, tuple[bytes, bytes, str]]:
        """Every file by its name: its bytes, the same packed, and a digest."""
        found: dict[str, tuple[bytes, bytes, str]] = {}
        for path in sorted((HERE / "static").iterdir()):
            if path.suffix in TYPES:
                data = path.read_bytes()
                found[path.name] = data, gzip.compress(data, mtime=0), hashlib.sha256(data).hexdigest()[:10]
        return found


def _environment(language: Language, address: Callable[[str], str]) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    words = translations(language)
    install = cast("Callable[..., None]", vars(made)["install_gettext_callables"])  # the extension put it there
    install(words.gettext, words.ngettext, newstyle=True)
    made.filters.update(FILTERS)
    globals: dict[str, Any] = {
        "static": address,
        "languages": NAMES,
        "language": language.value,
        "kept": partial(kept_here, language=language),
        "known": partial(known_or, language=language),
    }
    made.globals.update(globals)
    return made
