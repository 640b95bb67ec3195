#!/usr/bin/env python3
"""Makes the cases of suites/reliability/long_context: one planted fact, to be found in a long document.

    python3 long_context.py [FOLDER]

writes `cases.en.jsonl` into FOLDER (`../../suites/reliability/long_context` beside this file, if not given). The canary is read from
the `suite.toml` there, the sentences of the documents from `long_context.txt` beside this file, one a line. Each run writes
the same bytes: every choice is drawn from SHA-256 of a fixed seed and the case's id. Python 3.11, standard library only.

A document is a shuffled selection of the sentences, no two the same, cut into paragraphs. Four facts of one kind are planted
in it at four of five depths: 0 is its very beginning, 100 its very end. The question is about one of them, the others are
the wrong choices. So all four choices stand in the document, in sentences of the same form.
"""

import hashlib
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

SEED = "weighhouse reliability/long_context 1"
DEPTHS = (0, 25, 50, 75, 100)
# Tokens of plain English, and how many words that is about.
LENGTHS = (400, 900, 1800, 3600, 7000)
WORDS_A_TOKEN = 0.75
# Lengths that most models can hold, and those of the long tail.
FULL = (3600, 7000)
# The depths at which the first kinds are asked for in the tier quick, all of the shortest length.
QUICK_DEPTHS = (0, 25, 75, 100)
Item = TypeVar("Item")


@dataclass(frozen=True)
class Kind:
    """One kind of fact: a sentence and a question with {subject} and {value}."""

    id: str
    sentence: str
    question: str
    subjects: tuple[str, ...]
    values: tuple[str, ...]


KINDS = (
    Kind(
        "number",
        "The inventory number of the {subject} is {value}.",
        "What is the inventory number of the {subject}?",
        ("brass sextant", "ivory fan", "porcelain tiger", "walnut cradle", "tin soldier", "crystal inkwell",
         "leather globe", "jade buckle", "enamel thimble", "velvet mask", "marble owl", "pewter jug"),
        ("4172", "8305", "6694", "2951", "7438", "1586", "9027", "3843", "5219", "6078", "2764", "8491"),
    ),
    Kind(
        "place",
        "{subject} hid the spare passport {value}.",
        "Where did {subject} hide the spare passport?",
        ("Mireille", "Tendai", "Yusuf", "Ingrid", "Paloma", "Kenji", "Anjali", "Bogdan", "Nomsa", "Luca", "Farida",
         "Hamish"),
        ("inside the rice cooker", "behind the aquarium", "under the doormat", "beneath the sewing machine",
         "inside the toy castle", "behind the fuse box", "under the ironing board", "beneath the dictionary",
         "inside the tennis bag", "behind the spice rack", "under the filing cabinet", "beneath the record player"),
    ),
    Kind(
        "date",
        "The inspection of the {subject} has been fixed for the {value}.",
        "For which date has the inspection of the {subject} been fixed?",
        ("ski lift", "steam laundry", "pistachio farm", "crocodile pool", "printing house", "petrol depot", "ice rink",
         "cocoa warehouse", "tannin plant", "radio mast", "gravel pit", "mussel farm"),
        ("6th of May", "19th of September", "23rd of February", "12th of July", "30th of November", "8th of March",
         "17th of June", "26th of January", "4th of December", "15th of April", "28th of May", "10th of September"),
    ),
    Kind(
        "choice",
        "For the new {subject} the committee chose {value}.",
        "What did the committee choose for the new {subject}?",
        ("staircase", "blinds", "kiosk", "aprons", "pavilion", "pews", "banner", "podium", "turnstile", "vitrine",
         "awning", "uniforms"),
        ("turquoise felt", "ochre linen", "scarlet canvas", "ivory satin", "emerald nylon", "violet plywood", "grey slate",
         "beige rubber", "crimson vinyl", "amber acrylic", "pink granite", "indigo denim"),
    ),
)


class Draw:
    """Choices that depend on the seed and a name alone."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0

    def below(self, most: int) -> int:
        """A number from 0 up to, and without, `most`."""
        self.count += 1
        text = f"{SEED}\n{self.name}\n{self.count}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % most

    def shuffled(self, items: tuple[Item, ...] | list[Item]) -> list[Item]:
        """`items` in another order (Fisher and Yates)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            at = self.below(last + 1)
            order[last], order[at] = order[at], order[last]
        return order


def words(text: str) -> int:
    """How many words, between spaces."""
    return len(text.split())


def sentences(folder: Path) -> list[str]:
    """The sentences of the documents. A planted value must not stand in one of them."""
    lines = (folder / "long_context.txt").read_text(encoding="utf-8").splitlines()
    if len(set(lines)) != len(lines):
        raise ValueError("a sentence stands twice in long_context.txt")
    for kind in KINDS:
        for text in kind.subjects + kind.values:
            found = [line for line in lines if re.search(rf"\b{re.escape(text)}\b", line, re.IGNORECASE)]
            if found:
                raise ValueError(f"`{text}` is planted, and stands in: {found[0]}")
    return lines


def nearer(wanted: float, here: int, there: int) -> bool:
    """Whether `wanted` is nearer to `here` than to `there`."""
    return abs(wanted - here) <= abs(wanted - there)


def document(name: str, length: int, planted: dict[int, str], pool: list[str]) -> tuple[str, list[int]]:
    """A text of about `length` tokens with a sentence at each depth of `planted`, and where these begin, in words."""
    draw = Draw(name)
    wanted = round(length * WORDS_A_TOKEN) - sum(words(text) for text in planted.values())
    chosen: list[str] = []
    for text in draw.shuffled(pool):
        if sum(map(words, chosen)) >= wanted:
            break
        chosen.append(text)
    total = sum(map(words, chosen))
    if total < wanted:
        raise ValueError(f"{name}: the sentences have {total} words, {wanted} are needed")
    whole = total + sum(words(text) for text in planted.values())
    # Each planted sentence stands where the words before it are nearest to its share of all words.
    text_of: list[str] = []
    waiting = sorted(planted.items())
    before = 0
    for text in chosen:
        while waiting and nearer(whole * waiting[0][0] / 100, before, before + words(text)):
            text_of.append(waiting[0][1])
            before += words(waiting.pop(0)[1])
        text_of.append(text)
        before += words(text)
    text_of += [text for _, text in waiting]
    starts = [words(" ".join(text_of[: text_of.index(text)])) for _, text in sorted(planted.items())]
    paragraphs: list[str] = []
    while text_of:
        size = 5 + draw.below(4)
        paragraphs.append(" ".join(text_of[:size]))
        text_of = text_of[size:]
    return "\n\n".join(paragraphs), starts


def cases(pool: list[str]) -> Iterator[dict[str, Any]]:
    """Every kind at every depth of every length."""
    for kind in KINDS:
        for row, length in enumerate(LENGTHS):
            for column, depth in enumerate(DEPTHS):
                name = f"{kind.id}-{length}-{depth}"
                draw = Draw(f"{name} facts")
                subjects = draw.shuffled(kind.subjects)[:4]
                values = draw.shuffled(kind.values)[:4]
                others = draw.shuffled([other for other in DEPTHS if other != depth])[:3]
                facts = [kind.sentence.format(subject=s, value=v) for s, v in zip(subjects, values, strict=True)]
                planted = dict(zip([depth, *others], facts, strict=True))
                text, starts = document(name, length, planted, pool)
                check(text, facts, values, depth, sorted(planted), starts)
                # The right choice stands at each position equally often.
                at = (row + column + KINDS.index(kind)) % 4 if row < 4 else (column * 3 + KINDS.index(kind)) % 4
                choices = [value[0].upper() + value[1:] for value in values]
                ordered = choices[1:]
                ordered.insert(at, choices[0])
                quick = length == LENGTHS[0] and depth == QUICK_DEPTHS[KINDS.index(kind)]
                yield {
                    "id": name,
                    "family": name,
                    "variant": "original",
                    "tier": "quick" if quick else "full" if length in FULL else "standard",
                    "tags": [f"length-{length}", f"depth-{depth}", f"kind-{kind.id}"],
                    "text": text,
                    "question": kind.question.format(subject=subjects[0]),
                    "choices": ordered,
                    "answer": at,
                }


def check(text: str, facts: list[str], values: list[str], depth: int, depths: list[int], starts: list[int]) -> None:
    """Every fact stands in the document once, and the one that is asked for at its depth."""
    plain = " ".join(text.split())
    for fact, value in zip(facts, values, strict=True):
        if plain.count(fact) != 1 or plain.count(value) != 1:
            raise ValueError(f"`{fact}` does not stand once in its document")
    share = 100 * starts[depths.index(depth)] / words(plain)
    # In a short document a sentence is a few per cent.
    ends = (depth == 0) == plain.startswith(facts[0]) and (depth == 100) == plain.endswith(facts[0])
    if abs(share - depth) > 6 or not ends:
        raise ValueError(f"`{facts[0]}` stands at {share:.1f} %, wanted: {depth} %")


def main() -> None:
    here = Path(__file__).resolve().parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parents[1] / "suites" / "reliability" / "long_context"
    canary = tomllib.loads((folder / "suite.toml").read_text(encoding="utf-8"))["canary"]
    lines = [{"canary": canary}, *cases(sentences(here))]
    made = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "cases.en.jsonl").write_bytes(made.encode())


if __name__ == "__main__":
    main()
