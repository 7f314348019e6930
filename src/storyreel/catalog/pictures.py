"""Whether a model takes a picture of some size: asked before anything is paid."""

from storyreel.domain.errors import MediaUnusable
from storyreel.domain.model import Model


def must_take(model: Model, width_px: int, height_px: int, *, called: str, field: str) -> None:
    """Raises MediaUnusable for a picture that is too small or too long for a model; `called` is what the person calls it."""
    limits = model.limits
    short, long = sorted((width_px, height_px))
    if limits.least_picture_px is not None and short < limits.least_picture_px:
        problem = f"it is {width_px}x{height_px}, and {model.id} takes pictures from {limits.least_picture_px} pixels a side"
        raise MediaUnusable(called, f"{problem}; give a larger one, or another model", field=field)
    if limits.most_picture_aspect is not None and long > limits.most_picture_aspect * short:
        problem = f"it is {width_px}x{height_px}, and {model.id} takes none longer than {limits.most_picture_aspect:g} to 1"
        raise MediaUnusable(called, f"{problem}; cut it, or take another model", field=field)
