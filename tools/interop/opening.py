"""Openings of single cases, for verify.py: each is proved by docs/record.md, beside the whole record or by the signed report alone."""
import hashlib, hmac, re
import verify

KEYS = {"count", "entry", "format", "index", "path", "payload", "report", "salt"}


LEFT = {True: ["journal, suites, figures, how the commitment was made: withheld"],
        False: ["how the commitment was made; digests of plan, tokenizer, configuration, template; judges; cards"]}


def withheld(args):
    """Whether only the signed report is there, and cases of it are opened."""
    return bool(args.opening) and not any((args.record / name).exists() for name in ("journal.jsonl", "suites"))


def digest(text):
    return bytes.fromhex(text) if re.fullmatch("[0-9a-f]{64}", text) else verify.refuse("no digest")


def root(leaf, index, count, path):
    """The root above a leaf, RFC 6962, section 2.1.1: the last step of its path is a child of the root."""
    if count == 1:
        return leaf if not path else verify.refuse("a path that is too long")
    half = 1 << (count - 1).bit_length() - 1
    left = index < half
    below = root(leaf, index, half, path[:-1]) if left else root(leaf, index - half, count - half, path[:-1])
    return hashlib.sha256(b"\1" + (below + path[-1] if left else path[-1] + below)).digest()


def proved(seen, one):
    entry, report = one["entry"], seen.report
    trial = ":".join((entry["suite"], entry["case"]["language"], entry["case"]["id"]))
    named = (one["format"], one["report"], one["payload"], one["count"])
    named == ("weighhouse-opening/1", report["id"], hashlib.sha256(seen.main[0]).hexdigest(), report["plan"]["trials"]) or verify.refuse("of another report")
    set(one) == KEYS and entry["trial"]["trial"] == trial and entry["suite"] in report["plan"]["suites"] or verify.refuse("another key, trial or suite")
    len(entry["requests"]) == len(entry["trial"]["responses"]) and 0 <= one["index"] < one["count"] or verify.refuse("an answer too few, or no such place")
    leaf = hashlib.sha256(b"\0" + digest(one["salt"]) + verify.canonical(entry)).digest()
    root(leaf, one["index"], one["count"], list(map(digest, one["path"]))) == digest(report["record"]["commitment"]) or verify.refuse("not committed to")
    if not seen.withheld:
        salt = hmac.new(digest(seen.seal["salt"]), trial.encode(), "sha256").hexdigest()
        (sorted(seen.trials)[one["index"]], seen.trials[trial], salt) == (trial, entry["trial"]["responses"], one["salt"]) or verify.refuse("not the journal's")
    return one["index"], trial


def openings(seen, args):
    """Every line is one; in the order of their places their trials are in order, too, so that none is there with two contents."""
    lines = [line for path in args.opening for line in path.read_bytes().removesuffix(b"\n").split(b"\n")]
    opened = sorted(proved(seen, verify.strict_canonical(line)) for line in lines)
    seen.need(all(a[0] < b[0] and a[1].encode() < b[1].encode() for a, b in zip(opened, opened[1:])), "openings: a case twice, or out of order")


def stated(seen, args):
    """What a report without its journal says of itself."""
    seen.plan, seen.seal, amended = seen.report["plan"], {"at": seen.report["record"]["sealed"]}, seen.report.get("amendment")
    seen.issued = amended["at"] if amended else seen.seal["at"]
    digits = verify.sha(verify.canonical(amended)) if amended else seen.report["record"]["journal_head"]
    seen.need(seen.report["id"] == "WH-" + digits[:16], "report: its id does not follow from the journal's head or its amendment")
    if (seen.record / "profile.toml").exists():
        verify.profile(seen)
        verify.findings(seen, args)
