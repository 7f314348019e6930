"""Clips that may differ into one film: video packets copied where they agree, the rest made over, sound aligned to the sample."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path

from storyreel.domain.errors import MediaUnusable
from storyreel.media.assemble import assemble, must_hold
from storyreel.media.atomic import whole_file
from storyreel.media.copied_voice import CopiedVoice, can_be_copied
from storyreel.media.h264 import free_id
from storyreel.media.join_report import Difference, JoinReport, Skipped, SoundMode
from storyreel.media.opening import NOT_MADE_OVER
from storyreel.media.sources import Shape, Source, frames_at, most_common_shape, read_source
from storyreel.media.splice import Piece, Splice
from storyreel.media.video_track import HD_COLOURS
from storyreel.media.voices import Heard, VoiceMaker
from storyreel.media.watch import Watch

_MADE_OVER_COSTS = 40  # a picture made over takes the time of so many that are copied


def join_packets(
    clips: Sequence[Path], output: Path, *, sound: SoundMode, reencode: bool, skip_damaged: bool, watch: Watch
) -> JoinReport:
    """Join clips that may differ; as `join` says."""
    sources, skipped = _read_all(clips, watch, skip_damaged=skip_damaged)
    plan = _planned(sources, reencode=reencode)
    watch.total = plan.frames(sources) + plan.frames(plan.others) * _MADE_OVER_COSTS
    with whole_file(output) as part, _pieces(plan, part, watch) as pieces:
        heard = _heard(sources, pieces)
        mode = _sound_mode(sources, heard, sound)
        assemble(part, Splice(pieces, plan.shape.fps), _voice_maker(mode, heard, plan.shape.fps), watch)
        frames = sum(piece.frames for piece in pieces)
        timing = must_hold(part, frames=frames, fps=plan.shape.fps, sound=mode is SoundMode.EXACT)
        watch.look()
    return JoinReport(
        output=output,
        frames=timing.frames,
        fps=timing.fps,
        seconds=float(timing.seconds),
        width_px=plan.shape.width_px,
        height_px=plan.shape.height_px,
        copied=len(sources) - len(plan.others),
        made_over=tuple(source.path for source in plan.others),
        skipped=tuple(skipped),
        sound=mode,
        size_bytes=output.stat().st_size,
        differs=tuple(() if reencode else tuple(_differences(source, plan.shape)) for source in plan.others),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which clips are copied, and what the others are made over to."""

    sources: Sequence[Source]
    shape: Shape
    others: Sequence[Source]

    def frames(self, sources: Sequence[Source]) -> int:
        """How many pictures these clips have in the film."""
        return sum(frames_at(source, self.shape.fps) for source in sources)


def _read_all(clips: Sequence[Path], watch: Watch, *, skip_damaged: bool) -> tuple[list[Source], list[Skipped]]:
    sources: list[Source] = []
    skipped: list[Skipped] = []
    for clip in clips:
        watch.look()
        try:
            sources.append(read_source(clip))
        except MediaUnusable as error:
            skipped.append(Skipped(clip=clip, reason=error.problem))
            if not skip_damaged or len(clips) == 1:
                raise
    if not sources:
        told = "; ".join(f"{one.clip}: {one.reason}" for one in skipped)
        raise MediaUnusable("None of the clips can be used", told, field="clips")
    return sources, skipped


def _planned(sources: Sequence[Source], *, reencode: bool) -> _Plan:
    shape = most_common_shape(sources)
    others = [source for source in sources if reencode or not source.sets or source.shape != shape]
    if len(others) == len(sources):
        shape = replace(shape, colours=HD_COLOURS)
    return _Plan(sources, shape, others)


def _differences(source: Source, shape: Shape) -> Iterator[Difference]:
    if (source.shape.width_px, source.shape.height_px) != (shape.width_px, shape.height_px):
        yield Difference.SIZE
    if source.shape.fps != shape.fps:
        yield Difference.RATE
    if source.shape.colours != shape.colours:
        yield Difference.COLOURS
    if not source.sets:
        yield Difference.CODEC


@contextmanager
def _pieces(plan: _Plan, part: Path, watch: Watch) -> Generator[list[Piece]]:
    """The files whose packets make the film; those made for it are gone when the block ends."""
    known = [source.sets for source in plan.sources if source.sets and source not in plan.others]
    sps_id = free_id(known)
    pieces: list[Piece] = []
    made: list[Path] = []
    try:
        for source in plan.sources:
            if source in plan.others:
                made.append(part.with_name(f"{part.name}.{len(made)}.mp4"))
                pieces.append(_made_over(source, plan.shape, made[-1], sps_id, watch))
            else:
                pieces.append(Piece.of(source, NOT_MADE_OVER))
        yield pieces
    finally:
        for path in made:
            path.unlink(missing_ok=True)


def _made_over(source: Source, shape: Shape, output: Path, sps_id: int, watch: Watch) -> Piece:
    from storyreel.media.conform import conform  # copying needs no arrays, and should not wait for numpy

    conform(source, shape, output, sps_id=sps_id, tick=partial(watch.step, _MADE_OVER_COSTS))
    return Piece.of(read_source(output), NOT_MADE_OVER)


def _heard(sources: Sequence[Source], pieces: Sequence[Piece]) -> list[Heard]:
    ends = accumulate((piece.frames for piece in pieces), initial=0)
    return [
        Heard(source.path, source.timing.start, begin, end, source.aac)
        for source, (begin, end) in zip(sources, pairwise(ends), strict=True)
    ]


def _sound_mode(sources: Sequence[Source], heard: Sequence[Heard], asked: SoundMode) -> SoundMode | None:
    voiced = [one for source, one in zip(sources, heard, strict=True) if source.has_sound]
    if not voiced:
        return None
    return asked if asked is SoundMode.EXACT or can_be_copied(voiced) else SoundMode.EXACT


def _voice_maker(mode: SoundMode | None, heard: Sequence[Heard], fps: Fraction) -> VoiceMaker | None:
    if mode is None:
        return None
    if mode is SoundMode.COPY:
        return lambda container: CopiedVoice(container, heard, fps)
    from storyreel.media.exact_voice import ExactVoice

    return lambda container: ExactVoice(container, heard, fps)
