"""What a film is called on disk and on the command line: safe, short, and told from its title."""

import re
import unicodedata

CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i yi ye g u".replace("-", "").split(" "),
        strict=True,
    )
)
WEAK_WORDS = """
a an the of in on at to by and or but for from with into over as is are was were it its his her their he she they that this
v vo na i s so k ko o ob u po za iz ot do dlya a no ili eto kak pod nad pri
"""
WEAK = frozenset(WEAK_WORDS.split())
MOST_WORDS = 3
LONGEST_WORD = 16  # characters
TOKEN = 4  # characters
UNSAFE = re.compile(r"[^a-z0-9]+")


def new_film_id(title: str, token: str) -> str:
    """An id such as 'old-lighthouse-keeper-7k2m': strong words of the title, then four characters of a random token.

    Raises ValueError for a token that is shorter or is not lower-case ASCII letters and figures.
    """
    if len(token) < TOKEN or UNSAFE.search(token):
        raise ValueError(f"{token!r} is not a token of at least {TOKEN} characters from a-z and 0-9")
    latin = "".join(CYRILLIC.get(character, character) for character in unicodedata.normalize("NFC", title).lower())
    plain = unicodedata.normalize("NFKD", latin.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    words = UNSAFE.sub(" ", plain).split()
    strong = [word for word in words if word not in WEAK] or words
    slug = "-".join(word[:LONGEST_WORD] for word in strong[:MOST_WORDS])
    return f"{slug or 'film'}-{token[:TOKEN]}"
