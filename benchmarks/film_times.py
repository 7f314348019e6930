"""A film of eight shots at a cloud that takes so many seconds for a clip: by keyframes, by chain, and as a film bot makes it.

    python benchmarks/film_times.py [--seconds 20] [--shots 8]

One stand-in of Replicate serves all three, in a process of its own. The film bot's way: one shot after another, a look every half
second as Replicate's client does it, the last frame found and the clips joined with moviepy 2.2.1. Prints a line of JSON each.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from peers import report, theirs

STORYREEL = str(Path(sys.executable).with_name("storyreel"))
MODEL, FRAMES = "kling-2.5-turbo@replicate", "flux-kontext-pro@replicate"
CLIP_AT_SPEED_1_S, FRAME_AT_SPEED_1_S = 63.0, 11.0  # what the stand-in takes, with its queue
KEYFRAMES_GOAL, CHAIN_GOAL = 1.5, 1.05
STORY = """1. An old lighthouse keeper finds a bottle on the shore.
2. He opens the bottle.
3. He reads the letter.
4. He climbs the stairs.
5. He lights the lamp.
6. A storm rises.
7. A ship turns towards the light.
8. At dawn he waves to its crew."""
BOT = """
import base64, io, json, sys, time, urllib.request
from pathlib import Path
from PIL import Image
from moviepy import VideoFileClip, concatenate_videoclips
url, token, folder, *prompts = sys.argv[1:]
paths, frame = [], None
for number, prompt in enumerate(prompts):
    asked = {"prompt": prompt, "duration": 5} | ({"start_image": frame} if frame else {})
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    create = f"{url}/v1/models/kwaivgi/kling-v2.5-turbo-pro/predictions"
    sent = urllib.request.Request(create, json.dumps({"input": asked}).encode(), head)
    told = json.load(urllib.request.urlopen(sent))
    while told["status"] in ("starting", "processing"):
        time.sleep(0.5)
        look = urllib.request.Request(f"{url}/v1/predictions/{told['id']}", headers=head)
        told = json.load(urllib.request.urlopen(look))
    path = Path(folder) / f"{number}.mp4"
    path.write_bytes(urllib.request.urlopen(told["output"]).read())
    clip = VideoFileClip(str(path))
    file = io.BytesIO()
    Image.fromarray(clip.get_frame(clip.duration - 1 / clip.fps)).save(file, "JPEG")
    frame = "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode()
    clip.close()
    paths.append(path)
film = concatenate_videoclips([VideoFileClip(str(path)) for path in paths])
film.write_videofile(str(Path(folder) / "film.mp4"), codec="libx264", audio_codec="aac", logger=None)
"""


@contextmanager
def cloud(speed: float) -> Generator[dict[str, str]]:
    """The environment of a stand-in that runs so much faster than the real cloud."""
    command = [STORYREEL, "standin", "up", "replicate", "--speed", str(speed), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["env"]
    finally:
        process.terminate()
        process.wait()


def ours(joins: str, shots: int, folder: Path, environment: dict[str, str]) -> float:
    """How long a film takes by the command line, from its start to its end, in seconds."""
    story = folder / "story.txt"
    story.write_text("\n".join(STORY.splitlines()[:shots]))
    command = [STORYREEL, "make", "--script", str(story), "--shots", str(shots)]
    command += ["--model", MODEL, "--joins", joins, "--keyframe-model", FRAMES, "--yes", "-o", str(folder / "film.mp4")]
    return _timed(command, {**os.environ, **environment, "STORYREEL_HOME": str(folder / "home")}, folder)


def bot(shots: int, folder: Path, environment: dict[str, str]) -> float:
    """How long it takes the film bot's way, in seconds."""
    prompts = [line.partition(" ")[2] for line in STORY.splitlines()[:shots]]
    url, token = environment["REPLICATE_BASE_URL"].removesuffix("/v1"), environment["REPLICATE_API_TOKEN"]
    return _timed(theirs(BOT, url, token, folder, *prompts), dict(os.environ), folder)


def _timed(command: list[str], environment: dict[str, str], here: Path) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=here, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return time.perf_counter() - began


def main() -> int:
    """Measure all three ways; fails where a goal was not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="what the cloud takes for one clip")
    parser.add_argument("--shots", type=int, default=8)
    told = parser.parse_args()
    speed = CLIP_AT_SPEED_1_S / told.seconds
    one, every = told.seconds, told.seconds * told.shots
    drawing = FRAME_AT_SPEED_1_S / speed * told.shots
    theirs(BOT)  # moviepy's environment is made before anything is measured
    with tempfile.TemporaryDirectory() as folder, cloud(speed) as environment:
        places = [Path(folder) / name for name in ("keyframes", "chain", "bot")]
        for place in places:
            place.mkdir()
        keyframes = ours("keyframes", told.shots, places[0], environment)
        chain = ours("chain", told.shots, places[1], environment)
        sequential = bot(told.shots, places[2], environment)
    shared = (keyframes - drawing) / one
    met = [
        report(
            "keyframes, in shots",
            ours=keyframes,
            theirs=sequential,
            ratio=shared,
            goal=KEYFRAMES_GOAL,
            met=shared < KEYFRAMES_GOAL,
        ),
        report(
            "chain, of the sum",
            ours=chain,
            theirs=sequential,
            ratio=chain / every,
            goal=CHAIN_GOAL,
            met=chain < every * CHAIN_GOAL,
        ),
    ]
    faster = f"by chain {sequential / chain:.2f}x, by keyframes {sequential / keyframes:.2f}x faster"
    print(f"the film bot's way: {sequential:.1f} s; {faster}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
