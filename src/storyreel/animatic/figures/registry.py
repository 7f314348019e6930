"""Every family by its name, and which of them move."""

from collections.abc import Mapping

from storyreel.animatic.figures.animals import reptiles
from storyreel.animatic.figures.animals.birds import draw_bird
from storyreel.animatic.figures.animals.fish import draw_fish, draw_turtle
from storyreel.animatic.figures.animals.insects import draw_insect
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
    "bird": draw_bird,
    "fish": draw_fish,
    "insect": draw_insect,
    "snake": reptiles.draw_snake,
    "turtle": draw_turtle,
    "dragon": reptiles.draw_dragon,
    "dinosaur": reptiles.draw_dinosaur,
    "crocodile": reptiles.draw_crocodile,
    "monkey": reptiles.draw_monkey,
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
