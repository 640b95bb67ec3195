"""Figures and answers of one task by lm-eval and by weigh: compare.py TASK LM_EVAL_FOLDER WEIGH_FOLDER LM_EVAL_SECONDS WEIGH_SECONDS

Exits with 1 where a log-likelihood differs by more than 0.01 nats, a document scores otherwise, or a figure differs in its first six digits.
"""

import json
import pathlib
import sys

NATS = 0.01
HASHES = ["doc_hash", "prompt_hash", "target_hash"]
# Perplexities follow from log-likelihoods that are equal within a tolerance only.
CONTINUOUS = {"perplexity", "word_perplexity", "byte_perplexity", "bits_per_byte", "brier_score"}


def read(folder, task):
    """results.json of a task and its samples by document and filter."""
    files = sorted(pathlib.Path(folder).rglob("*"))
    results = next(file for file in files if file.name.startswith("results"))
    found = {}
    for file in files:
        if file.name.startswith(f"samples_{task}"):
            for line in file.read_text(encoding="utf-8").split("\n"):
                if line:
                    sample = json.loads(line)
                    found[sample["doc_id"], sample["filter"]] = sample
    return json.loads(results.read_text(encoding="utf-8"))["results"][task], found


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


def main(task, theirs, ours, their_seconds, our_seconds):
    (theirs, their_samples), (ours, our_samples) = read(theirs, task), read(ours, task)
    wrong, furthest, replies, others = [], 0.0, set(), set()
    if their_samples.keys() != our_samples.keys():
        wrong.append(f"documents: {len(their_samples)} and {len(our_samples)}")
    for key in sorted(their_samples.keys() & our_samples.keys()):
        one, other = their_samples[key], our_samples[key]
        pairs = list(zip(likelihoods(one), likelihoods(other), strict=True))
        furthest = max([furthest, *(abs(a - b) for a, b in pairs)])
        if not pairs:
            replies.add(key[0])
            if one["resps"] != other["resps"]:
                others.add(key[0])
        for cell in [*HASHES, *set(one["metrics"]) - CONTINUOUS]:
            if one[cell] != other[cell]:
                wrong.append(f"document {key}: {cell} {one[cell]} and {other[cell]}")
    if furthest > NATS:
        wrong.append(f"log-likelihoods differ by {furthest}")
    figures = []
    for name, value in theirs.items():
        if "," not in name:
            continue
        if not isinstance(value, float):
            same = value == ours[name]
        elif name.split(",")[0] in CONTINUOUS:
            same = abs(value / ours[name] - 1) < 1e-4
        else:
            same = f"{value:.6g}" == f"{ours[name]:.6g}"
        if not same:
            wrong.append(f"{name}: {value} and {ours[name]}")
        if "_stderr" not in name:
            stderr = theirs[name.replace(",", "_stderr,")]
            figures.append(f"{name.removesuffix(',none')} {value:.6g}" + (f" ± {stderr:.6g}" if isinstance(stderr, float) else ""))
    told = f"{furthest:.1e} nats" if furthest or not replies else f"{len(replies - others)} of {len(replies)} replies the same"
    print(f"| {task} | {len({document for document, _ in our_samples})} | {told} | {'; '.join(figures)} | {float(their_seconds):.0f} | {float(our_seconds):.0f} |")
    print(*wrong, sep="\n", file=sys.stderr, end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
