"""Whose each verb of a beat is."""

import re
from collections.abc import Sequence

from storyreel.domain.storyboard import Pose
from storyreel.domain.values import Language
from storyreel.writing.verbs import action, intent
from storyreel.writing.visual.seen import Seen
from storyreel.writing.words import Hit, field_words, folded

_RU_OWN = r"(?:\w+(?:[ыи]м|[ое]й|[ое]м|[ое]го|[ую]ю|[ыи]х|[ыи]ми)\s+)?$"
_RU_ALONG = re.compile(rf"\b(?:с|со|в|во|на|под|за|из|у|без|при)\s+{_RU_OWN}", re.IGNORECASE)
_ZH_ALONG = re.compile(r"(?:[撑打拿握提举背抱带穿戴推扛捧端牵领]着|[把将用])[^，。；、！？]{0,4}$")
_WITH = {  # what stands before a living being that goes along with somebody
    Language.ENGLISH: re.compile(
        r"\b(?:with|walk(?:s|ed|ing)?)\s+(?:a|an|the|his|her|their|its|two|three)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
    ),
    Language.RUSSIAN: re.compile(rf"\b(?:с|со)\s+{_RU_OWN}", re.IGNORECASE),
    Language.CHINESE: re.compile(r"[牵带领遛推]着?(?:[一两三][个位只名条匹头群])?[^，。；、！？]{0,3}$"),
}
_TOGETHER = {Pose.WALK, Pose.RUN}  # what a companion does as well
_NAMED_NEXT = re.compile(
    r"\s*(?!(?:and|or|и|или)\b)[\w-]+(?:\s+(?!(?:and|or|и|или)\b)[\w-]+)?|[^，。；、！？和与]{0,4}", re.IGNORECASE
)


_AT_REST = {Pose.LIE, Pose.SIT, Pose.STAND}
_RIGHT_BEHIND = re.compile(r"\s+(?:(?:a|an|the|his|her|its|their)\s+)?(?:\w+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)\s+)?", re.IGNORECASE)
_RIGHT_BEHIND_WHOM = re.compile(r"[^\w,.;:!?，。；]*(?:[\w'-]+\s+){0,3}|.{0,4}")
_BESIDE_WHOM = re.compile(r"him|her|them|it|me|us|нее|неё|нею|него|нему|ним|ней|нём|нем|них|ними|нами|мной|мне", re.IGNORECASE)
_ZH_AMID = re.compile(r"(?:在|冒着|顶着)[^，。；、]{0,6}$")  # 在雨中踢球: the rain is where it is done
_IN_A_WHEELCHAIR = re.compile(
    r"\s+in\s+(?:a|an|the|his|her)\s+(?:\w+\s+)?wheelchair|\s+(?:в|на)\s+инвалидно[мй]\s+(?:кресле|коляске)|坐?在?轮椅",
    re.IGNORECASE,
)


def who_does(
    living: list[Seen], seen: tuple[Seen, ...], hits: tuple[Hit, ...], words: str, shift: int, language: Language
) -> dict[str, Hit]:
    """The weightiest verb of each who does something, by member or name; `shift` is where the words begin in what was seen."""
    done: dict[str, Hit] = {}
    for hit in (one for one in hits if not _is_of_a_thing(one, seen, words, shift, language)):
        who = _whose(hit, living, words, shift, language, is_first=hit is hits[0])
        beside = (*_companions(who, hit, living, words, shift, language), *_chased(hit, living, words, shift)) if who else ()
        together = (*together_with(who, living, words, shift), *beside) if who else ()
        for one in together:
            key = one.member or one.name
            if key not in done or _weight(hit) > _weight(done[key]):
                done[key] = hit
    for one in living:
        if (key := one.member or one.name) not in done and (told := _described(one, words, shift, language)):
            done[key] = told
    return done


def doers_first(living: list[Seen], hits: tuple[Hit, ...], words: str, shift: int) -> list[Seen]:
    """The same, with those first who stand behind the verb of what they do: «за ней гонится волк» is about the wolf."""
    turned = [_said_after(hit, living, words, shift) for hit in hits]
    return sorted(living, key=lambda one: not any(one is other for other in turned))


def _described(one: Seen, words: str, shift: int, language: Language) -> Hit | None:
    """What a word before somebody tells that they do: "a sleeping dragon", «спящего дракона», 熟睡的龙."""
    if seated := _IN_A_WHEELCHAIR.match(words, max(0, one.end - shift)):
        return Hit("rest", seated.start(), seated.end())
    whole = words[: max(0, one.end - shift)]
    hits = field_words("described", language).find(whole)
    return hits[-1] if hits and _NAMED_NEXT.fullmatch(whole, hits[-1].end) else None


def _whose(hit: Hit, living: list[Seen], words: str, shift: int, language: Language, *, is_first: bool) -> Seen | None:
    """The last named before a verb, else (a verb that comes first) the next one named."""
    if not living:
        return None
    if (turned := _said_after(hit, living, words, shift)) is not None:
        return turned
    before = [one for one in living if one.end - shift <= hit.start]
    before = [one for one in before if not (one is not before[0] and _is_companion(one, words, shift, language))]
    after = [one for one in living if one.start - shift >= hit.end]
    if before:
        return before[-1]
    if len(after) > 1 and language is Language.CHINESE and after[0].start - shift == hit.end:
        return after[1]  # 看到摄影师，它走过来: who stands right after the verb is seen, and does not see
    return after[0] if after and (is_first or len(living) == 1) else living[0]


def _said_after(hit: Hit, living: list[Seen], words: str, shift: int) -> Seen | None:
    """Who stands right behind the verb of a clause that begins with a place: «рядом спит кот», «к нему подходит мальчик»."""
    after = next((one for one in living if _RIGHT_BEHIND.fullmatch(words, hit.end, max(hit.end, one.start - shift))), None)
    if after is None or folded(words[after.start - shift : after.end - shift]) not in folded(after.name):
        return None
    clause = max(words.rfind(mark, 0, hit.start) for mark in ",;:—") + 1
    before = [one for one in living if clause < one.end - shift <= hit.start]
    if not before and action(hit.value).pose not in _AT_REST:
        return None
    return after if all(_BESIDE_WHOM.fullmatch(words[one.start - shift : one.end - shift]) for one in before) else None


def _is_of_a_thing(hit: Hit, seen: tuple[Seen, ...], words: str, shift: int, language: Language) -> bool:
    """Whether what stands right before a verb, and so does it, is weather or a thing ("snow falls"); or it is weather itself."""
    before, weather = words[: hit.start].rstrip(), field_words("weather", language).find(words)
    if any(one.start <= hit.start and hit.end <= one.end for one in weather):
        return True
    if any(one.end - shift == len(before) for one in seen if one.lives) or _ZH_AMID.search(before):
        return False
    things = [one for one in seen if not one.lives and not _is_along(one, words, shift, language)]
    ends = [one.end - shift for one in things] + [one.end for one in weather]
    article = language is Language.ENGLISH and bool(
        re.search(r"(?:^|[,;.]\s*|\b(?:and|while|as|when)\s+)(?:the|a|an)\s+\w+$", before, re.IGNORECASE)
    )
    if language is Language.ENGLISH and re.search(
        r"\b(?:in|on|at|of|with|by|from|to|through|across|into)\s+(?:\w+\s+){0,3}\w+$", before[-40:]
    ):
        return False
    return article or len(before) in ends


def _is_along(thing: Seen, words: str, shift: int, language: Language) -> bool:
    """Whether a thing only goes with somebody: «девочка с красным зонтом бежит», 女孩撑着红伞跑过桥."""
    before = words[: thing.start - shift]
    if language is Language.CHINESE:
        return bool(_ZH_ALONG.search(before))
    told = words[thing.start - shift : thing.end - shift]
    return language is Language.RUSSIAN and folded(told) != folded(thing.name) and bool(_RU_ALONG.search(before))


def _is_companion(one: Seen, words: str, shift: int, language: Language) -> bool:
    """Whether somebody only goes along with another: «старик с белой собакой идёт», "walks his dog"."""
    return bool(_WITH[language].search(words[: max(0, one.start - shift)]))


def _companions(who: Seen, hit: Hit, living: list[Seen], words: str, shift: int, language: Language) -> list[Seen]:
    """Those who go along with somebody in one clause, where both do what the verb says."""
    if action(hit.value).pose not in _TOGETHER:
        return []

    def in_one_clause(one: Seen) -> bool:
        first, last = min(who.start, one.start, hit.start + shift), max(who.end, one.end, hit.end + shift)
        return not re.search(r"[,.;:!?，。；：！？]", words[max(0, first - shift) : last - shift])

    along = [one for one in living if one is not who and _is_companion(one, words, shift, language)]
    return [one for one in along if in_one_clause(one)]


def _chased(hit: Hit, living: list[Seen], words: str, shift: int) -> list[Seen]:
    """Who is chased runs as well: "two policemen chase a thief", «собака гонится за кошкой», «за ней гонится волк», 猫追老鼠."""
    if hit.value != "chase":
        return []
    if (turned := _said_after(hit, living, words, shift)) is not None:
        return [one for one in living if one is not turned and one.end - shift <= hit.start][-1:]
    behind = [one for one in living if one.start - shift >= hit.end]
    return [one for one in behind[:1] if _RIGHT_BEHIND_WHOM.fullmatch(words, hit.end, one.start - shift)]


def together_with(who: Seen, living: Sequence[Seen], words: str, shift: int) -> list[Seen]:
    """Somebody, and those who are told of together with them: "they", "a boy and a girl"."""
    found = [one for one in living if (one.start, one.end) == (who.start, who.end)]
    for one in living:
        first, last = (one, who) if one.end <= who.start else (who, one)
        between = folded(words[first.end - shift : last.start - shift])
        is_named = first.end > first.start  # or only goes on: "and catches it"
        if (
            one not in found
            and is_named
            and re.fullmatch(
                r"\s*(?:and|и|和|与|跟|&|,|、)\s*(?:(?:a|an|the|his|her|their|一[个位只名条])\s*)?(?:\w+\s)?", between
            )
        ):
            found.append(one)
    return found


def _weight(hit: Hit) -> int:
    return intent(action(hit.value).intent).weight
