"""What the command line prints: for people as lines and tables, for programs as plain values."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.domain.film import Film, ShotReport
from storyreel.domain.money import paid_text
from storyreel.domain.storyboard import Finding, Move, Severity, Shot, Storyboard
from storyreel.domain.values import JSON
from storyreel.doors.cli.findings import finding_object, findings_text, saved_usd
from storyreel.doors.cli.screen import Screen
from storyreel.doors.languages.known import known_or
from storyreel.doors.languages.voice import Voice
from storyreel.doors.languages.words import N_

if TYPE_CHECKING:
    from rich.table import Table

    from storyreel.library.runs import Runs
    from storyreel.library.sweep import Swept
    from storyreel.writing.llm import Spent

SHOWN_CHARACTERS = 400  # of a shot's words
MARKS = {Severity.ERROR: ("red", N_("problem")), Severity.WARN: ("yellow", N_("warning")), Severity.NOTE: ("dim", N_("note"))}

LEAST_WIDTHS = (4, 6, 8, 13, 5)  # of number, length, size, camera and hour, in a storyboard
LEAST_WORDS = 40  # columns for a shot's words beside them


def clock(seconds: float) -> str:
    """A length of time as 1:05 or 1:02:03."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def size_text(said: Voice, count: int) -> str:
    """A number of bytes for a person."""
    if count >= 10**10:
        return said("{number} GB", number=f"{count / 1e9:.0f}")
    if count >= 100_000:
        return said("{number} MB", number=said.decimal(f"{count / 1e6:.1f}"))
    return said("{number} kB", number=said.decimal(f"{count / 1e3:.1f}"))


def shots_text(said: Voice, number: int) -> str:
    """A number of shots: 1 shot, 2 shots."""
    return said.ngettext("{number} shot", "{number} shots", number)


def shortened(text: str, most: int = SHOWN_CHARACTERS) -> str:
    """A text as far as it is shown."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def camera_text(said: Voice, shot: Shot) -> str:
    """What the camera does, as a person says it."""
    move = said.word(shot.move)
    return move if shot.move is Move.STATIC else said("{pace} {move}", pace=said.word(shot.pace), move=move)


def say_storyboard(screen: Screen, board: Storyboard, order: str, findings: Sequence[Finding] = ()) -> None:
    """The storyboard as a table, and what the lint found. `order`: how it is made, to follow its length."""
    said = screen.said
    shots = board.shots
    told = said.ngettext("{number} shot, {length}", "{number} shots, {length}", len(shots), length=clock(board.seconds))
    screen.say(said("Storyboard"), told + order)
    facts = [
        (f"  {number:>2}", said.seconds(shot.seconds), said.word(shot.size), camera_text(said, shot), said.word(shot.time_of_day))
        for number, shot in enumerate(shots, start=1)
    ]
    words = [shortened("  ".join((shot.description, *_spoken(board, shot)))) for shot in shots]
    screen.show(_shots_table(facts, words, screen.console.width))
    for finding in findings:
        say_finding(screen, finding)


def _spoken(board: Storyboard, shot: Shot) -> list[str]:
    """Who says what in a shot."""
    if not shot.dialogue:
        return []
    from storyreel.writing.labels import line_label

    return [line_label(line, board.bible, board.language) for line in shot.dialogue]


def _shots_table(facts: Sequence[tuple[str, ...]], words: Sequence[str], width: int) -> "Table":
    """What is told of each shot beside its words; where that leaves them too little of the width, above them."""
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    widths = [max(least, *map(cell_len, column)) for least, column in zip(LEAST_WIDTHS, zip(*facts, strict=True), strict=True)]
    rows = Table.grid(padding=(0, 2))
    beside = width - sum(widths) - 2 * len(widths) >= LEAST_WORDS
    for each in widths if beside else widths[:1]:
        rows.add_column(width=each, no_wrap=True)
    rows.add_column(ratio=1, overflow="fold")
    for (number, *told), text in zip(facts, words, strict=True):
        if beside:
            rows.add_row(number, *told, Text(text))
        else:
            rows.add_row(number, "  ".join(told))
            rows.add_row("", Text(text))
    return rows


def say_finding(screen: Screen, finding: Finding) -> None:
    """One finding in a line."""
    said = screen.said
    colour, mark = MARKS[finding.severity]
    where = said("shot {number}: ", number=finding.shot) if finding.shot is not None else ""
    what, helps = (known_or(one, said.language) for one in (shortened(finding.message), finding.remedy))
    told = said("{what} {helps}", what=what, helps=helps)
    screen.show(f"  [{colour}]{said(mark)}[/{colour}]  {where}{told}")


def say_writer(screen: Screen, spent: "Spent") -> None:
    """Which language model wrote it, and for how much; nothing where none did."""
    said = screen.said
    if spent.requests:
        price = said("a price that is not known") if spent.cost_usd is None else paid_text(spent.cost_usd)
        screen.say(
            said("Written"),
            said(
                "by {model}: {tokens_in} tokens read, {tokens_out} written, {price}",
                model=spent.model,
                tokens_in=spent.tokens_in,
                tokens_out=spent.tokens_out,
                price=price,
            ),
        )


def cost_text(said: Voice, film: Film, unbilled: Collection[str]) -> str:
    """What a film has cost so far, and what is held besides; where the price of some calls is not known, that."""
    cost = paid_text(film.cost_usd)
    if unbilled and film.cost_usd:
        cost = said("at least {price}, the rest is not known: look at the provider's bill", price=cost)
    elif unbilled:
        cost = said("not known: look at the provider's bill")
    return (
        said("{cost}, and {held} held until it is settled", cost=cost, held=paid_text(film.held_usd)) if film.held_usd else cost
    )


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
    said, path = screen.said, film.delivered
    if path is not None:
        beside = said("(storyboard, takes and contact sheet beside it)")
        length = clock(film.seconds or 0)
        screen.say(said("Film"), f"{shown(path)}   {length}   {size_text(said, path.stat().st_size)}   {beside}")
    took, cost = clock(runs.seconds), cost_text(said, film, unbilled)
    if runs.count > 1:
        told = said.ngettext(
            "took {time} in {number} run, cost {cost}",
            "took {time} in {number} runs, cost {cost}",
            runs.count,
            time=took,
            cost=cost,
        )
        screen.say("", told)
    else:
        screen.say("", said("took {time}, cost {cost}", time=took, cost=cost))


def shown(path: Path) -> Path:
    """A path as short as it can be said from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def say_films(screen: Screen, films: Sequence[Film], unbilled: Mapping[str, Collection[str]]) -> None:
    """The shelf as a table."""
    from rich.table import Table

    said = screen.said
    if not films:
        screen.say(said("No films yet."), f' {said("Make one:")}  storyreel make "{said("A harbour at dawn")}"')
        return
    rows = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    columns = ((said("film"), max(len(film.id) for film in films)), (said("state"), 9), (said("length"), 6))
    for column, width in (*columns, (said("cost"), 5), (said("made"), 16)):
        rows.add_column(column, no_wrap=True, min_width=width)
    rows.add_column(said("title"), ratio=1, no_wrap=True, overflow="ellipsis")
    for film in films:
        length = clock(film.seconds if film.seconds is not None else film.storyboard.seconds)
        cost = said("not known") if unbilled.get(film.id) else paid_text(film.cost_usd)
        cost += " + " + said("{price} held", price=paid_text(film.held_usd)) if film.held_usd else ""
        made = f"{film.created.astimezone():%Y-%m-%d %H:%M}"
        rows.add_row(film.id, said.word(film.state), length, cost, made, film.title)
    screen.show(rows)


def say_shots(screen: Screen, shots: Sequence[ShotReport]) -> None:
    """The shots of a film, each with its take."""
    from rich.table import Table
    from rich.text import Text

    said = screen.said
    rows = Table.grid(padding=(0, 2))
    for _ in range(4):
        rows.add_column()
    rows.add_column(overflow="fold")  # a path is of use only whole
    for shot in shots:
        where = Text(str(shown(shot.path)) if shot.path else "", style="dim")
        words = Text(shortened(shot.text))
        rows.add_row(f"  {shot.index:>2}", said.seconds(shot.seconds), said.word(shot.state), words, where)
        if shot.findings:
            rows.add_row("", "", "", Text(findings_text(said, shot.findings), style="yellow"), "")
    screen.show(rows)


def say_swept(screen: Screen, swept: "Swept", *, dry_run: bool) -> None:
    """What `gc` removed."""
    said = screen.said

    def blobs(number: int) -> str:
        return said.ngettext("{number} blob", "{number} blobs", number)

    leftovers = said.ngettext("{number} leftover", "{number} leftovers", swept.leftovers)
    gone = {"blobs": blobs(swept.blobs), "leftovers": leftovers, "size": size_text(said, swept.bytes)}
    kept = {"kept": blobs(swept.kept), "kept_size": size_text(said, swept.kept_bytes)}
    if dry_run:
        told = said("would remove {blobs} and {leftovers}, {size}; kept {kept}, {kept_size}", **gone, **kept)
    else:
        told = said("removed {blobs} and {leftovers}, {size}; kept {kept}, {kept_size}", **gone, **kept)
    screen.say(said("Sweep"), told)
