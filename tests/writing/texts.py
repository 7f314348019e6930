"""Texts that the writer is judged by."""

from storyreel.domain.film import Brief
from storyreel.domain.storyboard import Shot, Storyboard
from storyreel.domain.values import FPS
from storyreel.writing import write_storyboard

KEEPER = "An old lighthouse keeper finds a message in a bottle; a storm rises; at dawn a ship answers"
KEEPER_RU = "Старый смотритель маяка находит бутылку с письмом; начинается буря; на рассвете отвечает корабль"
STATION = "深夜，一位老人在火车站等待最后一班火车。突然下起大雪，一个小女孩递给他一把红伞。黎明时，火车来了。"

FOUNTAIN = """INT. KITCHEN - NIGHT

ANNA, 30, stirs a pot of soup. Rain streaks the window.

The door opens. MARK enters, soaking wet.

ANNA
You're late.

MARK
(shaking off the rain)
The bridge is closed. I had to walk along the river.

She hands him a towel.

EXT. RIVER BANK - DAWN

Anna and Mark stand by the water. Mist rises.

CUT TO:

EXT. BRIDGE - DAY

They walk across the bridge together.

FADE OUT."""

LIST = """1. Wide shot of a desert at dawn (4 s)
2. Close-up of a woman's face, she opens her eyes
3. Camera pans left across the dunes
4. A camel walks past, low angle
5. Extreme close-up of a compass in her hand (2 s)
6. Medium shot: she stands up and looks at the sun
7. Tracking shot as she climbs a dune
8. Slow push in on the ruins of a city
9. She enters a dark temple
10. Static shot: a golden mask on the wall, 6 seconds"""

RUSSIAN_SCRIPT = """Сцена 1. Вокзал
Поезд прибывает на платформу. Иван выходит из вагона.
— Наконец-то, — говорит Мария. — Я ждала тебя три года.
Иван: Я вернулся.

Сцена 2. Дом
Они пьют чай. За окном идёт снег."""

CHINESE_SCRIPT = """第一场 内景 茶馆 夜
老李坐在窗边喝茶。
老李：今晚有雨。
小王推门进来，说：“师父，他们来了！”

第二场 外景 小巷 夜
大雨中，两个黑衣人向茶馆走来。"""

NOVEL = (
    "It was late in the evening when Captain Harris reached the harbour. The rain had stopped, and the lamps along the quay "
    "threw long yellow stripes over the wet stones. He walked slowly, his collar turned up, listening to the ropes creak. "
    "At the end of the pier a woman in a grey coat was waiting. “You took your time,” she said. He looked at her for a long "
    "moment, then he handed her the letter. Suddenly a horn sounded from the sea, and both of them turned."
)

ORDINARY = (
    KEEPER,
    KEEPER_RU,
    STATION,
    FOUNTAIN,
    LIST,
    RUSSIAN_SCRIPT,
    CHINESE_SCRIPT,
    NOVEL,
    "A cat sleeps on a windowsill",
    "sea",
    "Two men argue in a bar. Suddenly a woman in a red dress walks in. She orders a whisky and smiles.",
    "Девочка бежит по лесу за лисой, потом останавливается у ручья. Лиса оборачивается. Девочка возвращается домой.",
    "一个宇航员独自走在火星上。他发现了一朵小花。他跪下来，轻轻触摸花瓣。",
    "Flimflam gribbles the wozzle",
    "Robot 🤖 dances in the rain 🌧️!",
)


def written(text: str, **brief: float | str) -> Storyboard:
    """A storyboard of a text, by a brief of these fields."""
    return write_storyboard(text, Brief.model_validate(brief))


def frames(storyboard: Storyboard) -> int:
    """The film's length in frames of 1/24 s; every shot must lie on that grid."""
    counts = [shot.seconds * FPS for shot in storyboard.shots]
    assert all(abs(count - round(count)) < 1e-6 for count in counts)
    return sum(round(count) for count in counts)


def main_shots(storyboard: Storyboard) -> list[Shot]:
    """The shots that stand for words of the source."""
    return [shot for shot in storyboard.shots if shot.words is not None]
