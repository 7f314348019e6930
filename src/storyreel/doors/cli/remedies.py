"""What a person can do about a film that did not come: go on with it, or make it otherwise where going on cannot help."""

from storyreel.domain.advice import NamedRemedy, Remedy, recalled
from storyreel.domain.film import Film, FilmState
from storyreel.doors.languages.voice import Voice

REFUSED = {
    *("content_rejected", "invalid_request", "media_unusable", "unknown_model"),
    *("capability_missing", "route_closed"),
}
"""Ends that would only come again: something in the film must change first."""


def next_steps(said: Voice, film: Film, code: str) -> tuple[str, ...]:
    """What helps after a film ended by this error, a line each; finished shots are used again either way."""
    go_on = f"{said('go on with it:')}  storyreel resume {film.id}"
    if film.state is FilmState.NEEDS_ATTENTION:
        return (f"{said('look for it in your account there, then decide:')}  storyreel attention",)
    if code == "budget_exceeded" and not _names(film, Remedy.BUDGET):
        return (f"{said('go on with it once that is allowed:')}  storyreel resume {film.id}",)
    if code == "budget_exceeded":
        return (f"{said('allow it more:')}  storyreel resume {film.id} --budget USD",)
    if code not in REFUSED:
        return () if code == "cancelled" else (go_on,)  # a cancelled film says itself how it goes on
    if film.order.first_frame is not None:
        return (
            f"{said('say it otherwise:')}  storyreel retake {film.id} 1 --prompt '...'",
            f"{said('or take another picture or model:')}  storyreel animate PICTURE '...' --model NAME",
        )
    return (
        f"{said('edit its words, and go on:')}  storyreel edit {film.id}",
        f"{said('or take another model for that shot:')}  storyreel retake {film.id} SHOT --model NAME",
    )


def _names(film: Film, remedy: Remedy) -> bool:
    """Whether what ended the film names that as what helps."""
    parts = recalled(film.error or "", film.id).parts
    return any(isinstance(part, NamedRemedy) and part.remedy is remedy for part in parts)
