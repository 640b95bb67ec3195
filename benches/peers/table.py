"""The lines of JSON that the peers wrote, as a Markdown table: `python table.py FILE...`.

A line names its `engine` and `class`; a figure that it lacks is left blank. Lines of one engine
and class are one row.
"""

import json
import sys

FIGURES = ["pp512", "pp2048", "tg", "items"]
TITLES = ["engine", "class", "pp512", "pp2048", "tg, 1 stream", "items/s"]


def shown(value):
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


rows = {}
for path in sys.argv[1:]:
    for line in map(json.loads, open(path)):
        rows.setdefault((line["engine"], line["class"]), {}).update(line)
print("|", " | ".join(TITLES), "|")
print("|---|---|" + "---:|" * len(FIGURES))
for (engine, kind), row in rows.items():
    print("|", " | ".join([engine, kind, *(shown(row.get(figure)) for figure in FIGURES)]), "|")
