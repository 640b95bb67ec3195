"""Compares what identifies a model with OpenSSF's model-signing: models.py FOLDER < LIST"""

import json
import pathlib
import sys

import model_signing

listed = json.load(sys.stdin)
for name, files in sorted(listed.items()):
    manifest = model_signing.hashing.Config().hash(pathlib.Path(sys.argv[1]) / name)
    theirs = {d.identifier: d.digest.digest_hex for d in manifest.resource_descriptors()}
    ours = {file["name"]: file["sha256"] for file in files}
    assert ours == theirs, (name, ours, theirs)
print(f"{len(listed)} models: names and digests are those of model-signing")
