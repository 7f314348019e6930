"""How a film is to be made: the arguments that every tool which makes one has."""

from typing import Annotated, Literal

from pydantic import Field

from storyreel.domain.film import LONGEST_FILM_S, LONGEST_TEXT, MOST_SHOTS
from storyreel.domain.seeds import MOST_SEED, Seed
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Value
from storyreel.orders import FilmWishes, story_part
from storyreel.tools.context import Context

ModelName = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=200,
        description=(
            'The video model, by a name that list_models tells: "animatic" draws for free, '
            '"auto:cheapest", "auto:fastest" and "auto:best" choose one. Left out: the usual one here.'
        ),
    ),
]
Seconds = Annotated[float | None, Field(ge=0.5, le=60, description="Length of each shot in seconds, 0.5 to 60.")]
Aspect = Annotated[
    str | None, Field(pattern=r"^[1-9]\d{0,2}:[1-9]\d{0,2}$", description="Width to height, from 1:4 to 4:1, like 16:9.")
]
Resolution = Annotated[
    str | None, Field(pattern=r"^[1-9]\d{1,3}p$", description="The shorter side in pixels, 64p to 2160p, like 720p.")
]
WithSound = Annotated[bool, Field(description="False: no sound is asked of a model that may leave it out.")]
WithSeed = Annotated[Seed | None, Field(description=f"The same seed gives the same pictures, 0 to {MOST_SEED}.")]
Budget = Annotated[
    float | None,
    Field(ge=0, le=100_000, description="US dollars that it may cost at most; what would cost more is refused, unpaid."),
]
Unpriced = Annotated[bool, Field(description="True: calls whose price nobody knows may be sent.")]
Wait = Annotated[bool, Field(description="False: answer at once with the film's id, for film_status to wait.")]


class Form(Value):
    """By what it is made, and in what form; what is left out is chosen."""

    model: ModelName = None
    aspect: Aspect = None
    resolution: Resolution = None
    sound: WithSound = True

    def form(self) -> FilmWishes:
        """The same as the studio takes it."""
        return {"model": self.model, "aspect": self.aspect, "resolution": self.resolution, "sound": self.sound}


class Making(Form):
    """What may be wished of any film."""

    seed: WithSeed = None
    budget_usd: Budget = None
    allow_unpriced: Unpriced = False
    output: Annotated[
        str | None,
        Field(min_length=1, max_length=1000, description="The file to write, ending with .mp4. Left out: FILM/film.mp4."),
    ] = None
    wait: Wait = True

    def wishes(self, context: Context) -> FilmWishes:
        """The same as the studio takes it. Raises InvalidRequest for a file that may not be written."""
        told = context.wishes(output=self.output, budget=self.budget_usd)
        return {**told, **self.form(), "seed": self.seed, "allow_unpriced": self.allow_unpriced}


class Story(Value):
    """What a film of several shots tells, and how they are cut."""

    story: Annotated[
        str, Field(min_length=1, max_length=LONGEST_TEXT, description="What the film tells: a sentence, a prompt or a script.")
    ]
    shots: Annotated[int | None, Field(ge=1, le=MOST_SHOTS, description=f"How many shots, 1 to {MOST_SHOTS}.")] = None
    seconds: Seconds = None
    length: Annotated[
        float | None,
        Field(ge=0.5, le=LONGEST_FILM_S, description="Length of the whole film in seconds, instead of `seconds`."),
    ] = None
    joins: Annotated[
        Literal["auto", "chain", "keyframes", "cuts"],
        Field(description="How shots meet: cuts, chain (each begins where the last ended), keyframes (drawn first), or auto."),
    ] = "auto"

    def cut(self) -> FilmWishes:
        """How it is cut, as the studio takes it."""
        return {"shots": self.shots, "seconds": self.seconds, "length": self.length, "joins": self.joins}

    async def drafted(self, wishes: FilmWishes, context: Context) -> tuple[Storyboard, FilmWishes]:
        """The storyboard that the rules write, and what is wished beside it: no language model is paid for a price."""
        board = await context.studio.storyboard(self.story, **{**story_part(wishes), "writer": "rules"})
        return board, {**wishes, "shots": None, "seconds": None, "length": None}
