//! The Merkle tree hash of RFC 6962, section 2.1: one digest for an ordered list of entries.
//!
//! A leaf is hashed with a zero byte before it and an inner node with a one byte, so that no entry
//! can pass for a node. A single entry is shown to belong to a root without the others by its audit
//! path (section 2.1.1).

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

/// The audit path of the leaf at `index`, from its sibling up to a child of the root. None where
/// there is no such leaf.
#[must_use]
pub fn path(leaves: &[Digest], index: usize) -> Option<Vec<Digest>> {
    leaves.get(index)?;
    let (mut subtree, mut at) = (leaves, index);
    let mut path = Vec::new();
    while let Some(split) = split(subtree.len()) {
        let (left, right) = subtree.split_at_checked(split)?;
        let beside = if at < split {
            subtree = left;
            right
        } else {
            (subtree, at) = (right, at - split);
            left
        };
        path.push(root(beside.iter().copied()));
    }
    path.reverse();
    Some(path)
}

/// The root of a tree of `count` leaves that has `leaf` at `index` with this audit path. None where
/// no such tree has such a path: there is no such leaf, or the path has another length.
///
/// Whoever knows `count` from elsewhere than from whoever gives the path learns from an equal root
/// that the leaf stands at `index` and nowhere else.
#[must_use]
pub fn root_of_path(leaf: Digest, index: usize, count: usize, path: &[Digest]) -> Option<Digest> {
    if index >= count {
        return None;
    }
    // From the root down: on which side of the path the sibling stands.
    let (mut size, mut at, mut on_the_left) = (count, index, Vec::new());
    while let Some(split) = split(size) {
        on_the_left.push(at >= split);
        if at < split {
            size = split;
        } else {
            (size, at) = (size - split, at - split);
        }
    }
    if on_the_left.len() != path.len() {
        return None;
    }
    let siblings = path.iter().zip(on_the_left.iter().rev());
    Some(siblings.fold(leaf, |below, (sibling, on_the_left)| {
        if *on_the_left {
            node(sibling, &below)
        } else {
            node(&below, sibling)
        }
    }))
}

/// How many of `count` leaves the left subtree has: the largest power of two below `count`.
fn split(count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(1 << last.checked_ilog2()?)
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

    /// RFC 9162's own check of a path, section 2.1.3.2, on the bits of the index.
    fn root_by_bits(leaf: Digest, index: usize, count: usize, path: &[Digest]) -> Option<Digest> {
        if index >= count {
            return None;
        }
        let (mut at, mut last, mut below) = (index, count - 1, leaf);
        for sibling in path {
            if last == 0 {
                return None;
            }
            if at % 2 == 1 || at == last {
                below = node(sibling, &below);
                while at % 2 == 0 && at != 0 {
                    (at, last) = (at >> 1, last >> 1);
                }
            } else {
                below = node(&below, sibling);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        (last == 0).then_some(below)
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

        #[test]
        fn every_path_leads_to_the_root(entries in prop::collection::vec(any::<Vec<u8>>(), 0..40)) {
            let leaves: Vec<Digest> = entries.iter().map(|e| leaf(e)).collect();
            for (index, leaf) in leaves.iter().enumerate() {
                let path = path(&leaves, index).unwrap();
                let found = root_of_path(*leaf, index, leaves.len(), &path);
                prop_assert_eq!(found, Some(by_definition(&entries)));
                prop_assert_eq!(found, root_by_bits(*leaf, index, leaves.len(), &path));
            }
            prop_assert_eq!(path(&leaves, leaves.len()), None);
        }

        #[test]
        fn nothing_else_leads_there(
            count in 1_usize..40,
            seed: prop::sample::Index,
            wrong: prop::sample::Index,
            other: [u8; 32],
        ) {
            let leaves: Vec<Digest> = (0..count).map(|n| leaf(&n.to_le_bytes())).collect();
            let index = seed.index(count);
            let (own, path) = (leaves[index], path(&leaves, index).unwrap());
            let refused = |leaf, index, path: &[Digest]| {
                let found = root_of_path(leaf, index, count, path);
                assert_eq!(found, root_by_bits(leaf, index, count, path));
                found != Some(root(leaves.clone()))
            };
            for another in (0..count + 3).filter(|another| *another != index) {
                prop_assert!(refused(own, another, &path), "index {}", another);
            }
            prop_assert!(refused(Digest::from_bytes(other), index, &path));
            prop_assert!(refused(own, index, &[path.as_slice(), &[own]].concat()));
            if !path.is_empty() {
                let at = wrong.index(path.len());
                let mut changed = path.clone();
                changed[at] = Digest::from_bytes(other);
                prop_assert!(refused(own, index, &changed));
                changed = path.clone();
                changed.remove(at);
                prop_assert!(refused(own, index, &changed));
                // An inner node does not pass for a leaf, nor a neighbour for the case.
                let above = root_of_path(own, index % 2, 2, &path[..1]).unwrap();
                prop_assert!(refused(above, index, &path));
                prop_assert!(refused(path[0], index, &path));
            }
        }
    }
}
