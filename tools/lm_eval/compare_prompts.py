"""Whether `weigh import lm-eval` asks what lm-eval asks: compare_prompts.py WEIGH OUT

OUT is what render.py wrote. Every request, choice, target and limit of every document is compared; a line for each folder of task files.
"""

import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

USUAL_TOKENS = 256
LENGTHS = ["max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens"]


def requests(head, case):
    """What the native case asks, as lm-eval's requests."""
    kind, prompt = head["task"]["kind"], head["prompt"]["default"]
    if kind == "choice":
        delimiter = prompt.get("delimiter", " ")
        if "contexts" in case:
            return [[context, delimiter + case["continuation"]] for context in case["contexts"]]
        return [[case["prompt"], delimiter + choice] for choice in case["choices"]]
    if kind == "likelihood":
        return [[case["prompt"], case["text"]] if prompt["template"] else [case["text"]]]
    return [[case["prompt"], {"until": head["task"]["stop"], "tokens": head["task"]["max_tokens"]}]]


def wanted(document):
    """lm-eval's requests, with the length and the stops of a reply as both sides have them; without the choices after nothing."""
    found = []
    for request in document["requests"]:
        if len(request) == 2 and isinstance(request[1], dict):
            given = request[1]
            length = next((given[name] for name in LENGTHS if name in given), USUAL_TOKENS)
            until = given.get("until", [])
            stops = [stop for stop in ([until] if isinstance(until, str) else until) if stop]
            found.append([request[0], {"until": stops, "tokens": length}])
        elif not (len(request) == 2 and request[0] == "" and document["choices"] and len(found) >= len(document["choices"])):
            found.append(request)
    return found


def right(document):
    """The places of the right choices."""
    gold, choices = document["gold"], document["choices"]
    place = lambda one: one if isinstance(one, int) else choices.index(one) if one in choices else -100
    return [place(one) for one in (gold if isinstance(gold, list) else [gold])]


def differences(expect, folder):
    """Cells that differ, and how many there are."""
    head = tomllib.loads((folder / "suite.toml").read_text(encoding="utf-8"))
    cases = [json.loads(line) for line in next(folder.glob("cases.*.jsonl")).read_text(encoding="utf-8").split("\n") if line]
    cells = [("documents", len(expect["documents"]), len(cases))]
    for number, (document, case) in enumerate(zip(expect["documents"], cases, strict=False)):
        cells.append((f"document {number}: target", document["target"], json.loads(case["target"])))
        cells.append((f"document {number}: gold", document["gold"], json.loads(case["gold"])))
        if expect["output_type"] == "multiple_choice":
            answer = case["answer"] if isinstance(case["answer"], list) else [case["answer"]]
            cells.append((f"document {number}: choices", document["choices"], case["choices"]))
            cells.append((f"document {number}: answer", right(document), answer))
        theirs, ours = wanted(document), requests(head, case)
        cells.append((f"document {number}: requests", len(theirs), len(ours)))
        for place, (one, other) in enumerate(zip(theirs, ours, strict=False)):
            cells += [(f"document {number}: request {place}.{part}", a, b) for part, (a, b) in enumerate(zip(one, other, strict=False))]
    return [cell for cell in cells if json.dumps(cell[1]) != json.dumps(cell[2])], len(cells)


def one(weigh, path):
    """What came of a task file with so many examples: `same`, `differs`, `refused`, or `both refuse`; and what to say of it."""
    expect = json.loads(path.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as made:
        shots = path.stem.removeprefix("shots")
        command = [weigh, "import", "lm-eval", expect["file"], "--data", str(path.parent / "data"), "--out", made, "--limit", "10", "--num-fewshot", shots]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if "refused" in expect:
            return ("both refuse", 0, []) if done.returncode else ("differs", 0, [f"lm-eval refuses: {expect['refused']}"])
        if done.returncode:
            return "refused", 0, [line.strip() for line in done.stderr.splitlines() if line.strip()][:1]
        different, cells = differences(expect, next(pathlib.Path(made).glob("*/*")))
    if different:
        name, theirs, ours = different[0]
        return "differs", cells, [f"{len(different)} cells, first {name}", f"  lm-eval {json.dumps(theirs, ensure_ascii=False)[-400:]}", f"  weigh   {json.dumps(ours, ensure_ascii=False)[-400:]}"]
    return "same", cells, []


def main(weigh, out):
    table, cells = collections.defaultdict(collections.Counter), 0
    for path in sorted(out.glob("*/shots*.json")):
        file = json.loads(path.read_text(encoding="utf-8"))["file"].split("/lm_eval/tasks/")[1]
        came, compared, lines = one(weigh, path)
        cells += compared
        table[file.split("/")[0]][came] += 1
        if lines:
            print(f"{file} ({path.stem}): {came}", *lines, sep="\n  ", flush=True)
    columns = ["same", "both refuse", "refused", "differs"]
    print(f"\n| folder of tasks | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    for folder, came in sorted(table.items()):
        print(f"| {folder} | {' | '.join(str(came[column]) for column in columns)} |")
    total = sum(table.values(), collections.Counter())
    print(f"| all | {' | '.join(str(total[column]) for column in columns)} |\n\n{cells} cells compared")
    return 1 if total["differs"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
