"""`standin`: every provider's cloud on this machine, to try everything with no key, no money and no network."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.plain import PlainGroup
from storyreel.doors.cli.screen import Screen, open_screen

if TYPE_CHECKING:
    from storyreel.standins.cloud import Cloud

standin = typer.Typer(
    cls=PlainGroup, no_args_is_help=True, help="Providers' clouds on this machine, to try everything with no key."
)


@standin.callback()
def stand_ins() -> None:
    """Keeps `up` a command of its own, though it is the only one."""


@standin.command("up")
def up(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="Which clouds; all, if none is named.", show_default=False)] = None,
    speed: Annotated[float, typer.Option(min=0.001, help="How many times faster than the real ones their jobs run.")] = 1.0,
    faults: Annotated[Path | None, typer.Option(help="A TOML or JSON file of what is to go wrong.", show_default=False)] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65000, help="The first cloud's port, the next one the next; 0: any that are free.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="Decides ids, and faults that happen by chance.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Start the clouds, print what to set, and serve until Ctrl-C."""
    with told(context, as_json=as_json) as said:
        import asyncio

        from storyreel.standins.faults import read_file
        from storyreel.standins.serve import serve

        screen = open_screen(said, as_json=as_json)
        orders = read_file(faults) if faults else None
        asyncio.run(serve(names or (), lambda clouds: _say(screen, clouds), speed=speed, seed=seed, faults=orders, port=port))


def _say(screen: Screen, clouds: "list[Cloud]") -> None:
    """The table and the lines to paste; for a program a line for each cloud."""
    from rich.table import Table

    said = screen.said
    table = Table(said("cloud"), said("address"), box=None, header_style="bold", padding=(0, 3, 0, 0))
    for cloud in clouds:
        screen.answer({"name": cloud.name, "url": cloud.url, "env": dict(_environment(cloud))})
        table.add_row(cloud.name, cloud.url)
    screen.show(table)
    screen.show(f"\n{said('In the shell where you work:')}\n")
    screen.show("\n".join(f"export {name}={value}" for name, value in _together(clouds).items()))
    screen.show("\n" + said("Ctrl-C ends them. What each was paid for: /_standin/submissions at its address."))


def _environment(cloud: "Cloud") -> dict[str, str]:
    """What to set for one cloud; where its jobs run at another speed, we look at them as often."""
    pace = {} if cloud.speed == 1 else {"STORYREEL_PACE": f"{cloud.speed:g}"}
    return cloud.environment(cloud.url) | pace


def _together(clouds: "list[Cloud]") -> dict[str, str]:
    """Every cloud's variables; where two use the same name, the first one's holds."""
    variables: dict[str, str] = {}
    for cloud in reversed(clouds):
        variables |= _environment(cloud)
    return dict(sorted(variables.items()))
