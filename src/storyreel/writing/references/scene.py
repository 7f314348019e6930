"""Notes on references as one scene, and the prompt for it: by a template of the use case, not by another model."""

from collections.abc import Iterable
from typing import Any

from storyreel.domain.references import MotionNote, PictureNote, UseCase
from storyreel.domain.values import Value
from storyreel.writing.prompts.families import family_named
from storyreel.writing.words import table


class Scene(Value):
    """What the film from references shows."""

    subject: str
    setting: str
    light: str
    palette: str
    style: str
    action: str
    camera: str

    @property
    def description(self) -> str:
        """The scene in a few sentences."""
        told = [f"{self.subject}, {self.setting}" if self.setting else self.subject, self.action]
        told += [f"Light: {self.light}", f"Colours: {self.palette}", f"Style: {self.style}", f"Camera: {self.camera}"]
        return _sentences(told)


def scene_of(pictures: tuple[PictureNote, ...], motion: MotionNote | None, use_case: UseCase) -> Scene:
    """One scene from notes: what the pictures share, the first where they differ."""
    use: dict[str, Any] = table("uses")[use_case.value]
    first = pictures[0]
    subject = "The subject of the reference pictures" if len(pictures) > 1 else "The subject of the reference picture"
    camera = _first(motion.camera if motion else "", str(use["camera"]))
    return Scene(
        subject=f"{first.subject.rstrip('.') or subject}, {first.composition}",
        setting=first.setting,
        light=first.light,
        palette=", ".join(_shared(one.palette for one in pictures)),
        style=first.style,
        action=str(use["action"]),
        camera=f"{motion.pace} {camera}" if motion and motion.camera != "static camera" else camera,
    )


def prompt_of(scene: Scene, use_case: UseCase, instructions: str, *, family: str, pictures: int, sound: bool = False) -> str:
    """The prompt for a scene, as a person may edit it before it is paid for; with `sound`, music is not forbidden."""
    use: dict[str, Any] = table("uses")[use_case.value]
    template = family_named(family)
    tags = [template.tag.format(n=template.first_tag + at) for at in range(pictures)] if template.tag else []
    asks = ", ".join(str(one) for one in use["asks"])
    told = [f"{', '.join(tags)} show how it looks" if tags else "", str(use["purpose"]), scene.description, asks]
    quiet = ("nobody speaks" if sound else "nobody speaks, no music") if template.silence else ""
    return _sentences([*told, instructions, quiet])


def _shared(palettes: Iterable[tuple[str, ...]]) -> list[str]:
    """The colours that most pictures have, then the others of the first; five at most."""
    lists = list(palettes)
    counted = {name: sum(name in one for one in lists) for one in lists for name in one}
    return sorted(counted, key=lambda name: -counted[name])[:5]


def _first(*texts: str) -> str:
    return next((text for text in texts if text), "")


def _sentences(texts: Iterable[str]) -> str:
    told = [" ".join(text.split()) for text in texts]
    return " ".join(
        text[0].upper() + text[1:] + ("" if text[-1] in ".!?…。！？" else ".") if text[0] not in "[<" else f"{text}."
        for text in told
        if text
    )
