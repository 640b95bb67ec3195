"""Speed of this engine in each class of arithmetic, a line of JSON for each.

    python weigh.py BIN MC200 ITEMS MODELS        ITEMS may be 0

BIN holds `weigh` and the example `mc200`, MODELS the default model's weights in several types.
Which of them a file has makes no difference to the speed in f32 and bf16, and all to it as stored.
"""

import json
import subprocess
import sys

BIN, MC200, ITEMS, MODELS = sys.argv[1:]
CLASSES = [("f32", "Q4_1"), ("bf16", "Q4_1"), ("stored", "Q8_0"), ("stored", "Q4_1")]
FIGURES = {"pp512": "prompt_512", "pp2048": "prompt_2048", "tg": "text_1"}


def asked(*command):
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


for compute, kind in CLASSES:
    model = f"{MODELS}/{kind}.gguf"
    bench = ["bench", "--model", model, "--compute", compute, "--threads", "2", "--suite", "none", "--json"]
    [found] = asked(f"{BIN}/weigh", *bench)["classes"]
    line = {figure: float(found[name]) for figure, name in FIGURES.items()}
    if ITEMS != "0":
        line |= asked(f"{BIN}/examples/mc200", model, compute, ITEMS, MC200)
    line |= {"engine": "weigh", "class": f"stored, {kind}" if compute == "stored" else compute}
    print(json.dumps(line), flush=True)
