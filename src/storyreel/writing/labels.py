"""What is written under the pictures of a film, in its language."""

from storyreel.domain.storyboard import Shot
from storyreel.domain.values import Language
from storyreel.writing.words import table


def camera_label(shot: Shot, language: Language) -> str:
    """The shot's size and move: "wide, push in"."""
    row = table("labels")[language.value]
    return f"{row['size'][shot.size.value]}{row['comma']}{row['move'][shot.move.value]}"


def length_label(seconds: float, language: Language) -> str:
    """A length: "4.5 s" under a minute, "1:05" from then on."""
    if seconds >= 60:
        return f"{int(seconds // 60)}:{seconds % 60:02.0f}"
    row = table("labels")[language.value]
    return str(row["seconds"]).format(number=f"{seconds:.1f}".removesuffix(".0").replace(".", row["point"]))


def film_label(shots: int, seconds: float, language: Language) -> str:
    """How many shots a film has, and its length: "6 shots · 54 s"."""
    row = table("labels")[language.value]
    return f"{row['one' if shots == 1 else 'many'].format(number=shots)} · {length_label(seconds, language)}"
