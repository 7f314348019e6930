"""Names of single things, each a family and one of its variants, so that a word finds its drawing without a table elsewhere."""

from collections.abc import Mapping

from storyreel.animatic.figures.animals.birds import BIRDS
from storyreel.animatic.figures.animals.birds import KIN as BIRD_KIN
from storyreel.animatic.figures.animals.breed import BREEDS
from storyreel.animatic.figures.animals.breed import KIN as BREED_KIN
from storyreel.animatic.figures.animals.fish import ARTISTS as SWIMMERS
from storyreel.animatic.figures.animals.insects import ARTISTS as INSECTS
from storyreel.animatic.figures.animals.small import ARTISTS as SMALL
from storyreel.animatic.figures.people.group import GROUPS

_ANIMALS: Mapping[str, tuple[str, str]] = {
    **{name: ("quadruped", name) for name in (*BREEDS, *BREED_KIN, *SMALL)},
    **{name: ("bird", name) for name in (*BIRDS, *BIRD_KIN)},
    **{name: ("fish", name) for name in SWIMMERS},
    **{name: ("insect", name) for name in INSECTS},
    "crane_bird": ("bird", "crane"), "turkey_bird": ("bird", "turkey"), "flock": ("bird", "gull"), "school_of_fish": ("fish",
    "fish"),
    "seal_animal": ("fish", "seal"), "fireflies": ("insect", "firefly"), "caravan": ("quadruped", "camel"),
    "lizard": ("crocodile", "lizard"), "gorilla": ("monkey", "gorilla"), "ape": ("monkey", "ape"),
    "long_necked_dinosaur": ("dinosaur", "sauropod"),
}  # fmt: skip
_PEOPLE: Mapping[str, tuple[str, str]] = {name: ("group", name) for name in GROUPS}
_BUILT: Mapping[str, tuple[str, str]] = {
    "hut": ("house", "hut"), "cottage": ("house", "cottage"), "farmhouse": ("house", "farmhouse"), "townhouse": ("house",
    "townhouse"),
    "mansion": ("house", "mansion"), "mosque": ("temple", "mosque"), "windmill": ("mill", ""), "factory_building": ("factory",
    ""),
    "circus_tent": ("tent", "circus"), "gravestone": ("tomb", ""), "cross": ("tomb", "cross"), "scarecrow": ("snowman",
    "scarecrow"),
    "shop_stall": ("stall", ""), "pillar": ("arch", "pillar"), "clock_tower": ("tower", "clock"),
}  # fmt: skip
_CRAFT: Mapping[str, tuple[str, str]] = {
    "sailing_ship": ("sailboat", "schooner"), "yacht": ("sailboat", "single"), "boat_small": ("rowboat", ""),
    "canoe": ("rowboat", "canoe"),
    "freighter": ("ship", "freighter"), "liner": ("ship", "liner"), "taxi": ("car", "taxi"), "police_car": ("car", "police"),
    "ambulance": ("truck", "ambulance"), "fire_truck": ("truck", "fire"), "tram": ("bus", "tram"), "cart": ("carriage", "cart"),
    "wagon": ("carriage", "wagon"), "hot_air_balloon": ("balloon", ""), "ufo": ("spaceship", "ufo"),
    "space_station": ("spaceship", "station"),
    "satellite": ("spaceship", "satellite"),
}  # fmt: skip
_PLANTS: Mapping[str, tuple[str, str]] = {
    "tree": ("tree_round", ""), "pine": ("tree_conifer", ""), "christmas_tree": ("tree_conifer", "christmas"),
    "dead_tree": ("tree_bare", ""),
    "tree_birch": ("tree_round", "birch"), "birch": ("tree_round", "birch"), "tree_willow": ("tree_round", "willow"),
    "willow": ("tree_round", "willow"),
    "blossom_tree": ("tree_round", "blossom"), "baobab": ("tree_bare", "baobab"), "rose": ("flower", "rose"),
    "tulip": ("flower", "tulip"),
    "sunflower": ("flower", "sunflower"), "lotus": ("flower", "lotus"), "daisy": ("flower", "daisy"), "bouquet": ("flower",
    "bouquet"),
    "wheat": ("grass", "wheat"), "reeds": ("grass", "reeds"), "flower_pot": ("sprout", "pot"), "stump": ("log", "stump"),
}  # fmt: skip
_THINGS: Mapping[str, tuple[str, str]] = {
    "message_in_a_bottle": ("bottle", "message"), "paper": ("letter", "paper"), "newspaper": ("letter", "newspaper"),
    "scroll": ("letter", "scroll"),
    "map": ("letter", "map"), "padlock": ("key", "padlock"), "paper_lantern": ("lantern", "paper"), "light_bulb": ("lamp",
    "bulb"),
    "satchel": ("suitcase", "satchel"),
    "backpack": ("suitcase", "backpack"), "basket": ("suitcase", "basket"), "bucket": ("suitcase", "bucket"),
    "sack": ("suitcase", "sack"),
    "briefcase": ("suitcase", "case"), "dagger": ("sword", "dagger"), "knife": ("sword", "dagger"), "spear": ("stick", "spear"),
    "trident": ("stick", "trident"), "broom": ("stick", "broom"), "shovel": ("stick", "shovel"), "pitchfork": ("stick",
    "pitchfork"),
    "oar": ("stick", "oar"), "scythe": ("stick", "scythe"), "staff": ("stick", "staff"), "magic_wand": ("stick", "wand"),
    "bow": ("stick", "bow"),
    "fishing_rod": ("stick", "fishing_rod"), "paintbrush": ("stick", "paintbrush"), "pen": ("stick", "pen"),
    "branch": ("stick", "branch"),
    "arrow": ("stick", "arrow"), "axe": ("hammer", "axe"), "pickaxe": ("hammer", "pickaxe"), "wrench": ("hammer", "wrench"),
    "saw": ("hammer", "saw"),
    "rifle": ("gun", "rifle"), "pistol": ("gun", "pistol"), "cannon": ("gun", "cannon"), "phone": ("computer", "phone"),
    "telephone": ("computer", "telephone"), "laptop": ("computer", "laptop"), "television": ("computer", "television"),
    "film_camera": ("camera", "film"), "film_projector": ("camera", "projector"), "magnifying_glass": ("telescope", "magnifier"),
    "ring": ("crown", "ring"), "gem": ("crown", "gem"), "crystal": ("crown", "crystal"), "wheel": ("anchor", "wheel"),
    "ship_wheel": ("anchor", "ship_wheel"), "gear": ("anchor", "gear"), "rope": ("anchor", "rope"), "lifebuoy": ("anchor",
    "lifebuoy"),
    "wine": ("cup", "wine"), "water_glass": ("cup", "glass"), "teapot": ("cup", "teapot"), "vase": ("cup", "vase"),
    "jug": ("cup", "jug"),
    "tea": ("cup", "tea"), "cauldron": ("bowl", "cauldron"), "pot": ("bowl", "pot"), "plate": ("bowl", "plate"),
    "soup": ("bowl", "soup"),
    "rice": ("bowl", "rice"), "noodles": ("bowl", "noodles"), "party_balloon": ("balloon_toy", ""), "teddy_bear": ("doll",
    "teddy"),
    "paper_boat": ("paper_toy", "boat"), "paper_plane": ("paper_toy", "plane"), "origami_crane": ("paper_toy", "crane"),
    "giant_robot": ("robot", ""), "alien": ("ghost", "alien"), "cello": ("violin", "cello"), "erhu": ("violin", "erhu"),
    "lute": ("guitar", "lute"),
    "flute": ("trumpet", "flute"), "saxophone": ("trumpet", "saxophone"), "picture": ("mirror", "painting"),
    "painting": ("mirror", "painting"),
    "hands": ("hand", "pair"),
}  # fmt: skip
_ROOMS: Mapping[str, tuple[str, str]] = {
    "desk": ("table", "desk"), "armchair": ("chair", "armchair"), "sofa": ("chair", "sofa"), "throne": ("chair", "throne"),
    "rocking_chair": ("chair", "rocking"), "cradle": ("bed", "cradle"), "barrel": ("box", "barrel"), "crate": ("box",
    "crate"), "gift": ("box", "gift"),
    "stairs": ("ladder", "stairs"), "watch": ("clock", "watch"), "crescent": ("moon", "crescent"), "shooting_star": ("star",
    "shooting"),
    "smoke": ("cloud", "smoke"), "earth": ("planet", "earth"), "globe": ("planet", "earth"), "mountain_peak": ("mountain", ""),
    "volcano": ("mountain", "volcano"), "iceberg": ("mountain", "iceberg"), "puddle": ("snowdrift", "puddle"),
}  # fmt: skip

NAMES: Mapping[str, tuple[str, str]] = {**_ANIMALS, **_PEOPLE, **_BUILT, **_CRAFT, **_PLANTS, **_THINGS, **_ROOMS}
"""A single thing's name to its family and variant."""
