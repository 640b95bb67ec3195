//! The files of a suite's folder with sizes and digests, and the digest over all of them.

use super::{ManifestEntry, SuiteFile};
use crate::digest::Digest;
use crate::json::canonical;

/// Every file, sorted by path.
#[must_use]
pub fn manifest(files: &[SuiteFile<'_>]) -> Vec<ManifestEntry> {
    let mut entries: Vec<ManifestEntry> = files
        .iter()
        .map(|file| ManifestEntry {
            path: file.path.to_owned(),
            size: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
            sha256: Digest::of(file.bytes),
        })
        .collect();
    entries.sort();
    entries
}

/// SHA-256 of the canonical JSON of the manifest: the digest of the suite.
pub(super) fn digest(manifest: &[ManifestEntry]) -> Digest {
    // Paths, sizes below 2^53 and hexadecimal digits always have a canonical form.
    Digest::of(&canonical(&manifest).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_the_sorted_list() {
        let a = SuiteFile {
            path: "a",
            bytes: b"abc",
        };
        let b = SuiteFile {
            path: "b",
            bytes: b"",
        };
        let entries = manifest(&[b, a]);
        assert_eq!(entries, manifest(&[a, b]));
        let text = format!(
            r#"[{{"path":"a","sha256":"{}","size":3}},{{"path":"b","sha256":"{}","size":0}}]"#,
            Digest::of(b"abc"),
            Digest::of(b""),
        );
        assert_eq!(digest(&entries), Digest::of(text.as_bytes()));
    }
}
