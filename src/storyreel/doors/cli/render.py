"""What the command line prints: for people as lines and tables, for programs as plain values."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.film import Film, ShotReport
from storyreel.domain.money import paid_text
from storyreel.domain.storyboard import Finding, Line, Move, Severity, Shot, Storyboard
from storyreel.domain.values import JSON, Language
from storyreel.doors.cli.findings import finding_object, findings_text, saved_usd
from storyreel.doors.cli.screen import Screen

if TYPE_CHECKING:
    from storyreel.diagnosis import Diagnosis
    from storyreel.library.runs import Runs
    from storyreel.library.sweep import Swept
    from storyreel.media.join import JoinReport
    from storyreel.media.probe import ClipFacts
    from storyreel.writing.llm import Spent

SHOWN_CHARACTERS = 400  # of a shot's words
MARKS = {Severity.ERROR: "[red]error[/red]", Severity.WARN: "[yellow]warning[/yellow]", Severity.NOTE: "[dim]note[/dim]"}

UNSEEN = "voice"  # the speaker of words whose speaker the story does not name
QUOTES = {Language.ENGLISH: ("“", "”"), Language.RUSSIAN: ("«", "»"), Language.CHINESE: ("“", "”")}


def clock(seconds: float) -> str:
    """A length of time as 1:05 or 1:02:03."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def size_text(count: int) -> str:
    """A number of bytes for a person."""
    if count >= 10**10:
        return f"{count / 1e9:.0f} GB"
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"


def counted(number: int, noun: str) -> str:
    """A number of things: 1 shot, 2 shots."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def shortened(text: str, most: int = SHOWN_CHARACTERS) -> str:
    """A text as far as it is shown."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def camera_text(shot: Shot) -> str:
    """What the camera does, as a person says it."""
    return shot.move.value if shot.move is Move.STATIC else f"{shot.pace.value} {shot.move.value}"


def say_storyboard(screen: Screen, board: Storyboard, order: str, findings: Sequence[Finding] = ()) -> None:
    """The storyboard as a table, one line a shot, and what the lint found."""
    from rich.table import Table
    from rich.text import Text

    shots = board.shots
    screen.say("Storyboard", f"{counted(len(shots), 'shot')}, {clock(board.seconds)}{order}")
    rows = Table.grid(padding=(0, 2))
    for column, width in (("number", 4), ("seconds", 6), ("size", 8), ("camera", 13), ("time", 5)):
        rows.add_column(column, justify="right" if column == "number" else "left", no_wrap=True, min_width=width)
    rows.add_column("text", ratio=1, no_wrap=screen.live, overflow="ellipsis" if screen.live else "fold")
    for number, shot in enumerate(shots, start=1):
        words = shot.description + "".join(f"  {spoken(board, line)}" for line in shot.dialogue)
        seconds = f"{shot.seconds:.4g} s"
        rows.add_row(
            f"  {number:>2}", seconds, shot.size.value, camera_text(shot), shot.time_of_day.value, Text(shortened(words))
        )
    screen.show(rows)
    for finding in findings:
        where = f"shot {finding.shot}: " if finding.shot is not None else ""
        screen.show(f"  {MARKS[finding.severity]}  {where}{shortened(finding.message)} {finding.remedy}")


def say_writer(screen: Screen, spent: "Spent") -> None:
    """Which language model wrote it, and for how much; nothing where none did."""
    if spent.requests:
        price = "a price that is not known" if spent.cost_usd is None else paid_text(spent.cost_usd)
        screen.say("Written", f"by {spent.model}: {spent.tokens_in} tokens read, {spent.tokens_out} written, {price}")


def cost_text(film: Film, unbilled: Collection[str]) -> str:
    """What a film has cost so far, and what is held besides; where the price of some calls is not known, that."""
    held = f", and {paid_text(film.held_usd)} held until it is settled" if film.held_usd else ""
    if not unbilled:
        return paid_text(film.cost_usd) + held
    known = f"at least {paid_text(film.cost_usd)}, the rest is " if film.cost_usd else ""
    return f"{known}not known: look at the provider's bill{held}"


def spoken(board: Storyboard, line: Line) -> str:
    """Who says what, in the quotation marks of the storyboard's language."""
    known = board.bible.character(line.speaker)
    speaker = known.name if known else line.speaker
    before, after = QUOTES[board.language]
    if speaker in {"", UNSEEN}:
        return f"{before}{line.words}{after}"
    return f"{speaker}{'：' if board.language is Language.CHINESE else ': '}{before}{line.words}{after}"


def film_row(film: Film, unbilled: Collection[str]) -> JSON:
    """One film of `films --json`; a cost of which a part is not known is null."""
    return {
        "film": film.id,
        "title": film.title,
        "state": film.state.value,
        "seconds": film.seconds if film.seconds is not None else film.storyboard.seconds,
        "cost_usd": None if unbilled else float(film.cost_usd),
        "held_usd": float(film.held_usd),
        "created": film.created.isoformat(),
        "path": str(film.delivered) if film.delivered else None,
    }


def film_object(film: Film, shots: Sequence[ShotReport], runs: "Runs", unbilled: Collection[str]) -> dict[str, JSON]:
    """The object that `make`, `animate`, `resume` and `show` print with `--json`; a cost that is not known is null."""
    return {
        "film": film.id,
        "title": film.title,
        "state": film.state.value,
        "path": str(film.delivered) if film.delivered else None,
        "seconds": film.seconds,
        "width": film.order.size.width_px,
        "height": film.order.size.height_px,
        "fps": film.order.fps,
        "cost_usd": None if unbilled else float(film.cost_usd),
        "held_usd": float(film.held_usd),
        "saved_usd": float(saved_usd(shots)),
        "elapsed_s": round(runs.seconds, 3),
        "error": {"code": film.error_code, "message": film.error} if film.error else None,
        "shots": [shot_object(shot, unbilled) for shot in shots],
    }


def shot_object(shot: ShotReport, unbilled: Collection[str]) -> dict[str, JSON]:
    """One shot of a film's object."""
    return {
        "index": shot.index,
        "id": shot.id,
        "text": shot.text,
        "seconds": shot.seconds,
        "model": shot.model,
        "state": shot.state.value,
        "take": shot.take.id if shot.take else None,
        "path": str(shot.path) if shot.path else None,
        "findings": [finding_object(finding) for finding in shot.findings],
        "rejected": shot.rejected,
        "cost_usd": None if shot.take and shot.take.id in unbilled else float(shot.take.cost_usd) if shot.take else 0.0,
    }


def say_film(screen: Screen, film: Film, runs: "Runs", unbilled: Collection[str]) -> None:
    """Where the finished film is, how long it was under way, what it cost."""
    path = film.delivered
    if path is not None:
        beside = "(storyboard, takes and contact sheet beside it)"
        length = clock(film.seconds or 0)
        screen.say("Film", f"{shown(path)}   {length}   {size_text(path.stat().st_size)}   {beside}")
    often = f" in {runs.count} runs" if runs.count > 1 else ""
    screen.say("", f"took {clock(runs.seconds)}{often}, cost {cost_text(film, unbilled)}")


def shown(path: Path) -> Path:
    """A path as short as it can be said from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def say_films(screen: Screen, films: Sequence[Film], unbilled: Mapping[str, Collection[str]]) -> None:
    """The shelf as a table."""
    from rich.table import Table

    if not films:
        screen.say("No films yet.", ' Make one:  storyreel make "A harbour at dawn"')
        return
    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    for column, width in (("film", max(len(film.id) for film in films)), ("state", 9), ("length", 6), ("cost", 5), ("made", 16)):
        rows.add_column(column, no_wrap=True, min_width=width)
    rows.add_column("title", ratio=1, no_wrap=True, overflow="ellipsis")
    for film in films:
        length = clock(film.seconds if film.seconds is not None else film.storyboard.seconds)
        cost = "not known" if unbilled.get(film.id) else paid_text(film.cost_usd)
        cost += f" + {paid_text(film.held_usd)} held" if film.held_usd else ""
        made = f"{film.created.astimezone():%Y-%m-%d %H:%M}"
        rows.add_row(film.id, film.state.value, length, cost, made, film.title)
    screen.show(rows)


def say_shots(screen: Screen, shots: Sequence[ShotReport]) -> None:
    """The shots of a film, each with its take."""
    from rich.table import Table
    from rich.text import Text

    rows = Table.grid(padding=(0, 2))
    for _ in range(4):
        rows.add_column()
    rows.add_column(overflow="fold")  # a path is of use only whole
    for shot in shots:
        where = str(shown(shot.path)) if shot.path else ""
        rows.add_row(
            f"  {shot.index:>2}", f"{shot.seconds:.4g} s", shot.state.value, Text(shortened(shot.text)), Text(where, style="dim")
        )
        if shot.findings:
            rows.add_row("", "", "", Text(findings_text(shot.findings), style="yellow"), "")
    screen.show(rows)


def say_swept(screen: Screen, swept: "Swept", *, dry_run: bool) -> None:
    """What `gc` removed."""
    verb = "would remove" if dry_run else "removed"
    what = f"{counted(swept.blobs, 'blob')} and {counted(swept.leftovers, 'leftover')}, {size_text(swept.bytes)}"
    screen.say("Sweep", f"{verb} {what}; kept {counted(swept.kept, 'blob')}, {size_text(swept.kept_bytes)}")


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
    screen.say("Film", f"{report.output}   {clock(report.seconds)}   {report.size}   {size_text(report.size_bytes)}")
    screen.say("", f"{counted(report.copied, 'clip')} copied as they are, {len(report.made_over)} encoded anew")
    for clip in report.made_over:
        screen.say("", f"encoded anew, it differs from the others: {clip}")
    for skipped in report.skipped:
        screen.say("", f"left out: {skipped.clip}: {skipped.reason}")


def say_probed(screen: Screen, clip: Path, facts: "ClipFacts") -> None:
    """What `probe` found, in three lines, and what is missing from the clip."""
    rate = f"{float(facts.fps):g} a second" + ("" if facts.constant_rate else " on average, varying")
    screen.say("Clip", f"{clip}   {facts.seconds:.3f} s   {facts.width_px}x{facts.height_px}   {size_text(facts.size_bytes)}")
    turned = f", turned by {facts.rotation_deg} degrees" if facts.rotation_deg else ""
    screen.say("Video", f"{facts.frames} frames, {rate}; {facts.video_codec} {facts.pixel_format} in {facts.container}{turned}")
    if facts.sound is None:
        screen.say("Sound", "none")
    else:
        screen.say("Sound", f"{facts.sound.codec}, {facts.sound.rate_hz} Hz, {facts.sound.channels} channels")
    if facts.damage is not None:
        screen.say("Damaged", facts.damage)


def say_diagnosis(screen: Screen, found: "Diagnosis") -> None:
    """What `doctor` found."""
    from rich.table import Table

    screen.say("Storyreel", f"{found.storyreel}   Python {found.python}, {found.system}, {found.cores} cores")
    free = f"   {size_text(found.free_bytes)} free" if found.free_bytes is not None else ""
    screen.say("Home", f"{found.home or 'cannot be used'}{free}   database: {found.database}")
    rows = Table.grid(padding=(0, 2))
    for part in found.parts:
        rows.add_row("  ", part.name, part.version or "[red]missing[/red]", part.use)
    for key in found.keys:
        rows.add_row("  ", key.setting, "[green]set[/green]" if key.present else "[dim]not set[/dim]", f"for {key.unlocks}")
    screen.show(rows)
