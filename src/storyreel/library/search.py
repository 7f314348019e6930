"""What a film is found by: its title and id, the words that it was written from, what its shots show, say and are made by."""

from collections.abc import Iterator

from sqlalchemy import Column, ColumnElement

from storyreel.domain.film import Order
from storyreel.domain.storyboard import Storyboard

MOST_WORDS = 10  # of a question that count


def words_of(id: str, storyboard: Storyboard, order: Order) -> str:
    """All of it as one text, in which letters' case is gone; kept beside the film, as no database folds every language's."""
    return folded("\n".join(dict.fromkeys(one for one in _words(id, storyboard, order) if one)))


def folded(text: str) -> str:
    """A text as it is compared: without case, and with one letter where Russian writes two for the same."""
    return text.casefold().replace("ё", "е").replace("\0", "")


def has_words(column: Column[str] | ColumnElement[str], text: str) -> Iterator[ColumnElement[bool]]:
    """What has to hold of a film where every word of the question is in it, in any order."""
    for word in folded(text).split()[:MOST_WORDS]:
        yield column.contains(word, autoescape=True)


def _words(id: str, storyboard: Storyboard, order: Order) -> Iterator[str]:
    yield from (storyboard.title, id, storyboard.source, order.model)
    for scene in storyboard.scenes:
        yield scene.heading
        for shot in scene.shots:
            yield from (shot.description, shot.prompt, shot.sound, shot.model or "")
            yield from (line.words for line in shot.dialogue)
