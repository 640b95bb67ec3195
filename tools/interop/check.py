"""Verifies signed reports with openssl, securesystemslib, sigstore's and in-toto's parsers: check.py FOLDER"""

import base64
import copy
import json
import pathlib
import subprocess
import sys
import tempfile

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from google.protobuf import json_format
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1 import statement_pb2
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey
from sigstore.dsse import Statement as SigstoreStatement


def pae(kind, payload):
    return b" ".join([b"DSSEv1", str(len(kind)).encode(), kind.encode(), str(len(payload)).encode(), payload])


def openssl(folder, message, signature):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        (scratch / "message").write_bytes(message)
        (scratch / "signature").write_bytes(signature)
        digest = [] if folder.name.startswith("ed25519") else ["-digest", "sha256"]
        key = ["-pubin", "-inkey", folder / "report.pub.pem", "-rawin"]
        files = ["-in", scratch / "message", "-sigfile", scratch / "signature"]
        done = subprocess.run(["openssl", "pkeyutl", "-verify", *key, *digest, *files], capture_output=True)
        return done.returncode == 0


def statement(payload):
    SigstoreStatement(payload)._inner  # refuses what sigstore would not sign
    parsed = json_format.Parse(payload, statement_pb2.Statement())
    Statement.copy_from_pb(parsed).validate()


def check(folder):
    key = load_pem_public_key((folder / "report.pub.pem").read_bytes())
    lines = (folder / "report.intoto.jsonl").read_text().splitlines()
    assert lines[0] == (folder / "report.dsse.json").read_text()
    bundle = json.loads((folder / "report.sigstore.json").read_text())
    for wire in [*map(json.loads, lines), bundle["dsseEnvelope"]]:
        payload = base64.b64decode(wire["payload"])
        signature = wire["signatures"][0]
        envelope = Envelope.from_dict(copy.deepcopy(wire))
        envelope.verify([SSlibKey.from_crypto(key, keyid=signature["keyid"])], 1)
        message = pae(wire["payloadType"], payload)
        assert openssl(folder, message, base64.b64decode(signature["sig"]))
        changed = message[:-1] + bytes([message[-1] ^ 1])
        assert not openssl(folder, changed, base64.b64decode(signature["sig"]))
        statement(payload)
    assert base64.b64decode(json.loads(lines[0])["payload"]) == (folder / "report.json").read_bytes()


folders = sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.is_dir())
for folder in folders:
    check(folder)
print(f"{len(folders)} reports: openssl, securesystemslib, sigstore and in-toto-attestation accept them")
