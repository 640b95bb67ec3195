//! Keys: RFC vectors, signatures with a second form, PEM of other kinds, and key files.

use std::path::PathBuf;

use super::private::Secret;
use super::private_file::default_path_from;
use super::*;

fn hex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
        .collect()
}

fn p256(secret: &str) -> PrivateKey {
    PrivateKey(Secret::P256(
        ecdsa::SigningKey::from_slice(&hex(secret)).unwrap(),
    ))
}

fn ed25519_from(seed: &str) -> PrivateKey {
    let seed: [u8; 32] = hex(seed).try_into().unwrap();
    PrivateKey(Secret::Ed25519(ed25519::SigningKey::from_bytes(&seed)))
}

#[test]
fn ed25519_signs_as_in_rfc_8032() {
    // RFC 8032, section 7.1: TEST 1, TEST 2, TEST 3.
    for (seed, public, message, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ] {
        let (key, message, signature) = (ed25519_from(seed), hex(message), hex(signature));
        assert!(key.public().to_spki_der().ends_with(&hex(public)));
        assert_eq!(key.sign(&message), signature);
        assert!(key.public().verifies(&message, &signature));
    }
}

#[test]
fn p256_signs_as_in_rfc_6979() {
    // RFC 6979, appendix A.2.5, SHA-256: r and s, here in DER.
    let key = p256("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    for (message, r, s) in [
        (
            "sample",
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        ),
        (
            "test",
            "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367",
            "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
        ),
    ] {
        let signature = der(&hex(r), &hex(s));
        assert_eq!(key.sign(message.as_bytes()), signature);
        assert!(key.public().verifies(message.as_bytes(), &signature));
    }
}

/// A DER SEQUENCE of two positive INTEGERs.
fn der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |bytes: &[u8]| {
        let zero: &[u8] = if bytes[0] & 0x80 == 0 { &[] } else { &[0] };
        let body = [zero, bytes].concat();
        [&[2, u8::try_from(body.len()).unwrap()], &body[..]].concat()
    };
    let body = [integer(r), integer(s)].concat();
    [&[0x30, u8::try_from(body.len()).unwrap()], &body[..]].concat()
}

#[test]
fn p256_signatures_that_are_not_der_or_out_of_range_are_refused() {
    let key = p256("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    let (message, public) = (b"sample", key.public());
    let good = key.sign(message);
    let order = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    let (r, s) = (good[5..37].to_vec(), good[40..72].to_vec());
    assert_eq!(der(&r, &s), good);
    let long_length = [&[0x30, 0x81, good[1]], &good[2..]].concat();
    let trailing = [&good[..], &[0]].concat();
    let raw = [&r[..], &s[..]].concat();
    let padded = [&[0x30, good[1] + 1, 2, 34, 0], &good[4..]].concat();
    for (what, bad) in [
        ("empty", vec![]),
        ("r and s side by side", raw),
        ("length in the long form", long_length),
        ("a byte behind", trailing),
        ("a superfluous zero", padded),
        ("r = 0", der(&[0], &s)),
        ("s = 0", der(&r, &[0])),
        ("r = n", der(&order, &s)),
        ("s = n", der(&r, &order)),
        ("r and s swapped", der(&s, &r)),
    ] {
        assert!(!public.verifies(message, &bad), "{what}");
    }
    assert!(!public.verifies(b"Sample", &good));
}

#[test]
fn ed25519_accepts_one_form_of_a_signature_only() {
    let key = ed25519_from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let good = key.sign(b"x");
    // S + L is the same scalar modulo the order L = 2^252 + 2774...8493 (RFC 8032, 8.4).
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut second = good.clone();
    let mut carry = 0_u16;
    for (byte, add) in second[32..].iter_mut().zip(order) {
        carry += u16::from(*byte) + u16::from(add);
        *byte = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    assert!(key.public().verifies(b"x", &good));
    assert!(!key.public().verifies(b"x", &second));
    // The identity as key and nonce would sign everything with S = 0.
    let mut identity = [0_u8; 32];
    identity[0] = 1;
    let weak = PublicKey(Point::Ed25519(
        ed25519::VerifyingKey::from_bytes(&identity).unwrap(),
    ));
    let everything = [identity, [0; 32]].concat();
    assert!(!weak.verifies(b"x", &everything));
    assert!(!key.public().verifies(b"x", &good[..63]));
}

#[test]
fn every_flipped_bit_of_a_signature_is_noticed() {
    for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
        let key = PrivateKey::generate(algorithm).unwrap();
        let (public, good) = (key.public(), key.sign(b"weighed"));
        assert!(public.verifies(b"weighed", &good));
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert!(!public.verifies(b"weighed", &bad), "{algorithm} bit {bit}");
        }
    }
}

#[test]
fn pem_reads_back() {
    for algorithm in [Algorithm::P256, Algorithm::Ed25519] {
        let key = PrivateKey::generate(algorithm).unwrap();
        assert_eq!(key.public().algorithm(), algorithm);
        let plain = key.to_pem(None).unwrap();
        let read = PrivateKey::from_pem(&plain, None).unwrap();
        assert_eq!(read.public(), key.public());
        assert_eq!(
            PublicKey::from_pem(&key.public().to_pem()),
            Ok(key.public())
        );
        let other = PrivateKey::generate(algorithm).unwrap();
        assert_ne!(other.public().keyid(), key.public().keyid());
        let shown = format!("{key:?}");
        assert!(!shown.contains(&plain[28..60]), "{shown}");
    }
}

#[test]
fn what_editors_leave_around_a_key_is_passed_over() {
    let key = PrivateKey::generate(Algorithm::Ed25519).unwrap();
    let (private, public) = (key.to_pem(None).unwrap(), key.public().to_pem());
    for (before, behind) in [("\u{feff}", ""), ("\n", "\n\n"), ("", " \r\n\t")] {
        let around = |text: &str| format!("{before}{text}{behind}");
        assert_eq!(PublicKey::from_pem(&around(&public)), Ok(key.public()));
        let private = PrivateKey::from_pem(&around(&private), None).unwrap();
        assert_eq!(private.public(), key.public());
    }
}

#[test]
fn text_that_is_no_key_is_refused_with_a_way_out() {
    let key = PrivateKey::generate(Algorithm::P256).unwrap();
    let (private, public) = (key.to_pem(None).unwrap(), key.public().to_pem());
    let relabel = |text: &str, from: &str, to: &str| text.replace(from, to);
    let rows = [
        ("\u{feff} \n".to_owned(), "it is empty"),
        ("no key".to_owned(), "the text is not PEM"),
        ("ssh-ed25519 AAAA me@here\n".to_owned(), "ssh-keygen -e -m PKCS8"),
        (relabel(&private, "PRIVATE KEY", "OPENSSH PRIVATE KEY"), "ssh-keygen -p -m PKCS8"),
        (relabel(&private, "PRIVATE KEY", "RSA PRIVATE KEY"), "RSA is not understood"),
        (relabel(&private, "PRIVATE KEY", "EC PRIVATE KEY"), "openssl pkcs8 -topk8"),
        (relabel(&private, "PRIVATE KEY", "CERTIFICATE"), "openssl x509"),
        (public.clone(), "expected `PRIVATE KEY or ENCRYPTED PRIVATE KEY`"),
        (relabel(&public, "PUBLIC", "PRIVATE"), "not a well-formed"),
        // RSA (RFC 8017) in PKCS#8, its key cut short.
        (
            "-----BEGIN PRIVATE KEY-----\nMBkCAQAwDQYJKoZIhvcNAQEBBQAEBTADAgEA\n-----END PRIVATE KEY-----\n".to_owned(),
            "algorithm is RSA (1.2.840.113549.1.1.1)",
        ),
    ];
    for (text, expect) in rows {
        let fault = PrivateKey::from_pem(&text, None).unwrap_err().to_string();
        assert!(fault.contains(expect), "{fault}");
    }
    for (text, expect) in [
        (private.to_string(), "openssl pkey -in KEY -pubout"),
        (relabel(&private, "PRIVATE KEY", "EC PRIVATE KEY"), "openssl pkey -in KEY -pubout"),
        (relabel(&private, "PRIVATE", "PUBLIC"), "not a well-formed"),
        // X25519 (RFC 8410, section 10.1 gives the form): no signatures.
        (
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n".to_owned(),
            "algorithm is X25519 (1.3.101.110)",
        ),
    ] {
        let fault = PublicKey::from_pem(&text).unwrap_err().to_string();
        assert!(fault.contains(expect), "{fault}");
    }
}

#[test]
fn an_encrypted_key_needs_its_passphrase() {
    let key = PrivateKey::generate(Algorithm::Ed25519).unwrap();
    let text = key.to_pem(Some("pass phrase")).unwrap();
    assert!(text.contains("ENCRYPTED PRIVATE KEY"));
    let read = |passphrase| PrivateKey::from_pem(&text, passphrase).map(|key| key.public());
    assert_eq!(read(Some("pass phrase")), Ok(key.public()));
    assert_eq!(read(Some("other")), Err(KeyFault::WrongPassphrase));
    assert_eq!(read(None), Err(KeyFault::NeedsPassphrase));
}

#[test]
fn the_first_run_makes_a_key_and_the_second_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/key.pem");
    let first = load_or_create_with(&path, None).unwrap();
    let second = load_or_create_with(&path, None).unwrap();
    assert!(first.created && !second.created);
    assert_eq!(first.key.public(), second.key.public());
    assert_eq!(first.key.public().algorithm(), Algorithm::P256);
    assert!(matches!(
        create(&path, &first.key, None),
        Err(KeyFileFault::Exists(_))
    ));
    let left = path.parent().unwrap().read_dir().unwrap().count();
    assert_eq!(left, 1, "a temporary file stayed behind");
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_not_used() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys/key.pem");
    load_or_create_with(&path, None).unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o7777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for bits in [0o640, 0o604, 0o620, 0o666] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(bits)).unwrap();
        let fault = load(&path, None).unwrap_err().to_string();
        assert!(fault.contains("chmod 600"), "{fault}");
    }
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    load(&path, None).unwrap();
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_folder_is_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for path in [pipe.as_path(), folder.path()] {
        for fault in [
            read_public(path).unwrap_err(),
            load(path, None).unwrap_err(),
        ] {
            let fault = fault.to_string();
            assert!(fault.ends_with(": not a regular file"), "{fault}");
        }
    }
}

#[test]
fn files_that_hold_no_key_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("long"), vec![b'-'; 20_000]).unwrap();
    std::fs::write(path("text"), "no key").unwrap();
    std::fs::write(path("bytes"), [0xff; 8]).unwrap();
    let fault = |name: &str| read_public(&path(name)).unwrap_err();
    assert!(matches!(fault("long"), KeyFileFault::TooLong(_)));
    assert!(matches!(fault("text"), KeyFileFault::Key { .. }));
    assert!(fault("bytes").to_string().contains("-inform DER"));
    assert!(matches!(fault("absent"), KeyFileFault::Io { .. }));
    let below_a_file = path("text").join("key.pem");
    assert!(matches!(
        load_or_create_with(&below_a_file, None),
        Err(KeyFileFault::Io { .. })
    ));
}

#[test]
fn the_default_path_follows_the_variables() {
    let path = |set: &[(&str, &str)]| {
        default_path_from(|name| {
            let found = set.iter().find(|(key, _)| *key == name)?;
            Some(PathBuf::from(found.1))
        })
        .map(|path| path.to_str().unwrap().to_owned())
    };
    let home = ("HOME", "/home/a");
    let xdg = ("XDG_CONFIG_HOME", "/etc/xdg");
    for (set, expect) in [
        (vec![home], "/home/a/.config/weighhouse/key.pem"),
        (vec![home, xdg], "/etc/xdg/weighhouse/key.pem"),
        (
            vec![home, ("XDG_CONFIG_HOME", "rel")],
            "/home/a/.config/weighhouse/key.pem",
        ),
        (
            vec![home, xdg, ("WEIGH_CONFIG_DIR", "here")],
            "here/key.pem",
        ),
        (
            vec![xdg, ("WEIGH_CONFIG_DIR", "")],
            "/etc/xdg/weighhouse/key.pem",
        ),
    ] {
        assert_eq!(path(&set).unwrap(), expect);
    }
    assert!(matches!(path(&[]), Err(KeyFileFault::NoHome)));
}
