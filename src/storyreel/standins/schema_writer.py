"""A small writer in place of a language model: a valid answer to any JSON schema, made of the words it was given.

It thinks nothing out. Sentences become the items of a story's arrays, JSON in the question is echoed where the answer has the
same names, identifiers that were given out are used again, and everything keeps to types, enumerations, bounds and patterns.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from storyreel.domain.values import JSON, dict_of
from storyreel.standins.pattern import text_for
from storyreel.standins.wording import Seen, colours_of, echoes_of, language_of, sentences_of, singular, worded

STORY = {"scenes", "shots", "beats", "clips", "segments", "parts", "paragraphs", "steps", "panels", "chapters"}
IDENTITIES = {"id", "key", "slug", "ref", "uid", "handle"}
ORDINALS = {"number", "index", "order", "position", "no"}
SAMPLES = {
    "date": "2026-11-21",
    "date-time": "2026-11-21T10:00:00Z",
    "time": "10:00:00Z",
    "duration": "PT5S",
    "email": "writer@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "uuid": "6f1d3c1e-5c52-4f0a-9a83-0d3b0c3f6a11",
}

Schema = Mapping[str, JSON]


@dataclass(frozen=True, slots=True)
class Told:
    """What the writer was given."""

    text: str
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the answer something is written."""

    name: str
    nth: int  # among its siblings, from 0
    words: tuple[str, ...]  # the sentences that belong here
    echo: JSON = None  # what the question holds at the same place
    of: str = ""  # the kind of thing that it describes: 'shot'


@dataclass(slots=True)
class _Writing:
    """One answer in the making."""

    told: Told
    definitions: Schema
    known: dict[str, list[str]] = field(default_factory=dict[str, list[str]])  # kind -> identifiers given out


def written(schema: JSON, told: Told) -> JSON:
    """An answer that is valid under the schema; the same question gets the same answer."""
    root = schema if isinstance(schema, dict) else {}
    writing = _Writing(told, {"#": root})
    echoes = echoes_of(told.text)
    for name, rows in echoes.items():
        ids = [str(row[key]) for row in _rows(rows) for key in IDENTITIES if key in row]
        if ids:
            writing.known.setdefault(singular(name), ids)
    return _value(writing, root, _Place("", 0, sentences_of(told.text), dict(echoes)))


def _rows(value: JSON) -> list[dict[str, JSON]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _value(writing: _Writing, schema: JSON, place: _Place) -> JSON:
    rules = _resolved(writing, schema)
    while branch := _branch(writing, rules, place):
        rules = _resolved(writing, branch)
    value: JSON = None
    match _kind(rules):
        case "const":
            value = rules["const"]
        case "enum":
            value = _chosen(_list(rules["enum"]), place, writing)
        case "object":
            value = _object(writing, rules, place)
        case "array":
            value = _array(writing, rules, place)
        case "integer" | "number" as kind:
            value = _number(rules, place, whole=kind == "integer")
        case "boolean":
            value = place.echo if isinstance(place.echo, bool) else bool(rules.get("default", False))
        case "string":
            value = _string(writing, rules, place)
        case _:
            pass
    return value


def _resolved(writing: _Writing, schema: JSON) -> dict[str, JSON]:
    """A schema with its references followed and its `allOf` merged."""
    rules: dict[str, JSON] = dict(schema) if isinstance(schema, dict) else {}
    while isinstance(ref := rules.pop("$ref", None), str):
        found: JSON = writing.definitions["#"]
        for part in ref.lstrip("#/").split("/") if ref != "#" else ():
            name = part.replace("~1", "/").replace("~0", "~")
            found = found.get(name) if isinstance(found, dict) else None
        rules = {**(found if isinstance(found, dict) else {}), **rules}
    for part in _list(rules.pop("allOf", None)):
        merged = _resolved(writing, part)
        inner = {**dict_of(rules.get("properties")), **dict_of(merged.get("properties"))}
        required = [*_list(rules.get("required")), *_list(merged.get("required"))]
        rules = {**rules, **merged, **({"properties": inner, "required": required} if inner else {})}
    return rules


def _branch(writing: _Writing, rules: Schema, place: _Place) -> JSON:
    """Of several alternatives the first that is something; nothing where nothing is known."""
    kinds = rules.get("type")
    options = _list(rules.get("anyOf")) or _list(rules.get("oneOf"))
    if isinstance(kinds, list):
        options = [{**rules, "type": kind} for kind in kinds]
    if not options:
        return None
    nothing = [option for option in options if _kind(_resolved(writing, option)) == "null"]
    something = [option for option in options if option not in nothing]
    if not something or (nothing and _is_reference(writing, something[0], place)):
        return nothing[0] if nothing else options[0]
    return something[0]


def _is_reference(writing: _Writing, schema: JSON, place: _Place) -> bool:
    """Whether a text names something else, and nothing of that kind is known."""
    rules = _resolved(writing, schema)
    plain = _kind(rules) == "string" and place.echo is None
    last = place.name.rsplit("_", 1)[-1]
    return plain and last in IDENTITIES | {"from", "to", "of", "parent"} and not writing.known.get(_kind_named(place.name))


def _kind(rules: Schema) -> str:
    if named := next((key for key in ("const", "enum") if key in rules), None):
        return named
    if isinstance(told := rules.get("type"), str):
        return told
    clues = {"properties": "object", "items": "array", "prefixItems": "array", "minimum": "number", "maximum": "number"}
    return next((kind for key, kind in clues.items() if key in rules), "string")


def _object(writing: _Writing, rules: Schema, place: _Place) -> JSON:
    properties = dict_of(rules.get("properties"))
    echo, kind = dict_of(place.echo), singular(place.name) or "item"
    answer: dict[str, JSON] = {}
    for name, inner in properties.items():
        answer[name] = _value(writing, inner, _Place(name, place.nth, place.words, echo.get(name), kind))
        if name in IDENTITIES and isinstance(made := answer[name], str) and made not in writing.known.get(kind, ()):
            writing.known.setdefault(kind, []).append(made)
    extra = rules.get("additionalProperties")
    least = _whole(rules.get("minProperties")) or (0 if properties else 1)
    if isinstance(extra, dict):
        for nth in range(len(answer), least):
            answer[f"{place.name or 'entry'}_{nth + 1}"] = _value(writing, extra, _Place(place.name, nth, place.words))
    return answer


def _array(writing: _Writing, rules: Schema, place: _Place) -> JSON:
    fixed, items = _list(rules.get("prefixItems")), rules.get("items", {})
    of_text = _kind(_resolved(writing, items)) == "string"
    if of_text and (named := _named(writing, rules, place)):
        return named
    count, echoes = _how_many(writing, rules, place), _list(place.echo)
    answer: list[JSON] = []
    for nth in range(count):
        words = _share(place.words, nth, count) if place.name in STORY or of_text else place.words
        echo = echoes[nth] if nth < len(echoes) else None
        answer.append(_value(writing, fixed[nth] if nth < len(fixed) else items, _Place(place.name, nth, words, echo)))
    return _distinct(answer, rules)


def _named(writing: _Writing, rules: Schema, place: _Place) -> list[JSON]:
    """Identifiers that were given out before, where such are listed: one, or all where several must be."""
    known = writing.known.get(_kind_named(place.name))
    if not known or isinstance(place.echo, list):
        return []
    least, most = _whole(rules.get("minItems")) or 0, _whole(rules.get("maxItems"))
    return [known[place.nth % len(known)]] if least <= 1 else list(known[: most or len(known)])


def _how_many(writing: _Writing, rules: Schema, place: _Place) -> int:
    """How many items a list has, within its bounds."""
    fixed, items = _list(rules.get("prefixItems")), rules.get("items", {})
    least, most = _whole(rules.get("minItems")) or 0, _whole(rules.get("maxItems"))
    count = len(fixed) if fixed and items in ({}, False) else _count(writing, items, place)
    return max(least, len(fixed), count if most is None else min(count, most))


def _count(writing: _Writing, items: JSON, place: _Place) -> int:
    """How many items a list should have: as many as were given or asked for, or one for each sentence of a story."""
    if isinstance(place.echo, list) and place.echo:
        return len(place.echo)
    one = singular(place.name)
    if asked := re.search(rf"\b(\d{{1,3}})\s+(?:[\w-]+\s+)?{re.escape(one)}s?\b", writing.told.text, re.IGNORECASE):
        return int(asked[1])
    if place.name not in STORY:
        return min(3, len(colours_of(writing.told.seen))) or 1 if one in {"colour", "color", "palette"} else 1
    deeper = any(name in STORY for name in dict_of(_resolved(writing, items).get("properties")))
    return max(1, -(-len(place.words) // 3) if deeper else len(place.words))


def _share(words: tuple[str, ...], nth: int, count: int) -> tuple[str, ...]:
    """The sentences of the nth of so many parts; each has at least one."""
    if not words:
        return ()
    start, end = nth * len(words) // count, (nth + 1) * len(words) // count
    return words[start:end] or (words[min(start, len(words) - 1)],)


def _distinct(answer: list[JSON], rules: Schema) -> list[JSON]:
    if not rules.get("uniqueItems"):
        return answer
    kept: list[JSON] = []
    for item in answer:
        kept.append(item if item not in kept else f"{item} {len(kept) + 1}" if isinstance(item, str) else item)
    return kept


def _chosen(options: Sequence[JSON], place: _Place, writing: _Writing) -> JSON:
    """The option that was given, or that the words name; otherwise the first that is something."""
    if place.echo in options:
        return place.echo
    texts = [option for option in options if isinstance(option, str)]
    if "lang" in place.name and (language := language_of(writing.told.text)) in texts:
        return language
    hay = " ".join(place.words).lower()
    named = (option for option in texts if re.search(rf"\b{re.escape(option.lower().replace('_', ' '))}\b", hay))
    return next(chain(named, (option for option in options if option is not None)), None)


def _number(rules: Schema, place: _Place, *, whole: bool) -> JSON:
    least, most = _bound(rules, "inimum", 1, whole=whole), _bound(rules, "aximum", -1, whole=whole)
    value = _wished_number(rules, place, least, most)
    value = value if least is None else max(value, least)
    value = value if most is None else min(value, most)
    if step := _real(rules.get("multipleOf")):
        value = step * -(-(least or 0) // step) if value < step else step * (value // step)
    return round(value) if whole else value


def _wished_number(rules: Schema, place: _Place, least: float | None, most: float | None) -> float:
    """The number that would stand here, before its bounds are looked at."""
    for told in (place.echo, rules.get("default")):
        if (known := _real(told)) is not None:
            return known
    if place.name in ORDINALS:
        return place.nth + (0.0 if least == 0 else 1.0)
    if re.search("second|duration|length", place.name):
        return 5.0
    return 1.0 if least is None or most is None else (least + most) / 2


def _bound(rules: Schema, ending: str, inwards: int, *, whole: bool) -> float | None:
    """A lower or an upper bound, with an exclusive one brought just inside."""
    near = "m" + ending
    plain, exclusive = _real(rules.get(near)), _real(rules.get(f"exclusiveM{ending}"))
    if exclusive is None:
        return plain
    return exclusive + inwards * (1 if whole else 1e-3 * max(1.0, abs(exclusive)))


def _string(writing: _Writing, rules: Schema, place: _Place) -> str:
    least, most = _whole(rules.get("minLength")) or 0, _whole(rules.get("maxLength"))
    text = _wished(writing, rules, place)
    if most is not None and len(text) > most:
        text = text[:most].rsplit(" ", 1)[0] if " " in text[:most].strip() else text[:most]
    while len(text) < least:
        text = f"{text} {text}"[: most or None] if text else "and so on"
    pattern = rules.get("pattern")
    if isinstance(pattern, str) and not re.search(pattern, text):
        fitting = (attempt for attempt in _attempts(text) if re.search(pattern, attempt) and len(attempt) >= least)
        text = next(fitting, text_for(pattern) or text)
    return text


def _wished(writing: _Writing, rules: Schema, place: _Place) -> str:
    """The text that would stand here, before its length and pattern are looked at."""
    if isinstance(place.echo, str):
        return place.echo
    if isinstance(form := rules.get("format"), str) and form in SAMPLES:
        return SAMPLES[form]
    if place.name in IDENTITIES:
        return f"{place.of}-{len(writing.known.get(place.of, ())) + 1}"
    if known := writing.known.get(_kind_named(place.name)):
        return known[place.nth % len(known)]
    if isinstance(told := rules.get("default"), str) and told:
        return told
    return worded(singular(place.name), place.nth, place.words, writing.told.seen)


def _attempts(text: str) -> Sequence[str]:
    """Texts that might fit a pattern: what was meant, tidied in several ways."""
    tidy = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    words = tidy.split("-")
    return (tidy, "_".join(words), "-".join(words[:3]), words[0], words[0].upper(), text.capitalize(), f"x{tidy}")


def _kind_named(name: str) -> str:
    """What kind of thing a reference such as 'character_ids' names."""
    return singular(re.sub(r"_(ids?|keys?|refs?|slugs?)$", "", name))


def _list(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []


def _whole(value: JSON) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _real(value: JSON) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
