"""What colour subjects are where no words say it: as such things are known, as such people dress, or as their kind has it."""

from zlib import crc32

from storyreel.animatic import colour
from storyreel.animatic.colour import Rgb
from storyreel.lexicon.concepts import Kind

TINTS: dict[Kind, Rgb] = {
    Kind.PERSON: colour.of("4a4f66"),
    Kind.ANIMAL: colour.of("7a5a40"),
    Kind.CREATURE: colour.of("5a5a70"),
    Kind.VEHICLE: colour.of("5d6a78"),
    Kind.BUILDING: colour.of("8d8278"),
    Kind.FURNITURE: colour.of("74573f"),
    Kind.OBJECT: colour.of("73675a"),
    Kind.FOOD: colour.of("b07a40"),
    Kind.PLANT: colour.of("4f6f3c"),
    Kind.TERRAIN: colour.of("7d7466"),
    Kind.WATER: colour.of("4a7088"),
    Kind.SKY: colour.of("d8dde4"),
}
SAID_VIVID = 0.4  # how much more is seen of a tint that is said
OWN_VIVID = 0.22  # of one by which a thing is known
WORN_VIVID = 0.1  # of what somebody wears

_OWN = {
    "f2f6fa": "snowman polar_bear sheep goat swan ghost dove seagull unicorn iceberg igloo egg snowdrift goose angel bride"
    " skeleton skull milk pedestal sink washing_machine sushi chef baker doctor nurse scientist",
    "c4662c": "fox red_panda orangutan tiger pumpkin orange carrot squirrel crab starfish prisoner",
    "c9985a": "lion camel llama caravan deer giraffe bread sandwich peanuts coconut whiskey dog haystack wheat cookie explorer",
    "8d9097": "elephant rhinoceros hippopotamus dolphin whale shark mouse donkey statue wolf rat seal_animal manta_ray robot"
    " giant_robot gravestone kitchen_knife fork screwdriver chain trash_can locker satellite_dish knight",
    "d9a49c": "pig flamingo octopus shrimp soap doughnut",
    "d8aa30": "taxi sunflower banana lemon crown coin trophy bell trumpet saxophone honey corn cheese harp medal badge sponge"
    " popcorn taco pancakes croissant juice mango champagne",
    "b03a30": "apple rose heart strawberry tomato beetle cherry tulip mailbox phone_booth lobster punching_bag boxing_glove jar"
    " pepper steak hot_dog lipstick boxer football_player magician",
    "7d5a96": "grapes gem crystal queen wizard",
    "3c3e48": "crow gorilla bat spider ant mosquito priest judge ninja nun businessman official pianist orchestra_conductor",
    "4f7f42": "frog crocodile lizard snake turtle cactus dragon grass bush grasshopper caterpillar cabbage pear watermelon parrot"
    " salad archer elf",
    "6a5233": "monk beggar shepherd woodcutter traveller",
    "5a603e": "soldier army hunter guard",
    "2f4668": "police_officer policewoman pilot captain sailor conductor bus_driver",
    "c07a2c": "worker firefighter lifeguard",
}
OWN: dict[str, Rgb] = {id: colour.of(own) for own, ids in _OWN.items() for id in ids.split()}
"""Subjects known by a colour of their own, by id."""

WARDROBE = tuple(
    colour.of(one) for one in ("4a4f66", "6e4a3c", "3f5f52", "643f56", "6a6240", "3f6478", "7c453c", "585b62", "4d4a78", "8a6a48")
)
"""What people wear of whom nothing is said."""


def worn_by(who: str) -> Rgb:
    """The colour of somebody's clothes, the same in every shot; `who` is what tells them from the others."""
    return WARDROBE[crc32(who.encode()) % len(WARDROBE)]
