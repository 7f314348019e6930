"""Whom of a film's bible the people and things of newly written shots are: by name, else by what the lexicon calls them."""

from collections.abc import Mapping

from storyreel.domain.storyboard import Bible, Character, Prop, Shot, Storyboard, Subject
from storyreel.writing.tree import Tree


def as_known(written: Storyboard, bible: Tree) -> Storyboard:
    """The storyboard whose people have the ids of a file's bible; who is new there has an id of his own."""
    known = _members(bible)
    ids = _ids(written.bible, known)
    called = {str(one["id"]): str(one["concept"]) for one in known if one.get("id") and one.get("concept")}
    scenes = tuple(
        scene.model_copy(update={"shots": tuple(_by_ids(shot, ids, called) for shot in scene.shots)}) for scene in written.scenes
    )
    named = {
        group: tuple(one.model_copy(update={"id": ids[one.id]}) for one in members)
        for group, members in (("characters", written.bible.characters), ("props", written.bible.props))
    }
    return written.model_copy(update={"scenes": scenes, "bible": written.bible.model_copy(update=named)})


def _members(bible: Tree) -> list[dict[str, Tree]]:
    groups = [bible.get(group) for group in ("characters", "props")] if isinstance(bible, dict) else []
    return [one for group in groups if isinstance(group, list) for one in group if isinstance(one, dict)]


def _ids(found: Bible, known: list[dict[str, Tree]]) -> dict[str, str]:
    taken = {str(one.get("id")) for one in known}
    ids: dict[str, str] = {}
    for one in (*found.characters, *found.props):
        same = _same(one, known)
        ids[one.id] = same or next(
            name for number in range(1, len(taken) + 2) if (name := _numbered(one.id, number)) not in taken
        )
        taken.add(ids[one.id])
    return ids


def _same(one: Character | Prop, known: list[dict[str, Tree]]) -> str | None:
    named = [str(other.get("id")) for other in known if str(other.get("name")).casefold() == one.name.casefold()]
    alike = [str(other.get("id")) for other in known if one.concept and other.get("concept") == one.concept]
    return next(iter(named), None) or (one.id if one.id in alike else alike[0] if len(alike) == 1 else None)


def _by_ids(shot: Shot, ids: Mapping[str, str], called: Mapping[str, str]) -> Shot:
    """`called`: what the lexicon calls whom the bible knows."""
    subjects = tuple(_by_id(one, ids.get(one.member or "", one.member), called) for one in shot.subjects)
    lines = tuple(line.model_copy(update={"speaker": ids.get(line.speaker, line.speaker)}) for line in shot.dialogue)
    return shot.model_copy(update={"subjects": subjects, "dialogue": lines})


def _by_id(one: Subject, id: str | None, called: Mapping[str, str]) -> Subject:
    return one.model_copy(update={"member": id, "concept": called.get(id or "", one.concept)})


def _numbered(id: str, number: int) -> str:
    return id if number == 1 else f"{id}-{number}"
