"""A GGUF file of the Llama architecture as a folder that transformers reads: dequantise.py FILE.gguf FOLDER

Weights become float32, so that lm-eval's `hf` backend and `weigh --arith f32` compute with the same numbers.
The tokenizer is a byte-level BPE whose digits stand alone (GGUF's pre-tokenizer `smollm`); any other is refused.
"""

import json
import pathlib
import sys

import gguf
import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

# GGUF's names of a block's tensors and transformers' names of them.
BLOCK = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
OTHERS = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight", "output.weight": "lm_head.weight"}
CONTROL, USER_DEFINED = 3, 4


def weights(reader, heads):
    """All tensors in float32. GGUF pairs the two halves of each rotated head; here they stand one after the other."""
    tensors = {}
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        if tensor.name in OTHERS:
            tensors[OTHERS[tensor.name]] = values
            continue
        _, layer, kind, _ = tensor.name.split(".")
        if kind in heads:
            rows, columns = values.shape
            values = values.reshape(heads[kind], rows // heads[kind] // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)
        tensors[f"model.layers.{layer}.{BLOCK[kind]}.weight"] = np.ascontiguousarray(values)
    return tensors


def tokenizer(field):
    if (field("tokenizer.ggml.model"), field("tokenizer.ggml.pre")) != ("gpt2", "smollm"):
        sys.exit("expected the tokenizer `gpt2` with the pre-tokenizer `smollm`")
    tokens, types = field("tokenizer.ggml.tokens"), field("tokenizer.ggml.token_type")
    merges = [tuple(merge.split(" ")) for merge in field("tokenizer.ggml.merges")]
    bpe = Tokenizer(models.BPE(vocab={token: index for index, token in enumerate(tokens)}, merges=merges))
    bpe.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)]
    )
    bpe.decoder = decoders.ByteLevel()
    special = [token for token, kind in zip(tokens, types, strict=True) if kind in (CONTROL, USER_DEFINED)]
    bpe.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    return bpe, tokens


def main(source, folder):
    reader = gguf.GGUFReader(source)
    field = lambda name: reader.fields[name].contents()
    architecture = field("general.architecture")
    if architecture != "llama":
        sys.exit(f"expected the architecture `llama`, found `{architecture}`")
    of = lambda name: field(f"llama.{name}")
    heads = {"attn_q": of("attention.head_count"), "attn_k": of("attention.head_count_kv")}
    folder.mkdir(parents=True, exist_ok=True)
    tensors = weights(reader, heads)
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    bpe, tokens = tokenizer(field)
    bpe.save(str(folder / "tokenizer.json"))
    ids = {kind: field(f"tokenizer.ggml.{kind}_token_id") for kind in ("bos", "eos")}
    config = {
        "architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "float32", "hidden_act": "silu",
        "hidden_size": of("embedding_length"), "intermediate_size": of("feed_forward_length"), "vocab_size": len(tokens),
        "num_hidden_layers": of("block_count"), "num_attention_heads": heads["attn_q"], "num_key_value_heads": heads["attn_k"],
        "max_position_embeddings": of("context_length"), "rope_theta": of("rope.freq_base"),
        "rms_norm_eps": of("attention.layer_norm_rms_epsilon"), "tie_word_embeddings": "lm_head.weight" not in tensors,
        "bos_token_id": ids["bos"], "eos_token_id": ids["eos"],
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config, indent=1))
    words = {
        "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": of("context_length"), "clean_up_tokenization_spaces": False,
        "bos_token": tokens[ids["bos"]], "eos_token": tokens[ids["eos"]], "pad_token": tokens[ids["eos"]],
        "chat_template": field("tokenizer.chat_template"),
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(words, indent=1))


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
