"""Proves opened cases of a record by docs/record.md alone, beside the whole record or by the signed report alone:
opening.py RECORD OPENING... [options of verify.py]. Exits as verify.py does."""

import hmac
from pathlib import Path

import verify
from verify import canonical, need, node, sha, split


def climbed(below, index, count, path):
    """The root above a leaf, RFC 6962, section 2.1.1: the last step of its path is a child of the root."""
    need(bool(path) == (count > 1) and 0 <= index < count, "a path that is too short or too long, or no such place")
    if not path:
        return below
    half = split(count)
    if index < half:
        return node(climbed(below, index, half, path[:-1]), path[-1])
    return node(path[-1], climbed(below, index - half, count - half, path[:-1]))


def stated(r):
    """What a report whose journal is withheld says of itself."""
    amended = r.report.get("amendment")
    r.plan, r.sealed = r.report["plan"], r.report["record"]["sealed"]
    r.issued = amended["at"] if amended else r.sealed
    digits = sha(canonical(amended)) if amended else r.report["record"]["journal_head"]
    need(r.report["id"] == "WH-" + digits[:16], "its id does not follow")


def proved(r, *, format, report, payload, index, count, salt, entry, path):
    trial, responses = entry["trial"]["trial"], entry["trial"]["responses"]
    of = ("weighhouse-opening/1", r.report["id"], sha(r.main[0]), r.report["plan"]["trials"])
    need((format, report, payload, count) == of, "of another report")
    need(trial == ":".join((entry["suite"], entry["case"]["language"], entry["case"]["id"])), "another trial")
    need(len(entry["requests"]) == len(responses), "another number of answers")
    leaf = node(bytes.fromhex(salt) + canonical(entry))
    root = climbed(leaf, index, count, [bytes.fromhex(step) for step in path])
    need(root.hex() == r.report["record"]["commitment"], "not committed to")
    if not r.withheld:
        own = hmac.new(bytes.fromhex(r.seal["salt"]), trial.encode(), "sha256").hexdigest()
        need((sorted(r.trials)[index], r.trials[trial], own) == (trial, responses, salt), "not the journal's")
    return index, trial.encode()


def openings(r):
    """Each line is one; in the order of their places trials are in order, too, so that none is there with two contents."""
    lines = [line for path in r.opening for line in path.read_bytes().removesuffix(b"\n").split(b"\n")]
    opened = sorted(proved(r, **verify.strict_canonical(line)) for line in lines)
    need(all(a[0] < b[0] and a[1] < b[1] for a, b in zip(opened, opened[1:])), "a case twice, or out of order")


def check(r):
    r.withheld = not any((r.record / name).exists() for name in ("journal.jsonl", "suites"))
    profile = [verify.profile, verify.findings] * (r.record / "profile.toml").exists()
    parts = [verify.envelopes, stated, *profile] if r.withheld else verify.RECORD
    verify.verify(r, [*parts, openings, *verify.asked(r)])
    r.left += ["journal, suites and figures: withheld"] * r.withheld
    return r


def options(text):
    parser = verify.options(text)
    parser.add_argument("opening", nargs="+", type=Path)
    return parser


if __name__ == "__main__":
    verify.tell(check(options(__doc__).parse_args()))
