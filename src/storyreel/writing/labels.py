"""What is written under the pictures of a film, in its language: on a contact sheet and on slates."""

from storyreel.domain.generation import Caption
from storyreel.domain.storyboard import UNSEEN, Bible, Line, Move, Shot
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


def line_label(line: Line, bible: Bible, language: Language) -> str:
    """Who says what, by the speaker's name, in the quotation marks of the language."""
    row = table("labels")[language.value]
    known = bible.character(line.speaker)
    who = known.name if known else line.speaker
    said = str(row["quoted"]).format(words=line.words)
    return said if who in {"", UNSEEN} else str(row["speaker"]).format(who=who) + said


def caption_of(shot: Shot, bible: Bible, language: Language) -> Caption:
    """What a slate says of a shot besides its number and description."""
    row = table("labels")[language.value]
    move = str(row["move"][shot.move.value])
    if shot.move is not Move.STATIC:
        move = str(row["paced"]).format(pace=row["pace"][shot.pace.value], move=move)
    return Caption(
        camera="  ·  ".join((str(row["size"][shot.size.value]).upper(), str(row["angle"][shot.angle.value]), move)),
        length=length_label(shot.seconds, language),
        lines=tuple(line_label(line, bible, language) for line in shot.dialogue),
    )
