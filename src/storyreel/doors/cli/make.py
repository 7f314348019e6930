"""`make`, `animate`, `resume`: films from words, from pictures, and from where they were."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from storyreel.doors.cli.faults import told
from storyreel.doors.cli.options import AsJson, Force
from storyreel.doors.cli.replacing import must_be_free
from storyreel.doors.cli.screen import open_screen
from storyreel.doors.cli.session import leave_by, with_studio
from storyreel.doors.languages.phrases import Phrase

JoinsChoice = Literal["auto", "chain", "keyframes", "cuts"]

Shots = Annotated[int | None, typer.Option(help="How many shots.", show_default="by the words")]
Seconds = Annotated[float | None, typer.Option(help="Seconds of each shot.", show_default="by the words")]
Length = Annotated[float | None, typer.Option(help="Seconds of the whole film.", show_default="by the words")]
ModelName = Annotated[str | None, typer.Option(help="The video model; see `storyreel models`.", show_default="animatic")]
SizeText = Annotated[str | None, typer.Option(help="Size in pixels, like 1280x720.", show_default="1280x720")]
Aspect = Annotated[str | None, typer.Option(help="Shape instead of size, like 9:16.", show_default="16:9")]
Seed = Annotated[int, typer.Option(help="The same seed gives the same pictures.")]
Slate = Annotated[bool, typer.Option("--slate", help="Show shot number, camera and dialogue in the picture.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="The film's file.", show_default="FILM/film.mp4")]
Budget = Annotated[
    float | None,
    typer.Option(help="US dollars that the film may cost; what is within them is not asked for.", show_default="none"),
]
WholeBudget = Annotated[
    float | None, typer.Option("--budget", help="US dollars that the film may cost from now on, all in all.", show_default=False)
]
Unpriced = Annotated[bool, typer.Option("--allow-unpriced", help="Send calls whose price nobody knows.")]
KeyframeModel = Annotated[
    str | None, typer.Option(help="The image model that draws keyframes.", show_default="the cheapest with a key")
]
References = Annotated[
    list[str] | None,
    typer.Option(help="A picture, by file or address, that every shot should resemble; may be given again.", show_default=False),
]
Motion = Annotated[str | None, typer.Option(help="A video, by file or address, to move like.", show_default=False)]
UseCase = Annotated[
    Literal["product_video", "hero_image", "gemstone_closeup", "luxury_brand", "general"] | None,
    typer.Option(help="Film the reference pictures for this; the text then says what else to heed.", show_default="general"),
]
Prompt = Annotated[
    str, typer.Option(help="What the model is told of the reference pictures, word for word, as `read` gave it or you edited it.")
]
Writer = Annotated[
    str | None, typer.Option(help="Who writes the storyboard: rules, model, or a language model.", show_default="rules")
]
Retakes = Annotated[int, typer.Option(help="How often a shot is made again, and paid again, whose take came and cannot be used.")]
Retries = Annotated[
    int, typer.Option(help="How often a shot is asked for again where its provider failed, which charges nothing.")
]
Fallback = Annotated[
    list[str] | None,
    typer.Option(
        help="A model that makes a shot where its own way fails; may be given again, and is in the worst case of the price.",
        show_default=False,
    ),
]
Rephrase = Annotated[bool, typer.Option("--rephrase", help="Put a prompt that a moderator refused in milder words, once.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Make every shot anew, though an equal one was made before.")]
Approve = Annotated[bool, typer.Option("--approve", help="Send nothing before `storyreel approve`.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Accept the price without asking.")]


def make(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(help="What the film tells: a sentence or a whole story.", show_default=False)
    ] = None,
    script: Annotated[Path | None, typer.Option(help="Read the story from a text file.", show_default=False)] = None,
    storyboard: Annotated[str | None, typer.Option(help="A storyboard file, or a film's name.", show_default=False)] = None,
    shots: Shots = None,
    seconds: Seconds = None,
    length: Length = None,
    writer: Writer = None,
    model: ModelName = None,
    reference: References = None,
    motion: Motion = None,
    use_case: UseCase = None,
    prompt: Prompt = "",
    joins: Annotated[JoinsChoice, typer.Option(help="How shots meet.")] = "auto",
    keyframe_model: KeyframeModel = None,
    budget: Budget = None,
    allow_unpriced: Unpriced = False,
    size: SizeText = None,
    aspect: Aspect = None,
    seed: Seed = 0,
    retakes: Retakes = 0,
    retries: Retries = 2,
    fallback: Fallback = None,
    rephrase: Rephrase = False,
    no_cache: NoCache = False,
    slate: Slate = False,
    approve: Approve = False,
    output: Output = None,
    force: Force = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Make a film: from a sentence, a script, or a storyboard."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.filming import make_film
        from storyreel.doors.cli.reading import film_references
        from storyreel.orders import FilmWishes, ReadingWishes

        wishes = FilmWishes(
            shots=shots, seconds=seconds, length=length, writer=writer, model=model, references=reference or [], joins=joins,
            keyframe_model=keyframe_model, budget=budget,
            allow_unpriced=allow_unpriced, size=size, aspect=aspect, seed=seed, retakes=retakes, retries=retries,
            fallbacks=fallback or [], rephrase=rephrase, cache=not no_cache, slate=slate, approve=approve, output=output,
            replace=force,
        )  # fmt: skip
        must_be_free(output, force=force)
        for option, given in (("--prompt", prompt), ("--motion", motion), ("--use-case", use_case)):
            must_have_pictures(option, given, reference, alone=script is None and storyboard is None)
        screen = open_screen(said, as_json=as_json)
        if reference and script is None and storyboard is None and (text is None or use_case or motion or prompt):
            reading = ReadingWishes(motion=motion, use_case=use_case, instructions=text, writer=writer, model=model)
            leave_by(with_studio(lambda studio: film_references(studio, screen, reference, reading, wishes, prompt, yes=yes)))
        else:
            leave_by(with_studio(lambda studio: make_film(studio, screen, text, script, storyboard, wishes, yes=yes)))


def must_have_pictures(option: str, given: str | None, reference: list[str] | None, *, alone: bool) -> None:
    """Raises InvalidRequest for an option that says how reference pictures are read, where none are."""
    from storyreel.domain.errors import InvalidRequest

    field = option.removeprefix("--").replace("-", "_")
    if given and not reference:
        message = Phrase("{option} is about reference pictures: give one with --reference PICTURE.", option=option)
        raise InvalidRequest(message, field=field)
    if given and not alone:
        message = Phrase(
            "{option} makes the film of the reference pictures; leave --script and --storyboard out, or {option}.", option=option
        )
        raise InvalidRequest(message, field=field)


def animate(
    context: typer.Context,
    picture: Annotated[
        str, typer.Argument(help="The picture's file or address: JPEG, PNG, WebP and other common formats.", show_default=False)
    ],
    text: Annotated[str, typer.Argument(help="What happens: 'slow push in, rain begins'.")] = "",
    seconds: Annotated[float, typer.Option(help="Seconds of the shot.")] = 6.0,
    model: ModelName = None,
    budget: Budget = None,
    allow_unpriced: Unpriced = False,
    size: Annotated[
        str | None, typer.Option(help="Size in pixels, like 1280x720.", show_default="720 lines in the picture's shape")
    ] = None,
    aspect: Annotated[str | None, typer.Option(help="Shape instead of size, like 9:16.", show_default="the picture's")] = None,
    seed: Seed = 0,
    retakes: Retakes = 0,
    retries: Retries = 2,
    fallback: Fallback = None,
    rephrase: Rephrase = False,
    no_cache: NoCache = False,
    slate: Slate = False,
    output: Output = None,
    force: Force = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Bring a picture to life: a film of one shot that begins on it."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.filming import animate_picture
        from storyreel.orders import FilmWishes

        wishes = FilmWishes(
            seconds=seconds, model=model, budget=budget, allow_unpriced=allow_unpriced, size=size, aspect=aspect, seed=seed,
            retakes=retakes, retries=retries, fallbacks=fallback or [], rephrase=rephrase, cache=not no_cache, slate=slate,
            output=output, replace=force,
        )  # fmt: skip
        must_be_free(output, force=force)
        screen = open_screen(said, as_json=as_json)
        leave_by(with_studio(lambda studio: animate_picture(studio, screen, picture, text, wishes, yes=yes)))


def read(
    context: typer.Context,
    pictures: Annotated[list[str], typer.Argument(help="One to three pictures, by file or address.", show_default=False)],
    motion: Motion = None,
    use_case: UseCase = None,
    instructions: Annotated[str | None, typer.Option(help="What the prompt should say besides.", show_default=False)] = None,
    writer: Writer = None,
    model: ModelName = None,
    as_json: AsJson = False,
) -> None:
    """Read reference pictures: what they show, and a prompt for a film of them, to edit before anything is paid."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.reading import say_reading
        from storyreel.orders import ReadingWishes

        wishes = ReadingWishes(motion=motion, use_case=use_case, instructions=instructions, writer=writer, model=model)
        screen = open_screen(said, as_json=as_json)
        with_studio(lambda studio: say_reading(studio, screen, pictures, wishes))


def resume(
    context: typer.Context,
    film: Annotated[
        str | None, typer.Argument(help="The film; every unfinished one where it is left out.", show_default=False)
    ] = None,
    budget: WholeBudget = None,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> None:
    """Carry unfinished films to their end; what is ready is not made again."""
    with told(context, as_json=as_json) as said:
        from storyreel.doors.cli.filming import resume_films

        screen = open_screen(said, as_json=as_json)
        leave_by(with_studio(lambda studio: resume_films(studio, screen, film, cache=not no_cache, budget=budget)))
