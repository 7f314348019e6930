"""Where somebody is who is inside of something, and what they rest on: the same in every shot of them."""

import pytest

from tests.writing.texts import written


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INT. TRAIN - NIGHT\n\nA man reads a letter.", "train_interior"),
        ("ИНТ. ПОЕЗД - НОЧЬ\n\nДевушка пьёт чай.", "train_interior"),
        ("内景 出租车 夜\n\n女孩看着窗外。", "car_interior"),
        ("INT. POLICE CAR - DAY\n\nTwo policemen talk.", "car_interior"),
        ("INT. SPACESHIP - DAY\n\nAn astronaut floats.", "spaceship_interior"),
        ("INT. LIGHTHOUSE - NIGHT\n\nA man lights the lamp.", "room"),
        ("A woman sleeps on the train.", "train_interior"),
        ("She sits in the car and cries.", "car_interior"),
        ("Старик спит в вагоне.", "train_interior"),
        ("Two astronauts float inside the space station.", "spaceship_interior"),
        ("A robot walks aboard an abandoned old spaceship.", "spaceship_interior"),
        ("A man cries in an old truck.", "car_interior"),
        ("She reads in a crowded bus.", "train_interior"),
        ("Девушка едет в пустом автобусе.", "train_interior"),
        ("Космонавт летает внутри космической станции.", "spaceship_interior"),
        ("她在公交车上看书。", "train_interior"),
        ("宇航员飘在空间站里。", "spaceship_interior"),
        ("A girl looks out of the train window at the rain.", "train_interior"),
        ("Девушка смотрит в окно вагона.", "train_interior"),
        ("她望着车窗外的雨。", "train_interior"),
        ("Two detectives argue in a parked car.", "car_interior"),
        ("A train rushes by.", "station"),
        ("She waits on the train platform.", "station"),
        ("A man walks through the car park.", "city_street"),
        ("INT. CAR DEALERSHIP - DAY\n\nA man smiles.", "room"),
    ],
)
def test_who_is_inside_of_what_travels_is_seen_inside(text: str, place: str) -> None:
    storyboard = written(text)

    assert {one.place for one in storyboard.bible.locations} == {place}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("A boy sleeps on a bench in the park.", "bench"),
        ("An old woman sits in an armchair and knits.", "armchair"),
        ("Старик лежит на диване.", "sofa"),
    ],
)
def test_what_somebody_rests_on_is_there_in_every_shot_of_them(text: str, rest: str) -> None:
    shots = [{one.concept for one in shot.subjects} for shot in written(text).shots if any(one.member for one in shot.subjects)]

    assert len(shots) > 2
    assert all(rest in shown or "hands" in shown for shown in shots)


def test_inside_of_a_car_no_word_speaks_of_a_room() -> None:
    for words in ("A man drives.", "A girl sings.", "Two men talk.", "An old woman looks out."):
        told = " ".join(shot.description for shot in written(f"INT. CAR - DAY\n\n{words}").shots)
        assert "room" not in told


@pytest.mark.parametrize(
    "text", ["A boy waits at the truck stop.", "Мальчик смотрит на автобус.", "In the morning trains leave.", "一辆卡车开过来。"]
)
def test_who_is_beside_what_travels_is_outside(text: str) -> None:
    assert not {one.place for one in written(text).bible.locations} & {"car_interior", "train_interior", "spaceship_interior"}
