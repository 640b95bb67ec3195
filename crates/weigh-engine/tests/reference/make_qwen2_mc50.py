"""Log-likelihoods by llama.cpp of the first items of mc200, four choices each.

    benches/peers/llama.sh                      # builds llama.cpp and its sources' Python bindings
    python make_qwen2_mc50.py SDIST LIBRARIES MC200 Q4_K_M.gguf F32.gguf > qwen2_mc50.jsonl

SDIST holds the package `llama_cpp`, LIBRARIES the built `libllama.so`. The border between context
and choice is lm-evaluation-harness's: the whole text and the context are each tokenised, and what
is longer is the choice. Scores are log-softmaxes in float64 of llama.cpp's float32 logits. So
that its float32 is float32, keys and values are kept in it and flash attention (which rounds keys
to float16) is off.
"""

import ctypes
import json
import os
import sys

import numpy

ITEMS = 50
SDIST, LIBRARIES, MC200, STORED, EXACT = sys.argv[1:]
sys.path.insert(0, SDIST)
os.environ["LLAMA_CPP_LIB_PATH"] = LIBRARIES
from llama_cpp import llama_cpp as c  # noqa: E402

quiet = c.llama_log_callback(lambda level, text, user: None)


class Model:
    def __init__(self, path):
        self.model = c.llama_model_load_from_file(path.encode(), c.llama_model_default_params())
        params = c.llama_context_default_params()
        params.n_ctx = params.n_batch = params.n_ubatch = 512
        params.n_threads = params.n_threads_batch = 2
        params.type_k = params.type_v = c.GGML_TYPE_F32
        params.flash_attn_type = c.LLAMA_FLASH_ATTN_TYPE_DISABLED
        self.context = c.llama_init_from_model(self.model, params)
        self.memory = c.llama_get_memory(self.context)
        self.vocabulary = c.llama_model_get_vocab(self.model)
        self.width = c.llama_vocab_n_tokens(self.vocabulary)
        self.batch = c.llama_batch_init(512, 0, 1)

    def ids(self, text):
        text = text.encode()
        room = (c.llama_token * (len(text) + 8))()
        found = c.llama_tokenize(self.vocabulary, text, len(text), room, len(room), True, False)
        assert found >= 0
        return list(room[:found])

    def log_probs(self, ids, start):
        """ids[start:] are computed after what the memory holds; a row of log-probabilities each."""
        c.llama_memory_seq_rm(self.memory, 0, start, -1)
        batch = self.batch
        batch.n_tokens = len(ids) - start
        for row, id in enumerate(ids[start:]):
            batch.token[row], batch.pos[row], batch.logits[row] = id, start + row, 1
            batch.n_seq_id[row], batch.seq_id[row][0] = 1, 0
        assert c.llama_decode(self.context, batch) == 0
        rows = [numpy.ctypeslib.as_array(c.llama_get_logits_ith(self.context, row), (self.width,)) for row in range(batch.n_tokens)]
        logits = numpy.stack(rows).astype(numpy.float64)
        top = logits.max(axis=1, keepdims=True)
        return logits - top - numpy.log(numpy.exp(logits - top).sum(axis=1, keepdims=True))

    def score(self, context, choices):
        """The sum of the choice's log-probabilities for each choice, all with one context."""
        first = self.log_probs(context, 0)[-1:]
        scores = []
        for choice in choices:
            rows = first
            if len(choice) > 1:
                rows = numpy.concatenate([first, self.log_probs(context + choice[:-1], len(context))])
            scores.append(round(float(rows[range(len(choice)), choice].sum()), 6))
        return scores


def main():
    c.llama_log_set(quiet, ctypes.c_void_p(0))
    items = [json.loads(line) for line in open(MC200)][:ITEMS]
    answers = []
    for path in [STORED, EXACT]:
        model = Model(path)
        scores = []
        for item in items:
            context = model.ids(item["context"])
            wholes = [model.ids(item["context"] + " " + choice) for choice in item["choices"]]
            assert all(whole[: len(context)] == context for whole in wholes), item["id"]
            choices = [whole[len(context) :] for whole in wholes]
            scores.append((item["id"], context, choices, model.score(context, choices)))
            print(path, item["id"], scores[-1][3], file=sys.stderr, flush=True)
        answers.append(scores)
        c.llama_free(model.context)
        c.llama_model_free(model.model)
    for (id, context, choices, stored), (_, *ids, exact) in zip(*answers):
        assert ids == [context, choices]
        line = {"id": id, "context": context, "choices": choices, "f32": exact, "q4_k_m": stored}
        print(json.dumps(line, separators=(",", ":")))


main()
