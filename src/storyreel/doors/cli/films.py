"""`films`, `show`, `gc`: what is on the shelf."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import with_studio

if TYPE_CHECKING:
    from storyreel.domain.film import Film
    from storyreel.studio import Studio


def films(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many, newest first.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List the films."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.render import film_row, say_films

        screen = open_screen(said, as_json=as_json)
        found, unbilled = with_studio(lambda studio: _shelf(studio, limit))
        screen.answer([film_row(film, unbilled.get(film.id, ())) for film in found])
        say_films(screen, found, unbilled)


async def _shelf(studio: "Studio", limit: int) -> "tuple[tuple[Film, ...], dict[str, frozenset[str]]]":
    return await studio.films(limit), await studio.unbilled()


def show(
    context: typer.Context,
    film: Annotated[str, typer.Argument(help="The film's name, or its beginning.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Show one film: its shots, their takes, where everything is, what it cost."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.filming import show_film

        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: show_film(studio, screen, film))


def gc(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and remove nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove from the store what nothing refers to."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.render import say_swept

        screen = open_screen(said, as_json=as_json)
        swept = with_studio(lambda studio: studio.sweep(dry_run=dry_run))
        screen.answer({**asdict(swept), "dry_run": dry_run})
        say_swept(screen, swept, dry_run=dry_run)
