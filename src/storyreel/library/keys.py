"""API keys: who may reach the server, for whom, to do what, for how much. Of the key itself only a hash is kept.

A key is `sr_ID_SECRET`; the secret has 256 bits, so that a plain SHA-256 of the whole is enough.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, func, insert, select, type_coerce, update

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.values import Usd, Value
from storyreel.library.columns import Dollars
from storyreel.library.tables import api_keys as table
from storyreel.library.tables import calls

PREFIX = "sr"
NAME = re.compile(r"^[\w][\w .:@+-]{0,63}$")
ID_BYTES, SECRET_BYTES = 6, 32


class Scope(StrEnum):
    """What a key may be used for."""

    READ = "read"  # see films, files, prices and bills of its user
    MAKE = "make"  # make and change films, which may cost
    ADMIN = "admin"  # see the figures of the whole installation


USUAL_SCOPES = (Scope.READ, Scope.MAKE)


class ApiKey(Value):
    """A key as it is kept."""

    id: str
    name: str
    user: str
    scopes: frozenset[Scope]
    budget_usd: Usd | None
    spent_usd: Decimal  # what its films' calls hold and have cost
    created: datetime
    revoked: datetime | None


class NewKey(Value):
    """A key that was just made; the secret is told once and never again."""

    key: ApiKey
    secret: str


def create_key(
    connection: Connection,
    name: str,
    now: datetime,
    *,
    user: str | None = None,
    scopes: Collection[Scope] = USUAL_SCOPES,
    budget_usd: Decimal | None = None,
) -> NewKey:
    """A new key for a user, of the same name where none is told. Raises InvalidRequest for a name that is taken or cannot be."""
    for field, value in (("name", name), ("user", user or name)):
        if not NAME.match(value):
            message = (
                f"{value!r} cannot be a key's {field}: 1 to 64 letters, digits, spaces and . : @ + - _, a letter or digit first."
            )
            raise InvalidRequest(message, field=field)
    if not scopes:
        raise InvalidRequest(f"A key needs a scope: {', '.join(Scope)}.", field="scope")
    if connection.scalar(select(table.c.id).where(table.c.name == name, table.c.revoked.is_(None))):
        raise InvalidRequest(f"There is a key {name!r} already; revoke it, or choose another name.", field="name")
    id = secrets.token_hex(ID_BYTES)
    secret = f"{PREFIX}_{id}_{secrets.token_urlsafe(SECRET_BYTES)}"
    row = {"id": id, "name": name, "user": user or name, "hash": _hash(secret), "budget_micros": budget_usd, "created": now}
    connection.execute(insert(table).values(**row, scopes=" ".join(sorted(set(scopes)))))
    return NewKey(key=_keys(connection, id)[0], secret=secret)


def keys(connection: Connection) -> list[ApiKey]:
    """Every key there ever was, the newest first."""
    return _keys(connection)


def revoke_key(connection: Connection, name: str, now: datetime) -> ApiKey:
    """The key of that name or id, which opens nothing from now on. Raises InvalidRequest where there is none."""
    live = table.c.revoked.is_(None)
    id = connection.scalar(select(table.c.id).where(live, (table.c.name == name) | (table.c.id == name)))
    if id is None:
        raise InvalidRequest(f"There is no key {name!r} in use. `storyreel keys list` lists them.", field="name")
    connection.execute(update(table).where(table.c.id == id).values(revoked=now))
    return _keys(connection, id)[0]


def hashes(connection: Connection) -> dict[str, tuple[str, str, frozenset[Scope]]]:
    """Of every key in use by its id: its hash, its user and its scopes; what a server needs to know callers."""
    rows = connection.execute(select(table.c.id, table.c.hash, table.c.user, table.c.scopes).where(table.c.revoked.is_(None)))
    return {row.id: (row.hash, row.user, _scopes(row.scopes)) for row in rows}


def id_of(secret: str) -> str:
    """The id that a key says it has; empty where it is none of ours."""
    prefix, _, rest = secret.partition("_")
    id, _, tail = rest.partition("_")
    return id if prefix == PREFIX and tail else ""


def fits(secret: str, hash: str) -> bool:
    """Whether this is the key of that hash; takes as long whether or not."""
    return hmac.compare_digest(_hash(secret), hash)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _keys(connection: Connection, id: str | None = None) -> list[ApiKey]:
    sums = func.coalesce(func.sum(calls.c.reserved_micros), 0) + func.coalesce(func.sum(calls.c.cost_micros), 0)
    spent = select(sums).where(calls.c.api_key == table.c.id).scalar_subquery()
    question = select(table, type_coerce(spent, Dollars).label("spent")).order_by(table.c.created.desc(), table.c.id)
    if id is not None:
        question = question.where(table.c.id == id)
    return [_key(row) for row in connection.execute(question).mappings()]


def _key(row: RowMapping) -> ApiKey:
    return ApiKey(
        id=row["id"],
        name=row["name"],
        user=row["user"],
        scopes=_scopes(row["scopes"]),
        budget_usd=row["budget_micros"],
        spent_usd=row["spent"],
        created=row["created"],
        revoked=row["revoked"],
    )


def _scopes(text: str) -> frozenset[Scope]:
    return frozenset(map(Scope, text.split()))
