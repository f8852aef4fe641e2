"""The camps of the people whom an article names, by all that it says of them.

"Rebel spokesman Ali Noor" of the first paragraph is "Colonel Noor" in the third: a rank alone would make him the
state's. Where an article says two things of one name, it says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from claimstream.judging import sources


def of_article(said: Iterable[str], interest: Callable[[str], str]) -> Mapping[str, str]:
    """Last name -> camp, of the speakers (`said`) whose words tell more than a rank.

    `interest` gives the camp that words name by themselves.
    """
    camps: dict[str, set[str]] = {}
    for words in said:
        person = sources.person(words)
        found = interest(sources.unranked(words)) if person else ""
        if found:
            camps.setdefault(person, set()).add(found)
    return {person: found.pop() for person, found in camps.items() if len(found) == 1}
