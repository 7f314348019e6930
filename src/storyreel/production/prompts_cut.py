"""What a model's limit keeps out of a film's prompts, told before anything is paid."""

from collections.abc import Iterator

from storyreel.catalog.catalogue import Catalogue
from storyreel.domain.film import Film, Joins
from storyreel.production.plan import can_chain, prompt_cut, shot_model, strands

IN_WORDS = {
    "action": "what happens",
    "looks": "how people look",
    "references": "the reference pictures",
    "dialogue": "what is said",
    "avoid": "what to avoid",
    "silence": "that nobody speaks",
    "chained": "that it goes on",
}
"""Parts of a prompt whose name alone says too little."""


def prompts_cut(film: Film, catalogue: Catalogue) -> Iterator[str]:
    """A sentence for each shot whose prompt is longer than its model reads. Raises UnknownModel."""
    if all(catalogue.known_route(name)[0].limits.prompt_limit is None for name in _models(film)):
        return
    first, _ = catalogue.known_route(film.order.model)
    for strand in strands(film.storyboard, film.order.joins, chained=can_chain(first, film.order.joins)):
        for place, shot in enumerate(strand):
            model, _ = catalogue.known_route(shot_model(film, shot))
            cut = prompt_cut(film, shot, model, chained=place > 0 and film.order.joins is not Joins.KEYFRAMES)
            if cut is not None:
                out = ", ".join(IN_WORDS.get(part, part) for part in cut.left_out)
                told = [f"left out: {out}"] if out else []
                told += ["its words are cut short"] if cut.cut_short else []
                yield f"{shot}: {model.id} reads {model.limits.prompt_limit} characters of a prompt; {'; '.join(told)}."


def _models(film: Film) -> set[str]:
    return {shot_model(film, shot.id) for shot in film.storyboard.shots}
