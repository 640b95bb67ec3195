//! `weigh key`: make and show the key that reports are signed with.

use std::path::Path;

use serde::Serialize;
use weigh_attest::keys::{self, Algorithm, KeyFileFault, Loaded, PrivateKey};

use crate::args::{KeyCommand, KeyKind};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// The public part of a key.
#[derive(Serialize)]
struct Shown {
    path: String,
    keyid: String,
    encrypted: bool,
    public: String,
}

/// Carries out `command`.
pub fn command(command: &KeyCommand, output: &Output) -> Result<(), Failure> {
    let path = keys::default_path().map_err(|fault| failure(&fault))?;
    match command {
        KeyCommand::New { .. } if path.symlink_metadata().is_ok() => Err(Failure::new(
            Exit::Usage,
            format!("cannot make a key: {} exists", path.display()),
            "`weigh key show` shows it; move it away first if a new one is really wanted",
        )),
        KeyCommand::New { kind } => {
            let algorithm = match kind {
                KeyKind::P256 => Algorithm::P256,
                KeyKind::Ed25519 => Algorithm::Ed25519,
            };
            let key = PrivateKey::generate(algorithm).map_err(|fault| failure(&fault.into()))?;
            let passphrase = keys::passphrase().map_err(|fault| failure(&fault))?;
            let encrypted = passphrase.is_some();
            let passphrase = passphrase.as_deref().map(String::as_str);
            keys::create(&path, &key, passphrase).map_err(|fault| failure(&fault))?;
            show(&path, &key, encrypted, output);
            Ok(())
        }
        KeyCommand::Show => {
            let Loaded { key, encrypted, .. } = loaded()?;
            show(&path, &key, encrypted, output);
            Ok(())
        }
    }
}

/// The user's own key, which must be there. Who countersigns, amends or signs a policy is known by
/// that key already, and a new one would be a mistake in WEIGH_CONFIG_DIR.
pub fn existing() -> Result<PrivateKey, Failure> {
    loaded().map(|loaded| loaded.key)
}

fn loaded() -> Result<Loaded, Failure> {
    let path = keys::default_path().map_err(|fault| failure(&fault))?;
    // A dangling link is something, too: loading says what is wrong with it.
    if path.symlink_metadata().is_err() {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot find the signing key: {} does not exist",
                path.display()
            ),
            "`weigh key new` makes one, and so does the first run; WEIGH_CONFIG_DIR names the folder of \
             one that is elsewhere",
        ));
    }
    keys::load_or_create(&path).map_err(|fault| failure(&fault))
}

fn show(path: &Path, key: &PrivateKey, encrypted: bool, output: &Output) {
    let public = key.public();
    let shown = Shown {
        path: path.display().to_string(),
        keyid: public.keyid().to_string(),
        encrypted,
        public: public.to_pem(),
    };
    if output.json {
        return output.json("weighhouse-key/1", &shown);
    }
    output.note(&format!(
        "private key: {} ({})\nkey id: {}",
        shown.path,
        kept(encrypted),
        shown.keyid
    ));
    output.line(shown.public.trim_end());
}

/// How a key lies in its file.
pub const fn kept(encrypted: bool) -> &'static str {
    if encrypted {
        "encrypted"
    } else {
        "not encrypted"
    }
}

/// A key file that cannot be used, as the command tells it.
pub fn failure(fault: &KeyFileFault) -> Failure {
    if fault.is_machine() {
        return Failure::new(
            Exit::Machine,
            format!("cannot make a signing key: {fault}"),
            "see to the disk, or give a folder where you may write by WEIGH_CONFIG_DIR",
        );
    }
    Failure::new(
        Exit::Usage,
        format!("cannot use the signing key: {fault}"),
        "`weigh key show` says where it is looked for; WEIGH_CONFIG_DIR names another folder, \
         WEIGH_KEY_PASSPHRASE opens an encrypted key",
    )
}
