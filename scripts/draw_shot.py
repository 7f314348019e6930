"""Draws shots of a storyboard to PNG, for looking: `python scripts/draw_shot.py film.json --shot 2 --frames 3 -o strip.png`."""

import argparse
from pathlib import Path

from PIL import Image

from storyreel.animatic.engine import compose
from storyreel.domain.generation import Request
from storyreel.domain.storyboard import Storyboard
from storyreel.domain.values import Size


def strip(board: Storyboard, number: int, size: Size, count: int, *, slate: bool, seed: int) -> Image.Image:
    """`count` frames of one shot, evenly spread, side by side."""
    shot = board.shots[number - 1]
    request = Request(
        prompt=shot.description,
        seconds=shot.seconds,
        size=size,
        shot=shot,
        location=board.location_of(shot.id),
        number=number,
        slate=slate,
        seed=seed,
    )
    picture = compose(request)
    sheet = Image.new("RGB", (size.width_px * count, size.height_px))
    for k in range(count):
        index = round(k * (picture.frames - 1) / max(1, count - 1)) if count > 1 else picture.frames // 2
        sheet.paste(picture.frame(index), (k * size.width_px, 0))
    return sheet


def main() -> None:
    """Read the command line, write the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("storyboard", type=Path, help="a storyboard as JSON")
    parser.add_argument("--shot", type=int, default=0, help="counted from 1; 0: all, one below the other")
    parser.add_argument("--frames", type=int, default=3)
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--slate", action="store_true")
    parser.add_argument("-o", "--output", type=Path, default=Path("shots.png"))
    given = parser.parse_args()
    board = Storyboard.model_validate_json(given.storyboard.read_text(encoding="utf-8"))
    numbers = [given.shot] if given.shot else range(1, len(board.shots) + 1)
    strips = [
        strip(board, number, Size.parse(given.size), given.frames, slate=given.slate, seed=given.seed) for number in numbers
    ]
    sheet = Image.new("RGB", (strips[0].width, sum(one.height for one in strips)))
    y = 0
    for one in strips:
        sheet.paste(one, (0, y))
        y += one.height
    sheet.save(given.output)
    print(given.output)


if __name__ == "__main__":
    main()
