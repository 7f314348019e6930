"""What helps, as who calls a tool has it: other tools, and arguments. What no tool does is told as the command line has it."""

from collections.abc import Mapping

from storyreel.domain.advice import Remedy

BY_TOOLS: Mapping[Remedy, str] = {
    Remedy.BUDGET: "`budget_usd`",
    Remedy.ALLOW_UNPRICED: "`allow_unpriced`",
    Remedy.AT_ANY_PRICE: "`budget_usd`",
    Remedy.DRAW: '`model` "animatic"',
    Remedy.WRITE_BY_RULES: '`writer` "rules"',
    Remedy.KEYFRAMES: '`joins` "keyframes"',
    Remedy.CHAIN: '`joins` "chain"',
    Remedy.ANIMATE: "`animate_image`",
    Remedy.MODELS: "`list_models`",
    Remedy.RESUME: "`resume_film`",
    Remedy.GO_ON: "`resume_film`",
    Remedy.APPROVE: "`approve_film`",
    Remedy.RETAKE: "`retake_shot`",
    Remedy.REWORD: "`retake_shot` with another `prompt`",
}
