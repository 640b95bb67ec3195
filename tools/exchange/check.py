"""Reads every export of a record by the reader it is made for, and holds its figures against the signed report."""

import csv
import hashlib
import json
import os
import sys
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import duckdb
import pyarrow.parquet
import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from every_eval_ever.validator import main as validate
from huggingface_hub._eval_results import parse_eval_result_entries
from inspect_ai.log import headline_metric, list_eval_logs, read_eval_log

record, out = Path(sys.argv[1]), Path(sys.argv[2])
signed = (record / "report.json").read_bytes()
digest = hashlib.sha256(signed).hexdigest()
report = json.loads(signed)["predicate"]
estimates = report["estimates"]


def part(estimate):
    """The name of an estimate's slice, none for a whole suite."""
    stratum = estimate["stratum"]
    return None if stratum == "all" else ":".join(next(iter(stratum.items())))


def number(text):
    return None if text is None else float(text)


FIGURES = {(e["suite"], e["measure"], part(e)): number(e["point"]) for e in estimates}
KNOWN = {key: point for key, point in FIGURES.items() if point is not None}


def same(found, expect, what):
    """Stops at the first difference between two sets of figures."""
    assert found.keys() == expect.keys(), (what, set(found) ^ set(expect))
    for key, value in found.items():
        assert value == expect[key], (what, key, value, expect[key])


def inspect():
    found, samples = {}, 0
    logs = list_eval_logs(str(out / "inspect"))
    assert len(logs) == len(report["plan"]["suites"])
    for place in logs:
        log, head = read_eval_log(place), read_eval_log(place, header_only=True)
        suite = log.eval.task
        assert head.samples is None and head.eval.metadata["report_sha256"] == digest
        assert len(log.samples) == log.results.total_samples == report["plan"]["suites"][suite]["trials"]
        samples += len(log.samples)
        for score in head.results.scores:
            slice_ = score.name.removeprefix(score.scorer).strip() or None
            of = next(e for e in estimates if (e["suite"], e["measure"], part(e)) == (suite, score.scorer, slice_))
            assert (score.scored_samples, score.unscored_samples) == (of["scored"], of["planned"] - of["scored"])
            figures = {name: metric.value for name, metric in score.metrics.items()}
            bounds = {name: float(of["interval"][name]) for name in ("lower", "upper")} if of["interval"] else {}
            assert {name: figures[name] for name in figures if name != "point"} == bounds
            if "point" in figures:
                found[suite, score.scorer, slice_] = figures["point"]
        headline = headline_metric(head)
        if headline:
            assert headline.name == "point" and headline.score.name == headline.score.scorer == log.eval.headline_metric.score
    same(found, KNOWN, "inspect")
    return f"{len(logs)} logs and their heads, {samples} samples, {len(found)} figures"


def every_eval_ever():
    files = sorted(str(path.relative_to(out / "store")) for path in (out / "store").glob("data/*/*/*/*"))
    os.chdir(out / "store")
    with open(os.devnull, "w") as nowhere:
        shown, sys.stdout = sys.stdout, nowhere
        try:
            assert validate(files) == 0, "every_eval_ever"
        finally:
            sys.stdout = shown
    aggregate = json.loads(Path(files[0]).read_text())
    assert aggregate["source_metadata"]["additional_details"]["report_sha256"] == digest
    found = {}
    for result in aggregate["evaluation_results"]:
        suite, measure, slice_ = result["evaluation_result_id"].split(":", 2)
        found[suite, measure, None if slice_ == "all" else slice_] = result["score_details"]["score"]
    same(found, KNOWN, "every_eval_ever")
    rows = sum(1 for _ in open(files[1])) if len(files) > 1 else 0
    return f"its validator accepts {len(files)} files, {rows} lines of cases, {len(found)} figures"


def hub():
    found = {}
    for path in (out / "page" / ".eval_results").glob("*.yaml"):
        for entry in parse_eval_result_entries(yaml.safe_load(path.read_text())):
            assert digest in entry.notes and entry.verify_token is None
            suite = next(id_ for id_ in report["plan"]["suites"] if id_.replace("/", "-") == path.stem)
            measure, _, language = entry.task_id.partition(".")
            found[suite, measure, f"language:{language}" if language else None] = entry.value
    same(found, {key: v for key, v in KNOWN.items() if not (key[2] or "").startswith("tag:")}, "hf")
    return f"{len(found)} entries"


def rows():
    csv.field_size_limit(1 << 30)
    with open(out / "csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_csv():
    table = rows()
    assert len(table) == report["plan"]["trials"] and {row["report_sha256"] for row in table} == {digest}
    assert not any(cell[:1] in ("=", "+", "@", "\t", "\r") for row in table for cell in row.values())
    count = duckdb.sql(f"select count(*) from read_csv('{out / 'csv'}')").fetchall()[0][0]
    assert count == len(table)
    return f"{len(table)} rows by Python and by DuckDB"


def as_parquet():
    table = pyarrow.parquet.read_table(out / "parquet")
    assert table.schema.metadata[b"weighhouse.report_sha256"].decode() == digest
    for row, typed in zip(rows(), table.to_pylist(), strict=True):
        for name, value in typed.items():
            cell = row[name]
            if isinstance(value, list):
                assert json.loads(cell) == value, name
            elif isinstance(value, float):
                assert float(cell) == value, name
            else:
                assert cell.removeprefix("'") == (value or ""), name
    # Of measures of right and wrong the figure is the mean of the column.
    checked = 0
    for (suite, measure, slice_), point in KNOWN.items():
        if slice_ or f"score_{measure}" not in table.column_names or measure not in MEANS:
            continue
        query = f"select avg(score_{measure}) from read_parquet('{out / 'parquet'}') where suite = '{suite}'"
        assert abs(duckdb.sql(query).fetchall()[0][0] - point) < 1e-12, (suite, measure)
        checked += 1
    return f"{table.num_rows} rows by PyArrow, as in CSV; {checked} figures by DuckDB"


MEANS = {"accuracy", "accuracy_per_byte", "accuracy_per_code_point", "accuracy_per_token", "brier", "consistency",
         "contains", "control_accuracy", "exact_match", "instruction_following", "language_fidelity", "numeric_match",
         "over_refusal", "pattern", "refusal"}


def cyclonedx():
    text = (out / "cyclonedx").read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    model = json.loads(text)["components"][0]
    assert model["externalReferences"][0]["hashes"][0]["content"] == digest
    files = {file["name"]: file["hashes"][0]["content"] for file in model["components"]}
    assert files == {file["name"]: file["sha256"] for file in report["subject"]["files"]}
    metrics = model["modelCard"]["quantitativeAnalysis"]["performanceMetrics"]
    found = {(*metric["type"].split(" "), metric.get("slice")): number(metric.get("value")) for metric in metrics}
    same(found, FIGURES, "cyclonedx")
    return f"valid by the strict schema of 1.6, {len(files)} files, {len(KNOWN)} figures"


for name, check in [("inspect", inspect), ("csv", as_csv), ("parquet", as_parquet), ("cyclonedx", cyclonedx), ("hf", hub),
                    ("every-eval-ever", every_eval_ever)]:
    print(f"{name:<16} {check()}", flush=True)
