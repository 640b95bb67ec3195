"""Runs the second verifier over good records, over tampered and harmless ones, and over the table of trust policies, and says where it
disagrees: agree.py REPORTS TAMPERED"""

import collections
import json
import pathlib
import sys

import opening
import verify


def faults(folder, case):
    record = folder / "record" if (folder / "record").exists() else folder
    words = [str(record), "--now", case["now"]]
    if (folder / "trust.toml").exists():
        words += ["--policy", str(folder / "trust.toml")]
    for path in sorted(folder.glob("[0-9]*.dsse.json")):
        words += ["--countersignature", str(path)]
    if "nonce" in case:
        words += ["--model", str(folder / "model"), "--max-age", str(case["max_age"]), "--nonce", case["nonce"]]
    if (folder / "rotation.dsse.json").exists():
        r = verify.options("").parse_args([*words, "--rotation", str(folder / "rotation.dsse.json")])
        return verify.verify(r, [verify.rotation]).faults
    if (folder / "opening.jsonl").exists():
        return opening.check(opening.options("").parse_args([*words, str(folder / "opening.jsonl")])).faults
    r = verify.options("").parse_args(words)
    return verify.verify(r, verify.RECORD + verify.asked(r)).faults


reports, tampered = map(pathlib.Path, sys.argv[1:])
rows = [(path, "good", {"class": "untouched", "refused": False, "now": "2026-12-31T00:00:00Z"}) for path in sorted(reports.iterdir())]
for path in sorted(tampered.glob("*/case.json")):
    rows.append((path.parent, path.parent.name.rsplit("-", 1)[1], json.loads(path.read_text())))
counts = collections.Counter()
for folder, kind, case in rows:
    counts[kind, case["refused"]] += 1
    if bool(faults(folder, case)) != case["refused"]:
        counts["wrong"] += 1
        print(f"{folder.name} ({case['class']}): {'accepted' if case['refused'] else 'refused'}")
print(f"A second verifier: {counts['good', False]} reports, {counts['tampered', True]} tampered records, {counts['benign', False]} harmless ones,"
      f" {counts['policy', True]} refusals and {counts['policy', False]} approvals under trust policies; {counts['wrong']} decided otherwise than ours")
sys.exit(1 if counts["wrong"] else 0)
