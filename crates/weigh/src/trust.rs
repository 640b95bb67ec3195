//! `weigh trust`: check a trust policy, sign a new one, and take it in place of the old one.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde::Serialize;
use weigh_attest::dsse::Envelope;
use weigh_attest::file;
use weigh_attest::trust::{POLICY_TYPE, parse, rotation_signers, sign};
use weigh_core::text::visible_line;
use weigh_core::trust::Policy;
use weigh_runner::{Clock as _, SystemClock, durable};

use crate::exit::Exit;
use crate::failure::Failure;
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
            tell(&policy, None, output);
            Ok(())
        }
        TrustCommand::Sign { policy, envelope } => signed(policy, envelope, output),
        TrustCommand::Update { policy, envelope } => update(policy, envelope, output),
    }
}

/// A policy with its bytes, read once: what is checked is what is signed.
fn usable(path: &Path) -> Result<(Policy, Vec<u8>), Failure> {
    let bytes = read(path)?;
    let policy = policy_of(path, &bytes)?;
    Ok((policy, bytes))
}

/// The policy in `bytes`, which are those of the file at `path` or in it.
fn policy_of(path: &Path, bytes: &[u8]) -> Result<Policy, Failure> {
    let name = path.display().to_string();
    let message = format!("cannot use the trust policy in {name}");
    parse(&name, bytes).map_err(|found| Failure::in_file(message, found, bytes))
}

/// A policy as it is told.
#[derive(Serialize)]
struct Told<'a> {
    id: &'a str,
    version: u32,
    expires: &'a str,
    expired: bool,
    quorum: &'a str,
    authorities: Vec<&'a str>,
    groups: Vec<&'a str>,
    /// Who signed it just now.
    #[serde(flatten)]
    signed: Option<&'a Signed>,
}

/// A signature that was made.
#[derive(Serialize)]
struct Signed {
    keyid: String,
    envelope: String,
}

fn tell(policy: &Policy, signed: Option<&Signed>, output: &Output) {
    let expired = SystemClock.now() >= policy.expires;
    if output.json {
        let told = Told {
            id: &policy.id,
            version: policy.version,
            expires: &policy.expires.0,
            expired,
            quorum: &policy.quorum,
            authorities: policy.authorities.iter().map(|one| &*one.id).collect(),
            groups: policy.groups.iter().map(|one| &*one.id).collect(),
            signed,
        };
        return output.json("weighhouse-trust-policy/1", &told);
    }
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
    if expired {
        output.note("it has expired and trusts nobody: `expires` must be a later day");
    }
    if let Some(Signed { keyid, envelope }) = signed {
        output.line(&visible_line(&format!(
            "signed with key {keyid}: {envelope}"
        )));
    }
}

fn signed(path: &Path, envelope: &Path, output: &Output) -> Result<(), Failure> {
    let (policy, bytes) = usable(path)?;
    let before = if envelope.exists() {
        let text = read(envelope)?;
        Some(parsed(envelope, &text)?)
    } else {
        None
    };
    let key = key::existing()?;
    let text = sign(&bytes, before, &key).map_err(|fault| no_envelope(envelope, &fault))?;
    write(envelope, &text)?;
    let signed = Signed {
        keyid: key.public().keyid().to_string(),
        envelope: envelope.display().to_string(),
    };
    tell(&policy, Some(&signed), output);
    Ok(())
}

fn update(path: &Path, envelope: &Path, output: &Output) -> Result<(), Failure> {
    let (old, _) = usable(path)?;
    let text = read(envelope)?;
    let parsed = parsed(envelope, &text)?;
    if parsed.payload_type() != POLICY_TYPE {
        return Err(no_envelope(envelope, &"it holds no trust policy"));
    }
    let bytes = parsed.unverified_payload();
    let new = policy_of(envelope, bytes)?;
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
    tell(&new, None, output);
    Ok(())
}

fn parsed(path: &Path, bytes: &[u8]) -> Result<Envelope, Failure> {
    Envelope::parse(bytes).map_err(|fault| no_envelope(path, &format!("it is none: {fault}")))
}

fn no_envelope(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot use the envelope {}: {why}", path.display()),
        "`weigh trust sign POLICY --envelope FILE` makes an envelope, in JSON, with the policy in it",
    )
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    file::read(path, MOST_BYTES).map_err(|fault| {
        Failure::new(
            Exit::Usage,
            format!("cannot read {}: {fault}", path.display()),
            "give a trust policy as docs/record.md describes it, or the envelope of one",
        )
    })
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
