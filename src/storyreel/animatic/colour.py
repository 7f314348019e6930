"""Colours as three floats, red, green, blue, 0 to 255, and the few sums done with them."""

from typing import TypeAlias

Rgb: TypeAlias = tuple[float, float, float]
"""Red, green and blue in sRGB, each 0 to 255."""

BLACK: Rgb = (0.0, 0.0, 0.0)
WHITE: Rgb = (255.0, 255.0, 255.0)


def of(text: str) -> Rgb:
    """Read 'f4c58a'."""
    return (float(int(text[0:2], 16)), float(int(text[2:4], 16)), float(int(text[4:6], 16)))


def mix(here: Rgb, there: Rgb, share: float) -> Rgb:
    """The colour that lies `share` of the way from one to the other."""
    keep = 1.0 - share
    return (here[0] * keep + there[0] * share, here[1] * keep + there[1] * share, here[2] * keep + there[2] * share)


def times(here: Rgb, there: Rgb) -> Rgb:
    """A surface of one colour in light of the other."""
    return (here[0] * there[0] / 255, here[1] * there[1] / 255, here[2] * there[2] / 255)


def scaled(here: Rgb, factor: float) -> Rgb:
    """Brighter or darker, never past white."""
    return (min(255.0, here[0] * factor), min(255.0, here[1] * factor), min(255.0, here[2] * factor))


def luma(here: Rgb) -> float:
    """How bright it looks, 0 to 255 (Rec. 709 weights)."""
    return 0.2126 * here[0] + 0.7152 * here[1] + 0.0722 * here[2]


def saturated(here: Rgb, factor: float) -> Rgb:
    """More colourful above 1, greyer below."""
    grey = luma(here)
    return (
        min(255.0, max(0.0, grey + (here[0] - grey) * factor)),
        min(255.0, max(0.0, grey + (here[1] - grey) * factor)),
        min(255.0, max(0.0, grey + (here[2] - grey) * factor)),
    )


def opaque(here: Rgb, share: float = 1.0) -> tuple[int, int, int, int]:
    """As Pillow and aggdraw want it: whole numbers with alpha."""
    return (int(here[0] + 0.5), int(here[1] + 0.5), int(here[2] + 0.5), int(max(0.0, min(1.0, share)) * 255 + 0.5))
