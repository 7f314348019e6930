"""`retake_shot`: another take of one shot of a film, and the film cut anew with it; takes that were made before are kept."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StringConstraints
from typing_extensions import override

from storyreel.domain.values import JSON
from storyreel.editor import RetakeWishes
from storyreel.tools.asking import ONE_OF
from storyreel.tools.changing import ChangeArguments, ChangeTool
from storyreel.tools.context import Context
from storyreel.tools.dialog import Choice, Dialog, Step
from storyreel.tools.film_status import ShotName, films
from storyreel.tools.film_tool import FilmResult
from storyreel.tools.making import ModelName, WithSeed
from storyreel.tools.spec import ToolSpec

if TYPE_CHECKING:
    from storyreel.production.change import Change


class RetakeArguments(ChangeArguments):
    """What `retake_shot` is given."""

    shot: ShotName
    prompt: Annotated[
        str,
        StringConstraints(strip_whitespace=True),
        Field(max_length=5000, description="What the model is told from now on, word for word. Left out: the same as before."),
    ] = ""
    model: ModelName = None
    seed: WithSeed = None
    only: Annotated[bool, Field(description="True: shots that begin on this one's last frame stay as they are.")] = False


async def _shots(answers: Mapping[str, JSON], context: Context) -> tuple[Choice, ...]:
    film = await context.film(str(answers["film"]))
    shots = enumerate(film.storyboard.shots, start=1)
    return tuple(Choice(label=str(number), value=shot.id, hint=shot.description) for number, shot in shots)


class RetakeShotTool(ChangeTool[RetakeArguments]):
    """Another take of a shot."""

    spec: ClassVar = ToolSpec(
        id="retake",
        name="retake_shot",
        title="Make a shot again",
        description=(
            "Makes one shot of a film again, with other words, another model or another seed where they are given, and cuts the "
            "film anew. Only that shot, and what begins on its last frame, is paid again. film_status tells the shots."
        ),
        arguments=RetakeArguments,
        result=FilmResult,
        timeout_s=2 * 3600,
        spends=True,
    )
    dialog: ClassVar = Dialog(
        menu_label="Make a shot again",
        action="Make a shot again",
        commands={"retake": "Make one shot of a film again"},
        steps=(
            Step(field="film", ask="Which film?", hint="Choose a film.", accepts=ONE_OF, choices=films),
            Step(field="shot", ask="Which shot?", hint="Choose a shot.", accepts=ONE_OF, choices=_shots),
            Step(
                field="prompt",
                ask="What should it show instead?",
                hint="Write it in words, or skip this for another try.",
                optional=True,
            ),
        ),
    )

    @override
    async def change(self, args: RetakeArguments, context: Context) -> "Change":
        film = await context.film(args.film)
        wishes: RetakeWishes = {
            **args.wishes(film, context),
            "prompt": args.prompt or None,
            "model": args.model,
            "seed": args.seed,
            "only": args.only,
        }
        return await context.studio.plan_retake(film, args.shot, **wishes)
