"""Speed of llama.cpp on each of some files, a line of JSON for each.

    python llama.py BIN MC200 ITEMS MODEL...        ITEMS may be 0

BIN holds `llama-bench` and `llama-perplexity`. Items are the first of MC200, scored by
`llama-perplexity --hellaswag`, which asks the same of a model: the log-likelihoods of four endings
of a text. Its time is the process's, less that of a process with one item, since it tells none
without loading.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

BIN, MC200, ITEMS, *MODELS = sys.argv[1:]
THREADS = ["-t", "2"]
TESTS = {(512, 0): "pp512", (2048, 0): "pp2048", (0, 64): "tg"}


def speeds(model):
    command = [f"{BIN}/llama-bench", "-m", model, *THREADS, "-p", "512,2048", "-n", "64", "-r", "3", "-o", "jsonl"]
    found = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    for test in map(json.loads, found.splitlines()):
        yield TESTS[test["n_prompt"], test["n_gen"]], statistics.median(test["samples_ts"])


def score(model, items):
    """Seconds of one process."""
    with tempfile.NamedTemporaryFile("w") as file:
        for item in items:
            file.writelines(line + "\n" for line in [item["context"], str(item["label"]), *item["choices"]])
        file.flush()
        command = [f"{BIN}/llama-perplexity", "-m", model, *THREADS, "--hellaswag", "--hellaswag-tasks", str(len(items))]
        start = time.perf_counter()
        subprocess.run([*command, "-f", file.name, "-c", "4096", "-b", "4096", "-ub", "512"], check=True, capture_output=True)
        return time.perf_counter() - start


def main():
    count = int(ITEMS)
    items = [json.loads(line) for line in open(MC200)][:count] if count else []
    for model in MODELS:
        line = {"engine": "llama.cpp", "class": pathlib.Path(model).stem, **dict(speeds(model))}
        if items:
            one, all = score(model, items[:1]), score(model, items)
            line["items"] = (count - 1) / (all - one)
        print(json.dumps(line), flush=True)


main()
