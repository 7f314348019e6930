"""Rules about what a shot's words ask for, and how long they last."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.domain.values import FPS, Language
from storyreel.writing.lint.remark import Remark, numbered
from storyreel.writing.split.borders import borders
from storyreel.writing.split.quotes import masked, quotes
from storyreel.writing.verbs import done_in_turn, like_verbs
from storyreel.writing.visual.timing import words_need
from storyreel.writing.words import Words, row_words

if TYPE_CHECKING:  # half of what the room costs to import
    from storyreel.domain.model import Durations, Limits, Mode

_TOO_MANY_DEEDS = 3  # "opens the door and smiles" is one movement yet
_AND_THEN = re.compile(
    r"(?:[,，、]\s*|\s+(?=(?:and|then|и|затем|потом)\s))(?:(?:and|then|и|затем|потом)\s+|然后|接着|随后|最后|并|又|再)*",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(r"\w+ed\b")  # in the present tense: "stands, dressed in white"


def two_actions(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """A shot is one action; a description of several beats is several shots. Coverage of ours is not judged."""
    written_here = any(shot.words is not None for shot in film.shots)
    for number, shot in numbered(film):
        if written_here and shot.words is None:
            continue
        text = masked(shot.description, quotes(shot.description, film.language))
        cuts = borders(text, film.language, by_length=False)
        beats = 1 + sum(any(char.isalnum() for char in shot.description[cut:]) for cut in cuts)
        deeds = _deeds(text, film.language)
        beats = deeds if deeds >= _TOO_MANY_DEEDS else beats
        if beats > 1:
            yield Remark(
                number,
                f"It tells {beats} actions one after another.",
                "Keep the strongest here and give the others shots of their own.",
            )


def _deeds(text: str, language: Language) -> int:
    """How many things one subject does in a row: "jumps onto the table, knocks over a vase, and hides"."""
    starts = {at for at in done_in_turn(text, language) if not _OF_BEFORE.match(text, at)} | set(like_verbs(text, language))
    return 1 + sum(one.end() in starts for one in _AND_THEN.finditer(text))


def words_do_not_fit(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """What is said must have time to be said."""
    for number, shot in numbered(film):
        need = words_need(shot.dialogue, film.language)
        if need > shot.seconds + 0.5 / FPS:
            yield Remark(
                number,
                f"Its words need {need:.1f} s and it lasts {shot.seconds:.1f} s.",
                "Make it longer, shorten the words, or split it.",
            )


def seconds_not_made(film: Storyboard, limits: "Limits | None") -> Iterator[Remark]:
    """A length must be one that the model makes, in one of its resolutions at least."""
    if limits is None:
        return
    mode = next((one for one in limits.modes if one.value == "text"), limits.modes[0])
    for number, shot in numbered(film):
        if not any(limits.durations.allows(shot.seconds, mode, resolution) for resolution in limits.resolutions or ("",)):
            yield Remark(
                number, f"The model does not make clips of {shot.seconds:g} s.", f"It makes {_told(limits.durations, mode)}."
            )


def _told(durations: "Durations", mode: "Mode") -> str:
    exact = durations.only(mode)
    usual = _listed_s(exact) if exact else f"{durations.least_s or 0:g} to {durations.most_s or 0:g} s"
    forced = (f"at {name} only {_listed_s(durations.only(mode, name))}" for name in durations.forced_by_resolution)
    return "; ".join((usual, *forced))


def _listed_s(lengths: tuple[float, ...]) -> str:
    return f"{', '.join(f'{one:g}' for one in lengths)} s"


def text_in_picture(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """Models misspell what is to be read in the picture."""
    yield from _listed(
        film,
        row_words("warnings", "written", film.language),
        "It asks for text in the picture ({word}), which models misspell.",
        "Leave it out and lay a title over the film.",
    )


def reference_to_before(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """A model has not seen the shot before."""
    yield from _listed(
        film,
        row_words("warnings", "earlier", film.language),
        "It refers to an earlier shot ({word}), which the model has not seen.",
        "Say what is seen here in full.",
    )


def often_refused(film: Storyboard, _limits: "Limits | None") -> Iterator[Remark]:
    """Providers' moderators often refuse these words."""
    words = row_words("warnings", "refused", film.language)
    yield from _listed(
        film,
        words,
        "Providers often refuse this word in the description: {word}.",
        "Say it more gently, or show what comes before or after.",
    )
    for number, shot in numbered(film):
        for line in shot.dialogue:
            for hit in words.find(line.words)[:1]:
                yield Remark(
                    number,
                    f"Providers often refuse this word in the dialogue: {line.words[hit.start : hit.end]}.",
                    "Say it more gently.",
                )


def _listed(film: Storyboard, words: Words, message: str, remedy: str) -> Iterator[Remark]:
    for number, shot in numbered(film):
        for hit in words.find(shot.description)[:1]:
            yield Remark(number, message.format(word=_quoted(shot, hit.start, hit.end)), remedy)


def _quoted(shot: Shot, start: int, end: int) -> str:
    return f"'{shot.description[start:end]}'"
