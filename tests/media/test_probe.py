"""Probing: right facts, or one clear error, for every kind of file."""

from fractions import Fraction
from pathlib import Path

import pytest

from storyreel.domain.errors import MediaUnusable
from storyreel.media.probe import ClipFacts, SoundFacts, probe
from tests.media.footage import make_clip


def test_a_plain_clip_is_told_in_full(zoo: Path) -> None:
    facts = probe(zoo / "plain.mp4")

    assert facts == ClipFacts(
        seconds=1.0,
        frames=24,
        fps=Fraction(24),
        constant_rate=True,
        width_px=160,
        height_px=90,
        rotation_deg=0,
        pixel_aspect=Fraction(1),
        video_codec="h264",
        pixel_format="yuv420p",
        container="mp4",
        size_bytes=(zoo / "plain.mp4").stat().st_size,
        sound=SoundFacts(codec="aac", rate_hz=48_000, channels=2, seconds=1.0),
        damage=None,
    )


def test_facts_survive_their_way_through_json(zoo: Path) -> None:
    facts = probe(zoo / "ntsc.mp4")

    assert '"fps":"30000/1001"' in facts.model_dump_json()
    assert ClipFacts.model_validate_json(facts.model_dump_json()) == facts


@pytest.mark.parametrize(
    ("name", "frames", "fps"),
    [
        ("ntsc.mp4", 30, Fraction(30_000, 1001)),
        ("fragmented.mp4", 48, Fraction(24)),
        ("live.webm", 30, Fraction(24)),
        ("transport.ts", 24, Fraction(24)),
        ("edit list.mp4", 38, Fraction(24)),
        ("open groups.mp4", 48, Fraction(24)),
    ],
)
def test_what_is_shown_counts_whatever_the_file_says(zoo: Path, name: str, frames: int, fps: Fraction) -> None:
    facts = probe(zoo / name)

    assert (facts.frames, facts.fps, facts.constant_rate, facts.damage) == (frames, fps, True, None)
    assert facts.seconds == float(frames / fps)


def test_a_varying_rate_is_seen_and_measured_to_the_end_of_the_last_picture(zoo: Path) -> None:
    facts = probe(zoo / "varying rate.mp4")

    assert (facts.frames, facts.constant_rate) == (30, False)
    assert facts.seconds == pytest.approx(29 * 0.040 + 5 * 0.013 + 0.040, abs=0.02)


def test_a_turned_clip_has_the_size_it_is_shown_at(zoo: Path) -> None:
    facts = probe(zoo / "turned.mp4")

    assert (facts.width_px, facts.height_px, facts.rotation_deg) == (90, 160, 90)


def test_a_clip_that_breaks_off_says_how_much_is_there(zoo: Path) -> None:
    facts = probe(zoo / "truncated.mp4")

    assert facts.damage is not None
    assert "of 4.00 s" in facts.damage
    assert 30 < facts.frames < 70


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("empty.mp4", "empty"),
        ("text.mp4", "not a video"),
        ("truncated without index.mp4", "breaks off: the index"),
        ("missing.mp4", "no such file"),
        (".", "folder"),
        ("nul\0.mp4", "not a file's name"),
        ("x" * 300 + ".mp4", "not a file's name"),
    ],
)
def test_what_is_no_clip_is_refused_in_a_sentence(zoo: Path, name: str, problem: str) -> None:
    with pytest.raises(MediaUnusable, match=problem):
        probe(zoo / name)


def test_a_playlist_that_points_elsewhere_is_not_followed(zoo: Path, tmp_path: Path) -> None:
    playlist = tmp_path / "film.mp4"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{zoo / 'transport.ts'}\n#EXT-X-ENDLIST\n")

    with pytest.raises(MediaUnusable, match="not a video"):
        probe(playlist)


def test_a_name_that_looks_like_an_address_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_clip(tmp_path / "plain.mp4").rename(tmp_path / "concat:a.mp4")

    assert probe(Path("concat:a.mp4")).frames == 24


def test_a_tag_that_is_no_text_is_passed_over(zoo: Path, tmp_path: Path) -> None:
    tagged = make_clip(tmp_path / "tagged.mp4", tags={"title": "Caf\u00e9!"})
    tagged.write_bytes(tagged.read_bytes().replace("Caf\u00e9!".encode(), b"Caf\xe9\xe9!"))

    assert probe(tagged).frames == 24
