"""What a rule of the lint says, before the rule's name and severity are put to it."""

from dataclasses import dataclass

from storyreel.domain.storyboard import Shot, Storyboard, Subject
from storyreel.lexicon import Kind, all_concepts


@dataclass(frozen=True, slots=True)
class Remark:
    """A breach and its remedy; `shot` is counted from 1, None means the film as a whole."""

    shot: int | None
    message: str
    remedy: str


def numbered(storyboard: Storyboard) -> list[tuple[int, Shot]]:
    """The shots with their numbers."""
    return list(enumerate(storyboard.shots, start=1))


def key_of(subject: Subject) -> str:
    """What tells one subject from another through the film."""
    return subject.member or subject.name.casefold()


def is_person(subject: Subject) -> bool:
    """Whether a subject is a person rather than an animal or a thing."""
    kinds = {one.id: one.kind for one in all_concepts()} if subject.concept else {}
    return kinds.get(subject.concept or "") is Kind.PERSON
