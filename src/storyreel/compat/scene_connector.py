"""`SceneConnector` of the film bot: each scene's description rewritten in view of its neighbours, by a language model.

Without a language model's key, and where it fails, the scenes stay as they are.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from storyreel.domain.storyboard import Scene, Shot, Storyboard
from storyreel.domain.values import JSON
from storyreel.lexicon import language_of
from storyreel.studio import Studio

Told = Mapping[str, JSON]
"""A scene: its `description`, and whatever else it says, which is kept."""

USUAL_S = 8.0


class SceneConnector:
    """Scenes that go on from one another."""

    def __init__(self, model: str | None = None, *, open_studio: Callable[[], Studio] = Studio) -> None:
        self._model, self._open_studio = model, open_studio

    async def enhance_scene_for_continuity(
        self, scene: Told, previous_scene: Told | None = None, next_scene: Told | None = None
    ) -> dict[str, JSON]:
        """The scene with a description that fits its neighbours'."""
        scenes = [one for one in (previous_scene, scene, next_scene) if one is not None]
        at = 0 if previous_scene is None else 1
        return (await self._enhanced(scenes, only=(at,)))[at]

    async def enhance_all_scenes_for_continuity(self, scenes: Sequence[Told]) -> list[dict[str, JSON]]:
        """All scenes, each in view of its neighbours, at once."""
        return await self._enhanced(scenes, only=range(len(scenes)))

    async def _enhanced(self, scenes: Sequence[Told], only: Collection[int]) -> list[dict[str, JSON]]:
        same = [dict(scene) for scene in scenes]
        studio = self._open_studio()
        account = studio.accounts["openai"]
        if not scenes or not (account.key or account.base_url):
            return same
        from storyreel.writing.llm import improve_continuity

        board = _board(scenes)
        ids = frozenset(board.shots[at].id for at in only)
        writer = self._model or (studio.settings.writer if studio.settings.writer != "rules" else "model")
        better = await improve_continuity(board, account=account, model=writer, only=ids)
        for scene, shot, before in zip(same, better.storyboard.shots, board.shots, strict=True):
            if shot.description != before.description:
                scene["description"] = shot.description
        return same


def _board(scenes: Sequence[Told]) -> Storyboard:
    told = [str(scene.get("description") or scene.get("prompt") or "") for scene in scenes]
    shots = tuple(
        Shot(id=f"s{number:02}", beat=f"b{number:02}", description=text, seconds=USUAL_S)
        for number, text in enumerate(told, start=1)
    )
    scene = Scene(id="scene-1", heading="", location="", shots=shots)
    return Storyboard(title="", language=language_of(" ".join(told)), scenes=(scene,))
