"""What `join` and `probe` print: a joined film, a clip's facts."""

from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.values import JSON
from storyreel.doors.cli.render import clock, size_text
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.known import known_or
from storyreel.doors.languages.words import N_

if TYPE_CHECKING:
    from storyreel.media.join import JoinReport
    from storyreel.media.probe import ClipFacts

DIFFERENCES = {"size": N_("picture size"), "rate": N_("frame rate"), "colours": N_("colours"), "codec": N_("codec")}


def joined_object(report: "JoinReport") -> dict[str, JSON]:
    """The object that `join` prints with `--json`."""
    return {
        "output": str(report.output),
        "frames": report.frames,
        "fps": str(report.fps),
        "seconds": report.seconds,
        "size": {"width_px": report.width_px, "height_px": report.height_px},
        "copied": report.copied,
        "made_over": [str(clip) for clip in report.made_over],
        "skipped": [{"clip": str(one.clip), "reason": one.reason} for one in report.skipped],
        "sound": report.sound.value if report.sound else None,
        "size_bytes": report.size_bytes,
    }


def say_joined(screen: Screen, report: "JoinReport") -> None:
    """What `join` made, which clips were encoded anew, and which were left out."""
    said = screen.said
    screen.say(said("Film"), f"{report.output}   {clock(report.seconds)}   {report.size}   {size_text(said, report.size_bytes)}")
    anew = len(report.made_over)
    copied = said.ngettext("{number} clip copied as it is", "{number} clips copied as they are", report.copied)
    screen.say("", copied + said(", {number} encoded anew", number=anew))
    for clip, differs in zip(report.made_over, report.differs, strict=True):
        what = ", ".join(said(DIFFERENCES[one.value]) for one in differs)
        told = said("encoded anew, it differs from the others ({what}): {clip}", what=what, clip=clip) if what else ""
        screen.say("", told or said("encoded anew: {clip}", clip=clip))
    for skipped in report.skipped:
        screen.say("", said("left out: {clip}: {reason}", clip=skipped.clip, reason=known_or(skipped.reason, said.language)))


def say_damage(screen: Screen, facts: "ClipFacts") -> None:
    """What is not whole about a clip."""
    if facts.damage is not None:
        screen.say(screen.said("Damaged"), known_or(facts.damage, screen.said.language))


def say_probed(screen: Screen, clip: Path, facts: "ClipFacts") -> None:
    """What `probe` found, in three lines, and what is missing from the clip."""
    said = screen.said
    length = said("{number} s", number=said.decimal(f"{facts.seconds:.3f}"))
    screen.say(said("Clip"), f"{clip}   {length}   {facts.width_px}x{facts.height_px}   {size_text(said, facts.size_bytes)}")
    number = said.decimal(f"{float(facts.fps):g}")
    rate = (
        said("{number} a second", number=number)
        if facts.constant_rate
        else said("{number} a second on average, varying", number=number)
    )
    frames = said.ngettext("{number} frame", "{number} frames", facts.frames)
    what = said("{codec} {pixels} in {container}", codec=facts.video_codec, pixels=facts.pixel_format, container=facts.container)
    turned = said(", turned by {degrees} degrees", degrees=facts.rotation_deg) if facts.rotation_deg else ""
    screen.say(said("Video"), f"{frames}, {rate}; {what}{turned}")
    if facts.sound is None:
        screen.say(said("Sound"), said("none"))
    else:
        rate = said("{number} Hz", number=facts.sound.rate_hz)
        channels = said.ngettext("{number} channel", "{number} channels", facts.sound.channels)
        screen.say(said("Sound"), f"{facts.sound.codec}, {rate}, {channels}")
    say_damage(screen, facts)
