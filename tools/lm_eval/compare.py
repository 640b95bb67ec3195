"""Figures and answers of one task or group by lm-eval and by weigh: compare.py TASK LM_EVAL_FOLDER WEIGH_FOLDER LM_EVAL_SECONDS WEIGH_SECONDS

Exits with 1 where a log-likelihood differs by more than 0.01 nats, a document scores otherwise, or a figure differs in its first six digits.
"""

import json
import pathlib
import sys

NATS = 0.01
HASHES = ["doc_hash", "prompt_hash", "target_hash"]
# Perplexities follow from log-likelihoods that are equal within a tolerance only.
CONTINUOUS = {"perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "brier_score"}


PARTS = ["versions", "n-shot", "higher_is_better", "group_subtasks"]


def read(folder):
    """results.json of a task or group, and the samples of its tasks by task, document and filter."""
    files = sorted(pathlib.Path(folder).rglob("*"))
    results = json.loads(next(file for file in files if file.name.startswith("results")).read_text(encoding="utf-8"))
    found = {}
    for task in results["n-samples"]:
        for file in files:
            if file.name.startswith(f"samples_{task}"):
                for line in file.read_text(encoding="utf-8").split("\n"):
                    if line:
                        sample = json.loads(line)
                        found[task, sample["doc_id"], sample["filter"]] = sample
    return results, found


def likelihoods(sample):
    """The log-likelihoods behind a sample."""
    for response in sample["resps"]:
        value = response[0]
        while isinstance(value, list):
            value = value[0]
        try:
            yield float(value)
        except ValueError:
            return


def compare(theirs, ours, wrong):
    """The figures of a task or group, those that differ told."""
    figures = []
    for name, value in theirs.items():
        if not isinstance(value, float) or not isinstance(ours.get(name), float):
            same = value == ours.get(name)
        elif name.split(",")[0] in CONTINUOUS:
            same = abs(value / ours[name] - 1) < 1e-4
        else:
            same = f"{value:.6g}" == f"{ours[name]:.6g}"
        if not same:
            wrong.append(f"{name}: {value} and {ours.get(name)}")
        if "," in name and "_stderr" not in name:
            stderr = theirs[name.replace(",", "_stderr,")]
            figures.append(f"{name.removesuffix(',none')} {value:.6g}" + (f" ± {stderr:.6g}" if isinstance(stderr, float) else ""))
    return figures


def main(task, theirs, ours, their_seconds, our_seconds):
    (theirs, their_samples), (ours, our_samples) = read(theirs), read(ours)
    wrong, furthest, replies, others = [], 0.0, set(), set()
    if their_samples.keys() != our_samples.keys():
        wrong.append(f"documents: {len(their_samples)} and {len(our_samples)}")
    for key in sorted(their_samples.keys() & our_samples.keys()):
        one, other = their_samples[key], our_samples[key]
        pairs = list(zip(likelihoods(one), likelihoods(other), strict=True))
        furthest = max([furthest, *(abs(a - b) for a, b in pairs)])
        if not pairs:
            replies.add(key[:2])
            if one["resps"] != other["resps"]:
                others.add(key[:2])
        for cell in [*HASHES, *set(one["metrics"]) - CONTINUOUS]:
            if one[cell] != other[cell]:
                wrong.append(f"document {key}: {cell} {one[cell]} and {other[cell]}")
    if furthest > NATS:
        wrong.append(f"log-likelihoods differ by {furthest}")
    figures = {name: compare(row, ours["results"].get(name, {}), wrong) for name, row in theirs["results"].items()}
    for name, row in theirs.get("groups", {}).items():
        compare(row, ours["groups"].get(name, {}), wrong)
    wrong += [f"{part}: {theirs[part]} and {ours[part]}" for part in PARTS if theirs[part] != ours[part]]
    told = f"{furthest:.1e} nats" if furthest or not replies else f"{len(replies - others)} of {len(replies)} replies the same"
    print(f"| {task} | {len({key[:2] for key in our_samples})} | {told} | {'; '.join(figures[task])} | {float(their_seconds):.0f} | {float(our_seconds):.0f} |")
    print(*wrong, sep="\n", file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
