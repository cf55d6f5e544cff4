"""Made-up people: the same person for the same number, whoever asks and whenever."""

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from techfair.core.vietnamese import search_key
from techfair.demo import source

KINDS = {"visitor": 940, "guest": 35, "press": 15, "vip": 10}


@dataclass(frozen=True)
class Person:
    """Who somebody is: what a registration form would say."""

    full_name: str
    organisation: str
    kind: str
    province_code: str
    email: str | None


@cache
def words() -> dict[str, Any]:
    return source.read("people")


def name(random: Random) -> str:
    """A name as people of the Central Highlands have it: mostly Vietnamese, one in twelve Jrai, Bahnar or Ede."""
    if random.random() < 1 / 12:
        naming = random.choice(words()["highlands"])
        return f"{random.choice(naming['first'])} {random.choice(naming['last'])}"
    sex = words()[random.choice(("women", "men"))]
    return f"{_weighed(random, words()['family'])} {random.choice(sex['middle'])} {random.choice(sex['given'])}"


def visitor(number: int) -> Person:
    """The person of this number among the fair's visitors."""
    random = Random(f"visitor {number}")
    full_name, kind = name(random), _weighed(random, KINDS)
    organisation = random.choice(words()["newspapers"]) if kind == "press" else _organisation(random)
    address = None if random.random() < 0.2 else f"{search_key(full_name).replace(' ', '.')}.{number}@example.vn"
    return Person(full_name, organisation, kind, _weighed(random, words()["neighbours"]), address)


def _organisation(random: Random) -> str:
    """Where somebody works; two of five come for themselves."""
    if random.random() < 0.4:
        return ""
    family, given = _weighed(random, words()["family"]), random.choice(words()["men"]["given"])
    pattern: str = random.choice(words()["organisations"])
    return pattern.format(district=random.choice(words()["districts"]), family=family, given=given)


def _weighed(random: Random, shares: dict[str, int]) -> str:
    return random.choices(list(shares), list(shares.values()))[0]
