"""What is heard in a shot, as a cue in the film's language."""

from storyreel.domain.values import Language
from storyreel.writing.visual.drafts import Draft, Role
from storyreel.writing.visual.moments import Moment
from storyreel.writing.words import table

_MOST_CUES = 3


def sound_of(draft: Draft, moment: Moment, language: Language) -> str:
    """The cue: the weather, the place, who moves in it; at most three things."""
    setting = moment.setting
    keys: list[tuple[str, str]] = [("weathers", setting.weather.value)]
    if setting.place:
        keys += [("places", one) for one in setting.place.ambience[:1]]
    if draft.role in {Role.MAIN, Role.FEET, Role.AGAIN}:
        keys += [("kinds", one.concept.id) for one in (*moment.things, *(actor.seen for actor in moment.actors)) if one.concept]
        keys += [("intents", moment.intent.id)] if _heard(moment) else []
    cues = [table("sounds")[group][key][language.value] for group, key in keys if key in table("sounds")[group]]
    mark = "，" if language is Language.CHINESE else ", "
    return mark.join(dict.fromkeys(cues[:_MOST_CUES]))


def _heard(moment: Moment) -> bool:
    return bool(moment.actors)
