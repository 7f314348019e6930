"""Answers of a language model for tests: a good story, and ways to spoil it."""

from typing import Any

STORY = "An old man waits at the station. A girl hands him a red umbrella. “It will rain,” she says. At dawn the train comes."
BEATS = (
    "An old man waits at the station.",
    "A girl hands him a red umbrella.",
    "“It will rain,” she says.",
    "At dawn the train comes.",
)

Answer = dict[str, Any]


def a_shot(description: str, *people: str, main: bool = True, things: tuple[str, ...] = ()) -> Answer:
    return {"main": main, "description": description, "people": list(people), "things": list(things), "sound": "wind"}


def a_beat(words: str, *shots: Answer, lines: tuple[tuple[str, str], ...] = (), place: str = "station") -> Answer:
    told = [{"speaker": speaker, "words": said} for speaker, said in lines]
    return {"words": words, "place": place, "lines": told, "shots": list(shots)}


def a_story(*beats: Answer, **changes: Any) -> Answer:
    """The first pass's answer: four beats of STORY, one shot each, where nothing else is given."""
    people = [{"name": "old man", "look": "grey beard, long coat"}, {"name": "girl", "look": "yellow raincoat"}]
    return {"title": "The last train", "people": people, "beats": list(beats or good_beats()), **changes}


def good_beats() -> list[Answer]:
    return [
        a_beat(BEATS[0], a_shot("An old man in a long coat waits on the platform.", "old man")),
        a_beat(BEATS[1], a_shot("A girl hands the old man a red umbrella.", "girl", "old man", things=("umbrella",))),
        a_beat(BEATS[2], a_shot("The girl looks up at the sky.", "girl"), lines=(("girl", "It will rain,"),)),
        a_beat(BEATS[3], a_shot("A train rolls into the station at dawn.", things=("train",))),
    ]


def russian_story() -> Answer:
    """The first pass's answer to RUSSIAN_SCRIPT."""
    ivan, maria, station = "Иван", "Мария", "вокзал"
    return a_story(
        a_beat("Сцена 1. Вокзал\nПоезд прибывает на платформу.", a_shot("Поезд прибывает на платформу вокзала."), place=station),
        a_beat("Иван выходит из вагона.", a_shot("Иван в сером пальто выходит из вагона.", ivan), place=station),
        a_beat(
            "— Наконец-то, — говорит Мария. — Я ждала тебя три года.",
            a_shot("Мария обнимает Ивана.", maria, ivan),
            lines=((maria, "Наконец-то. Я ждала тебя три года."),),
            place=station,
        ),
        a_beat("Иван: Я вернулся.", a_shot("Иван смотрит на Марию.", ivan), place=station),
        a_beat("Сцена 2. Дом\nОни пьют чай. За окном идёт снег.", a_shot("Иван и Мария пьют чай.", ivan, maria), place="дом"),
        title="Возвращение",
        people=[{"name": ivan, "look": "серое пальто, борода"}, {"name": maria, "look": "красное платье"}],
    )


def seen(number: int, **changes: Any) -> Answer:
    """The second pass's answer for one shot."""
    usual = {
        "number": number,
        "size": ("wide", "medium", "close-up", "extreme wide")[(number - 1) % 4],
        "angle": "eye level",
        "move": "static",
        "pace": "slow",
        "seconds": 4.0,
        "time_of_day": "night" if number < 4 else "dawn",
        "weather": "fog",
        "light_source": "lamp",
        "light_direction": "left",
        "mood": "calm",
        "join": "cut" if number < 4 else "dissolve",
        "subjects": [{"number": 1, "pose": "sit", "position": "left", "facing": "right"}],
    }
    return {**usual, **changes}


def a_film(*numbers: int, **changes: Any) -> Answer:
    """The second pass's answer for these shots."""
    return {"shots": [seen(number, **changes) for number in numbers or (1, 2, 3, 4)]}
