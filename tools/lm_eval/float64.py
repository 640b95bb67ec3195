"""Which of two log-likelihoods is nearer: float64.py PARITY [COUNT], after parity.sh with the task udhr.

PARITY is the folder that parity.sh works in. The model's layers and the log-softmax are computed in float64 by transformers.
"""

import pathlib
import sys

import torch
from compare import likelihoods, read
from transformers import AutoModelForCausalLM, AutoTokenizer


def main(work, count):
    (_, theirs), (_, ours) = read(work / "theirs/udhr"), read(work / "ours_udhr")
    tokenizer = AutoTokenizer.from_pretrained(work / "model")
    model = AutoModelForCausalLM.from_pretrained(work / "model", torch_dtype=torch.float32).double().eval()
    tokens, rows = 0, []
    for key in sorted(theirs)[:count]:
        ids = tokenizer(theirs[key]["doc"]["text"], add_special_tokens=False)["input_ids"]
        with torch.no_grad():
            logits = model(torch.tensor([[tokenizer.bos_token_id, *ids[:-1]]])).logits[0]
        places = torch.arange(len(ids)), torch.tensor(ids)
        exact, single = (torch.log_softmax(of, -1)[places].sum().item() for of in (logits.double(), logits.float()))
        tokens += len(ids)
        rows.append([value - exact for value in (*likelihoods(theirs[key]), *likelihoods(ours[key]), single)])
    print(f"{len(rows)} documents, {tokens} tokens; furthest from float64 and mean of a token, in nats:")
    for name, off in zip(["lm-eval", "weigh", "log-softmax alone in float32"], zip(*rows, strict=True), strict=True):
        print(f"{name}: {max(map(abs, off)):.1e}, {sum(off) / tokens:+.1e}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
