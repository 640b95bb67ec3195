//! Envelopes against python's securesystemslib, which in-toto's tools use. Skipped where it is not
//! installed.

#![cfg(feature = "sign")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skipped"
)]

use std::process::{Command, Stdio};

use weigh_attest::dsse::{self, PAYLOAD_TYPE};
use weigh_attest::keys::{Algorithm, PrivateKey};

/// Verifies `envelope.json` with `pub.pem` and writes what was signed; fails otherwise.
const VERIFY: &str = r#"
import json, sys
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey
folder = sys.argv[1]
envelope = json.load(open(folder + "/envelope.json"))
keyid = envelope["signatures"][0]["keyid"]
key = SSlibKey.from_crypto(load_pem_public_key(open(folder + "/pub.pem", "rb").read()), keyid=keyid)
envelope = Envelope.from_dict(envelope)
envelope.verify([key], 1)
sys.stdout.buffer.write(envelope.payload)
"#;

fn python(arguments: &[&str]) -> Option<Vec<u8>> {
    let output = Command::new("python3")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then_some(output.stdout)
}

#[test]
fn it_accepts_our_envelopes_and_refuses_changed_ones() {
    let needed = "import securesystemslib.dsse, cryptography";
    if python(&["-c", needed]).is_none() {
        println!("skipped: no python3 with securesystemslib and cryptography");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().to_str().unwrap();
    let payload = r#"{"verdict":"conforms","é":"ü"}"#.as_bytes();
    for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
        let key = PrivateKey::generate(algorithm).unwrap();
        let envelope = dsse::sign(PAYLOAD_TYPE, payload, &key);
        std::fs::write(folder.path().join("pub.pem"), key.public().to_pem()).unwrap();
        std::fs::write(folder.path().join("envelope.json"), &envelope).unwrap();
        assert_eq!(python(&["-c", VERIFY, at]).as_deref(), Some(payload));
        let changed = String::from_utf8(envelope).unwrap();
        let changed = changed.replace("in-toto+json", "in-toto+jsoN");
        std::fs::write(folder.path().join("envelope.json"), changed).unwrap();
        assert_eq!(python(&["-c", VERIFY, at]), None);
    }
}
