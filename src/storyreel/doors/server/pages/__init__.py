"""The pages: a sentence in, a film out, in a browser; each works without a script, and better with one."""

from fastapi import FastAPI, Request

from storyreel.doors.server.judging import MOST_CLIP_BYTES, MOST_WORDS_BYTES
from storyreel.doors.server.pages import (
    acting,
    bill,
    catalogue,
    create,
    deciding,
    editing,
    film,
    hooks,
    live,
    references,
    settings,
    sharing,
    shelf,
    signing_in,
    statics,
    stills,
)
from storyreel.doors.server.pages.forms import MOST_FILES
from storyreel.doors.server.pages.page import told
from storyreel.doors.server.pages.screening import Screenings
from storyreel.doors.server.pages.site import Site
from storyreel.media.received import MOST_PICTURE_BYTES

__all__ = ["LARGER", "add_pages", "told", "wants_page"]

PICTURES_BYTES = MOST_FILES * MOST_PICTURE_BYTES + MOST_WORDS_BYTES
LARGER = {"/create": PICTURES_BYTES, "/references": PICTURES_BYTES + MOST_CLIP_BYTES}
"""Forms with pictures and clips in them, in bytes."""

FOR_PROGRAMS = ("/v1", "/veo31", "/api", "/openapi.json")


def wants_page(request: Request) -> bool:
    """Whether a person looks for something here with a browser."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(FOR_PROGRAMS)


def add_pages(app: FastAPI) -> None:
    """The pages, on a server."""
    app.state.site, app.state.screenings = Site(), Screenings()
    films = (film, live, stills, acting, editing, deciding, bill, sharing)
    for part in (statics, signing_in, create, references, shelf, catalogue, settings, hooks, *films):
        app.router.routes.extend(part.router.routes)
