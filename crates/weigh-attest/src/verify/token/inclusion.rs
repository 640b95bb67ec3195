//! That a log holds an entry: a path to a root (RFC 6962), and the root under the log's signature, a
//! checkpoint (c2sp.org/tlog-checkpoint).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use weigh_core::digest::Digest;
use weigh_core::merkle;

use super::entry::{digest, number};
use crate::keys::PublicKey;

/// The most digests of a path: that of a tree of 2^64 entries.
const LONGEST: usize = 64;

/// A proof of inclusion.
pub(super) struct Proof {
    index: usize,
    /// How many entries the log has.
    pub size: usize,
    /// The root over all of them.
    pub root: Digest,
    path: Vec<Digest>,
    /// The root as the log signs it.
    pub checkpoint: Option<String>,
}

impl Proof {
    /// Reads a proof. None where it is none.
    pub fn of(value: &Value) -> Option<Self> {
        let checkpoint = value.get("checkpoint");
        let checkpoint = checkpoint.map(|value| value.get("envelope").unwrap_or(value));
        let path = value.get("hashes")?.as_array()?;
        Some(Self {
            index: number(value.get("logIndex")?)?.try_into().ok()?,
            size: number(value.get("treeSize")?)?.try_into().ok()?,
            root: digest(value.get("rootHash")?)?,
            path: path
                .iter()
                .take(LONGEST + 1)
                .map(digest)
                .collect::<Option<_>>()?,
            checkpoint: match checkpoint {
                Some(checkpoint) => Some(checkpoint.as_str()?.to_owned()),
                None => None,
            },
        })
    }

    /// Whether the path leads from the entry to the root.
    pub fn leads_from(&self, entry: &[u8]) -> bool {
        let leaf = merkle::leaf(entry);
        merkle::root_of_path(leaf, self.index, self.size, &self.path) == Some(self.root)
    }

    /// Whether the log with this key has signed the root of so many entries.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let signed = || {
            let (note, signatures) = self.checkpoint.as_ref()?.split_once("\n\n")?;
            let mut lines = note.lines().skip(1);
            let size: usize = lines.next()?.parse().ok()?;
            let root = STANDARD.decode(lines.next()?).ok()?;
            // The note ends with its last line's end. A signature has four bytes of a hint before it.
            let message = format!("{note}\n");
            let is_good = |line: &str| {
                let text = line.rsplit(' ').next().unwrap_or_default();
                let bytes = STANDARD.decode(text).unwrap_or_default();
                let signature = bytes.get(4..).unwrap_or_default();
                key.verifies(message.as_bytes(), signature)
            };
            let good = signatures.lines().take(LONGEST).any(is_good);
            Some(good && size == self.size && root == self.root.as_bytes())
        };
        signed().unwrap_or_default()
    }
}
