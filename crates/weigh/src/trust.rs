//! `weigh trust`: check a trust policy, sign a new one, and take it in place of the old one.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use weigh_attest::ask::policy_of;
use weigh_attest::dsse::Envelope;
use weigh_attest::trust::{POLICY_TYPE, parse, rotation_signers, sign};
use weigh_core::text::visible_line;
use weigh_core::trust::Policy;
use weigh_runner::{Clock as _, SystemClock, durable};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::key;
use crate::output::{Output, counted};

/// The most bytes of a policy or of its envelope.
const MOST_BYTES: u64 = 4 << 20;

/// What to do with trust policies.
#[derive(Debug, Subcommand)]
pub enum TrustCommand {
    /// Check a policy: every fault at its place, and who must agree.
    Check {
        /// The policy.
        policy: PathBuf,
    },
    /// Sign a new policy. The envelope is made, or gets one signature more.
    Sign {
        /// The policy.
        policy: PathBuf,
        /// Its envelope.
        #[arg(long, value_name = "FILE")]
        envelope: PathBuf,
    },
    /// Replace a policy by a newer one, if enough holders of the old one's rotation keys and of the new
    /// one's have signed it.
    Update {
        /// The policy in force. It is overwritten.
        policy: PathBuf,
        /// The envelope of the new one.
        envelope: PathBuf,
    },
}

/// Carries out `command`.
pub fn command(command: &TrustCommand, output: &Output) -> Result<(), Failure> {
    match command {
        TrustCommand::Check { policy } => {
            let (policy, _) = usable(policy)?;
            tell(&policy, output);
            Ok(())
        }
        TrustCommand::Sign { policy, envelope } => signed(policy, envelope, output),
        TrustCommand::Update { policy, envelope } => update(policy, envelope, output),
    }
}

/// A policy with its bytes, read once: what is checked is what is signed.
fn usable(path: &Path) -> Result<(Policy, Vec<u8>), Failure> {
    let bytes = read(path)?;
    let policy = policy_of(&path.display().to_string(), &bytes);
    Ok((policy.map_err(|message| unusable(&message))?, bytes))
}

fn unusable(message: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        message,
        "docs/record.md says what stands in a trust policy",
    )
}

fn tell(policy: &Policy, output: &Output) {
    let Policy {
        id,
        version,
        expires,
        quorum,
        ..
    } = policy;
    let authorities = counted(policy.authorities.len(), "authority", "authorities");
    let groups = counted(policy.groups.len(), "group", "groups");
    let day = expires.0.get(..10).unwrap_or_default();
    output.line(&visible_line(&format!(
        "{id} version {version}: {authorities}, {groups}, quorum {quorum}, until {day}"
    )));
}

fn signed(path: &Path, envelope: &Path, output: &Output) -> Result<(), Failure> {
    let (policy, bytes) = usable(path)?;
    let before = if envelope.exists() {
        let text = read(envelope)?;
        Some(Envelope::parse(&text).map_err(|fault| no_envelope(envelope, &fault))?)
    } else {
        None
    };
    let key = key::existing()?;
    let text = sign(&bytes, before, &key).map_err(|fault| no_envelope(envelope, &fault))?;
    write(envelope, &text)?;
    tell(&policy, output);
    let keyid = key.public().keyid();
    output.line(&visible_line(&format!(
        "signed with key {keyid}: {}",
        envelope.display()
    )));
    Ok(())
}

fn update(path: &Path, envelope: &Path, output: &Output) -> Result<(), Failure> {
    let (old, _) = usable(path)?;
    let text = read(envelope)?;
    let parsed = Envelope::parse(&text).map_err(|fault| no_envelope(envelope, &fault))?;
    if parsed.payload_type() != POLICY_TYPE {
        return Err(no_envelope(envelope, &"it holds no trust policy"));
    }
    let bytes = parsed.unverified_payload();
    let name = envelope.display().to_string();
    let message = format!("cannot use the trust policy in {name}");
    let new = parse(&name, bytes).map_err(|found| Failure::in_file(message, found, bytes))?;
    let signers = rotation_signers(&old, &new, &parsed);
    old.gives_way(&new, &signers, &SystemClock.now())
        .map_err(|fault| {
            Failure::new(
                Exit::Invalid,
                format!("cannot take the new policy: {fault}"),
                "a new policy has the same id and a higher version, and holders of the rotation keys of both have signed it with `weigh trust sign`",
            )
        })?;
    write(path, bytes)?;
    tell(&new, output);
    Ok(())
}

fn no_envelope(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    unusable(&format!(
        "cannot read the envelope {}: {why}",
        path.display()
    ))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    folder::read_file(path, MOST_BYTES)
        .map_err(|fault| unusable(&format!("cannot read {}: {fault}", path.display())))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    durable::write(path, bytes).map_err(|fault| {
        Failure::new(
            Exit::Machine,
            format!("cannot write {}: {fault}", path.display()),
            "see to the disk and its free space, then try again",
        )
    })
}
