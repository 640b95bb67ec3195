"""Runs the shell steps of action.yml on this machine: action.py NAME=VALUE..., the inputs of the action.

Expressions of three kinds are filled in: inputs.*, github.action_path, and nothing else. Ends as the first step that fails does.
"""

import os
import pathlib
import re
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    given = dict(argument.split("=", 1) for argument in sys.argv[1:])
    unknown = given.keys() - action["inputs"].keys()
    assert not unknown, f"no such inputs: {unknown}"
    values = {"github.action_path": str(ROOT)}
    for name, about in action["inputs"].items():
        assert name in given or not about.get("required"), f"{name} is missing"
        values[f"inputs.{name}"] = given.get(name, about.get("default"))
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash" and "${{" not in step["run"], "inputs go through the environment"
        filled = {name: fill(value, values) for name, value in step.get("env", {}).items()}
        # As GitHub's runner calls bash.
        bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        code = subprocess.run(bash, env=os.environ | filled).returncode
        if code:
            sys.exit(code)


def fill(text, values):
    return re.sub(r"\$\{\{ ([a-z_.]+) \}\}", lambda found: values[found[1]], text)


main()
