//! Keys and signatures against openssl, in both directions. Skipped where there is no openssl.

#![cfg(feature = "sign")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may stop, and says what it skipped"
)]

mod tools;

use tools::{folder, openssl};
use weigh_attest::dsse::{self, Envelope, PAYLOAD_TYPE};
use weigh_attest::keys::{self, Algorithm, PrivateKey, PublicKey};
use weigh_core::digest::Digest;

/// How openssl makes a key of each kind.
fn generate(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::P256 => "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256",
        Algorithm::Ed25519 => "genpkey -algorithm ED25519",
    }
}

/// How openssl signs or checks the bytes of `pae.bin` with each kind.
fn pkeyutl(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::P256 => "-digest sha256 -rawin -in pae.bin",
        Algorithm::Ed25519 => "-rawin -in pae.bin",
    }
}

const BOTH: [Algorithm; 2] = [Algorithm::P256, Algorithm::Ed25519];

#[test]
fn openssl_accepts_our_keys_and_signatures() {
    let Some(folder) = folder() else { return };
    let at = |name: &str| folder.path().join(name);
    for algorithm in BOTH {
        let key = PrivateKey::generate(algorithm).unwrap();
        let payload = r#"{"verdict":"conforms","é":"ü"}"#.as_bytes();
        let envelope = Envelope::parse(&dsse::sign(PAYLOAD_TYPE, payload, &key)).unwrap();
        std::fs::write(at("pae.bin"), dsse::pae(PAYLOAD_TYPE, payload)).unwrap();
        std::fs::write(at("sig.bin"), &envelope.signatures()[0].bytes).unwrap();
        std::fs::write(at("pub.pem"), key.public().to_pem()).unwrap();
        std::fs::write(at("key.pem"), key.to_pem(None).unwrap()).unwrap();

        let verify = format!(
            "pkeyutl -verify -pubin -inkey pub.pem -sigfile sig.bin {}",
            pkeyutl(algorithm)
        );
        openssl(folder.path(), &verify).unwrap();
        let same = openssl(folder.path(), "pkey -in key.pem -pubout").unwrap();
        assert_eq!(same, key.public().to_pem().into_bytes());
        let der = openssl(folder.path(), "pkey -pubin -in pub.pem -outform DER").unwrap();
        assert_eq!(Digest::of(&der), key.public().keyid());

        std::fs::write(at("pae.bin"), dsse::pae(PAYLOAD_TYPE, b"other")).unwrap();
        assert!(openssl(folder.path(), &verify).is_err());
    }
}

#[test]
fn openssl_opens_our_encrypted_keys() {
    let Some(folder) = folder() else { return };
    for algorithm in BOTH {
        let key = PrivateKey::generate(algorithm).unwrap();
        let text = key.to_pem(Some("secret")).unwrap();
        std::fs::write(folder.path().join("key.pem"), text).unwrap();
        let read = "pkey -in key.pem -pubout -passin pass:";
        let public = openssl(folder.path(), &format!("{read}secret")).unwrap();
        assert_eq!(public, key.public().to_pem().into_bytes());
        assert!(openssl(folder.path(), &format!("{read}other")).is_err());
    }
}

#[test]
fn we_accept_openssl_s_keys_and_signatures() {
    let Some(folder) = folder() else { return };
    let at = |name: &str| folder.path().join(name);
    for algorithm in BOTH {
        let run = |arguments: &str| openssl(folder.path(), arguments).unwrap();
        run(&format!("{} -out key.pem", generate(algorithm)));
        run("pkey -in key.pem -pubout -out pub.pem");
        std::fs::write(at("pae.bin"), dsse::pae(PAYLOAD_TYPE, b"payload")).unwrap();
        run(&format!(
            "pkeyutl -sign -inkey key.pem -out sig.bin {}",
            pkeyutl(algorithm)
        ));
        let public = keys::read_public(&at("pub.pem")).unwrap();
        let signature = std::fs::read(at("sig.bin")).unwrap();
        assert!(public.verifies(&dsse::pae(PAYLOAD_TYPE, b"payload"), &signature));
        assert!(!public.verifies(&dsse::pae(PAYLOAD_TYPE, b"Payload"), &signature));
        // openssl makes key files with mode 0600.
        let private = keys::load(&at("key.pem"), None).unwrap();
        assert_eq!(private.public(), public);
    }
}

#[test]
fn we_open_openssl_s_encrypted_keys() {
    let Some(folder) = folder() else { return };
    let at = |name: &str| folder.path().join(name);
    for algorithm in BOTH {
        let run = |arguments: &str| openssl(folder.path(), arguments).unwrap();
        run(&format!("{} -out key.pem", generate(algorithm)));
        let public = keys::load(&at("key.pem"), None).unwrap().public();
        for form in [
            "-v2 aes-256-cbc -v2prf hmacWithSHA256",
            "-v2 aes-128-cbc -v2prf hmacWithSHA512",
            "-scrypt",
        ] {
            run(&format!(
                "pkcs8 -topk8 -in key.pem -out enc.pem -passout pass:s {form}"
            ));
            let text = std::fs::read_to_string(at("enc.pem")).unwrap();
            let read = |passphrase| PrivateKey::from_pem(&text, passphrase);
            assert_eq!(read(Some("s")).unwrap().public(), public, "{form}");
            assert!(read(Some("t")).is_err() && read(None).is_err());
        }
    }
}

#[test]
fn keys_in_other_forms_say_how_to_turn_them() {
    let Some(folder) = folder() else { return };
    let run = |arguments: &str| openssl(folder.path(), arguments).unwrap();
    run(&format!("{} -out key.pem", generate(Algorithm::P256)));
    for (make, expect) in [
        (
            "pkcs8 -topk8 -in key.pem -passout pass:s -v2prf hmacWithSHA1",
            "-v2prf hmacWithSHA256",
        ),
        (
            "pkcs8 -topk8 -in key.pem -passout pass:s -v2 des3",
            "-v2prf hmacWithSHA256",
        ),
        (
            "pkcs8 -topk8 -in key.pem -passout pass:s -v1 PBE-SHA1-3DES",
            "-v2prf hmacWithSHA256",
        ),
        ("ecparam -genkey -name prime256v1", "openssl pkcs8 -topk8"),
        (
            "ec -in key.pem -aes256 -passout pass:s",
            "openssl pkcs8 -topk8",
        ),
    ] {
        let text = String::from_utf8(run(make)).unwrap();
        let fault = PrivateKey::from_pem(&text, Some("s")).unwrap_err();
        assert!(fault.to_string().contains(expect), "{make}: {fault}");
    }
}

#[test]
fn a_compressed_point_is_the_same_key() {
    let Some(folder) = folder() else { return };
    let at = |name: &str| folder.path().join(name);
    let key = PrivateKey::generate(Algorithm::P256).unwrap();
    std::fs::write(at("pub.pem"), key.public().to_pem()).unwrap();
    let compress = "ec -pubin -in pub.pem -conv_form compressed -pubout -out small.pem";
    openssl(folder.path(), compress).unwrap();
    let small = std::fs::read_to_string(at("small.pem")).unwrap();
    assert!(small.len() < key.public().to_pem().len());
    let read = PublicKey::from_pem(&small).unwrap();
    assert_eq!(read.keyid(), key.public().keyid());
}

#[test]
fn keys_of_other_kinds_are_refused() {
    let Some(folder) = folder() else { return };
    for kind in [
        "EC -pkeyopt ec_paramgen_curve:P-384",
        "EC -pkeyopt ec_paramgen_curve:secp256k1",
        "RSA -pkeyopt rsa_keygen_bits:1024",
        "X25519",
        "ED448",
    ] {
        let make = format!("genpkey -algorithm {kind} -out key.pem");
        openssl(folder.path(), &make).unwrap();
        let text = std::fs::read_to_string(folder.path().join("key.pem")).unwrap();
        assert!(PrivateKey::from_pem(&text, None).is_err(), "{kind}");
        let public = openssl(folder.path(), "pkey -in key.pem -pubout").unwrap();
        let public = String::from_utf8(public).unwrap();
        assert!(PublicKey::from_pem(&public).is_err(), "{kind}");
    }
}
