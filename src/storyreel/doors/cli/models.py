"""`models`: what can make the picture, what it can do, what it costs."""

from typing import TYPE_CHECKING, Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson, verbose_of
from storyreel.doors.cli.screen import open_screen

if TYPE_CHECKING:
    from decimal import Decimal

    from storyreel.domain.model import Model, Route
    from storyreel.domain.values import JSON


def models(
    context: typer.Context,
    search: Annotated[str, typer.Argument(help="Words that the name, title or provider must have.", show_default=False)] = "",
    as_json: AsJson = False,
) -> None:
    """List the models, with what each can do and costs."""
    with told(as_json=as_json, verbose=verbose_of(context)):
        from storyreel.studio import Studio

        screen = open_screen(as_json=as_json)
        found = list(Studio().catalogue.search(search))
        screen.answer([model_row(model) for model in found])
        if not as_json:
            screen.console.print(_table(found))


def model_row(model: "Model") -> "dict[str, JSON]":
    """One model of `models --json`."""
    routes: list[JSON] = []
    for route in model.routes:
        price = usual_price_usd(route)
        routes.append(
            {
                "provider": route.provider,
                "id": route.remote_name,
                "status": route.status.value,
                "until": route.until.isoformat() if route.until else None,
                "successor": route.successor,
                "price_8s_720p_usd": float(price) if price is not None else None,
                "source": str(route.source),
                "read_on": route.read_on.isoformat(),
                "key_present": route.built_in,
            }
        )
    modes: list[JSON] = [mode.value for mode in model.limits.modes]
    return {"name": model.id, "title": model.title, "modes": modes, "routes": routes}


def usual_price_usd(route: "Route") -> "Decimal | None":
    """What 8 s at 720p with sound cost by that route, to compare by; None where no price is known."""
    from storyreel.catalog.price import price_usd

    return price_usd(route, 8, sound=True, resolution="720p")


def _table(found: "list[Model]") -> object:
    from rich.table import Table

    from storyreel.doors.cli.render import dollars

    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("model", "through", "8 s, 720p", "status", "seconds", "sound", "starts from"):
        rows.add_column(column, no_wrap=True)
    for model in found:
        limits = model.limits
        modes = ", ".join(mode.value.removesuffix("_frame") for mode in limits.modes)
        lengths = ", ".join(f"{one:g}" for one in limits.durations.choices_s) or (
            f"{limits.durations.least_s:g} to {limits.durations.most_s:g}"
        )
        for route in model.routes:
            price = usual_price_usd(route)
            cost = "unknown" if price is None else "free" if price == 0 else dollars(price)
            rows.add_row(model.id, route.provider, cost, route.status.value, lengths, limits.sound.value, modes)
    return rows
