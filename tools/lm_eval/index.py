"""Every name and every group of lm-eval's own package by lm-eval and by weigh: index.py EXAMPLE

EXAMPLE is `lm_eval_index` of weigh-exchange, built. Tasks only keep their settings; Python code is not run, and stands there by its name.
"""

import json
import pathlib
import subprocess
import sys

import lm_eval
from lm_eval.tasks import TaskManager, _factory
from lm_eval.tasks._index import Kind, TaskIndex
from lm_eval.tasks._yaml_loader import load_yaml

import groups  # noqa: F401 (its tasks)

TASKS = pathlib.Path(lm_eval.__file__).parent / "tasks"
KINDS = {Kind.TASK: "task", Kind.PY_TASK: "task", Kind.GROUP: "group", Kind.TAG: "tag"}


def name_of_code(value):
    """`!function` that is not resolved is a path; its last part is what the file says."""
    if isinstance(value, dict):
        return {str(key): name_of_code(item) for key, item in value.items()}
    if isinstance(value, list):
        return [name_of_code(item) for item in value]
    return pathlib.Path(value).name if isinstance(value, str) and value.startswith(str(TASKS)) else value


def theirs(manager, name):
    """The groups and the tasks of a group, and the files whose tasks have one name: lm-eval keeps the last of them."""
    files, build = {}, manager._factory._build_task

    def noted(entry, overrides):
        task = build(entry, overrides)
        files.setdefault(task.task_name, set()).add(entry.yaml_path)
        return task

    manager._factory._build_task = noted
    try:
        loaded = manager.load([name])
    except (KeyError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}", False
    finally:
        manager._factory._build_task = build
    lost = any(len(of) > 1 for of in files.values()) or any(task in loaded["group_map"] for task in files)
    settings = {task: {key: value for key, value in found._settings.items() if key != "metadata"} for task, found in loaded["tasks"].items()}
    return json.loads(json.dumps(name_of_code({"groups": loaded["group_map"], "tasks": settings}), default=str)), lost


def main(example):
    _factory.load_yaml = lambda path, resolve_func: load_yaml(path, resolve_func=False)
    _factory.TaskFactory._build_task = plain(_factory.TaskFactory._build_task)
    manager = TaskManager()
    paths = "".join(f"{path}\n" for path in TaskIndex._iter_yaml_files(TASKS))
    told = subprocess.run([example, TASKS], input=paths, capture_output=True, text=True, check=True).stdout
    rows = [json.loads(line) for line in told.splitlines()]
    ours = {row["name"]: [row["kind"], row["held"]] for row in rows if row["kind"] != "members"}
    known = {name: [KINDS[e.kind], sorted(e.tags) if e.kind == Kind.TAG else str(e.yaml_path)] for name, e in manager.task_index.items()}
    failed = [name for name in {**known, **ours} if known.get(name) != ours.get(name)]
    print(f"{len(paths.splitlines())} files, {len(known)} names, {len(failed)} different", *failed[:20], sep="\n  ")
    counts = {"same": 0, "both refuse": 0, "lm-eval loses tasks, refused": 0, "refused": 0, "different": 0}
    for row in rows:
        if row["kind"] != "members":
            continue
        held, lost = theirs(manager, row["name"])
        refused = isinstance(row["held"], str)
        if refused:
            outcome = "both refuse" if isinstance(held, str) else "lm-eval loses tasks, refused" if lost else "refused"
        else:
            outcome = "same" if held == row["held"] and not lost else "different"
        counts[outcome] += 1
        if outcome != "same":
            print(f"{row['name']}: {outcome}", *([row["held"]] if refused else []), sep="\n  ")
    print(counts)
    return 1 if failed or counts["different"] else 0


def plain(build):
    """Tasks in Python are settings, too."""

    def built(self, entry, overrides):
        cfg = self._load_full_config(entry, overrides)
        if "class" not in cfg:
            return build(self, entry, overrides)
        return groups.Settings({key: value for key, value in cfg.items() if key not in ("tag", "group", "task_list")})

    return built


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
