"""What lm-eval makes of groups, for the tests: groups.py OUT

lm-eval's own TaskManager reads the files of each case, with tasks that only keep their settings; its own aggregate_groups
makes the means of made-up figures. `OUT` is crates/weigh-exchange/tests/reference/lm_eval_groups.json.
"""

import json
import pathlib
import random
import sys
import tempfile

from lm_eval.api.task import Task
from lm_eval.evaluator_utils import EvalAcc, aggregate_groups
from lm_eval.tasks import TaskManager, _factory

HIGHER = {"acc": True, "acc_norm": True, "exact_match": True, "ppl": False, "4096": True}


class Settings(Task):
    """A task that has no documents."""

    def __init__(self, config):
        self._settings = config

    @property
    def task_name(self):
        return self._settings["task"]


Settings.__abstractmethods__ = frozenset()
_factory.ConfigurableTask = Settings


def task(name, more="", tag="towns"):
    return f"task: {name}\ntag: [{tag}]\ndoc_to_text: q\nnum_fewshot: 1\nmetadata: {{version: 1.5}}\n{more}"


ABC = {f"{name}.yaml": task(name) for name in "abc"}
# A case: its files, what figures its tasks have (each metric with a filter; `!` for one without an error), and the folders
# that are indexed, the group `g` in the last. Without them the files are in one folder.
CASES = {
    "by size": (
        ABC | {"g.yaml": "group: g\ntask: [c, a, b]\naggregate_metric_list: [{metric: acc}, {metric: acc_norm, weight_by_size: true}]\nmetadata: {version: 2.0}\n"},
        {name: ["acc,none", "acc_norm,none"] for name in "abc"},
    ),
    "each once": (
        ABC | {"g.yaml": "group: g\ntask: [a, b, c]\naggregate_metric_list:\n  metric: acc\n  aggregation: mean\n  weight_by_size: false\n  filter_list: none\n"},
        {name: ["acc,none"] for name in "abc"},
    ),
    "without": (
        ABC
        | {
            "g.yaml": "group: g\ngroup_alias: All of them\ntask: [a, b, c]\naggregate_metric_list:\n  - {metric: exact_match, filter_list: [strict, absent]}\n"
            "  - {metric: exact_match, weight_by_size: 0}\n  - {metric: nothing}\n  - {metric: acc, weight_by_size: truez}\n"
        },
        {"a": ["exact_match,strict", "exact_match,loose", "acc,none"], "b": ["exact_match,loose", "acc,none!"], "c": ["acc,none", "acc_norm,none"]},
    ),
    "twice": (
        ABC | {"g.yaml": "group: g\ntask: [a, b, a, {group: h, task: [b, c]}]\naggregate_metric_list: [{metric: acc}, {metric: acc, weight_by_size: false}]\n"},
        {name: ["acc,none"] for name in "abc"},
    ),
    "within": (
        ABC
        | {
            "g.yaml": "group: g\ntask: [inner, {group: own, group_alias: Own, task: [towns], metadata: {version: 3}, aggregate_metric_list: {metric: ppl}}]\n"
            "aggregate_metric_list: []\nmetadata: {version: '7'}\n",
            "inner.yaml": "group: inner\ntask: [deep]\n",
            "deep.yaml": "group: deep\ntask: [c, b]\naggregate_metric_list: [{metric: 4096}, {metric: ppl}]\n",
        },
        {"a": ["ppl,none"], "b": ["4096,none", "ppl,none"], "c": ["4096,none", "ppl,none!"]},
    ),
    "settings": (
        ABC
        | {
            "g.yaml": "include: base.yaml\ngroup: g\ntask:\n  - a\n  - {task: b, num_fewshot: 9, task_alias: Bee, metadata: {version: 4}}\n  - {group: inner, num_fewshot: 8}\n"
            "  - {group: own, num_fewshot: 7, description: own, task: [{task: e, doc_to_text: x, num_fewshot: 6}, towns]}\n"
            "  - {task: whole, dataset_path: json, doc_to_text: w, metric_list: [{metric: acc}]}\nnum_fewshot: 5\n",
            "base.yaml": "description: base\ngen_prefix: p\n",
            "inner.yaml": "group: inner\nnum_fewshot: 4\ngen_prefix: inner\ntask: [d, {task: e, gen_prefix: e}]\naggregate_metric_list: [{metric: acc}]\n",
            "d.yaml": task("d", tag="others"),
            "e.yaml": task("e", "gen_prefix: own\n", tag="others"),
        },
        {name: ["acc,none"] for name in ["a", "b", "c", "d", "e", "g::whole"]},
    ),
    "named in a mapping": (
        ABC
        | {
            "g.yaml": "group: g\ntask:\n  - {task: h, num_fewshot: 5, gen_prefix: g}\n  - {task: alone, num_fewshot: 3}\n  - d\n",
            "h.yaml": "group: h\ndescription: h\naggregate_metric_list: {metric: acc}\n"
            "task: [{group: i, description: changed}, {task: b, num_fewshot: 2}, {task: whole, dataset_path: json}]\n",
            "i.yaml": "group: i\ntask: [{task: a}, {group: own, task: [{task: c, gen_prefix: c}]}]\n",
            "d.yaml": task("d", tag="alone"),
        },
        {name: ["acc,none"] for name in ["a", "b", "c", "h::whole", "alone", "d"]},
    ),
    "folders": (
        {
            "far/a.yaml": task("a", "description: overridden\n"),
            "far/b-c/d.yaml": task("d", "description: first\n"),
            "far/b/d.yaml": task("d", "description: second\n", tag="cities"),
            "far/b/broken.yaml": "task: c\ndoc_to_text: [\n",
            "far/b/c.yaml": "include: ../template\ntask: c\nk: \"open\ntask: inside\n  text\"\n",
            "far/b/cities.yaml": "group: cities\ntask: [a]\n",
            "far/b/e.yaml": 'include: [../template]\n"task": e\ntag: [seas]\n',
            "far/b/f.yml": task("f", tag="cities"),
            "far/b/z.yaml": task("z", tag="seas"),
            "far/h.yaml": "group: h\ntask: [seas]\nnum_fewshot: 4\n",
            "far/template": "doc_to_text: t\ntag: cities\nmetadata: {version: 2}\n",
            "near/g.yaml": "group: g\ntask: [d, towns, cities, {group: h, gen_prefix: p}]\naggregate_metric_list: {metric: acc}\n",
            "near/below/a.yaml": task("a", "description: own\n"),
        },
        {name: ["acc,none"] for name in ["a", "c", "d", "e", "z"]},
        ["far", "near"],
    ),
}


def figures(settings, names, draw):
    """The figures of a task, and what results.json says of it."""
    all_figures = []
    result = {"name": settings["task"], "alias": settings.get("task_alias", settings["task"]), "sample_len": draw.randint(2, 400)}
    for name in names:
        key = name.removesuffix("!")
        metric, _, kind = key.partition(",")
        value, stderr = draw.random(), "N/A" if name.endswith("!") else draw.random() / 10
        result |= {key: value, f"{metric}_stderr,{kind}": stderr}
        all_figures.append([metric, kind, value, None if stderr == "N/A" else stderr])
    return all_figures, result


def case(name, files, wanted, folders=("",)):
    with tempfile.TemporaryDirectory() as root:
        for file, text in files.items():
            path = pathlib.Path(root) / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        indexed = [pathlib.Path(root) / folder for folder in folders]
        loaded = TaskManager(include_path=indexed, include_defaults=False).load(["g"])
    draw, acc, tasks = random.Random(name), EvalAcc(groups=loaded["groups"]), []
    for task_name, found in loaded["tasks"].items():
        settings = found._settings
        known, result = figures(settings, wanted[task_name], draw)
        # A direction that tasks do not agree on.
        higher = {metric: HIGHER[metric] != (metric == "ppl" and task_name == "b") for metric, *_ in known}
        acc.metrics[task_name], acc.higher_is_better[task_name] = result, higher
        acc.num_fewshot[task_name] = settings.get("num_fewshot", 0)
        kept = {key: value for key, value in settings.items() if key != "metadata"}
        tasks.append({"settings": kept, "version": settings["metadata"].get("version"), "size": result["sample_len"], "figures": known, "higher_is_better": higher})
    results = aggregate_groups(acc)._to_eval_results()
    for task_name in loaded["tasks"]:
        for part in ["results", "n-shot", "higher_is_better"]:
            results[part].pop(task_name)
    parts = ["results", "groups", "group_subtasks", "versions", "n-shot", "higher_is_better"]
    return {"name": name, "files": files, "folders": list(folders), "tasks": tasks, "groups": {part: results.get(part, {}) for part in parts}}


if __name__ == "__main__":
    cases = [case(name, *rest) for name, rest in CASES.items()]
    pathlib.Path(sys.argv[1]).write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n")
