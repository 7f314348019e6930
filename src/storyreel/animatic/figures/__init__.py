"""Figures: outlines of people, animals, buildings, craft, plants and things, drawn by rule."""

from storyreel.animatic.figures.draw import draw, families, is_still

__all__ = ["draw", "families", "is_still"]
