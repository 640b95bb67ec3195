//! The Merkle tree hash of RFC 6962, section 2.1: one digest for an ordered list of entries.
//!
//! A leaf is hashed with a zero byte before it and an inner node with a one byte, so that no entry
//! can pass for a node. A single entry can later be shown to belong to a root without the others.

use sha2::{Digest as _, Sha256};

use crate::digest::Digest;

/// The hash of one entry: SHA-256(0x00 || `entry`).
#[must_use]
pub fn leaf(entry: &[u8]) -> Digest {
    let hash = Sha256::new().chain_update([0]).chain_update(entry);
    Digest::from_bytes(hash.finalize().into())
}

/// The hash of an inner node: SHA-256(0x01 || `left` || `right`).
#[must_use]
pub fn node(left: &Digest, right: &Digest) -> Digest {
    let hash = Sha256::new().chain_update([1]);
    let hash = hash
        .chain_update(left.as_bytes())
        .chain_update(right.as_bytes());
    Digest::from_bytes(hash.finalize().into())
}

/// The root over `leaves`, each made by [`leaf`]. Without any it is the digest of nothing.
///
/// Holds one digest for each level of the tree, however many leaves there are.
#[must_use]
pub fn root(leaves: impl IntoIterator<Item = Digest>) -> Digest {
    // Complete subtrees from left to right with their sizes, as the bits of a binary counter.
    let mut subtrees: Vec<(u64, Digest)> = Vec::new();
    for leaf in leaves {
        let mut subtree = (1, leaf);
        while let Some((_, left)) = subtrees.pop_if(|(size, _)| *size == subtree.0) {
            subtree = (2 * subtree.0, node(&left, &subtree.1));
        }
        subtrees.push(subtree);
    }
    let digests = subtrees.into_iter().map(|(_, digest)| digest);
    digests
        .rev()
        .reduce(|right, left| node(&left, &right))
        .unwrap_or_else(|| Digest::of(b""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 6962's own recursion: split at the largest power of two below the length.
    fn by_definition(entries: &[Vec<u8>]) -> Digest {
        match entries {
            [] => Digest::of(b""),
            [entry] => leaf(entry),
            _ => {
                let split = 1 << (entries.len() - 1).ilog2();
                let (left, right) = entries.split_at(split);
                node(&by_definition(left), &by_definition(right))
            }
        }
    }

    /// Entries and roots of the test data that the Certificate Transparency logs share.
    #[test]
    fn roots_of_certificate_transparency() {
        let entries: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (count, expect) in roots.iter().enumerate() {
            let leaves = entries.iter().take(count).map(|entry| leaf(entry));
            assert_eq!(root(leaves).to_string(), *expect, "{count} entries");
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(entries in prop::collection::vec(any::<Vec<u8>>(), 0..70)) {
            prop_assert_eq!(root(entries.iter().map(|e| leaf(e))), by_definition(&entries));
        }
    }
}
