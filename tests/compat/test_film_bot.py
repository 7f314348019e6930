"""The film bot's own pieces over ours: scenes that go on from one another, joined; words by a language model. Requirement B10."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image

from storyreel.compat import SceneConnector, VeoVideoGenerator, VideoStitcher
from storyreel.domain.values import JSON
from storyreel.media.frames import first_frame
from storyreel.media.probe import probe
from storyreel.standins.fixtures import Standin
from storyreel.standins.openai import OpenAI


@pytest.mark.journey
@pytest.mark.usefixtures("drawers")
async def test_a_scene_goes_on_from_the_last_frame_of_the_one_before_and_both_become_one_film(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYREEL_HOME", str(tmp_path / "home"))
    generator, stitcher = VeoVideoGenerator(model="animatic"), VideoStitcher(tmp_path / "temp")
    wishes: dict[str, Any] = {"duration": 0.5, "resolution": "90p", "aspect_ratio": "16:9"}

    first = await generator.download_video(await generator.generate_scene("A fox runs.", **wishes), tmp_path / "one.mp4")
    frame = await stitcher.extract_last_frame(first)
    url = await generator.generate_scene("The fox stops.", previous_frame=frame, **wishes)
    (tmp_path / "broken.mp4").write_bytes(b"no clip")
    film = await stitcher.stitch_videos([first, tmp_path / "broken.mp4", urlsplit(url).path], tmp_path / "film.mp4")

    assert probe(Path(film)).seconds == pytest.approx(1.0)
    apart = np.asarray(Image.open(frame), dtype=float) - np.asarray(first_frame(Path(urlsplit(url).path)), dtype=float)
    assert np.abs(apart).mean() < 6
    assert (await stitcher.extract_first_frame_url(film)).startswith("data:image/png;base64,")
    assert (stitcher.cleanup_temp_files(), stitcher.cleanup_temp_files()) == (1, 0)
    assert not (tmp_path / "temp" / Path(frame).parent.name).exists()


async def test_scenes_are_rewritten_in_view_of_their_neighbours_and_stay_where_no_model_answers(
    standin: Standin, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes: list[dict[str, JSON]] = [
        {"description": "A keeper finds a bottle on the shore.", "camera": "wide"},
        {"description": "The keeper opens the bottle.", "duration": 4},
    ]
    unasked = await SceneConnector().enhance_all_scenes_for_continuity(scenes)
    cloud = await standin(OpenAI)
    for name, value in cloud.environment(cloud.url).items():
        monkeypatch.setenv(name, value)

    all_of_them = await SceneConnector().enhance_all_scenes_for_continuity(scenes)
    asked = len(cloud.log)
    one = await SceneConnector().enhance_scene_for_continuity(scenes[1], previous_scene=scenes[0])

    assert unasked == scenes
    assert [(scene.get("camera"), scene.get("duration")) for scene in all_of_them] == [("wide", None), (None, 4)]
    assert (asked, len(cloud.log)) == (2, 3)
    assert one.keys() == scenes[1].keys(), json.dumps(one)
