#!/usr/bin/env python3
"""Makes the cases of suites/reliability/arithmetic: sums and word problems in ten languages.

    python3 arithmetic.py [FOLDER]

writes `cases.<language>.jsonl` into FOLDER (`../../suites/reliability/arithmetic` beside this file, if not given). The canary is
read from the `suite.toml` there, the texts from `arithmetic.toml` beside this file. Each run writes the same bytes: all
numbers are drawn from SHA-256 of a fixed seed and the case's id. Python 3.11, standard library only.

A template is a family of two cases, which differ in numbers and names. It has a function that draws its numbers, one that
solves it, and one that checks a solution *in another way*: by the inverse operation, by trying every candidate, or by
counting things one by one. A solution that the check does not confirm, or that a second candidate shares, stops the run.
"""

import hashlib
import itertools
import json
import math
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

SEED = "weighhouse reliability/arithmetic 1"
LANGUAGES = ("ar", "bn", "en", "es", "fa", "fr", "hi", "ru", "sw", "zh")
# The two cases of a template: the first is the family's original.
VARIANTS = ("original", "numbers")
# Originals of the tier quick.
QUICK = {"change", "percent-of", "tariff"}

DIGITS = {"ar": "٠١٢٣٤٥٦٧٨٩", "bn": "০১২৩৪৫৬৭৮৯", "fa": "۰۱۲۳۴۵۶۷۸۹", "hi": "०१२३४५६७८९"}
DECIMAL_MARK = {"ar": "٫", "fa": "٫", "es": ",", "fr": ",", "ru": ","}
TIMES = {"ru": "·"}
DIVIDED = {"ru": ":"}
UNKNOWN = {"ar": "س"}
MINUS = "\u2212"

Values = dict[str, int | Fraction]
Item = TypeVar("Item")


class Draw:
    """Numbers that depend on the seed and the case's id alone."""

    def __init__(self, case: str) -> None:
        self.case = case
        self.count = 0

    def below(self, most: int) -> int:
        """A number from 0 up to, and without, `most`."""
        self.count += 1
        text = f"{SEED}\n{self.case}\n{self.count}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) % most

    def any(self, least: int, most: int) -> int:
        """A number from `least` to `most`."""
        return least + self.below(most - least + 1)

    def pick(self, least: int, most: int) -> int:
        """The same, without numbers after which a noun has a form that the texts do not give."""
        return self.of([n for n in range(least, most + 1) if has_forms(n)])

    def of(self, items: list[Item]) -> Item:
        """One of `items`."""
        return items[self.below(len(items))]


def has_forms(n: int) -> bool:
    """Whether the texts give the form of a noun after `n` in every language."""
    return n % 10 != 1 and n % 100 not in (1, 2)


@dataclass(frozen=True)
class Template:
    """One kind of problem."""

    id: str
    level: str
    subject: str
    draw: Callable[[Draw], Values]
    solve: Callable[..., int | Fraction]
    # Whether `x` is right, found in another way than by `solve`.
    check: Callable[..., bool]
    # The expression or equation, for pure computation.
    expr: str | None = None


def whole(least: int, most: int) -> Iterator[int]:
    """The whole numbers from `least` to `most`."""
    return iter(range(least, most + 1))


def only(x: Fraction, candidates: Iterator[int], holds: Callable[[int], bool]) -> bool:
    """Whether `x` is the only one of `candidates` for which `holds`."""
    return [n for n in candidates if holds(n)] == [x]


def digits_added(*numbers: int) -> int:
    """A sum found digit by digit, with a carry, as on paper."""
    total, carry, place = 0, 0, 1
    while place <= max(numbers) or carry:
        column = carry + sum(n // place % 10 for n in numbers)
        total += column % 10 * place
        carry, place = column // 10, place * 10
    return total


def added_up(times: int, number: int | Fraction) -> int | Fraction:
    """A product by repeated addition."""
    return sum(itertools.repeat(number, int(times)), Fraction(0))


def exact_division(d: Draw, least: int, most: int, by: list[int]) -> Values:
    """`a` that `b` divides."""
    b = d.of(by)
    return {"a": b * d.pick(least, most), "b": b}


def tenths(number: int) -> Fraction:
    return Fraction(number, 10)


def decimals(d: Draw, least: int, most: int) -> Values:
    """A number with one decimal, and one with two."""
    return {"a": tenths(d.any(least, most)), "b": Fraction(d.any(105, 989) | 1, 100)}


def small_decimals(d: Draw) -> Values:
    return {"a": tenths(d.of([13, 17, 24, 37, 48])), "b": tenths(d.of([3, 6, 7]))}


def fraction_of(d: Draw) -> Values:
    p, q = d.of([(3, 4), (2, 3), (5, 6), (3, 8), (4, 5)])
    return {"p": p, "q": q, "a": q * d.any(7, 26)}


def remainder(d: Draw) -> Values:
    b = d.of([7, 8, 9, 13])
    return {"a": b * d.any(17, 58) + d.any(2, 6), "b": b}


def left_over(d: Draw) -> Values:
    b = d.of([6, 8, 10, 12])
    return {"a": d.of([n for n in range(53, 99) if n % b > 1 and has_forms(n)]), "b": b}


def travellers(d: Draw) -> Values:
    b = d.of([12, 14, 16, 18])
    return {"a": d.of([n for n in range(65, 160) if n % b and has_forms(n)]), "b": b}


def ladder(d: Draw) -> Values:
    a, c = d.of([(7, 25), (9, 15), (15, 39), (10, 26), (12, 37), (14, 50), (20, 52), (8, 17), (16, 34)])
    return {"a": a, "c": c}


def workers(d: Draw) -> Values:
    a, b, c = d.of([(6, 10, 4), (8, 9, 6), (12, 15, 9), (6, 14, 4), (10, 18, 12), (9, 20, 15)])
    return {"a": a, "b": b, "c": c}


def mean(d: Draw) -> Values:
    a, b, c = (d.pick(23, 88) for _ in range(3))
    rest = next(n for n in itertools.count(d.pick(31, 79)) if (a + b + c + n) % 4 == 0)
    return {"a": a, "b": b, "c": c, "d": rest}


def fourth_mark(d: Draw) -> Values:
    a, b, c = (d.pick(12, 16) for _ in range(3))
    x = next(n for n in itertools.count(d.any(14, 18)) if (a + b + c + n) % 4 == 0)
    return {"a": a, "b": b, "c": c, "d": (a + b + c + x) // 4}


def minutes(d: Draw) -> Values:
    hour, start = d.any(6, 9), d.of([10, 15, 20, 25, 35, 40, 50, 55])
    return {"h1": hour, "m1": start, "h2": hour + d.any(1, 2), "m2": d.of([5, 10, 30, 45])}


def clock_steps(h1: int, m1: int, h2: int, m2: int) -> int:
    """Minutes between two times of day, by letting a clock run."""
    steps, hour, minute = 0, h1, m1
    while (hour, minute) != (h2, m2):
        minute += 1
        hour, minute, steps = hour + minute // 60, minute % 60, steps + 1
    return steps


def seats(n: int, a: int, d: int) -> int:
    total, row = 0, a
    for _ in range(n):
        total, row = total + row, row + d
    return total


def left_in_boxes(a: int, b: int) -> int:
    while a >= b:
        a -= b
    return a


def buses(a: int, b: int) -> int:
    count = 0
    while a > 0:
        a, count = a - b, count + 1
    return count


def pupils(d: Draw) -> Values:
    return {"a": d.of([240, 260, 340, 360, 420, 480, 560]), "p": d.of([15, 35, 45, 55, 65])}


def journey(d: Draw) -> Values:
    return {"a": d.of([64, 70, 76, 84, 88, 96]), "h": Fraction(d.of([5, 7, 9]), 2)}


def loan(d: Draw) -> Values:
    return {"a": d.of([600, 800, 1200, 1400, 1600]), "p": d.of([3, 4, 6, 7]), "y": d.any(3, 5)}


def growth(d: Draw) -> Values:
    return {"a": d.of([400, 600, 800, 1200]), "p": d.of([25, 50, 75]), "q": d.of([10, 20, 30])}


def discount(d: Draw) -> Values:
    return {"a": d.of([140, 160, 180, 220, 240, 260, 280, 360]), "p": d.of([15, 25, 35, 45])}


def ratio(d: Draw) -> Values:
    a, b = d.of([(5, 3), (7, 4), (4, 3), (7, 5), (5, 4), (8, 5)])
    return {"a": a, "b": b, "s": (a + b) * d.pick(13, 27)}


def recipe(d: Draw) -> Values:
    a, c = d.of([(4, 7), (6, 9), (4, 9), (6, 10), (5, 8), (8, 6)])
    return {"a": a, "b": a * d.of([35, 40, 45, 55, 60, 65]), "c": c}


def same_time(d: Draw) -> Values:
    a, b = d.of([(12, 18), (10, 15), (14, 20), (8, 20), (15, 18), (16, 24)])
    return {"a": a, "b": b}


def ages(d: Draw) -> Values:
    k = d.any(3, 4)
    return {"k": k, "s": (k + 1) * d.any(7, 13)}


def tricycles(d: Draw) -> Values:
    a = d.pick(17, 38)
    three = d.of([n for n in range(5, a - 5) if has_forms(2 * a + n)])
    return {"a": a, "w": 2 * a + three}


def tariff(d: Draw) -> Values:
    found = [
        {"a": a, "b": b, "s": a + b * n}
        for a, b, n in itertools.product([12, 15, 18, 25], [3, 4, 6, 7], range(7, 18))
    ]
    return d.of([v for v in found if has_forms(v["s"])])


def linear(d: Draw) -> Values:
    a, b, x = d.any(3, 9), d.any(5, 48), d.any(4, 19)
    return {"a": a, "b": b, "c": a * x + b}


P, L, S = "level-primary", "level-lower-secondary", "level-secondary"
NUMBER, ALGEBRA, GEOMETRY = "subject-arithmetic", "subject-algebra", "subject-geometry"
PERCENT, STATISTICS, COUNTING = "subject-percentage", "subject-statistics", "subject-combinatorics"

# In the order of the cases file.
TEMPLATES = [
    # Pure computation.
    Template("add", P, NUMBER, lambda d: {"a": d.any(136, 789), "b": d.any(147, 986)},
             lambda a, b: a + b, lambda x, a, b: digits_added(a, b) == x, "{a} + {b}"),
    Template("subtract", P, NUMBER, lambda d: {"a": d.any(523, 981), "b": d.any(134, 489)},
             lambda a, b: a - b, lambda x, a, b: digits_added(int(x), b) == a, "{a} - {b}"),
    Template("multiply", P, NUMBER, lambda d: {"a": d.any(23, 98), "b": d.any(4, 9)},
             lambda a, b: a * b, lambda x, a, b: added_up(b, a) == x, "{a} * {b}"),
    Template("multiply-long", P, NUMBER, lambda d: {"a": d.any(23, 79), "b": d.any(13, 47)},
             lambda a, b: a * b, lambda x, a, b: added_up(b, a) == x, "{a} * {b}"),
    Template("divide", P, NUMBER, lambda d: exact_division(d, 14, 69, [6, 7, 8, 9, 12]),
             lambda a, b: Fraction(a, b), lambda x, a, b: added_up(b, x) == a, "{a} / {b}"),
    Template("long-sum", P, NUMBER, lambda d: {k: d.any(28, 397) for k in "abcd"},
             lambda a, b, c, d: a + b + c + d, lambda x, **v: digits_added(*v.values()) == x, "{a} + {b} + {c} + {d}"),
    Template("order", P, NUMBER, lambda d: {"a": d.any(16, 79), "b": d.any(6, 17), "c": d.any(4, 9)},
             lambda a, b, c: a + b * c, lambda x, a, b, c: x - added_up(c, b) == a, "{a} + {b} * {c}"),
    Template("brackets", L, NUMBER,
             lambda d: {"a": d.any(33, 71), "b": d.any(15, 28), "c": d.any(3, 8), "d": d.any(14, 57)},
             lambda a, b, c, d: (a - b) * c + d, lambda x, a, b, c, d: (x - d) / c + b == a, "({a} - {b}) * {c} + {d}"),
    Template("decimal-add", L, NUMBER, lambda d: decimals(d, 23, 89),
             lambda a, b: a + b, lambda x, a, b: digits_added(int(a * 100), int(b * 100)) == x * 100, "{a} + {b}"),
    Template("decimal-subtract", L, NUMBER, lambda d: decimals(d, 123, 189),
             lambda a, b: a - b, lambda x, a, b: digits_added(int(x * 100), int(b * 100)) == a * 100, "{a} - {b}"),
    Template("decimal-multiply", L, NUMBER, small_decimals, lambda a, b: a * b,
             lambda x, a, b: added_up(int(b * 10), int(a * 10)) == x * 100, "{a} * {b}"),
    Template("negative", L, NUMBER, lambda d: {"a": d.any(14, 39), "b": d.any(46, 87), "c": d.any(3, 19)},
             lambda a, b, c: a - b + c, lambda x, a, b, c: x < 0 and digits_added(int(-x), a, c) == b,
             "{a} - {b} + {c}"),
    Template("minus-product", L, NUMBER, lambda d: {"a": d.any(12, 29), "b": d.any(6, 13), "c": d.any(5, 9)},
             lambda a, b, c: a - b * c, lambda x, a, b, c: x + added_up(c, b) == a, "{a} - {b} * {c}"),
    Template("fraction-of", L, NUMBER, fraction_of,
             lambda p, q, a: Fraction(p, q) * a, lambda x, p, q, a: added_up(q, x) == added_up(p, a), "{p}#{q} * {a}"),
    Template("percent-of", L, PERCENT, lambda d: {"p": d.of([15, 35, 45, 65, 85]), "a": 20 * d.any(6, 23)},
             lambda p, a: Fraction(p * a, 100), lambda x, p, a: sum(Fraction(a, 100) for _ in range(p)) == x),
    Template("remainder", L, NUMBER, remainder, lambda a, b: a % b, lambda x, a, b: left_in_boxes(a, b) == x),
    Template("equation", S, ALGEBRA, linear, lambda a, b, c: Fraction(c - b, a),
             lambda x, a, b, c: only(x, whole(-99, 99), lambda n: a * n + b == c), "{a}? + {b} = {c}"),
    Template("root", S, ALGEBRA, lambda d: {"a": d.any(16, 39) ** 2}, math.isqrt,
             lambda x, a: only(x, whole(0, a), lambda n: n * n == a)),
    Template("squares", S, ALGEBRA, lambda d: {"a": d.any(6, 13), "b": d.any(14, 19)}, lambda a, b: a * a + b * b,
             lambda x, a, b: added_up(a, a) + added_up(b, b) == x),
    # Word problems, primary school.
    Template("picked", P, NUMBER, lambda d: {"a": d.pick(23, 69), "b": d.pick(23, 69)}, lambda a, b: a + b,
             lambda x, a, b: digits_added(a, b) == x),
    Template("given-away", P, NUMBER, lambda d: {"a": d.pick(114, 180), "b": d.pick(35, 88)}, lambda a, b: a - b,
             lambda x, a, b: digits_added(int(x), b) == a),
    Template("crates", P, NUMBER, lambda d: {"a": d.pick(13, 28), "b": d.of([6, 12, 15, 18, 20])}, lambda a, b: a * b,
             lambda x, a, b: added_up(a, b) == x),
    Template("shared", P, NUMBER, lambda d: exact_division(d, 6, 9, [6, 8, 12, 14]), lambda a, b: Fraction(a, b),
             lambda x, a, b: only(x, whole(1, a), lambda n: added_up(b, n) == a)),
    Template("left-over", P, NUMBER, left_over, lambda a, b: a % b, lambda x, a, b: left_in_boxes(a, b) == x),
    Template("change", P, NUMBER, lambda d: {"a": d.any(3, 6), "b": d.pick(13, 29), "c": 200},
             lambda a, b, c: c - a * b, lambda x, a, b, c: added_up(a, b) + x == c and x > 0),
    Template("together", P, NUMBER, lambda d: {"a": d.pick(45, 88), "b": d.pick(13, 28)}, lambda a, b: 2 * a - b,
             lambda x, a, b: digits_added(a, a - b) == x),
    Template("minutes", P, NUMBER, minutes, lambda h1, m1, h2, m2: 60 * (h2 - h1) + m2 - m1,
             lambda x, **v: clock_steps(**v) == x),
    Template("legs", P, NUMBER, lambda d: {"a": d.pick(13, 28), "b": d.pick(5, 19)}, lambda a, b: 2 * a + 4 * b,
             lambda x, a, b: len([leg for legs in [2] * a + [4] * b for leg in range(legs)]) == x),
    Template("buses", P, NUMBER, travellers, lambda a, b: -(-a // b), lambda x, a, b: buses(a, b) == x),
    Template("fence", P, GEOMETRY, lambda d: {"a": d.pick(26, 48), "b": d.pick(13, 25)}, lambda a, b: 2 * (a + b),
             lambda x, a, b: digits_added(a, b, a, b) == x),
    Template("tiles", P, GEOMETRY, lambda d: {"a": d.pick(13, 19), "b": d.pick(6, 10)}, lambda a, b: a * b,
             lambda x, a, b: sum(1 for _ in itertools.product(range(a), range(b))) == x),
    # Lower secondary school.
    Template("discount", L, PERCENT, discount, lambda a, p: Fraction(a * (100 - p), 100),
             lambda x, a, p: a - sum(Fraction(a, 100) for _ in range(p)) == x),
    Template("others", L, PERCENT, pupils,
             lambda a, p: Fraction(a * (100 - p), 100), lambda x, a, p: x + Fraction(p, 100) * a == a),
    Template("split", L, NUMBER, ratio, lambda a, b, s: Fraction(s * a, a + b),
             lambda x, a, b, s: only(x, whole(1, s), lambda n: n * b == (s - n) * a)),
    Template("recipe", L, NUMBER, recipe, lambda a, b, c: Fraction(b * c, a),
             lambda x, a, b, c: Fraction(b, a) == x / c),
    Template("distance", L, NUMBER, journey, lambda a, h: a * h,
             lambda x, a, h: sum(Fraction(a, 60) for _ in range(int(h * 60))) == x),
    Template("mean", L, STATISTICS, mean, lambda a, b, c, d: Fraction(a + b + c + d, 4),
             lambda x, **v: sum(n - x for n in v.values()) == 0),
    Template("fourth-mark", L, STATISTICS, fourth_mark, lambda a, b, c, d: 4 * d - a - b - c,
             lambda x, a, b, c, d: only(x, whole(0, 99), lambda n: Fraction(a + b + c + n, 4) == d)),
    Template("workers", L, NUMBER, workers, lambda a, b, c: Fraction(a * b, c),
             lambda x, a, b, c: added_up(c, x) == len([0 for _ in range(a) for _ in range(b)])),
    Template("temperature", L, NUMBER, lambda d: {"a": d.any(5, 9), "b": d.pick(13, 19), "c": d.pick(13, 18)},
             lambda a, b, c: b - a - c, lambda x, a, b, c: x + c - b == -a and x < 0),
    Template("ages", L, ALGEBRA, ages, lambda k, s: Fraction(s, k + 1),
             lambda x, k, s: only(x, whole(1, s), lambda n: k * n + n == s)),
    Template("tricycles", L, ALGEBRA, tricycles, lambda a, w: w - 2 * a,
             lambda x, a, w: only(x, whole(0, a), lambda n: 3 * n + 2 * (a - n) == w)),
    Template("same-time", L, NUMBER, same_time, math.lcm,
             lambda x, a, b: next(n for n in itertools.count(1) if n % a == 0 and n % b == 0) == x),
    # Secondary school.
    Template("interest", S, PERCENT, loan, lambda a, p, y: Fraction(a * p * y, 100),
             lambda x, a, p, y: sum(Fraction(a, 100) * p for _ in range(y)) == x),
    Template("growth", S, PERCENT, growth, lambda a, p, q: Fraction(a * (100 + p) * (100 + q), 10000),
             lambda x, a, p, q: x * 100 / (100 + q) * 100 / (100 + p) == a),
    Template("ladder", S, GEOMETRY, ladder, lambda a, c: math.isqrt(c * c - a * a),
             lambda x, a, c: only(x, whole(0, c), lambda n: n * n + a * a == c * c)),
    Template("menu", S, COUNTING, lambda d: {"a": d.any(3, 5), "b": d.any(6, 9), "c": d.any(3, 6)},
             lambda a, b, c: a * b * c, lambda x, a, b, c: len(set(itertools.product(range(a), range(b), range(c)))) == x),
    Template("greetings", S, COUNTING, lambda d: {"a": d.pick(9, 19)}, lambda a: a * (a - 1) // 2,
             lambda x, a: len(list(itertools.combinations(range(a), 2))) == x),
    Template("tariff", S, ALGEBRA, tariff, lambda a, b, s: Fraction(s - a, b),
             lambda x, a, b, s: only(x, whole(0, s), lambda n: a + added_up(n, b) == s)),
    Template("rows", S, ALGEBRA, lambda d: {"n": d.pick(8, 14), "a": d.pick(13, 20), "d": d.any(3, 4)},
             lambda n, a, d: n * a + d * n * (n - 1) // 2, lambda x, n, a, d: seats(n, a, d) == x),
]


def ascii_number(value: int | Fraction) -> str:
    """Plain notation; every number of the suite ends after at most two decimals."""
    value = Fraction(value)
    hundredths = value * 100
    if hundredths.denominator != 1:
        raise ValueError(f"{value} has more than two decimals")
    sign, units = ("-" if hundredths < 0 else ""), abs(int(hundredths))
    whole_part, rest = divmod(units, 100)
    decimals = f"{rest:02}".rstrip("0")
    return f"{sign}{whole_part}" + (f".{decimals}" if decimals else "")


def shown(value: int | Fraction, language: str) -> str:
    """A number as the language writes it."""
    text = ascii_number(value).replace(".", DECIMAL_MARK.get(language, ".")).replace("-", MINUS)
    return native(text, language)


def native(text: str, language: str) -> str:
    """`text` with the digits of the language."""
    return text.translate(str.maketrans("0123456789", DIGITS.get(language, "0123456789")))


def noun(number: Fraction, forms: list[str], language: str) -> str:
    """The noun after a number: three forms, see arithmetic.toml."""
    if number.denominator != 1:
        raise ValueError(f"{number} is not whole, and a noun follows")
    n = int(number)
    if language == "ru":
        if n % 100 not in range(11, 15) and n % 10 in (1, 2, 3, 4):
            return forms[0] if n % 10 == 1 else forms[1]
        return forms[2]
    if language == "ar":
        last = n % 100
        if last in (1, 2):
            raise ValueError(f"{n} asks for a form of the noun that is not given")
        return forms[0] if last == 0 else forms[1] if last <= 10 else forms[2]
    raise ValueError(f"no forms of nouns are known in {language}")


def filled(text: str, values: Values, words: dict[str, str], language: str) -> str:
    """The text with its numbers and names."""

    def one(match: re.Match[str]) -> str:
        key, forms = match[1], match[2]
        if key in words:
            return words[key]
        number = shown(values[key], language)
        if forms is None:
            return number
        return f"{number} {noun(Fraction(values[key]), forms[1:].split('~'), language)}"

    return re.sub(r"\{(\w+)(~[^{}]*)?\}", one, text)


def expression(template: Template, values: Values, language: str) -> str:
    """The expression in the signs of the language."""
    text = filled(template.expr or "", values, {}, language)
    signs = {
        "-": MINUS,
        "*": TIMES.get(language, "×"),
        "/": DIVIDED.get(language, "÷"),
        "#": "/",
        "?": UNKNOWN.get(language, "x"),
    }
    return "".join(signs.get(c, c) for c in text)


def clock(hour: int, minute: int, language: str) -> str:
    """A time of day in the morning."""
    return native(f"{hour} h {minute:02}" if language == "fr" else f"{hour}:{minute:02}", language)


def numbers(template: Template) -> Iterator[tuple[str, Values, Fraction]]:
    """For each variant: its id, its numbers, and the solution that the check confirms."""
    seen: list[Values] = []
    for variant in VARIANTS:
        case = f"{template.id}-{VARIANTS.index(variant) + 1}"
        draw = Draw(case)
        values = template.draw(draw)
        while values in seen:
            values = template.draw(draw)
        seen.append(values)
        solution = Fraction(template.solve(*values.values()))
        if template.check(solution, **values) is not True:
            raise ValueError(f"{case}: {values}: the check does not confirm {solution}")
        # A check that confirms a wrong number too is none.
        if any(template.check(solution + wrong, **values) for wrong in (-10, -1, 1, 10)):
            raise ValueError(f"{case}: {values}: the check confirms other numbers than {solution}")
        yield case, values, solution


def cases(texts: dict[str, Any], language: str) -> Iterator[dict[str, Any]]:
    """The cases of one language."""
    for order, template in enumerate(TEMPLATES):
        text = texts.get(template.id, texts["expression"])[language]
        for variant, (case, values, solution) in zip(VARIANTS, numbers(template), strict=True):
            names = texts["names"]
            at = 2 * order + VARIANTS.index(variant)
            words = {key: names[key][language][at % 6] for key in ("f", "m")}
            if template.expr:
                words["expr"] = expression(template, values, language)
            if template.id == "minutes":
                words["t1"] = clock(values["h1"], values["m1"], language)
                words["t2"] = clock(values["h2"], values["m2"], language)
            quick = variant == VARIANTS[0] and template.id in QUICK
            pure = template.expr or template.id in ("percent-of", "remainder", "root", "squares")
            number = ascii_number(solution)
            yield {
                "id": case,
                "family": template.id,
                "variant": variant,
                "tier": "quick" if quick else "standard",
                "tags": [template.level, template.subject, "skill-computation" if pure else "skill-word-problem"],
                "question": filled(text, values, words, language),
                "number": float(number) if "." in number else int(number),
            }


def main() -> None:
    here = Path(__file__).resolve().parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here.parents[1] / "suites" / "reliability" / "arithmetic"
    texts = tomllib.loads((here / "arithmetic.toml").read_text(encoding="utf-8"))
    canary = tomllib.loads((folder / "suite.toml").read_text(encoding="utf-8"))["canary"]
    for language in LANGUAGES:
        lines = [{"canary": canary}, *cases(texts, language)]
        made = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"cases.{language}.jsonl").write_bytes(made.encode())


if __name__ == "__main__":
    main()
