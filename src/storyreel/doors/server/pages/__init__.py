"""The pages: a sentence in, a film out, in a browser; each works without a script, and better with one."""

from fastapi import FastAPI

from storyreel.doors.server.pages import (
    acting,
    assets,
    catalogue,
    create,
    editing,
    film,
    live,
    references,
    settings,
    sharing,
    shelf,
    signing_in,
    stills,
)
from storyreel.doors.server.pages.site import Site

__all__ = ["LARGER", "add_pages"]

MB = 1_000_000
LARGER = {"/create": 64 * MB, "/references": 300 * MB}
"""Forms with pictures and clips in them, in bytes."""


def add_pages(app: FastAPI) -> None:
    """The pages, on a server."""
    app.state.site = Site()
    films = (film, live, stills, acting, editing, sharing)
    for part in (assets, signing_in, create, references, shelf, catalogue, settings, *films):
        app.include_router(part.router)
