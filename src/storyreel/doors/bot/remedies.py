"""What helps, as a person in a chat has it: the bot's commands, its buttons, its owner; in the words of English messages."""

from collections.abc import Mapping

from storyreel.domain.advice import Remedy

BY_CHAT: Mapping[Remedy, str] = {
    Remedy.BUDGET: "its limit, which the owner of this bot sets",
    Remedy.ALLOW_UNPRICED: "a word from the owner of this bot",
    Remedy.AT_ANY_PRICE: "the button that tells the new price",
    Remedy.DRAW: "a draft, which is free",
    Remedy.WRITE_BY_RULES: "words that are written by rules",
    Remedy.KEYFRAMES: "reference pictures",
    Remedy.CHAIN: "one after another",
    Remedy.ANIMATE: "a picture of your own",
    Remedy.MODELS: "“Another model”",
    Remedy.FILMS: "/films",
    Remedy.RESUME: "“Go on with it”",
    Remedy.GO_ON: "“Go on with it”",
    Remedy.ATTENTION: "the owner of this bot",
    Remedy.APPROVE: "the film's page",
    Remedy.UNLOCK: "the film's page",
    Remedy.RETAKE: "“Retake a shot”",
    Remedy.REWORD: "“Other words”",
    Remedy.TOOLS: "“🧰 Tools”",
    Remedy.ASSET: "a picture sent here",
}
