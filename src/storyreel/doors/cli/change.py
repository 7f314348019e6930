"""`retake`, `select`, `edit`, `lock`, `unlock`, `approve`, `cancel`, `cut`: films that exist, changed."""

from pathlib import Path
from typing import Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.make import Unpriced, WholeBudget, Yes
from storyreel.doors.cli.options import AsJson, Force
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import leave_by, with_studio

FilmName = Annotated[str, typer.Argument(help="The film's name, or its beginning.", show_default=False)]
ShotName = Annotated[str, typer.Argument(help="The shot, by its number or id.", show_default=False)]
ShotNames = Annotated[list[str], typer.Argument(help="The shots, by number or id.", show_default=False)]
QuoteOnly = Annotated[bool, typer.Option("--quote", help="Tell what would be made and its price, and change nothing.")]


def retake(
    context: typer.Context,
    film: FilmName,
    shot: ShotName,
    model: Annotated[
        str | None, typer.Option(help="The video model that makes it, and the shot from now on.", show_default="as before")
    ] = None,
    prompt: Annotated[
        str | None, typer.Option(help="What a model that reads is told, word for word, from now on.", show_default="as before")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="The seed.", show_default="one that no take had")] = None,
    only: Annotated[bool, typer.Option("--only", help="Shots that begin on its last frame stay as they are.")] = False,
    budget: WholeBudget = None,
    allow_unpriced: Unpriced = False,
    quote: QuoteOnly = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Make one more take of a shot, and the film with it; the takes there are stay."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.changing import retake_shot
        from storyreel.editor import RetakeWishes

        wishes = RetakeWishes(model=model, prompt=prompt, seed=seed, only=only, budget=budget, allow_unpriced=allow_unpriced)
        screen = open_screen(said, as_json=as_json)
        leave_by(with_studio(lambda studio: retake_shot(studio, screen, film, shot, wishes, quote=quote, yes=yes)))


def select(
    context: typer.Context,
    film: FilmName,
    shot: ShotName,
    take: Annotated[str, typer.Argument(help="The take, by its number or id.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Use another take of a shot; the film is cut anew, and nothing is paid."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.changing import select_take

        screen = open_screen(said, as_json=as_json)
        leave_by(with_studio(lambda studio: select_take(studio, screen, film, shot, take)))


def edit(
    context: typer.Context,
    film: FilmName,
    file: Annotated[Path | None, typer.Option(help="Take this storyboard file instead of an editor.", show_default=False)] = None,
    budget: WholeBudget = None,
    allow_unpriced: Unpriced = False,
    quote: QuoteOnly = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Edit a film's storyboard in $EDITOR; what depends on the change is made again, after its price."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.changing import edit_film
        from storyreel.editor import ChangeWishes

        wishes = ChangeWishes(budget=budget, allow_unpriced=allow_unpriced)
        screen = open_screen(said, as_json=as_json)
        leave_by(with_studio(lambda studio: edit_film(studio, screen, film, file, wishes, quote=quote, yes=yes)))


def lock(context: typer.Context, film: FilmName, shots: ShotNames, as_json: AsJson = False) -> None:
    """Let shots keep their takes, whatever changes."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.changing import lock_shots

        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: lock_shots(studio, screen, film, shots, locked=True))


def unlock(context: typer.Context, film: FilmName, shots: ShotNames, as_json: AsJson = False) -> None:
    """Let shots be made again where something changes."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.changing import lock_shots

        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: lock_shots(studio, screen, film, shots, locked=False))


def approve(
    context: typer.Context,
    film: FilmName,
    budget: WholeBudget = None,
    quote: QuoteOnly = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Accept a price that is higher than was told.")] = False,
    as_json: AsJson = False,
) -> None:
    """Let a film that waits for approval be made."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.changing import approve_film
        from storyreel.editor import ChangeWishes

        screen = open_screen(said, as_json=as_json)
        wishes = ChangeWishes(budget=budget)
        leave_by(with_studio(lambda studio: approve_film(studio, screen, film, wishes, quote=quote, yes=yes)))


def cancel(context: typer.Context, film: FilmName, as_json: AsJson = False) -> None:
    """End a film: nothing more is sent, what is being made is called off, what was finished is kept."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.changing import cancel_film

        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: cancel_film(studio, screen, film))


def cut(
    context: typer.Context,
    film: FilmName,
    number: Annotated[int, typer.Argument(help="Which cut, as `storyreel show` numbers them.", show_default=False)],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file.", show_default="FILM-cut-N.mp4")] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write an earlier cut of a film."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.changing import write_cut

        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: write_cut(studio, screen, film, number, output, force=force))
