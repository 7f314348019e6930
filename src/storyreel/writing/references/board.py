"""The storyboard of a film that references ask for: one shot, or as many as its length needs, each going on from the last."""

from collections.abc import Sequence

from storyreel.domain.references import UseCase
from storyreel.domain.storyboard import Bible, JoinKind, Location, Scene, Shot, ShotSize, Storyboard
from storyreel.writing.references.notes import Reading

_PLACE = Location(id="references", name="references")


def board_of_reading(reading: Reading, *, prompt: str, seconds: Sequence[float], aspect: str) -> Storyboard:
    """A storyboard whose shots are so long and say `prompt` word for word: the reading's, or what a person made of it."""
    told = tuple(
        Shot(
            id=f"s{number:02}",
            beat=f"b{number:02}",
            description=f"{reading.description.split('. ')[0].rstrip('.')}.",
            size=ShotSize.MEDIUM,
            seconds=length,
            join=JoinKind.CHAIN if number > 1 else JoinKind.CUT,
            prompt=prompt,
        )
        for number, length in enumerate(seconds, start=1)
    )
    scene = Scene(id="scene-1", heading=_PLACE.name, location=_PLACE.id, shots=told)
    use = "film" if reading.use_case is UseCase.GENERAL else reading.use_case.value.replace("_", " ")
    return Storyboard(
        title=f"{use.capitalize()} from references", aspect=aspect, bible=Bible(locations=(_PLACE,)), scenes=(scene,)
    )
