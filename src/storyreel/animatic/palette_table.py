"""The colours of the hour and the mood: sky from zenith to horizon, light, darkest ink, accent; and what weather does to them."""

from storyreel.domain.storyboard import Mood, TimeOfDay, Weather

HUES: dict[TimeOfDay, dict[Mood, str]] = {
    # zenith, upper, lower, horizon, light, ink, accent
    TimeOfDay.DAWN: {
        Mood.CALM: "1c2c55 4a5f8c d69a86 f7cf96 ffdfae 151a2c c8553d",
        Mood.JOY: "2d4a80 7d8fbd f0a98f ffdd9c fff0bf 1d2036 e8643c",
        Mood.FEAR: "0f1a26 2c4450 7d7a6c c9a06a e8c07a 0a1016 9c2f2a",
        Mood.SORROW: "232b3f 4d5870 9a8f98 cdb4a6 e6d2c0 171b26 7f5a6a",
        Mood.WONDER: "1a1f5c 5b4a96 d37fa8 ffc59a ffe0c0 14132e f2b53c",
        Mood.TENSION: "1a1e33 4a3a4e a8564a f0954f ffb46a 100f1a d8402f",
        Mood.WARMTH: "35396a 86688f e8957a ffd28a ffe3a6 1e1a2c d9622f",
    },
    TimeOfDay.DAY: {
        Mood.CALM: "3f78b5 7fb0d8 bcd9e6 e9f1ea fff8e0 22303f d2603a",
        Mood.JOY: "1f7fd1 5fb4ee a8ddf2 f4f4d8 fffbe0 1f3145 ff6b3d",
        Mood.FEAR: "4b5a62 75858a 9da8a6 c5c8bd e4e4d4 1c2426 8e3b32",
        Mood.SORROW: "6b7a8c 93a0ae b7c0c8 d6d9da eef0ee 2a313b 7a6a7d",
        Mood.WONDER: "2c5fae 69a5dc b5dbe9 fbe9c9 fff4cf 1e2b48 f0a52e",
        Mood.TENSION: "5a6570 8a8f8e b9ae98 e2cfa4 fff0c8 24252a c8402e",
        Mood.WARMTH: "4f93c6 97c4dc dbe3d2 fbe6b4 fff0c0 33302f dd6b2f",
    },
    TimeOfDay.DUSK: {
        Mood.CALM: "1f2a52 4d4f80 b5727f eea572 ffc48a 14142a d0603f",
        Mood.JOY: "2c3a7e 7a5a9e ee7f7a ffc063 ffdd90 1a1636 ff6a4a",
        Mood.FEAR: "120f1e 33233a 713a3e b8603a e88a4a 0b0a12 a52a24",
        Mood.SORROW: "252a44 4d4a66 86697a b98d84 dcb29c 15151f 6e5570",
        Mood.WONDER: "1c1450 5a2f86 c8558f ff9e6e ffc79a 120d2e ffb13d",
        Mood.TENSION: "1b1424 4a2230 a8382e f0722c ff9a4a 0e0a10 e23a22",
        Mood.WARMTH: "3a2c55 80506e d9755a ffb65e ffd28a 1e1524 e2682c",
    },
    TimeOfDay.NIGHT: {
        Mood.CALM: "0a1330 152850 274474 42669a d6e2f8 070b1a c85c3e",
        Mood.JOY: "0a1030 1b2560 3a3f8c 6a5ea6 ffe2a0 090b1e ff6f4a",
        Mood.FEAR: "0a1320 13263a 22444e 3c625c c4dccc 04080c 9c2a20",
        Mood.SORROW: "0e1424 202b42 35445e 54657e ccd6e6 090c14 6a5870",
        Mood.WONDER: "080a2c 1a1a5e 3c2f86 6d55a8 e6dcff 070720 f5b942",
        Mood.TENSION: "0b0c1c 1c1a30 3a2438 633640 f4c494 070610 e03a28",
        Mood.WARMTH: "0e1128 221e40 45304e 7a4c4e ffd090 0a0a16 e07a34",
    },
}

DAYLIGHT: dict[TimeOfDay, float] = {TimeOfDay.DAWN: 0.62, TimeOfDay.DAY: 1.0, TimeOfDay.DUSK: 0.5, TimeOfDay.NIGHT: 0.33}
"""How much of a surface's own colour the hour shows."""

# veil colour, share of it in the sky, brightness, saturation, cloud cover, how far one sees in shot depths, strength of the light
GRADES: dict[Weather, tuple[str, float, float, float, float, float, float]] = {
    Weather.CLEAR: ("ffffff", 0.0, 1.0, 1.0, 0.42, 42.0, 1.0),
    Weather.WIND: ("ffffff", 0.0, 1.0, 0.95, 0.55, 38.0, 0.95),
    Weather.RAIN: ("6d7885", 0.42, 0.8, 0.78, 0.82, 11.0, 0.5),
    Weather.STORM: ("5a6678", 0.42, 0.74, 0.85, 0.88, 12.0, 0.55),
    Weather.SNOW: ("c3cede", 0.38, 0.96, 0.7, 0.7, 8.0, 0.6),
    Weather.FOG: ("d9dcdc", 0.5, 1.0, 0.62, 0.25, 2.6, 0.55),
    Weather.SAND: ("cf9a5c", 0.6, 0.92, 0.85, 0.3, 4.0, 0.6),
}
