"""Runs the second verifier over tampered and harmless records, and says where it disagrees: agree.py FOLDER"""

import collections
import json
import pathlib
import sys

import verify


def options(folder, case):
    words = [str(folder / "record"), "--policy", str(folder / "trust.toml"), "--model", str(folder / "model")]
    words += ["--countersignature", str(folder / "second.dsse.json"), "--now", case["now"]]
    opening = folder / "opening.jsonl"
    words += ["--opening", str(opening)] if opening.exists() else []
    words += ["--max-age", str(case["max_age"]), "--nonce", case["nonce"]]
    return verify.arguments(words)


counts = collections.Counter()
for path in sorted(pathlib.Path(sys.argv[1]).glob("*/case.json")):
    case = json.loads(path.read_text())
    refused = bool(verify.verify(options(path.parent, case)).faults)
    if refused != case["refused"]:
        print(f"{path.parent.name} ({case['class']}): {'refused' if refused else 'accepted'}")
    counts[case["refused"], refused] += 1
right = counts[True, True] + counts[False, False]
print(f"{counts[True, True]} tampered records refused, {counts[False, False]} harmless ones accepted by a second verifier")
sys.exit(0 if right == counts.total() else 1)
