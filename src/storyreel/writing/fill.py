"""What a hand-written storyboard leaves out, found from its words by the same pass that writes one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from storyreel.domain.errors import StoryboardInvalid
from storyreel.domain.film import MOST_SHOTS, Brief
from storyreel.domain.values import Language
from storyreel.lexicon import language_of
from storyreel.writing.assemble import assembled
from storyreel.writing.marks import MARK, is_outdated
from storyreel.writing.met import as_known
from storyreel.writing.split.pieces import Beat, Reading
from storyreel.writing.tree import Document, Steps, Tree
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.moments import moments_of

_OWN = ("id", "beat", "seconds")

Place: TypeAlias = tuple[int, int]
"""Of a shot: of its scene, and of itself in that, counted from 0."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A file's values, whole."""

    values: dict[str, Tree]
    anew: tuple[Place, ...] = ()  # shots whose subjects were found anew, since their words are others now


def filled(document: Document, path: Path | None) -> Filled:
    """A file's values with scenes, ids, beats and all that its shots leave out. Raises StoryboardInvalid."""
    root = document.root if isinstance(document.root, dict) else {}
    values = {key: value for key, value in root.items() if key != "shots"}
    bare = "scenes" not in values
    if not bare and "shots" in root:
        raise StoryboardInvalid(
            "`shots` belong inside a scene where there are `scenes`", line=document.line_of(("shots",)), path=path
        )
    if bare:
        if not root.get("shots"):
            raise StoryboardInvalid(
                "there are no shots; write `shots:` and below it `- description: ...`",
                line=document.line_of(("shots",)) or 1,
                path=path,
            )
        values["scenes"] = [{"shots": root["shots"]}]
    scenes = values["scenes"]
    if not isinstance(scenes, list):
        return Filled(values)
    anew = tuple(place for place, shot in _shots(scenes) if isinstance(shot, dict) and is_outdated(shot))
    values["scenes"] = scenes = [_unmarked(scene) for scene in scenes]
    if not anew and not _needs(scenes):
        return Filled(values)
    return Filled(_completed(values, _checked(scenes, document, path, bare=bare), anew), anew)


def _shots(scenes: list[Tree]) -> Iterator[tuple[Place, Tree]]:
    for at, scene in enumerate(scenes):
        shots = scene.get("shots") if isinstance(scene, dict) else None
        for number, shot in enumerate(shots if isinstance(shots, list) else []):
            yield (at, number), shot


def _unmarked(scene: Tree) -> Tree:
    shots = scene.get("shots") if isinstance(scene, dict) else None
    if not isinstance(scene, dict) or not isinstance(shots, list):
        return scene
    plain: list[Tree] = [{k: v for k, v in one.items() if k != MARK} if isinstance(one, dict) else one for one in shots]
    return {**scene, "shots": plain}


def _needs(scenes: list[Tree]) -> bool:
    """Whether any shot is hand-written (one that Storyreel wrote names its beat), or lacks what each shot has of its own."""
    return any(not isinstance(shot, dict) or any(shot.get(key) is None for key in _OWN) for _, shot in _shots(scenes))


def _checked(
    scenes: list[Tree], document: Document, path: Path | None, *, bare: bool
) -> list[tuple[dict[str, Tree], list[dict[str, Tree]]]]:
    found: list[tuple[dict[str, Tree], list[dict[str, Tree]]]] = []
    for at, scene in enumerate(scenes):
        steps: Steps = () if bare else ("scenes", at)
        shots = scene.get("shots") if isinstance(scene, dict) else None
        if not isinstance(scene, dict) or not isinstance(shots, list):
            raise StoryboardInvalid("a scene needs `shots:`, a list", line=document.line_of((*steps, "shots")), path=path)
        mine: list[dict[str, Tree]] = []
        for number, shot in enumerate(shots):
            line = document.line_of((*steps, "shots", number))
            if not isinstance(shot, dict):
                raise StoryboardInvalid("a shot needs keys: `description:` and `seconds:`", line=line, path=path)
            told = shot.get("description")
            if not isinstance(told, str) or not any(char.isalnum() for char in told):
                raise StoryboardInvalid("this shot has no `description`", line=line, path=path)
            mine.append(shot)
        found.append((scene, mine))
    if sum(len(shots) for _, shots in found) > MOST_SHOTS:
        raise StoryboardInvalid(f"a film has at most {MOST_SHOTS} shots", line=None, path=path)
    return found


def _completed(
    values: dict[str, Tree], scenes: list[tuple[dict[str, Tree], list[dict[str, Tree]]]], anew: Collection[Place]
) -> dict[str, Tree]:
    beats = tuple(
        Beat(
            0,
            0,
            str(shot["description"]),
            listed=True,
            heading=str(scene.get("heading") or f"Scene {at + 1}") if number == 0 and at else None,
        )
        for at, (scene, shots) in enumerate(scenes)
        for number, shot in enumerate(shots)
    )
    told = values.get("language")
    language = (
        Language(told) if isinstance(told, str) and told in set(Language) else language_of(" ".join(beat.text for beat in beats))
    )
    moments, cast = moments_of(beats, language)
    drafts = tuple(Draft(index, Role.MAIN) for index in range(len(beats)))
    written = as_known(assembled(Reading("", language, "", beats), moments, cast, drafts, Brief()), values.get("bible"))
    ready = iter(written.shots)
    taken = {str(shot.get("id")) for _, shots in scenes for shot in shots}
    whole: list[dict[str, Tree]] = []
    for at, (scene, shots) in enumerate(scenes):
        found = [next(ready) for _ in shots]
        home = written.scene_of(found[0].id) if found else written.scenes[0]
        full: list[Tree] = [
            _full(shot, one.model_dump(mode="json"), taken, anew=(at, number) in anew)
            for number, (shot, one) in enumerate(zip(shots, found, strict=True))
        ]
        named: dict[str, Tree] = {"id": f"scene-{at + 1}", "heading": home.heading, "location": home.location}
        whole.append({**named, **_given(scene), "shots": full})
    filled_in: dict[str, Tree] = {**values, "scenes": [*whole]}
    filled_in["language"] = language.value
    filled_in["title"] = values.get("title") or written.title
    filled_in["bible"] = _bible(values.get("bible"), written.bible.model_dump(mode="json"), _named_in(whole))
    return filled_in


def _named_in(scenes: list[dict[str, Tree]]) -> set[str]:
    """The ids of the bible that scenes and their shots name."""
    shots = [shot for _, shot in _shots([*scenes]) if isinstance(shot, dict)]
    named = [(shot, "subjects", "member") for shot in shots] + [(shot, "dialogue", "speaker") for shot in shots]
    listed = [(one, key) for shot, field, key in named if isinstance(ones := shot.get(field), list) for one in ones]
    return {str(one.get(key)) for one, key in listed if isinstance(one, dict)} | {str(scene.get("location")) for scene in scenes}


def _full(shot: dict[str, Tree], written: dict[str, Tree], taken: set[str], *, anew: bool) -> dict[str, Tree]:
    """What was given, then what was found; of a shot of ours (it names its beat) only what it must have. `anew`: its subjects."""
    given = _given(shot)
    if anew:
        given.pop("subjects", None)
    if "id" not in given:
        number = 1
        while f"s{number:02d}" in taken:
            number += 1
        given["id"] = f"s{number:02d}"
        taken.add(given["id"])
    if "beat" in given:
        found = {key: written[key] for key in ("seconds", *(["subjects"] if anew else []))}
    else:
        found = {key: value for key, value in written.items() if key not in {"id", "words", "join"}}
    return {**found, "beat": f"b-{given['id']}", **given}


def _given(values: dict[str, Tree]) -> dict[str, Tree]:
    return {key: value for key, value in values.items() if value is not None}


def _bible(given: Tree, found: dict[str, Tree], named: Collection[str]) -> Tree:
    """The bible as given, with whoever is named and it does not know yet."""
    if not isinstance(given, dict):
        return found
    merged: dict[str, Tree] = dict(given)
    for group, members in found.items():
        mine = given.get(group)
        known = [one for one in mine if one is not None] if isinstance(mine, list) else []
        ids = {str(one.get("id")) for one in known if isinstance(one, dict)}
        fresh = (
            [one for one in members if isinstance(one, dict) and str(one.get("id")) in named and str(one.get("id")) not in ids]
            if isinstance(members, list)
            else []
        )
        merged[group] = [*known, *fresh]
    return merged
