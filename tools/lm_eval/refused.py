"""Whether task files with Python code are refused at its place: refused.py WEIGH TASKS [--every]

TASKS is lm-eval's folder of tasks. In the first file of each folder that holds `!function` itself, or in every such file, each such line must
be told with its number.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

CODE = re.compile(r"^(?!\s*#).*!function\s+(\S+)")


def said_again(line, number, text):
    """Whether a later line has the same key, which then is what holds."""
    key = re.match(r"\w+:", line)
    return key and any(later.startswith(key[0]) for later in text.split("\n")[number:])


def main(weigh, tasks, every):
    files, lines, wrong, folders = 0, 0, [], set()
    for path in sorted(tasks.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        code = [number for number, line in enumerate(text.split("\n"), 1) if CODE.match(line) and not said_again(line, number, text)]
        # A group has no prompts of its own.
        if not code or not re.search(r"^\"?task\"?:\s*\S", text, re.MULTILINE) or re.search("^group:", text, re.MULTILINE):
            continue
        folder = path.relative_to(tasks).parts[0]
        if folder in folders and not every:
            continue
        folders.add(folder)
        with tempfile.TemporaryDirectory() as out:
            done = subprocess.run([weigh, "import", "lm-eval", path, "--out", out], capture_output=True, text=True, check=False)
        files, lines = files + 1, lines + len(code)
        missing = [number for number in code if not re.search(f"^{re.escape(str(path))}:{number}:\\d+: .*Python code", done.stderr, re.MULTILINE)]
        if done.returncode != 2 or missing:
            wrong.append(f"{path.relative_to(tasks)}: exit {done.returncode}, not told: {missing}")
    print(*wrong, f"{files} task files with {lines} lines of Python code: {files - len(wrong)} refused at every such line", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:] == ["--every"]))
