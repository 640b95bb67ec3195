"""Items per second of lm-evaluation-harness (`hf` backend, CPU, float32) on mc200, as a line of JSON.

    python lm_eval_items.py FOLDER REFERENCE [ITEMS [BATCH]]

FOLDER holds the model, REFERENCE `mc200.yaml` with its items and `lm_eval_0shot.jsonl`. What counts
is the time in the model's `loglikelihood`: neither loading nor making the requests. The answers are
compared with those on file, so that a wrong model is no fast model.
"""

import json
import os
import sys
import time

folder, reference = map(os.path.abspath, sys.argv[1:3])
items, batch = [int(argument) for argument in sys.argv[3:5] + ["24", "8"][len(sys.argv) - 3 :]]
os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false", LMEVAL_LOG_LEVEL="WARNING")
os.chdir(reference)  # the task names its files relative to itself

import lm_eval  # noqa: E402
from lm_eval.models.huggingface import HFLM  # noqa: E402
from lm_eval.tasks import TaskManager  # noqa: E402


class Timed(HFLM):
    seconds = 0.0

    def loglikelihood(self, requests, disable_tqdm=True):
        start = time.perf_counter()
        answers = super().loglikelihood(requests, disable_tqdm=disable_tqdm)
        self.seconds += time.perf_counter() - start
        return answers


model = Timed(pretrained=folder, dtype="float32", device="cpu", batch_size=batch)
tasks = TaskManager(include_path=reference)
found = lm_eval.simple_evaluate(model=model, tasks=["mc200"], num_fewshot=0, limit=items, task_manager=tasks, bootstrap_iters=0)

known = {line["doc_id"]: line["loglikelihoods"] for line in map(json.loads, open("lm_eval_0shot.jsonl"))}
worst = 0.0
for sample in found["samples"]["mc200"]:
    got = [float(answer[0]) for answer in sample["filtered_resps"]]
    worst = max(worst, *(abs(a - b) for a, b in zip(got, known[sample["doc"]["id"]])))
if not worst <= 1e-3:
    sys.exit(f"log-likelihoods differ from those on file by {worst} nats")
line = {"engine": f"lm-eval {lm_eval.__version__}, hf, batch {batch}", "class": "F32", "items": items / model.seconds}
print(json.dumps(line))
