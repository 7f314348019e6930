"""What a film is wished by: its size by shape and sharpness, its sound, its place."""

from pathlib import Path

import pytest

from storyreel.domain.errors import InvalidRequest
from storyreel.orders import FilmWishes, Pictures, order_for, output_for, wished_size


@pytest.mark.parametrize(
    ("wishes", "size"),
    [
        ({"resolution": "1080p"}, "1920x1080"),
        ({"resolution": "1080p", "aspect": "9:16"}, "1080x1920"),
        ({"resolution": "480p", "aspect": "1:1"}, "480x480"),
        ({"resolution": "2160p"}, "3840x2160"),
        ({"resolution": None, "size": "640x360"}, "640x360"),
    ],
)
def test_a_resolution_is_the_shorter_side_of_the_wished_shape(wishes: FilmWishes, size: str) -> None:
    assert str(wished_size(wishes)) == size


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        ({"resolution": "1080p", "size": "640x360"}, "size or its resolution, not both"),
        ({"resolution": "large"}, "'large' is not a resolution: give 64p to 2160p"),
        ({"resolution": "9" * 5000 + "p"}, "is not a resolution"),
        ({"resolution": "²p"}, "is not a resolution"),
        ({"resolution": "2160p", "aspect": "21:9"}, "2160p is too much for 21:9"),
    ],
)
def test_a_resolution_that_cannot_be_is_refused(wishes: FilmWishes, said: str) -> None:
    with pytest.raises(InvalidRequest, match=said) as wrong:
        wished_size(wishes)
    assert wrong.value.field == "resolution"


def test_a_film_may_be_wished_without_sound_and_into_a_folder(tmp_path: Path) -> None:
    order = order_for({"sound": False}, default_model="animatic", aspect="16:9", pictures=Pictures())

    assert order.sound is False
    assert output_for(None, "fox-1", tmp_path) == tmp_path / "fox-1" / "film.mp4"
