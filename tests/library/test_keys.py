"""API keys: told once, kept as a hash, revocable, and with a budget that counts every call of the key's films."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from storyreel.domain.errors import BudgetExceeded, InvalidRequest
from storyreel.domain.generation import Key, Repeat
from storyreel.library import films, keys, ledger
from storyreel.library.database import Database
from storyreel.library.keys import Scope
from storyreel.library.ledger import Call
from tests.library.rows import NOW, a_film


@pytest.mark.postgres
def test_a_key_is_told_once_and_kept_as_a_hash_until_it_is_revoked(database: Database) -> None:
    made = database.write_now(keys.create_key, "web", NOW, user="ann", scopes=[Scope.READ], budget_usd=Decimal("2.50"))
    id, secret = made.key.id, made.secret

    hash, user, scopes = database.read_now(keys.hashes)[keys.id_of(secret)]

    assert (made.key.user, made.key.spent_usd, user, scopes) == ("ann", 0, "ann", {Scope.READ})
    assert secret.split("_", 2)[2] not in str(database.read_now(keys.keys)) + hash
    assert keys.fits(secret, hash)
    assert not keys.fits(secret + "x", hash)
    with pytest.raises(InvalidRequest, match="already"):
        database.write_now(keys.create_key, "web", NOW)
    assert database.write_now(keys.revoke_key, "web", NOW).revoked == NOW
    assert database.read_now(keys.hashes) == {}
    assert database.write_now(keys.create_key, "web", NOW + timedelta(days=1)).key.id != id
    with pytest.raises(InvalidRequest, match="keys list"):
        database.write_now(keys.revoke_key, id, NOW)


@pytest.mark.parametrize("name", ["", " web", "a" * 65, "we\nb", "<b>", "../web"])
def test_a_name_that_cannot_be_is_refused(database: Database, name: str) -> None:
    with pytest.raises(InvalidRequest, match="cannot be a key's name"):
        database.write_now(keys.create_key, name, NOW)


@pytest.mark.parametrize("text", ["", "sr_", "sr_abc", "sk_abc_def", "abc"])
def test_what_is_no_key_of_ours_has_no_id(text: str) -> None:
    assert keys.id_of(text) == ""


@pytest.mark.postgres
async def test_a_keys_budget_is_never_passed_over_all_its_films_at_once(database: Database) -> None:
    key = database.write_now(keys.create_key, "web", NOW, budget_usd=Decimal("1.00")).key
    for id in ("ann-0001", "ann-0002"):
        database.write_now(films.insert_film, a_film(id).model_copy(update={"user": "ann", "api_key": key.id}))
    database.write_now(films.insert_film, a_film("bob-0001"))

    def reserved(film: str, shot: str) -> "asyncio.Future[Call]":
        wanted = Key(film=film, shot=shot, take=1, route="veo@cloud")
        call = database.write(ledger.reserve, wanted, f"{film}{shot}", "cloud", Repeat.NONE, Decimal("0.40"), NOW)
        return asyncio.ensure_future(call)

    outcomes = await asyncio.gather(
        *(reserved(film, shot) for film in ("ann-0001", "ann-0002") for shot in ("s1", "s2")), return_exceptions=True
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, BudgetExceeded)]
    assert (len(outcomes), len(refused), refused[0].budget) == (4, 2, "key")
    assert "the key web to $1.20" in str(refused[0])
    third = a_film("ann-0003").model_copy(update={"api_key": key.id})
    with pytest.raises(BudgetExceeded, match=r"the key web to \$1.10"):
        database.write_now(ledger.must_fit_key, third, Decimal("0.30"))
    database.write_now(ledger.must_fit_key, third, Decimal("0.20"))
    await reserved("bob-0001", "s1")
    assert [one.spent_usd for one in database.read_now(keys.keys)] == [Decimal("0.8")]
