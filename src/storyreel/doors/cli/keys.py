"""`keys`: who may reach the server, for how much."""

from typing import TYPE_CHECKING, Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.plain import PlainGroup
from storyreel.doors.cli.screen import Screen, open_screen
from storyreel.doors.cli.session import with_studio
from storyreel.doors.languages.phrases import Phrase

if TYPE_CHECKING:
    from storyreel.domain.values import JSON
    from storyreel.doors.languages.voice import Voice
    from storyreel.library.keys import ApiKey, Scope

keys = typer.Typer(cls=PlainGroup, help="Make, list and revoke the keys by which the server is reached.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What the key is called; its user, where none is told.", show_default=False)]


@keys.command("create")
def create(
    context: typer.Context,
    name: Name,
    user: Annotated[str | None, typer.Option(help="Whose films it sees and makes.", show_default=False)] = None,
    scope: Annotated[
        list[str] | None, typer.Option(help="read, make or admin; may be given again. Both read and make, if none.")
    ] = None,
    budget: Annotated[
        float | None, typer.Option(help="US dollars that everything asked for by it may cost.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key, and print it this once."""
    with told(context, as_json=as_json) as said:
        screen = open_screen(said, as_json=as_json)
        scopes = [_scope(one) for one in scope or ()]
        made = with_studio(lambda studio: studio.create_key(name, user=user, scopes=scopes, budget=budget))
        screen.answer({**_row(made.key), "secret": made.secret})
        screen.say(said("Key"), made.secret)
        screen.say("", _made_text(said, made.key))


@keys.command("list")
def list_keys(context: typer.Context, as_json: AsJson = False) -> None:
    """List the keys, what each may do, and what was spent by it."""
    with told(context, as_json=as_json) as said:
        screen = open_screen(said, as_json=as_json)
        found = with_studio(lambda studio: studio.keys())
        screen.answer([_row(key) for key in found])
        _say_keys(screen, found)


@keys.command("revoke")
def revoke(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The key's name, or its id.", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Revoke a key: within a second it opens nothing. Its films stay its user's."""
    with told(context, as_json=as_json) as said:
        screen = open_screen(said, as_json=as_json)
        key = with_studio(lambda studio: studio.revoke_key(name))
        screen.answer(_row(key))
        screen.say(said("Revoked"), f"{key.name} ({key.id})")


def _say_keys(screen: Screen, found: "tuple[ApiKey, ...]") -> None:
    from rich.table import Table

    from storyreel.domain.money import limit_text, paid_text

    said = screen.said
    if not found:
        screen.say(said("No keys yet."), " " + said("While there is none, the server listens to this machine alone."))
        return
    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    rows.add_column(said("key"))
    for column in ("id", said("user"), said("may"), said("spent"), said("budget"), said("made")):
        rows.add_column(column, no_wrap=True)
    for key in found:
        made = f"{key.created.astimezone():%Y-%m-%d}"
        if key.revoked:
            made += said(", revoked {day}", day=f"{key.revoked.astimezone():%Y-%m-%d}")
        budget = "" if key.budget_usd is None else limit_text(key.budget_usd)
        rows.add_row(key.name, key.id, key.user, _scopes(said, key), paid_text(key.spent_usd), budget, made)
    screen.show(rows)


def _row(key: "ApiKey") -> "dict[str, JSON]":
    return {
        "id": key.id,
        "name": key.name,
        "user": key.user,
        "scopes": [scope.value for scope in sorted(key.scopes)],
        "budget_usd": None if key.budget_usd is None else float(key.budget_usd),
        "spent_usd": float(key.spent_usd),
        "created": key.created.isoformat(),
        "revoked": key.revoked.isoformat() if key.revoked else None,
    }


def _scope(text: str) -> "Scope":
    from storyreel.domain.errors import InvalidRequest
    from storyreel.library.keys import Scope

    try:
        return Scope(text)
    except ValueError as error:
        message = Phrase("--scope cannot be '{scope}': say {scopes}.", scope=text, scopes=", ".join(Scope))
        raise InvalidRequest(message, field="scope") from error


def _scopes(said: "Voice", key: "ApiKey") -> str:
    return ", ".join(said(scope.value) for scope in sorted(key.scopes))


def _made_text(said: "Voice", key: "ApiKey") -> str:
    from storyreel.domain.money import limit_text

    may, limit = _scopes(said, key), key.budget_usd
    if limit is None:
        return said("for {user}, who may {scopes}. It is not shown again.", user=key.user, scopes=may)
    most = limit_text(limit)
    return said("for {user}, who may {scopes}, for {limit} in all. It is not shown again.", user=key.user, scopes=may, limit=most)
