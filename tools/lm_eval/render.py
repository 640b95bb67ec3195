"""What lm-eval itself makes of its declarative task files: render.py OUT (--list FILE | --distinct)

Each file is read from the installed package and gets ten made-up documents. OUT/<n>/ holds them as `weigh import lm-eval --data` reads
them (`data/`) and, for no examples and for two, what lm-eval's ConfigurableTask asks (`shots0.json`, `shots2.json`).
"""

import argparse
import copy
import json
import logging
import pathlib

import datasets
import lm_eval
from lm_eval.api.task import ConfigurableTask
from lm_eval.config.task import TaskConfig
from lm_eval.tasks._yaml_loader import load_yaml

import made_up

TASKS = pathlib.Path(lm_eval.__file__).parent / "tasks"
COUNT, POOL, SEED = 10, 8, 1234
NAMES = {"task", "task_alias", "tag", "group", "dataset_path", "dataset_name", "dataset_kwargs", "metadata"}
LOADERS = {"json", "csv", "text", "parquet"}


def config(path):
    """The task in a file; None of what is no declarative task of its own."""
    try:
        found = load_yaml(path, resolve_func=False)
    except (OSError, ValueError):
        return None
    named = isinstance(found.get("task"), str) and isinstance(found.get("dataset_path"), str)
    code = any(key in found for key in ("class", "custom_dataset", "use_prompt", "process_docs", "process_results"))
    # A function, not resolved, is the path of a file.
    function = str(path.parent) in json.dumps(found, default=str)
    return found if named and not code and not function and found["dataset_path"] not in LOADERS else None


def bare(found):
    """A task without documents, to try them on."""
    task = ConfigurableTask.__new__(ConfigurableTask)
    task._config = TaskConfig(**copy.deepcopy(found))
    task.fewshot_cfg, task.prompt, task.OUTPUT_TYPE = task._config.fewshot_config, None, task._config.output_type
    return task


def splits(found):
    examples = found.get("fewshot_config") or {}
    names = [found.get("test_split") or found.get("validation_split")]
    names += [found.get(key) for key in ("fewshot_split", "training_split", "validation_split", "test_split")] + [examples.get("split")]
    return list(dict.fromkeys(name for name in names if name))


def asked(found, rows, shots):
    """What lm-eval asks, document by document."""
    given = copy.deepcopy(found)
    given["custom_dataset"] = lambda **_: {split: datasets.Dataset.from_list(of) for split, of in rows.items()}
    task = ConfigurableTask(config=given)
    if given.get("num_fewshot") != 0:
        task.set_config(key="num_fewshot", value=shots)
    task.set_fewshot_seed(seed=SEED)
    task.build_all_requests(limit=COUNT, rank=0, world_size=1)
    documents = []
    for number, document in task.doc_iterator(limit=COUNT):
        requests = [instance for instance in task.instances if instance.metadata[1] == number]
        choices = task.doc_to_choice(document) if task.config.doc_to_choice is not None else None
        text = task.doc_to_text(document)
        documents.append(
            {
                "requests": [list(instance.arguments) for instance in requests],
                "target": task.doc_to_target(document),
                "gold": text if isinstance(text, int) else task.doc_to_target(document),
                "choices": choices,
            }
        )
    return {"output_type": task.OUTPUT_TYPE, "shots": shots, "documents": documents}


def one(path, found, out):
    """Writes a task's documents and prompts; says why where that cannot be done."""
    names = splits(found)
    if not names:
        return "it names no split"
    try:
        rows = made_up.documents(bare(found), found, [COUNT] + [POOL] * (len(names) - 1), SEED)
    except Exception as fault:  # noqa: BLE001 - lm-eval's functions raise whatever the template does
        return f"no documents: {fault}"
    if rows is None:
        return "no documents were found that it renders"
    rows = dict(zip(names, rows, strict=True))
    folder = out / "data" / found["dataset_path"] / str(found.get("dataset_name") or "")
    folder.mkdir(parents=True)
    for name, of in rows.items():
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in of)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    for shots in (0, 2):
        try:
            made = asked(found, rows, shots)
        except Exception as fault:  # noqa: BLE001
            if shots == 0:
                return f"lm-eval: {type(fault).__name__}: {fault}"
            made = {"refused": f"{type(fault).__name__}: {fault}"}
        made = {"file": str(path), "task": found["task"], **made}
        (out / f"shots{shots}.json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--list", type=pathlib.Path)
    parser.add_argument("--distinct", action="store_true", help="all files that differ in more than the data set")
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    if args.distinct:
        paths = sorted(TASKS.rglob("*.yaml"))
    else:
        paths = [TASKS / line for line in args.list.read_text().split() if line]
    written, seen = 0, set()
    for number, path in enumerate(paths):
        found = config(path)
        if found is not None and args.distinct:
            alike = json.dumps({key: value for key, value in found.items() if key not in NAMES}, sort_keys=True, default=str)
            if alike in seen:
                continue
            seen.add(alike)
        if found is None:
            if not args.distinct:
                print(f"{path.relative_to(TASKS)}: no declarative task")
            continue
        why = one(path, found, args.out / f"{number:05}")
        if why is None:
            written += 1
        else:
            print(f"{path.relative_to(TASKS)}: {why}", flush=True)
    print(f"{written} task files rendered")


if __name__ == "__main__":
    main()
