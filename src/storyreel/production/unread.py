"""What a change says that the model of its shot does not heed: told before anything is made."""

from collections.abc import Iterator

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.film import Film
from storyreel.domain.storyboard import Storyboard
from storyreel.production.plan import DRAWN, shot_model


def unread(before: Storyboard, film: Film, catalogue: Catalogue) -> Iterator[str]:
    """A sentence for each drawn shot whose prompt, or whose description alone, is another than before. Raises UnknownModel."""
    known = {shot.id: shot for shot in before.shots}
    for shot in film.storyboard.shots:
        was = known.get(shot.id)
        model, _ = catalogue.known_route(shot_model(film, shot.id))
        if was is None or model.family != DRAWN:
            continue
        if shot.prompt and shot.prompt != was.prompt:
            yield f"{shot.id}: {model.id} draws the storyboard and reads no prompt; change the shot's description instead."
        if shot.description != was.description and shot.subjects == was.subjects:
            yield f"{shot.id}: its description is another and its `subjects` are not; {model.id} draws those."
