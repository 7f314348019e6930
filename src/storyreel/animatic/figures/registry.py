"""Every family by its name, and which of them move."""

from collections.abc import Mapping

from storyreel.animatic.figures.animals import reptiles
from storyreel.animatic.figures.animals.birds import draw_bird
from storyreel.animatic.figures.animals.fish import draw_fish, draw_turtle
from storyreel.animatic.figures.animals.insects import draw_insect
from storyreel.animatic.figures.animals.quadruped import draw_quadruped
from storyreel.animatic.figures.craft import air, small_boats, wheels
from storyreel.animatic.figures.craft.rails import draw_train
from storyreel.animatic.figures.craft.sails import draw_sailboat
from storyreel.animatic.figures.craft.ship import draw_ship
from storyreel.animatic.figures.people.person import draw_person
from storyreel.animatic.figures.places import built, stone
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
    "mill": built.draw_mill,
    "factory": built.draw_factory,
    "tent": built.draw_tent,
    "fountain": stone.draw_fountain,
    "ferris_wheel": built.draw_ferris_wheel,
    "wind_turbine": built.draw_turbine,
    "radio_tower": built.draw_radio_tower,
    "sailboat": draw_sailboat,
    "ship": draw_ship,
    "rowboat": small_boats.draw_rowboat,
    "raft": small_boats.draw_raft,
    "submarine": small_boats.draw_submarine,
    "car": wheels.draw_car,
    "truck": wheels.draw_truck,
    "bus": wheels.draw_bus,
    "train": draw_train,
    "bicycle": wheels.draw_bicycle,
    "motorcycle": wheels.draw_motorcycle,
    "carriage": wheels.draw_carriage,
    "tractor": wheels.draw_tractor,
    "plane": air.draw_plane,
    "helicopter": air.draw_helicopter,
    "balloon": air.draw_balloon,
    "rocket": air.draw_rocket,
    "spaceship": air.draw_spaceship,
    "tree_round": trees.draw_round,
    "tree_conifer": trees.draw_conifer,
    "tree_bare": trees.draw_bare,
    "palm": trees.draw_palm,
}
"""Families that `phase_s` moves."""

STILL: Mapping[str, Artist] = {
    "tower": stone.draw_tower,
    "castle": stone.draw_castle,
    "church": stone.draw_church,
    "temple": stone.draw_temple,
    "ruin": stone.draw_ruin,
    "pyramid": stone.draw_pyramid,
    "well": stone.draw_well,
    "tomb": stone.draw_tomb,
    "statue": stone.draw_statue,
    "wall": stone.draw_wall,
    "skyscraper": built.draw_skyscraper,
    "barn": built.draw_barn,
    "bridge": built.draw_bridge,
    "gate": built.draw_gate,
    "fence": built.draw_fence,
    "igloo": built.draw_igloo,
    "stall": built.draw_stall,
    "snowman": built.draw_snowman,
    "airship": air.draw_airship,
}
"""Families that look the same at every moment."""
