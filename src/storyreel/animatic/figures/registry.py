"""Every family by its name, and which of them move."""

from collections.abc import Mapping

from storyreel.animatic.figures.animals.quadruped import draw_quadruped
from storyreel.animatic.figures.craft.sails import draw_sailboat
from storyreel.animatic.figures.craft.ship import draw_ship
from storyreel.animatic.figures.people.person import draw_person
from storyreel.animatic.figures.places.house import draw_house
from storyreel.animatic.figures.places.lighthouse import draw_lighthouse
from storyreel.animatic.figures.plants import trees
from storyreel.animatic.figures.wish import Artist

MOVING: Mapping[str, Artist] = {
    "person": draw_person,
    "quadruped": draw_quadruped,
    "lighthouse": draw_lighthouse,
    "house": draw_house,
    "sailboat": draw_sailboat,
    "ship": draw_ship,
    "tree_round": trees.draw_round,
    "tree_conifer": trees.draw_conifer,
    "tree_bare": trees.draw_bare,
    "palm": trees.draw_palm,
}

STILL: Mapping[str, Artist] = {}
