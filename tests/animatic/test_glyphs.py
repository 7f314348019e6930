"""Outlines of subjects: path data, openings, sizes; and that nothing of the lexicon goes undrawn."""

import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from storyreel.animatic import figures, glyphs
from storyreel.animatic.outline import Drawing, Ring, Tone
from storyreel.animatic.svgpath import rings
from storyreel.lexicon import all_concepts


def _area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def _covered(drawing: Drawing) -> float:
    """The area that the even-odd rule fills, for shapes that do not overlap and holes that do not nest."""
    return sum(_area(shape.rings[0]) - sum(_area(hole) for hole in shape.rings[1:]) for shape in drawing.shapes)


def _drawing(data: str) -> Drawing:
    return glyphs.drawing_of([{"d": data, "rule": "nonzero", "tone": "body"}])


@pytest.mark.parametrize(
    ("data", "area"),
    [
        ("M0 0L10 0L10 10L0 10Z", 100),
        ("m1 1h10v10h-10z", 100),
        ("M0 0 10 0 10 10 0 10", 100),
        ("M0 0H10V10H0ZM20 0h5v4h-5z", 120),
        ("M0 5A5 5 0 1 1 10 5A5 5 0 1 1 0 5Z", np.pi * 25),
        ("M0 5a5 5 0 1110 0 5 5 0 01-10 0z", np.pi * 25),
        ("M0 0C0 10 10 10 10 0Z", 60),
        ("M0 0Q5 10 10 0T20 0V-20H0Z", 400),
        ("M0 0c0 10 10 10 10 0s10-10 10 0v-20h-20z", 400),
    ],
)
def test_path_data_is_read_as_svg_means_it(data: str, area: float) -> None:
    assert sum(_area(ring) for ring in rings(data)) == pytest.approx(area, rel=0.02)


def test_a_point_and_a_line_are_no_area() -> None:
    assert rings("M1 1ZM2 2L3 3Z") == ()


@pytest.mark.parametrize(
    ("data", "covered"),
    [
        ("M0 0V10H10V0ZM2 2H8V8H2Z", 100 - 36),  # opposite direction: a hole
        ("M0 0H10V10H0ZM2 2H8V8H2Z", 100),  # same direction: still filled
        ("M0 0V10H10V0ZM2 2H8V8H2ZM4 4V6H6V4Z", 100 - 36 + 4),  # an island in the hole
        ("M0 0H10V10H0ZM20 0V10H30V0Z", 200),  # apart: direction does not matter
    ],
)
def test_openings_follow_the_rule_of_the_path(data: str, covered: float) -> None:
    assert _covered(_drawing(data)) * 100 == pytest.approx(covered)


def test_parts_that_overlap_add_up_whichever_way_they_were_drawn() -> None:
    drawing = _drawing("M0 0H10V10H0ZM5 5V10H15V5Z")

    assert [len(shape.rings) for shape in drawing.shapes] == [1, 1]


@pytest.mark.parametrize("key", sorted(glyphs.keys()))
def test_every_outline_stands_centred_and_a_metre_tall(key: str) -> None:
    drawing = glyphs.glyph(key)
    points = np.concatenate([ring for shape in drawing.shapes for ring in shape.rings])

    assert points.min(axis=0) == pytest.approx((-drawing.width_m / 2, 0.0), abs=1e-9)
    assert points.max(axis=0) == pytest.approx((drawing.width_m / 2, 1.0), abs=1e-9)
    assert 0.02 < drawing.width_m < 40
    assert all(shape.tone in Tone for shape in drawing.shapes)


def test_every_subject_of_the_lexicon_is_drawn_by_a_family_or_a_glyph() -> None:
    known, families = glyphs.keys(), figures.families()

    assert [one.id for one in all_concepts() if one.figure not in families and one.glyph not in known] == []
    assert [one.glyph for one in all_concepts() if one.glyph is not None and one.glyph not in known] == []


def test_only_outlines_that_the_lexicon_names_are_carried() -> None:
    named = {one.glyph for one in all_concepts()}
    vendored = json.loads(files("storyreel.animatic").joinpath("glyphs/vendored.json").read_text())

    assert set(vendored) - named == set()


@pytest.mark.parametrize(
    ("font", "text"), [("NotoSans-Regular", "AzЯё—«»№"), ("NotoSans-Bold", "AzЯё—"), ("NotoSansSC-Regular", "灯塔，。“”A1鲸蟹")]
)
def test_the_fonts_have_what_slates_need(font: str, text: str) -> None:
    face = ImageFont.truetype(str(files("storyreel.animatic") / f"fonts/{font}.ttf"), 40)

    assert [letter for letter in text if _picture(face, letter) == _picture(face, "\U0010fffd")] == []


def _picture(face: ImageFont.FreeTypeFont, letter: str) -> bytes:
    image = Image.new("L", (60, 60))
    ImageDraw.Draw(image).text((5, 5), letter, font=face, fill=255)
    return image.tobytes()


@given(st.text("MmLlHhVvCcSsQqTtAaZz0123456789.,-+ e", max_size=60))
def test_no_path_data_breaks_the_reader(data: str) -> None:
    for ring in rings(data):
        assert ring.shape[0] > 2
        assert ring.shape[1] == 2
