"""How a person is asked how a film is to be made: steps that several dialogs share, with what the chosen model can do."""

from collections.abc import Mapping

from storyreel.catalog.stock import Stock
from storyreel.domain.model import Limits, Medium, Mode, Sound
from storyreel.domain.values import JSON
from storyreel.tools.context import Context
from storyreel.tools.dialog import Accept, Choice, Step

ONE_OF, EITHER = frozenset({Accept.CHOICE}), frozenset({Accept.TEXT, Accept.CHOICE})
RESOLUTIONS = ("720p", "1080p", "2160p")
ASPECTS = ("16:9", "9:16", "1:1")
"""What is offered, whatever the model; a screen shows what that cannot make in grey."""
SECONDS = (4.0, 6.0, 8.0, 10.0, 15.0)
SHOTS = (1, 2, 3, 4, 6, 8, 12)


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
    videos = (model for model in studio.catalogue.search(medium=Medium.VIDEO) if not model.by_name)
    found = [
        Choice(label=model.title, value=model.id, hint=f"about {model.times.typical_s:.0f} s a clip")
        for model in Stock(studio.accounts, studio.today).chosen(videos, medium=None, start=mode, live=True, mine=True)
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


def how_long(mode: Mode, ask: str = "How long should it be?") -> Step:
    """The question for a shot's length in seconds, with lengths that the chosen model makes from that start."""

    async def lengths(answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
        limits = _limits(answers, context)
        only = limits.durations.only(mode) if limits else ()
        usual = tuple(one for one in SECONDS if limits is None or limits.durations.allows(one, mode))
        return tuple(Choice(label=f"{one:g} s", value=one) for one in only or usual)

    return Step(
        field="seconds",
        ask=ask,
        hint="Choose, or write seconds: a number from 0.5 to 60.",
        accepts=EITHER,
        choices=lengths,
        optional=True,
    )


ASK_STORY = Step(field="story", ask="What should the film tell? A sentence will do.", hint="Write it in words.")
HOW_MANY = Step(
    field="shots",
    ask="How many shots?",
    hint="Choose, or write a whole number from 1 to 200.",
    accepts=EITHER,
    choices=tuple(Choice(label=str(count), value=count) for count in SHOTS),
    optional=True,
)
