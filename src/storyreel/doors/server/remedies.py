"""What helps, as a caller of REST has it: fields of a request, and routes."""

from collections.abc import Mapping

from storyreel.domain.advice import Remedy, recalled

REMEDIES: Mapping[Remedy, str] = {
    Remedy.BUDGET: "`budget`",
    Remedy.ALLOW_UNPRICED: "`allow_unpriced`",
    Remedy.AT_ANY_PRICE: "`at_any_price`",
    Remedy.DRAW: '`model` "animatic"',
    Remedy.WRITE_BY_RULES: '`writer` "rules"',
    Remedy.KEYFRAMES: '`joins` "keyframes"',
    Remedy.CHAIN: '`joins` "chain"',
    Remedy.ANIMATE: "a `first_frame`",
    Remedy.MODELS: "`GET /v1/models`",
    Remedy.FILMS: "`GET /v1/films`",
    Remedy.RESUME: "`POST /v1/films/{film}/resume`",
    Remedy.APPROVE: "`POST /v1/films/{film}/approve`",
    Remedy.UNLOCK: "`POST /v1/films/{film}/shots/{shot}/unlock`",
    Remedy.RETAKE: "`POST /v1/films/{film}/shots/{shot}/retake`",
    Remedy.REWORD: "`POST /v1/films/{film}/shots/{shot}/retake` with another `prompt`",
    Remedy.GO_ON: "`POST /v1/films/{film}/resume`",
    Remedy.ATTENTION: "`storyreel attention` where the server runs",
    Remedy.SWEEP: "`storyreel gc` where the server runs",
    Remedy.KEYS: "`storyreel keys list` where the server runs",
    Remedy.WORKER: "`storyreel worker` beside the server",
    Remedy.ASSET: "the id of an asset of yours",
}


def as_kept(message: str, film: str) -> str:
    """A film's message that was kept in the command line's words, in these."""
    return recalled(message, film).worded(REMEDIES)
