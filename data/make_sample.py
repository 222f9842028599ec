"""Writes the sample corpus of `data/sample/`: invented news sentences in the schema of CoNLL04.

    python data/make_sample.py                 # train.txt, dev.txt, test.txt beside this script, in sample/
    python data/make_sample.py --vectors       # the word vectors, vectors.txt, as well (needs gensim)
    python data/make_sample.py --output DIR    # somewhere else

The sentences come from the grammar below. Its rules carry their own annotation: a mention form makes a
mention, and what stands after `|` makes relations. The same seed gives the same bytes on every
Python: the only source of chance is `random.Random.random()`, whose sequence Python promises to keep.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

SEED = 1804
SPLIT_SIZES = {"train": 480, "dev": 100, "test": 150}
SHORTEST, LONGEST = 6, 30
SHARED_NAMES = 0.5  # how often a name part comes from those all splits share

VECTOR_SENTENCES = 50000
VECTOR_DIM = 32
VECTOR_MIN_COUNT = 3
NAMES_WITHOUT_VECTOR = 0.1

# ---------------------------------------------------------------------------------------------------
# The grammar. One alternative a line: an optional weight, the words, and after `|` the relations.
# <rule> expands a rule, <x=rule> gives its head mention the name x, and h names the head of the phrase
# itself. A relation to a place also holds for the place that it is said to lie in: in "lives in A , B"
# both A and B are where the person lives.
# ---------------------------------------------------------------------------------------------------

# Mention forms: the rule's name, the entity type, the alternatives.
MENTIONS: dict[str, tuple[str, str]] = {
    "person": ("Peop", "8 <first> <surname>\n 2 <first> <initial> <surname>\n 1 <first> <ambiguous>"),
    # A bare surname, for places where the words around it say that it is a person.
    "surname_only": ("Peop", "3 <surname>\n 4 <ambiguous>"),
    "town_sure": ("Loc", "10 <town_name>\n 1 Port <town_name>\n 1 New <town_name>"),
    # A town that may also be a person's or a company's name, for places after "in" and the like.
    "town": ("Loc", "10 <town_name>\n 4 <ambiguous>\n 1 Port <town_name>\n 1 New <town_name>"),
    "country": ("Loc", "8 <land>\n 1 <town_name> County\n 1 <town_name> Province\n 1 North <land>"),
    "street": ("Loc", "<ambiguous> Street\n <surname> Street\n Lake <town_name>\n <ambiguous> Bridge"),
    "firm": (
        "Org",
        """2 <brand> Corp.
        2 <brand> Ltd.
        2 <brand> Industries
        1 <brand> Airlines
        3 <brand>
        1 <acronym>
        2 <ambiguous> Industries
        1 <ambiguous> & Sons
        1 <land> Airlines""",
    ),
    "institution": (
        "Org",
        """1 <surname> Institute
        1 <ambiguous> Institute
        2 University of <town_name>
        1 Bank of <land>
        1 <town_name> Police Department
        1 <town_name> Herald
        1 <acronym>""",
    ),
    # A company called like a person or a town, for places where only an organisation fits.
    "org_only": ("Org", "4 <ambiguous>\n 2 <brand>\n 1 <acronym>"),
    "award": ("Other", "<surname> Prize\n <ambiguous> Prize\n <town_name> Cup"),
    "law": ("Other", "Treaty of <town_name>\n <ambiguous> Act\n <surname> Act"),
    "title": ("Other", "The <adjective> <noun>\n <adjective> <noun>\n The <noun> of <town_name>"),
    "product": ("Other", "<brand> <model>\n <acronym> <model>"),
    "demonym": ("Other", "<demonym_name>"),
}

GRAMMAR: dict[str, str] = {
    # --- phrases around one mention, the head h -----------------------------------------------------
    "place": """
        12 <h=town>
        4 <h=town> , <c=country> ,                             | h Located_In c
        2 <h=town> in <direction> <c=country>                  | h Located_In c
        2 <h=town> , <number> miles from <t=town_sure> ,
    """,
    "somebody": """
        18 <h=person>
        3 Mr. <h=surname_only>
        2 Mrs. <h=surname_only>
        2 <h=surname_only> , <age> ,
        2 <h=person> , <age> ,
        2 <h=person> of <l=town_sure>                          | h Live_In l
        3 <h=person> , who lives in <l=town> ,                 | h Live_In l
        3 <h=person> , <job> at <o=org> ,                      | h Work_For o
        2 <o=org> <role> <h=person>                            | h Work_For o
        3 <h=person> , who lives in <l=town> and works for <o=org> , | h Live_In l; h Work_For o
        2 <h=person> , who <hostile> <o=org> ,
        2 <h=person> , who <passes> <l=town> ,
        3 the <x=demonym> <profession> <h=person>
    """,
    "org": """
        9 <h=firm>
        5 the <h=institution>
    """,
    "company": """
        10 <h=org>
        3 <h=org> , based in <l=town> ,                        | h OrgBased_In l
        2 the <l=town_sure> - based <h=firm>                   | h OrgBased_In l
        1 the <x=demonym> company <h=firm>
    """,
    # --- what a sentence says ------------------------------------------------------------------------
    "kill": """
        6 <a=somebody> <killed> <b=somebody> <kill_tail>               | a Kill b
        6 <b=somebody> was <killed_passive> by <a=somebody> <kill_tail> | a Kill b
        2 <a=person> <killed> <b=person> and <c=person> <kill_tail>    | a Kill b; a Kill c
        2 <b=person> 's <killer> , <a=person> , <fate> <when>          | a Kill b
        3 <a=person> was convicted of <killing> <b=person> <kill_tail> | a Kill b
        2 <a=person> was cleared of <killing> <b=person> <when>
        4 <a=somebody> <meets> <b=somebody> <meet_tail>
        3 <b=somebody> was <meets_passive> by <a=somebody> <meet_tail>
    """,
    "work": """
        4 <p=somebody> works for <o=company> <work_tail>                           | p Work_For o
        2 <p=person> and <q=person> work for <o=company>               | p Work_For o; q Work_For o
        4 <o=company> <hires> <p=person> as its new <role> <when>      | p Work_For o
        2 <p=person> lives in <l=town> but works for <o=company>       | p Live_In l; p Work_For o
        2 " <opinion> , " said <p=person> , <job> at <o=company>       | p Work_For o
        5 <p=somebody> <hostile> <o=company> <quarrel_tail>
        3 <o=company> <refuses> <p=somebody> <quarrel_tail>
        1 <p=somebody> owns <number> shares of <o=org_only>
    """,
    "live": """
        3 <p=somebody> <lives> <l=place> <live_tail>                               | p Live_In l
        3 <p=somebody> <settled> <l=place> <live_tail>                      | p Live_In l
        2 <p=person> and <q=person> <both_live> <l=town> <live_tail>               | p Live_In l; q Live_In l
        4 <p=somebody> moved from <k=town_sure> to <l=town_sure> <when> | p Live_In l
        6 <p=somebody> <passes> <l=place> <pass_tail>
        2 <p=person> and <q=person> <both_pass> <l=town> <pass_tail>
        3 <p=somebody> travelled from <k=town_sure> to <l=town_sure> <when>
    """,
    "based": """
        6 <o=org> <is_based> <l=place>                                 | o OrgBased_In l
        3 the <l=town_sure> - based <o=firm> <reports> <when>          | o OrgBased_In l
        3 <o=org> , based in <l=place> , <reports> <when>              | o OrgBased_In l
        3 <o=firm> <trades> <l=place>
        3 <o=org> , which <deals> <l=place> , <reports> <when>
        3 <o=company> <deals> <l=place> <when>
        1 shares of <o=org_only> <moved> <percentage> percent in <l=town>
    """,
    "located": """
        5 <t=town> is <kind_in> <c=country>                            | t Located_In c
        5 <c=country> 's <capital> , <t=town> , <suffered> <when>      | t Located_In c
        3 <storm> hit <t=town_sure> , <c=country> , <when>             | t Located_In c
        3 <storm> hit <s=street> in <t=town> <when>                    | s Located_In t
        3 the <way> from <t=town_sure> to <c=country> was closed <when>
        2 the <way> between <t=town_sure> and <u=town_sure> was closed <when>
        2 <c=country> has no embassy in <t=town>
        3 ministers of <c=country> and <d=country> met in <t=town_sure> <when>
    """,
    "culture": """
        4 <p=somebody> <won> the <x=award> for " <y=title> " <when>
        2 the <x=law> <forbids> <goods> from <c=country>
        2 <o=company> unveiled the <x=product> in <l=town> <when>
        2 <x=demonym> officials signed the <y=law> <when>
        2 a <x=demonym> <vehicle> crashed near <l=town_sure> <when>
        2 <p=person> read from " <x=title> " in <l=town> <when>
    """,
    "plain": """
        prices of <goods> <moved> <percentage> percent <when>
        the <role> and the <noun_small> <protested> <when>
        no <goods> reached the market after <storm> <when>
    """,
    # --- whole sentences -----------------------------------------------------------------------------
    "clause": "28 <kill>\n 20 <work>\n 18 <live>\n 16 <based>\n 18 <located>\n 17 <culture>",
    "sentence": """
        30 <clause> .
        3 <opening> , <clause> .
        2 <clause> , <source> said .
        2 <clause> , said <s=person> .
        1 " <clause> , " <s=person> <told> .
        1 <s=surname_only> said <when> that <clause> .
        1 officials in <l=town> said that <clause> .
        1 <clause> ; <short_fact> .
        1 <plain> .
    """,
    "short_fact": """
        <p=person> was not hurt
        <o=org> had no comment
        nobody in <l=town> was hurt
        <p=person> lives in <l=town_sure>                              | p Live_In l
    """,
}

# Words without annotation: alternatives divided by slashes; "-" is the empty one.
WORDS: dict[str, str] = {
    "initial": "A. / B. / J. / K. / M. / R. / T. / W.",
    "age": "<two_digits> / <two_digits> / a <two_digits> - year - old",
    "two_digits": "23 / 27 / 31 / 34 / 38 / 42 / 45 / 51 / 56 / 63 / 68 / 74",
    "number": "3 / 7 / 12 / 18 / 25 / 40 / 60 / 110 / 350 / 1,200 / 2,500 / 40,000 / seven / nine"
    " / two dozen",
    "percentage": "2 / 3 / 4.5 / 6 / 0.7 / 11 / 12.25 / 20 / five / ten",
    "model": "100 / 300 / 410 / 88 / GT / XL / II",
    "weekday": "Monday / Tuesday / Wednesday / Thursday / Friday / Saturday / Sunday",
    "month": "January / March / April / June / August / Oct. / Nov. / Dec.",
    "day": "1 / 4 / 7 / 12 / 15 / 19 / 22 / 26 / 30",
    "year": "1968 / 1974 / 1979 / 1983 / 1986 / 1990 / 1992 / 1997",
    "when": "- / - / - / on <weekday> / on <month> <day> / in <year> / last week / last year / yesterday"
    " / this morning / in <month> <year> / two years ago / late on <weekday> / after the war",
    "direction": "northern / southern / eastern / western / central",
    "capital": "capital / largest city / main port / oldest town / second city",
    "kind_in": "the capital of / a port in / a village in / the largest city in / a suburb in <direction>"
    " / in <direction>",
    "job": "a welder / a baker / an engineer / a nurse / a clerk / a pilot / a lawyer / a teacher / a guard"
    " / an analyst / a driver / a chemist / a reporter / a mason / a cook / an architect",
    "role": "chairman / president / director / spokesman / spokeswoman / treasurer / chief executive"
    " / vice president / secretary / dean / chief economist / editor",
    "profession": "writer / painter / singer / minister / senator / runner / general / economist",
    "hostile": "sued / visited / criticised / picketed / boycotted / complained about / testified against",
    "refuses": "sued / rejected / apologised to / refused to pay",
    "passes": "flew over / visited / toured / drove through / was arrested in / campaigned in",
    "both_pass": "flew over / visited / toured / drove through",
    "lives": "lives in / has settled in / has lived in",
    "settled": "was born in / grew up in / settled in",
    "both_live": "live in / grew up in / were born in / have settled in",
    "hires": "hired / named / appointed / has chosen / elected",
    "killed": "killed / shot and killed / murdered / assassinated / stabbed to death / poisoned",
    "killed_passive": "killed / shot dead / murdered / assassinated / stabbed to death / poisoned",
    "killing": "killing / murdering / poisoning",
    "killer": "killer / murderer",
    "kill_tail": "- / <when> / <when> / in a hotel <when> / outside a bar / during a robbery / in <k=town>"
    " / at a house in <k=town> / near <k=street> / with a shotgun , police said",
    "fate": "was jailed for life / was sentenced to <two_digits> years / fled the country"
    " / surrendered to police / appeared in court in <k=town> / died in prison",
    "meet_tail": "- / <when> / at a dinner in <k=town> / at a congress in <k=town> / during the campaign"
    " / in <k=town> / on television / in the final <when>",
    "live_tail": "- / - / with two dogs / with old friends / on a small farm / near the harbour"
    " / since <year>",
    "pass_tail": "- / <when> / by helicopter <when> / during the campaign / on a tour / for a film <when>",
    "work_tail": "- / - / part time / for little pay / since <year> / on the night shift",
    "quarrel_tail": "- / <when> / over a bill / in court <when> / over noise / for damages <when>",
    "meets": "met / interviewed / praised / defeated / thanked / rescued / succeeded",
    "meets_passive": "interviewed / praised / defeated / thanked / rescued / succeeded",
    "won": "won / was awarded / received / refused",
    "protested": "went on strike / staged a protest / walked out / held a vigil / complained of noise",
    "is_based": "is based in / has its headquarters in / is headquartered in / has its head office in"
    " / has been based since <year> in",
    "trades": "exports <goods> to / buys <goods> from / plans flights to / sells <goods> in"
    " / ships <goods> to",
    "deals": "lost a lawsuit in / was fined by a court in / sent a team to / paid for a school in"
    " / hired workers in / was searched by police in",
    "reports": "reported a loss of <number> dollars / cut <number> jobs / raised its prices"
    " / had a good year / lost <number> customers / closed a laboratory",
    "moved": "rose / fell / dropped / climbed / slipped",
    "suffered": "lost power / voted / celebrated / elected a new council / suffered heavy damage"
    " / went without water",
    "storm": "a storm / heavy rain / an earthquake / a fire / a power failure / a bomb",
    "way": "road / ferry / railway / flight / pipeline / border crossing",
    "goods": "wheat / steel / timber / cars / oil / coffee / fish / medicines / weapons / glass / wool"
    " / copper",
    "forbids": "forbids / limits / taxes / allows",
    "vehicle": "airliner / helicopter / bus / tanker / train / freighter",
    "opinion": "it will be a hard winter / we have nothing to hide / nobody asked us / this is not the end"
    " / the rose will bloom again / I would do it again",
    "opening": "meanwhile / in fact / by all accounts / in other news / at the same time / at least for now"
    " / for the record / as it happens",
    "source": "police / officials / a witness / prosecutors / the newspaper / neighbours / a spokesman",
    "told": "said / told reporters / said <when> / wrote in a letter",
    "adjective": "Silent / Winter / Broken / Golden / Last / Long / Salt / Hidden",
    "noun": "River / Bread / Garden / Letter / Bridge / Summer / Harvest / Rose / Door / Baker",
    "noun_small": "baker / mason / fisher / miller / mayor / market / street / bridge / river / prize / bank",
}

# ---------------------------------------------------------------------------------------------------
# Names. All invented, put together from parts.
# ---------------------------------------------------------------------------------------------------

FIRST_NAMES = (
    "Anna Peter Maria Thomas Helen Victor Laura Martin Julia Simon Clara Daniel Edith Frank Grace Harold"
    " Irene James Karen Leonard Monica Nathan Olga Paul Rita Samuel Teresa Walter Yvonne Albert Betty Carl"
    " Diana Eric Fiona George Hilda Ivan Joan Keith Linda Marcus Nora Oscar Paula Robert Sylvia Tobias"
    " Ursula Vincent Wendy Søren Zoë Łukasz José Åse Björn Renée Jiří Agnes Bernard Celia Dennis Elsa"
    " Felix Gloria Hugo Ingrid Jacob"
)
SURNAME_ROOTS = "Kol Hann Drab Mor Tell Ash Ver Lund Pav Rost Stan Wick Brom Fal Gers Hald Jan Käst"
SURNAME_ENDS = "berg sen ski ova ez worth man elli quist ard"
WORD_SURNAMES = "Baker Mason Fisher Fields Rose Banks Miller Winter"  # lower-case words elsewhere
TOWN_ROOTS = "Hal Brenn Tor Wes Ald Karr Mill Dun Fen Grim Kel Lind Øster Norr Rav Sten Thorn Zel Krask Vår"
TOWN_ENDS = "holm borough vik mouth stead mere grad haven dal ów"
LAND_ROOTS = "Velm Ostr Karid Bren Lusit Morav Tarn Sorb Quel Drav Ith Pann"
LAND_ENDS = "aria onia istan land"
BRANDS_START = "Nor Vel Quan Bril Tess Om Lum Zan Cor Hex"
BRANDS_END = "tek corix tra lion ara dyne onics vex"
DEMONYM_ENDS = "arian onian ish ese"
ACRONYM_LETTERS = "BCDFGHKLMNPRSTVZ"
AMBIGUOUS = (
    "Marlow Hartwell Bexford Ashwick Carrow Lindmore Suttery Wexler Daltry Thornby Harlan Merrick Selwick"
    " Colbery Tamsworth Kirkwell Radmore Garrick Ellery Whitlow Corwin Farlow Haldon Stroudley"
)


class Alternative(NamedTuple):
    """One way to expand a rule: its words and slots, and the relations among the slots' mentions."""

    weight: int
    words: tuple[str, ...]
    relations: tuple[tuple[str, str, str], ...]


class Phrase(NamedTuple):
    """Some tokens, their mentions (type, start, end exclusive), relations between mentions, and the head."""

    tokens: list[str]
    mentions: list[tuple[str, int, int]]
    relations: list[tuple[int, str, int]]
    head: int | None


def pick_index(rng: random.Random, weights: Sequence[int]) -> int:
    """A place in `weights`, drawn in proportion to them."""
    point = rng.random() * sum(weights)
    for index, weight in enumerate(weights):
        point -= weight
        if point < 0:
            return index
    return len(weights) - 1


def shuffled(rng: random.Random, items: Sequence[str]) -> list[str]:
    """A permutation of `items` that needs nothing but `rng.random()`."""
    return [item for _, item in sorted((rng.random(), item) for item in items)]


def joined_names(rng: random.Random, roots: str, ends: str, count: int) -> list[str]:
    """`count` of the names that a root and an end make."""
    return shuffled(rng, [root + end for root in roots.split() for end in ends.split()])[:count]


def make_acronyms(rng: random.Random, count: int) -> list[str]:
    """`count` distinct words of three or four capital consonants."""
    acronyms: dict[str, None] = {}
    while len(acronyms) < count:
        length = 3 + int(rng.random() * 2)
        letters = (ACRONYM_LETTERS[int(rng.random() * len(ACRONYM_LETTERS))] for _ in range(length))
        acronyms["".join(letters)] = None
    return list(acronyms)


def all_names(rng: random.Random) -> dict[str, list[str]]:
    """Every name part of the corpus, by kind, in a random order."""
    surnames = joined_names(rng, SURNAME_ROOTS, SURNAME_ENDS, 120) + WORD_SURNAMES.split()
    return {
        "first": shuffled(rng, FIRST_NAMES.split()),
        "surname": shuffled(rng, surnames),
        "town_name": joined_names(rng, TOWN_ROOTS, TOWN_ENDS, 130),
        "land": joined_names(rng, LAND_ROOTS, LAND_ENDS, 40),
        "brand": joined_names(rng, BRANDS_START, BRANDS_END, 70),
        "demonym_name": joined_names(rng, LAND_ROOTS, DEMONYM_ENDS, 30),
        "acronym": make_acronyms(rng, 40),
        "ambiguous": shuffled(rng, AMBIGUOUS.split()),
    }


def split_names(names: Mapping[str, Sequence[str]]) -> dict[str, dict[str, tuple[list[str], list[str]]]]:
    """For each split and kind of name: the names that all splits share, and the split's own."""
    bounds = {"train": (0.25, 0.55), "dev": (0.55, 0.7), "test": (0.7, 1.0)}
    parts: dict[str, dict[str, tuple[list[str], list[str]]]] = {}
    for split, (low, high) in bounds.items():
        parts[split] = {}
        for kind, known in names.items():
            size = len(known)
            shared = list(known[: int(0.25 * size)])
            parts[split][kind] = (shared, list(known[int(low * size) : int(high * size)]))
    return parts


def parse_alternative(line: str) -> Alternative:
    """Reads `weight words | relation; relation`."""
    text, _, notes = line.partition("|")
    words = text.split()
    weight = 1
    if len(words) > 1 and words[0].isdigit():
        weight = int(words.pop(0))
    relations = []
    for note in notes.split(";"):
        if note.strip():
            first, relation, second = note.split()
            relations.append((first, relation, second))
    return Alternative(weight, tuple(words), tuple(relations))


def parse_rules() -> dict[str, list[Alternative]]:
    """All rules of the grammar, the mention forms and the word lists, by name."""
    rules = {
        name: [parse_alternative(line) for line in text.strip().split("\n")] for name, text in GRAMMAR.items()
    }
    for name, (_, text) in MENTIONS.items():
        rules[name] = [parse_alternative(line) for line in text.split("\n")]
    for name, text in WORDS.items():
        choices = [choice.split() for choice in text.split(" / ")]
        rules[name] = [Alternative(1, () if words == ["-"] else tuple(words), ()) for words in choices]
    return rules


class Generator:
    """Draws annotated sentences from the grammar with the names of one split.

    Args:
        rng: the source of chance.
        names: kind of name -> (names shared by the splits, names of this split).
    """

    def __init__(self, rng: random.Random, names: Mapping[str, tuple[Sequence[str], Sequence[str]]]) -> None:
        self._rng = rng
        self._names = names
        self._rules = parse_rules()

    def sentence(self) -> Phrase:
        """One sentence of a length within the bounds in which no name occurs twice."""
        while True:
            phrase = tidy(self._expand("sentence"))
            surfaces = [" ".join(phrase.tokens[start:end]) for _, start, end in phrase.mentions]
            if SHORTEST <= len(phrase.tokens) <= LONGEST and len(set(surfaces)) == len(surfaces):
                return phrase

    def _name(self, kind: str) -> str:
        shared, own = self._names[kind]
        names = shared if self._rng.random() < SHARED_NAMES else own
        return names[int(self._rng.random() * len(names))]

    def _expand(self, rule: str) -> Phrase:
        if rule in self._names:
            return Phrase([self._name(rule)], [], [], None)
        alternatives = self._rules[rule]
        phrase = self._fill(alternatives[pick_index(self._rng, [choice.weight for choice in alternatives])])
        if rule not in MENTIONS:
            return phrase
        return Phrase(phrase.tokens, [(MENTIONS[rule][0], 0, len(phrase.tokens))], [], 0)

    def _fill(self, alternative: Alternative) -> Phrase:
        """Expands the slots of an alternative from left to right, then adds its relations."""
        tokens: list[str] = []
        mentions: list[tuple[str, int, int]] = []
        relations: list[tuple[int, str, int]] = []
        heads: dict[str, int] = {}
        for word in alternative.words:
            if not (word.startswith("<") and word.endswith(">")):
                tokens.append(word)
                continue
            variable, _, rule = word[1:-1].rpartition("=")
            part = self._expand(rule)
            at, first = len(tokens), len(mentions)
            tokens.extend(part.tokens)
            mentions.extend((kind, start + at, end + at) for kind, start, end in part.mentions)
            relations.extend((one + first, relation, two + first) for one, relation, two in part.relations)
            if variable and part.head is not None:
                heads[variable] = part.head + first
        for one, relation, two in alternative.relations:
            relations.extend(with_container(heads[one], relation, heads[two], relations))
        return Phrase(tokens, mentions, relations, heads.get("h"))


def with_container(
    one: int, relation: str, two: int, known: Sequence[tuple[int, str, int]]
) -> list[tuple[int, str, int]]:
    """The relation, and the same one to every place that `two` is known to lie in."""
    containers = [place for inner, kind, place in known if inner == two and kind == "Located_In"]
    return [(one, relation, place) for place in [two, *containers]]


def tidy(phrase: Phrase) -> Phrase:
    """Drops the comma that an apposition leaves before other punctuation, and capitalises the first word."""
    inside = {place for _, start, end in phrase.mentions for place in range(start, end)}
    keep = []
    for place, token in enumerate(phrase.tokens):
        following = phrase.tokens[place + 1 : place + 2]
        keep.append(not (token == "," and following and following[0] in (",", ".", ";")))
    moved = [sum(keep[:place]) for place in range(len(keep) + 1)]
    tokens = [token for token, kept in zip(phrase.tokens, keep) if kept]
    first = next(place for place, token in enumerate(tokens) if token != '"')
    if moved.index(first) not in inside:
        tokens[first] = tokens[first][0].upper() + tokens[first][1:]
    mentions = [(kind, moved[start], moved[end]) for kind, start, end in phrase.mentions]
    return Phrase(tokens, mentions, phrase.relations, None)


def format_sentence(identifier: int, phrase: Phrase) -> str:
    """The sentence in the original's five columns; a relation joins the last tokens of its mentions."""
    tags = ["O"] * len(phrase.tokens)
    for kind, start, end in phrase.mentions:
        tags[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
    heads: dict[int, list[tuple[int, str]]] = {}
    for one, relation, two in phrase.relations:
        last, head = (phrase.mentions[mention][2] - 1 for mention in (one, two))
        heads.setdefault(last, []).append((head, relation))
    lines = [f"#doc {identifier}"]
    for place, (token, tag) in enumerate(zip(phrase.tokens, tags)):
        pairs = sorted(heads.get(place, [(place, "N")]))
        relations = [relation for _, relation in pairs]
        lines.append(f"{place}\t{token}\t{tag}\t{relations}\t{[head for head, _ in pairs]}")
    return "\n".join(lines) + "\n"


def make_corpus(seed: int = SEED) -> dict[str, list[Phrase]]:
    """The sentences of every split; no sentence occurs twice in the corpus.

    Args:
        seed: decides names and sentences.
    """
    parts = split_names(all_names(random.Random(seed)))
    seen: set[tuple[str, ...]] = set()
    corpus: dict[str, list[Phrase]] = {}
    for number, (split, size) in enumerate(SPLIT_SIZES.items(), start=1):
        generator = Generator(random.Random(seed + number), parts[split])
        corpus[split] = []
        while len(corpus[split]) < size:
            phrase = generator.sentence()
            if tuple(phrase.tokens) not in seen:
                seen.add(tuple(phrase.tokens))
                corpus[split].append(phrase)
    return corpus


def write_corpus(directory: Path, corpus: Mapping[str, Sequence[Phrase]]) -> None:
    """Writes `train.txt`, `dev.txt` and `test.txt`, the documents numbered on from split to split."""
    directory.mkdir(parents=True, exist_ok=True)
    identifier = 0
    for split, phrases in corpus.items():
        texts = []
        for phrase in phrases:
            identifier += 1
            texts.append(format_sentence(identifier, phrase))
        (directory / f"{split}.txt").write_bytes("".join(texts).encode("utf-8"))


def vector_sentences(
    corpus: Mapping[str, Sequence[Phrase]], seed: int = SEED, count: int = VECTOR_SENTENCES
) -> Iterator[list[str]]:
    """The train sentences and further, unlabelled ones with the names of all splits, none of dev or test.

    A number becomes "0", under which the original's look-up finds the numbers that have no vector.

    Args:
        corpus: what `make_corpus` gives.
        seed: of the corpus.
        count: how many further sentences are drawn.
    """
    kept_out = {
        tuple(without_numbers(phrase.tokens)) for split in ("dev", "test") for phrase in corpus[split]
    }
    names = {kind: (list(parts), list(parts)) for kind, parts in all_names(random.Random(seed)).items()}
    generator = Generator(random.Random(seed + 100), names)
    for phrase in corpus["train"]:
        yield without_numbers(phrase.tokens)
    for _ in range(count):
        tokens = without_numbers(generator.sentence().tokens)
        if tuple(tokens) not in kept_out:
            yield tokens


def without_numbers(tokens: Sequence[str]) -> list[str]:
    """The tokens with "0" for every word of digits."""
    return ["0" if token.isdigit() else token for token in tokens]


def left_out_names(seed: int = SEED) -> set[str]:
    """The tenth of the names that get no vector, so that `<unk>` is met in training and in test."""
    rng = random.Random(seed + 200)
    names = sorted({name for parts in all_names(random.Random(seed)).values() for name in parts})
    return {name for name in names if rng.random() < NAMES_WITHOUT_VECTOR}


def write_vectors(path: Path, corpus: Mapping[str, Sequence[Phrase]], seed: int = SEED) -> None:
    """Trains skip-gram vectors and writes them in word2vec's text format, the frequent words first."""
    from gensim.models import Word2Vec  # only the vectors need gensim

    sentences = list(vector_sentences(corpus, seed))
    counts = Counter(token for tokens in sentences for token in tokens)
    model = Word2Vec(
        sentences, vector_size=VECTOR_DIM, window=4, min_count=VECTOR_MIN_COUNT, sg=1, negative=5, epochs=5,
        seed=seed, workers=1,
    )  # fmt: skip
    dropped = left_out_names(seed)
    words = sorted(
        (word for word in model.wv.key_to_index if word not in dropped), key=lambda w: (-counts[w], w)
    )
    lines = [f"{len(words)} {VECTOR_DIM}\n"]
    lines.extend(f"{word} {' '.join(f'{value:.4f}' for value in model.wv[word])}\n" for word in words)
    path.write_bytes("".join(lines).encode("utf-8"))


def main(arguments: Sequence[str] | None = None) -> None:
    """Reads the command line and writes the files."""
    parser = argparse.ArgumentParser(description="Write the sample corpus.")
    parser.add_argument("--output", type=Path, default=Path(__file__).resolve().parent / "sample")
    parser.add_argument(
        "--vectors", action="store_true", help="train and write vectors.txt too (needs gensim)"
    )
    options = parser.parse_args(arguments)
    corpus = make_corpus()
    write_corpus(options.output, corpus)
    if options.vectors:
        write_vectors(options.output / "vectors.txt", corpus)


if __name__ == "__main__":
    main()
