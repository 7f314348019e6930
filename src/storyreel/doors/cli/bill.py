"""`estimate`, `bill`: what a film would cost, and what was paid."""

from typing import Annotated

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.make import (
    Aspect,
    Budget,
    Fallback,
    JoinsChoice,
    KeyframeModel,
    Length,
    ModelName,
    NoCache,
    References,
    Retakes,
    Seconds,
    Seed,
    Shots,
    SizeText,
    Unpriced,
)
from storyreel.doors.cli.options import AsJson
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import with_studio


def estimate(
    context: typer.Context,
    story: Annotated[
        str, typer.Argument(help="What the film tells; or a script, a storyboard file, or a film's name.", show_default=False)
    ],
    shots: Shots = None,
    seconds: Seconds = None,
    length: Length = None,
    model: ModelName = None,
    reference: References = None,
    joins: Annotated[JoinsChoice, typer.Option(help="How shots meet.")] = "auto",
    keyframe_model: KeyframeModel = None,
    budget: Budget = None,
    allow_unpriced: Unpriced = False,
    retakes: Retakes = 0,
    fallback: Fallback = None,
    no_cache: NoCache = False,
    size: SizeText = None,
    aspect: Aspect = None,
    seed: Seed = 0,
    compare: Annotated[bool, typer.Option("--compare", help="By every model that can make it, cheapest first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell what a film would cost, shot by shot; nothing is started, and no key is needed."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.pricing import say_comparison, say_estimate
        from storyreel.orders import FilmWishes

        wishes = FilmWishes(
            shots=shots, seconds=seconds, length=length, writer="rules", model=model, references=reference or [], joins=joins,
            keyframe_model=keyframe_model, budget=budget, allow_unpriced=allow_unpriced, retakes=retakes,
            fallbacks=fallback or [], cache=not no_cache, size=size, aspect=aspect, seed=seed,
        )  # fmt: skip
        screen = open_screen(said, as_json=as_json)
        say = say_comparison if compare else say_estimate
        with_studio(lambda studio: say(studio, screen, story, wishes))


def bill(
    context: typer.Context,
    film: Annotated[
        str | None, typer.Argument(help="The film's name, or its beginning; all films where it is left out.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was quoted, is held, was paid and was spared, a line for each call."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.billing import say_bill

        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: say_bill(studio, screen, film))
