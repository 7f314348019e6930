"""How a film is to be made: the arguments that every tool which makes one has, and the dialog's steps for them."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from storyreel.catalog.catalogue import narrowed
from storyreel.domain.film import LONGEST_FILM_S, MOST_SHOTS
from storyreel.domain.model import Limits, Medium, Mode, Sound
from storyreel.domain.values import JSON, Value
from storyreel.orders import FilmWishes
from storyreel.tools.context import Context
from storyreel.tools.dialog import Accept, Choice, Step

ONE_OF, EITHER = frozenset({Accept.CHOICE}), frozenset({Accept.TEXT, Accept.CHOICE})
RESOLUTIONS = ("720p", "1080p", "2160p")
ASPECTS = ("16:9", "9:16", "1:1")
SECONDS = (4.0, 6.0, 8.0, 10.0, 15.0)
SHOTS = (1, 2, 3, 4, 6, 8, 12)

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
Length = Annotated[
    float | None, Field(ge=0.5, le=LONGEST_FILM_S, description="Length of the whole film in seconds, instead of `seconds`.")
]
Shots = Annotated[int | None, Field(ge=1, le=MOST_SHOTS, description=f"How many shots, 1 to {MOST_SHOTS}.")]
Aspect = Annotated[
    str | None, Field(pattern=r"^[1-9]\d{0,2}:[1-9]\d{0,2}$", description="Width to height, from 1:4 to 4:1, like 16:9.")
]
Resolution = Annotated[
    str | None, Field(pattern=r"^[1-9]\d{1,3}p$", description="The shorter side in pixels, 64p to 2160p, like 720p.")
]
WithSound = Annotated[bool, Field(description="False: no sound is asked of a model that may leave it out.")]
Joins = Annotated[
    Literal["auto", "chain", "keyframes", "cuts"],
    Field(description="How shots meet: cuts, chain (each begins where the last ended), keyframes (drawn first), or auto."),
]
Seed = Annotated[int | None, Field(ge=0, le=2**32 - 1, description="The same seed gives the same pictures, 0 to 4294967295.")]
Budget = Annotated[
    float | None,
    Field(ge=0, le=100_000, description="US dollars that it may cost at most; what would cost more is refused, unpaid."),
]
Unpriced = Annotated[bool, Field(description="True: calls whose price nobody knows may be sent.")]
Wait = Annotated[bool, Field(description="False: answer at once with the film's id, for film_status to wait.")]


class Making(Value):
    """What may be wished of any film; what is left out is chosen."""

    model: ModelName = None
    aspect: Aspect = None
    resolution: Resolution = None
    sound: WithSound = True
    seed: Seed = None
    budget_usd: Budget = None
    allow_unpriced: Unpriced = False
    output: Annotated[
        str | None,
        Field(min_length=1, max_length=1000, description="The file to write, ending with .mp4. Left out: FILM/film.mp4."),
    ] = None
    wait: Wait = True

    def wishes(self, context: Context) -> FilmWishes:
        """The same as the studio takes it. Raises InvalidRequest for a file that may not be written."""
        told: FilmWishes = {
            **context.wishes(output=self.output, budget=self.budget_usd),
            "model": self.model,
            "aspect": self.aspect,
            "resolution": self.resolution,
            "sound": self.sound,
            "seed": self.seed,
            "allow_unpriced": self.allow_unpriced,
        }
        return told


def steps_for(mode: Mode) -> tuple[Step, ...]:
    """The questions about the model that starts from that, and about what it can do."""

    async def models(_answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
        return models_for(context, mode)

    return (
        Step(field="model", ask="Which model should make it?", hint="Choose a model.", accepts=ONE_OF, choices=models),
        Step(field="sound", ask="With sound?", hint="Choose one.", accepts=ONE_OF, choices=_sounds),
        Step(field="resolution", ask="How sharp?", hint="Choose a resolution.", accepts=ONE_OF, choices=_resolutions),
        Step(field="aspect", ask="What shape?", hint="Choose a shape.", accepts=ONE_OF, choices=_aspects),
    )


def models_for(context: Context, mode: Mode) -> tuple[Choice, ...]:
    """The models that can be used here today and start from that; the usual one first, then as the catalogue has them."""
    studio = context.studio
    usual = studio.settings.model.partition("@")[0]
    means = studio.means()
    found = [
        Choice(label=model.title, value=model.id, hint=f"about {model.times.typical_s:.0f} s a clip")
        for model in studio.catalogue.search(medium=Medium.VIDEO, open_on=studio.today)
        if not model.by_name
        and any(means.usable(route) and mode in narrowed(model, route).limits.modes for route in model.routes)
    ]
    return tuple(sorted(found, key=lambda one: one.value != usual))


def _limits(answers: Mapping[str, JSON], context: Context) -> Limits | None:
    name = str(answers.get("model") or context.studio.settings.model)
    return None if name.startswith("auto") else context.studio.catalogue.model(name.partition("@")[0]).limits


async def _sounds(answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
    limits = _limits(answers, context)
    if limits is not None and limits.sound is not Sound.OPTIONAL:
        return ()
    return (Choice(label="With sound", value=True), Choice(label="Without sound", value=False))


async def _resolutions(answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
    limits = _limits(answers, context)
    can = [one for one in RESOLUTIONS if limits is None or not limits.resolutions or one in limits.resolutions]
    labels = {"2160p": "4K"}
    return tuple(Choice(label=labels.get(one, one), value=one) for one in can) if len(can) > 1 else ()


async def _aspects(answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
    limits = _limits(answers, context)
    can = [one for one in ASPECTS if limits is None or not limits.aspects or one in limits.aspects]
    return tuple(Choice(label=one, value=one) for one in can) if len(can) > 1 else ()


async def lengths(answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
    """Lengths of a shot in seconds that the chosen model makes."""
    limits = _limits(answers, context)
    lasting = limits.durations if limits else None
    mode = limits.modes[0] if limits else Mode.TEXT
    can = (lasting.only(mode) if lasting else ()) or tuple(one for one in SECONDS if lasting is None or lasting.allows(one, mode))
    return tuple(Choice(label=f"{one:g} s", value=one) for one in can)


COUNTS = tuple(Choice(label=str(count), value=count) for count in SHOTS)
