"""A person's words as a shot's prompt, whatever the writer would make of them."""

from storyreel.domain.storyboard import Storyboard


def as_said(board: Storyboard, prompt: str, seconds: float) -> Storyboard:
    """The storyboard with its first shot alone, which is said to a model word for word and is so many seconds long."""
    scene = board.scenes[0]
    shot = scene.shots[0].model_copy(update={"prompt": prompt, "seconds": seconds})
    return board.model_copy(update={"scenes": (scene.model_copy(update={"shots": (shot,)}),)})
