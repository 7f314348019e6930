"""A film's id is safe on any disk, short, and told from its title."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.library.names import new_film_id


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("An old lighthouse keeper finds a message", "old-lighthouse-keeper-7k2m"),
        ("The Storm", "storm-7k2m"),
        ("Смотритель маяка и шторм", "smotritel-mayaka-shtorm-7k2m"),
        ("Ёж на объездной", "yozh-obezdnoy-7k2m"),
        ("灯塔守护人", "film-7k2m"),
        ("Café déjà-vu", "cafe-deja-vu-7k2m"),
        ("The keeper's lamp", "keepers-lamp-7k2m"),
        ("../../etc/passwd", "etc-passwd-7k2m"),
        ("The and of", "the-and-of-7k2m"),
        ("", "film-7k2m"),
    ],
)
def test_an_id_is_told_from_its_title(title: str, id: str) -> None:
    assert new_film_id(title, "7k2m99") == id


@given(st.text(max_size=300))
def test_any_title_makes_a_safe_id(title: str) -> None:
    id = new_film_id(title, "0a1b")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){1,3}", id)
    assert len(id) <= 64


@pytest.mark.parametrize("token", ["", "abc", "ABCD", "a/b/", "../.."])
def test_a_token_that_is_not_safe_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        new_film_id("Storm", token)
