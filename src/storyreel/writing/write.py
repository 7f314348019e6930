"""The offline writer: a text becomes a storyboard in two passes, always the same one."""

from storyreel.domain.errors import InvalidRequest
from storyreel.domain.film import LONGEST_FILM_S, LONGEST_TEXT, MOST_SHOTS, Brief
from storyreel.domain.kept import must_be_kept
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import FPS
from storyreel.writing.assemble import assembled
from storyreel.writing.split.beats import read
from storyreel.writing.split.merge import merged
from storyreel.writing.visual.drafts import drafts_of, natural_count
from storyreel.writing.visual.moments import moments_of
from storyreel.writing.visual.timing import LEAST_FRAMES

_USUAL_SHOT_S = 4.5
_SHORTEST_USUAL_S, _LONGEST_USUAL_S = 2.5, 8.0


def write_storyboard(text: str, brief: Brief) -> Storyboard:
    """A storyboard of a prompt or script in English, Russian or Chinese, with the shots and seconds the brief asks for.

    Raises InvalidRequest where the text says nothing or is too long, or where the brief contradicts itself.
    """
    must_be_tellable(text)
    reading = read(text)
    moments, cast = moments_of(reading.beats, reading.language)
    count = shots_asked(brief) or _chosen(brief, natural_count(moments), listed=moments[0].beat.listed)
    must_hold(brief, count)
    if count < len(moments):
        scenes = tuple(moment.setting.scene for moment in moments)
        moments, cast = moments_of(merged(reading.beats, scenes, count), reading.language)
    return assembled(reading, moments, cast, drafts_of(moments, count), brief)


def must_be_tellable(text: str) -> None:
    """Raises InvalidRequest where there is nothing to film, or too much, or what cannot be kept."""
    must_be_kept(text, field="text")
    if not any(char.isalpha() for char in text):
        raise InvalidRequest(
            "There are no words in the text. Say in words what the film shows, signs and numbers are not enough:"
            " A cat sleeps on a windowsill.",
            field="text",
        )
    if len(text) > LONGEST_TEXT:
        raise InvalidRequest(
            f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} can be filmed at once. Split it into parts.",
            field="text",
        )


def shots_asked(brief: Brief) -> int | None:
    """The number of shots a brief fixes, by itself or by its lengths."""
    if brief.shots is not None or not (brief.shot_seconds and brief.film_seconds):
        return brief.shots
    return max(1, round(brief.film_seconds / brief.shot_seconds))


def must_hold(brief: Brief, count: int) -> None:
    """Raises InvalidRequest where so many shots cannot have the lengths asked for."""
    if count > MOST_SHOTS:
        problem = f"That would take {count} shots; a film has at most {MOST_SHOTS}. Ask for longer shots or a shorter film."
        raise InvalidRequest(problem, field="shot_seconds")
    asked = count * (brief.shot_seconds or 0)
    if asked > LONGEST_FILM_S:
        problem = f"{count} shots of {brief.shot_seconds:g} s make {asked:g} s; a film lasts at most {LONGEST_FILM_S:g} s."
        raise InvalidRequest(problem, field="shot_seconds")
    if brief.film_seconds is None:
        return
    shortest = LEAST_FRAMES / FPS
    if brief.film_seconds < count * shortest:
        problem = f"{brief.film_seconds:g} s are too short for {count} shots of at least {shortest:g} s. Ask for fewer shots."
        raise InvalidRequest(problem, field="film_seconds")
    if brief.shots and brief.shot_seconds and abs(asked - brief.film_seconds) > 1 / FPS:
        problem = (
            f"{count} shots of {brief.shot_seconds:g} s are {asked:g} s, not {brief.film_seconds:g} s. Leave one of them out."
        )
        raise InvalidRequest(problem, field="film_seconds")


def _chosen(brief: Brief, natural: int, *, listed: bool) -> int:
    """A number of shots that suits the text, and the film's length where one is asked for; `listed` shots stay while they can."""
    if brief.shot_seconds:
        return min(natural, MOST_SHOTS, int(LONGEST_FILM_S / brief.shot_seconds))
    if brief.film_seconds and listed:
        natural = min(natural, int(brief.film_seconds * FPS / LEAST_FRAMES))
    elif brief.film_seconds:
        shortest, longest = int(brief.film_seconds / _SHORTEST_USUAL_S), -(-int(brief.film_seconds) // int(_LONGEST_USUAL_S))
        natural = max(1, min(max(natural, min(longest, 3 * natural)), max(1, shortest)))
    return min(natural, MOST_SHOTS)
