//! openssl as a tool of tests, where it is installed.

use std::path::Path;
use std::process::{Command, Stdio};

/// Runs openssl in `folder`; what it said on success.
pub fn openssl(folder: &Path, arguments: &str) -> Result<Vec<u8>, String> {
    let output = Command::new("openssl")
        .args(arguments.split(' '))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// A folder to work in, where openssl 3 is installed.
pub fn folder() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    match openssl(folder.path(), "version") {
        Ok(version) if version.starts_with(b"OpenSSL 3") => Some(folder),
        other => {
            println!("skipped: no openssl 3 ({other:?})");
            None
        }
    }
}
