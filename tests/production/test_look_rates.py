"""However many generations wait at a provider, it is asked no more often than an account may ask."""

import pytest

from storyreel.production.look_rates import LOOKS_PER_S, LookRates

ROUND_S, AT_ONCE, MINUTES = 0.25, 50, 5


@pytest.mark.parametrize("among", [1, 4])
def test_thousands_that_wait_are_looked_at_as_often_as_the_account_may_ask_and_no_more(among: int) -> None:
    now = [0.0]
    processes = [LookRates(lambda: now[0], among=among) for _ in range(among)]
    looks = 0
    while now[0] < MINUTES * 60:
        for rates in processes:
            if "replicate" not in rates.spent():
                for _ in range(AT_ONCE):
                    rates.take("replicate")
                looks += AT_ONCE
        now[0] += ROUND_S

    assert LOOKS_PER_S * 60 < 3000
    assert looks <= MINUTES * 60 * LOOKS_PER_S + among * (AT_ONCE + LOOKS_PER_S)
    assert looks >= 0.95 * MINUTES * 60 * LOOKS_PER_S


def test_a_provider_at_which_little_waits_is_always_asked() -> None:
    now = [0.0]
    rates = LookRates(lambda: now[0])
    for _ in range(100):
        assert rates.spent() == ()
        rates.take("kling")
        now[0] += 0.1
