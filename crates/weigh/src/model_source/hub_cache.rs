//! The cache that hub clients keep: `models--<owner>--<name>/snapshots/<commit>/<file>`.

use std::path::{Path, PathBuf};

/// The folder with the files of `repository` at `revision`, if a client has put one there.
pub(super) fn snapshot(cache: &Path, repository: &str, revision: &str) -> Option<PathBuf> {
    let folder = cache.join(format!("models--{}", repository.replace('/', "--")));
    let commit = if is_commit(revision) {
        revision.to_owned()
    } else {
        let reference = std::fs::read_to_string(folder.join("refs").join(revision)).ok()?;
        // It becomes part of a path.
        Some(reference.trim().to_owned()).filter(|commit| is_commit(commit))?
    };
    let snapshot = folder.join("snapshots").join(commit);
    snapshot.is_dir().then_some(snapshot)
}

fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_found_by_branch_and_by_commit() {
        let cache = tempfile::tempdir().unwrap();
        let commit = "0123456789abcdef0123456789abcdef01234567";
        let folder = cache.path().join("models--a--b");
        let snapshots = folder.join("snapshots").join(commit);
        std::fs::create_dir_all(&snapshots).unwrap();
        std::fs::create_dir_all(folder.join("refs")).unwrap();
        std::fs::write(folder.join("refs/main"), commit).unwrap();
        std::fs::write(folder.join("refs/bad"), "../..").unwrap();
        let find = |revision| snapshot(cache.path(), "a/b", revision);
        assert_eq!(find("main"), Some(snapshots.clone()));
        assert_eq!(find(commit), Some(snapshots));
        assert_eq!(find("other"), None);
        assert_eq!(find("bad"), None);
        assert_eq!(find(&commit.replace('0', "1")), None);
        assert_eq!(snapshot(cache.path(), "a/c", "main"), None);
    }
}
