"""Makes two fixtures: texts with the ids that Hugging Face's tokenizers give them, and pairs of a
context and a continuation with their ids by the rules of lm-evaluation-harness.

    pip install tokenizers
    python make_tokenizer_fixture.py ids SmolLM2-135M-Instruct.Q4_1.gguf > fixtures/smollm2_ids.jsonl
    python make_tokenizer_fixture.py pairs SmolLM2-135M-Instruct.Q4_1.gguf > fixtures/smollm2_pairs.jsonl

The reference is the library of Hugging Face (its wheel uses Oniguruma), with the vocabulary and
the merges of the GGUF file and the steps of the published SmolLM2 tokenizer.json: no normaliser,
then Digits(individual_digits) and ByteLevel(add_prefix_space=False, use_regex=True). The texts
are made here from the word lists below and a seed; none is taken from anywhere. A text with a byte
that has no token has `null` for its ids: the library leaves the byte out without a word.
"""

import json
import random
import struct
import sys

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

WORDS = {
    "en": "the market weighs a loaf of bread every morning and nobody isn't asked who'd pay they're I've we'll Mr. O'Neil's don't".split(),
    "fr": "le marché pèse chaque matin le pain d'aujourd'hui où l'élève naïf reçoit ça çà être où qu'il n'a".split(),
    "de": "der Markt wiegt jeden Morgen Brötchen für die Straße größer Übermaß Weihnachtsbäume süß daß".split(),
    "es": "el mercado pesa cada mañana el pan ¿cuánto? ¡qué! niño pingüino corazón año".split(),
    "pt": "a feira pesa o pão de manhã não coração três irmãos avô à pé".split(),
    "pl": "każdy ranek waży chleb na targu źdźbło żółw łąka śnieg ćma".split(),
    "tr": "her sabah ekmek tartılır çarşı ığdır İstanbul şeker öğüt güneş".split(),
    "vi": "mỗi sáng chợ cân bánh mì người nước Việt tiếng được đường".split(),
    "ru": "каждое утро на рынке взвешивают хлеб ёлка объём щука чьё".split(),
    "uk": "щоранку на ринку зважують хліб їжак ґанок п'ять єдність".split(),
    "el": "κάθε πρωί η αγορά ζυγίζει το ψωμί άνθρωπος ώρα ϊός".split(),
    "ar": "يزن السوق الخبز كل صباح مُحَمَّد لا إله سؤال شيء".split(),
    "fa": "بازار هر روز صبح نان را وزن می‌کند کتاب‌ها چه گفت".split(),
    "he": "השוק שוקל לחם כל בוקר שָׁלוֹם ירושלים".split(),
    "hi": "बाज़ार हर सुबह रोटी तौलता है क्षेत्र ज्ञान हिन्दी".split(),
    "bn": "বাজার প্রতি সকালে রুটি ওজন করে বাংলা ক্ষ".split(),
    "ta": "சந்தை ஒவ்வொரு காலையும் ரொட்டி எடை தமிழ்".split(),
    "th": "ตลาด ชั่งขนมปัง ทุกเช้า ภาษาไทย น้ำ".split(),
    "ka": "ბაზარი ყოველ დილით პურს წონის ქართული".split(),
    "hy": "շուկան ամեն առավոտ հաց է կշռում հայերեն".split(),
    "am": "ገበያው በየማለዳው ዳቦ ይመዝናል አማርኛ".split(),
    "zh": "市场 每天早上 称面包 测量 模型 的 权重 繁體字 龍".split(),
    "ja": "市場 は 毎朝 パン を 量る カタカナ ひらがな ﾊﾝｶｸ".split(),
    "ko": "시장은 매일 아침 빵의 무게를 잰다 한국어 갂".split(),
    "sw": "soko hupima mkate kila asubuhi ng'ombe".split(),
}
MARKS = [".", ",", "!", "?", ";", ":", "...", " -", " —", "…", "»", "”", "、", "。", "؟", "،", "।", ")", "]", "%", "'s", "’s"]
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "௦௧௨௩௪௫௬௭௮௯", "๐๑๒๓๔๕๖๗๘๙", "០១២៣៤៥៦៧៨៩",
          "０１２３４５６７８９", "²³¹⁴₀₁", "ⅠⅡⅢⅳ", "½⅓¾", "一二三四五", "①②⑩", "𝟎𝟏𝟐", "𝟘𝟙"]
EMOJI = ["😀", "👍🏽", "👩‍👩‍👧‍👦", "🇫🇷", "🏳️‍🌈", "❤️", "☃", "🧑🏿‍🚀", "1️⃣", "🫠", "©️", "™"]
BLANKS = [" ", "  ", "   ", "\t", "\n", "\r\n", "\n\n", "\u00a0", "\u2003", "\u3000", "\u2028", "\u0085", "\u200b", "\v", "\f", "\r", "\ufeff"]
CODE = ["def f(x):\n    return x + 1\n", "for (int i = 0; i < 10; ++i) {\n\t\tsum += a[i];\n}", "let v: Vec<u8> = vec![0; 16];",
        "SELECT * FROM t WHERE id='7' --", "<div class=\"a b\">&amp;</div>", "{\"k\": [1, 2.5e-3, null]}", "x = '''doc'''  # note",
        "#!/bin/sh\nset -eu\n", "a&&b||!c", "λx.x→y", "\\frac{1}{2}\\,\\alpha^{2}", "0xDEADBEEF 1_000_000 1e10", "snake_case camelCase PascalCase",
        "https://example.org/a?b=c&d=%20", "user@example.org", "C:\\Temp\\file.txt", "|a|b|\n|-|-|\n", "if(a<b)then{}else{};", "/* c */ // d"]
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<repo_name>", "<file_sep>", "<jupyter_code>", "<empty_output>", "<|im_end|", "|im_end|>", "<|IM_END|>"]


def alphabet():
    plain = [*range(33, 127), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    return {**{byte: chr(byte) for byte in plain}, **{byte: chr(256 + i) for i, byte in enumerate(others)}}


def metadata(path):
    data = open(path, "rb").read()
    at = 8
    sizes = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}

    def number(form):
        nonlocal at
        value = struct.unpack_from("<" + form, data, at)[0]
        at += struct.calcsize("<" + form)
        return value

    def value(kind):
        nonlocal at
        if kind == 8:
            length = number("Q")
            at += length
            return data[at - length : at].decode()
        if kind == 9:
            item, count = number("I"), number("Q")
            return [value(item) for _ in range(count)]
        return number(sizes[kind])

    _tensors, keys = number("Q"), number("Q")
    return {value(8): value(number("I")) for _ in range(keys)}


def reference(path):
    keys = metadata(path)
    assert keys["tokenizer.ggml.pre"] == "smollm"
    tokens = keys["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ")) for merge in keys["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE({token: id for id, token in enumerate(tokens)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=True),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    special = [token for token, kind in zip(tokens, keys["tokenizer.ggml.token_type"]) if kind == 3]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    missing = {byte for byte, letter in alphabet().items() if letter not in set(tokens)}
    return tokenizer, missing


def texts():
    draw = random.Random(20240726)

    def sentence(words, most=14):
        parts = []
        for _ in range(draw.randint(1, most)):
            word = draw.choice(words)
            parts.append(draw.choice([word, word, word, word.capitalize(), word.upper(), word + draw.choice(MARKS)]))
        return draw.choice([" ", " ", " ", "  ", ""]).join(parts)

    def number():
        digits = draw.choice(DIGITS)
        return "".join(draw.choice(digits) for _ in range(draw.randint(1, 7)))

    def blank(most=4):
        return "".join(draw.choice(BLANKS) for _ in range(draw.randint(1, most)))

    def character():
        low, high = draw.choice([(0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x400, 0x4FF), (0x590, 0x6FF), (0x900, 0xDFF),
                                 (0xE00, 0xFFF), (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x2000, 0x27BF), (0x3040, 0x30FF), (0x4E00, 0x9FFF),
                                 (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE00, 0xFFEF), (0x10000, 0x103FF), (0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF),
                                 (0x20000, 0x2A6DF), (0xE000, 0xE0FF), (0x100000, 0x10000F)])
        return chr(draw.randint(low, high))

    everything = [word for words in WORDS.values() for word in words]
    yield from ["", " ", "a", "\n", "é", "e\u0301", "aaaaaaaaaaaaaaaa" * 20, " " * 300, "\n" * 100, "ab" * 200, "!" * 99, "\t" * 40 + "x"]
    for words in WORDS.values():
        for _ in range(36):
            yield sentence(words)
    for _ in range(250):
        yield draw.choice(["", "n = ", sentence(everything, 2)]) + draw.choice(["", " ", "  ", "\n"]) + number() + draw.choice(["", ".", " ", ",", "-", "x"]) + number()
    for _ in range(80):
        yield "".join(draw.choice([draw.choice(EMOJI), draw.choice(EMOJI) + " ", sentence(everything, 2)]) for _ in range(draw.randint(1, 6)))
    for _ in range(120):
        yield draw.choice(["", " ", "\n", "```\n"]) + draw.choice(CODE) + draw.choice(["", "\n", "  "]) + draw.choice(CODE)
    for _ in range(250):
        yield draw.choice(["", "x", "5", "."]) + blank(8) + draw.choice(["", "y", " z", "7", "!", "é"]) + blank(3)
    for _ in range(80):
        yield "".join(draw.choice([chr(draw.randint(0, 31)), chr(draw.randint(127, 159)), "a", " b"]) for _ in range(draw.randint(1, 8)))
    for _ in range(250):
        yield draw.choice(["", " "]).join(draw.choice(everything) if draw.random() < 0.7 else number() for _ in range(draw.randint(2, 10)))
    for _ in range(150):
        yield "".join(draw.choice([draw.choice(SPECIAL), sentence(everything, 2), blank(2), "\n"]) for _ in range(draw.randint(1, 7)))
    for _ in range(200):
        yield "".join(character() for _ in range(draw.randint(1, 12)))


def pair(tokenizer, context, continuation, prefix=1):
    """The border as the harness draws it; the model adds no token of its own to a text."""
    encode = lambda text: tokenizer.encode(text, add_special_tokens=False).ids
    if context == "":
        ids = encode(continuation)
        return ([prefix], ids) if ids[:1] != [prefix] else (ids[:1], ids[1:])
    spaces = len(context) - len(context.rstrip())
    if spaces > 0:
        context, continuation = context[:-spaces], context[-spaces:] + continuation
    head = encode(context)
    return head or [prefix], encode(context + continuation)[len(head):]


def pairs():
    draw = random.Random(20240727)
    everything = [word for words in WORDS.values() for word in words]
    ends = ["", " ", "  ", "\n", " \n", "\t", "\u00a0", "\u3000", "\u2028", "\x1c", "\x1e", "\x1f ", "\x85", "\u200b", "\ufeff", "<|im_end|>\n"]
    for _ in range(300):
        context = " ".join(draw.choice(everything) for _ in range(draw.randint(0, 6)))
        start = draw.choice(["", "", "<|im_start|>", "Q: "])
        continuation = draw.choice(["", " ", "  ", "\n"]) + draw.choice([*everything, "7", "<|im_end|>", ""])
        yield start + context + draw.choice(ends), continuation


def main():
    what, path = sys.argv[1:]
    tokenizer, missing = reference(path)
    if what == "pairs":
        for context, continuation in dict.fromkeys(pairs()):
            print(json.dumps([context, continuation, *pair(tokenizer, context, continuation)], ensure_ascii=False, separators=(",", ":")))
        return
    for text in dict.fromkeys(texts()):
        refused = any(byte in missing for byte in text.encode())
        ids = None if refused else tokenizer.encode(text, add_special_tokens=False).ids
        assert refused or tokenizer.decode(ids, skip_special_tokens=False) == text
        print(json.dumps([text, ids], ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main()
