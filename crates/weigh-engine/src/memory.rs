//! How much memory there is for this process, how much of it is left, and how much it has taken:
//! what Linux tells of the machine and of the control groups that bound the process.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// What is assumed where the system does not tell.
const UNKNOWN: u64 = 4 << 30;

/// Bytes as people read them: `98.4 MB`, in millions of bytes, rounded up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Megabytes(pub u64);

impl fmt::Display for Megabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0.div_ceil(100_000);
        write!(f, "{}.{} MB", tenths / 10, tenths % 10)
    }
}

/// The most memory that this process had at one time, in bytes: `VmHWM` of proc_pid_status(5).
/// `None` where the system does not tell.
#[must_use]
pub fn peak_memory() -> Option<u64> {
    kibibytes(&read(Path::new("/proc/self/status"))?, "VmHWM:")
}

/// Lets [`peak_memory`] begin again with what the process has now (proc_pid_clear_refs(5)), where
/// the system can.
pub fn forget_peak() {
    // A system without it keeps the earlier peak, which is an upper bound.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Bytes for this process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Room {
    /// What the machine has, or less where a control group bounds it.
    pub total: u64,
    /// What is left of it, counting what the system would give back. `None` if nobody tells.
    pub left: Option<u64>,
}

impl Room {
    /// What there is now.
    pub fn now() -> Self {
        Self::below(Path::new("/"))
    }

    /// What the files below `root` say.
    fn below(root: &Path) -> Self {
        let machine = read(&root.join("proc/meminfo")).unwrap_or_default();
        let groups = read(&root.join("proc/self/cgroup")).unwrap_or_default();
        let bounds: Vec<Bound> = groups
            .lines()
            .filter_map(|line| Group::of(line, root))
            .flat_map(|group| group.bounds())
            .collect();
        let limit = bounds.iter().map(|bound| bound.limit).min();
        let left = bounds.iter().map(|bound| bound.left).min();
        let total = kibibytes(&machine, "MemTotal:").unwrap_or(UNKNOWN);
        Self {
            total: limit.map_or(total, |limit| total.min(limit)),
            left: kibibytes(&machine, "MemAvailable:")
                .into_iter()
                .chain(left)
                .min(),
        }
    }
}

/// The control group of a process in one hierarchy, and what its files are called there
/// (cgroups(7); memory controllers of version 1 and 2).
struct Group {
    mount: PathBuf,
    path: PathBuf,
    limit: &'static str,
    usage: &'static str,
}

/// What one group may have and what is left of it.
struct Bound {
    limit: u64,
    left: u64,
}

impl Group {
    /// The group that a line `number:controllers:path` names, if memory is counted there.
    fn of(line: &str, root: &Path) -> Option<Self> {
        let mut parts = line.splitn(3, ':');
        let (number, controllers, path) = (parts.next()?, parts.next()?, parts.next()?);
        let path = PathBuf::from(path.trim_start_matches('/'));
        if number == "0" && controllers.is_empty() {
            return Some(Self {
                mount: root.join("sys/fs/cgroup"),
                path,
                limit: "memory.max",
                usage: "memory.current",
            });
        }
        let counted = controllers.split(',').any(|name| name == "memory");
        counted.then(|| Self {
            mount: root.join("sys/fs/cgroup/memory"),
            path,
            limit: "memory.limit_in_bytes",
            usage: "memory.usage_in_bytes",
        })
    }

    /// The bounds of the group and of every group around it. A container may see its own group as
    /// the root of the hierarchy, so groups that are not there are passed over.
    fn bounds(&self) -> Vec<Bound> {
        let groups = self.path.ancestors().map(|path| self.mount.join(path));
        groups.filter_map(|group| self.bound(&group)).collect()
    }

    /// `None` where the group has no bound.
    fn bound(&self, group: &Path) -> Option<Bound> {
        let number = |name| read(&group.join(name))?.trim().parse().ok();
        let limit: u64 = number(self.limit)?;
        let usage: u64 = number(self.usage)?;
        let used = usage.saturating_sub(cached(&read(&group.join("memory.stat"))?));
        Some(Bound {
            limit,
            left: limit.saturating_sub(used),
        })
    }
}

/// Bytes of files that the system gives back when memory is short, of the group and those in it.
fn cached(stat: &str) -> u64 {
    let value = |name: &str| -> Option<u64> {
        let mut lines = stat.lines();
        lines.find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
    };
    let of = |all: &str, own: &str| value(all).or_else(|| value(own)).unwrap_or(0);
    of("total_inactive_file ", "inactive_file ") + of("total_active_file ", "active_file ")
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// The number after `name`, which is in kibibytes, in bytes.
fn kibibytes(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;

    /// What a system with these files says.
    fn room(files: &[(&str, &str)]) -> Room {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Room::below(root.path())
    }

    const MEMINFO: (&str, &str) = (
        "proc/meminfo",
        "MemTotal:       1048576 kB\nMemFree: 1 kB\nMemAvailable:    524288 kB\n",
    );

    #[test]
    fn the_machine_alone() {
        let expect = Room {
            total: 1024 * MIB,
            left: Some(512 * MIB),
        };
        assert_eq!(room(&[MEMINFO]), expect);
        for text in ["", "MemTotal:", "MemTotal: x kB", "MemTotal: 5"] {
            let unknown = Room {
                total: UNKNOWN,
                left: None,
            };
            assert_eq!(room(&[("proc/meminfo", text)]), unknown, "{text}");
        }
    }

    #[test]
    fn the_narrowest_group_bounds_the_process() {
        let own = [
            ("proc/self/cgroup", "0::/slice/run\n"),
            ("sys/fs/cgroup/slice/run/memory.max", "max\n"),
            ("sys/fs/cgroup/slice/run/memory.current", "1048576\n"),
            ("sys/fs/cgroup/slice/run/memory.stat", ""),
            ("sys/fs/cgroup/slice/memory.max", "268435456\n"),
            ("sys/fs/cgroup/slice/memory.current", "104857600\n"),
        ];
        let stat = (
            "sys/fs/cgroup/slice/memory.stat",
            "anon 5\ninactive_file 20971520\nactive_file 31457280\n",
        );
        let files: Vec<_> = own.into_iter().chain([MEMINFO, stat]).collect();
        let expect = Room {
            total: 256 * MIB,
            left: Some(206 * MIB),
        };
        assert_eq!(room(&files), expect);
    }

    #[test]
    fn groups_of_version_1() {
        // The group's own path is not there: the container sees its group as the root.
        let files = [
            MEMINFO,
            (
                "proc/self/cgroup",
                "3:cpu:/a\n2:cpuset,memory:/docker/abc\n0::/\n",
            ),
            ("sys/fs/cgroup/memory/memory.limit_in_bytes", "104857600\n"),
            ("sys/fs/cgroup/memory/memory.usage_in_bytes", "94371840\n"),
            (
                "sys/fs/cgroup/memory/memory.stat",
                "inactive_file 1\ntotal_inactive_file 2097152\ntotal_active_file 1048576\n",
            ),
        ];
        let expect = Room {
            total: 100 * MIB,
            left: Some(13 * MIB),
        };
        assert_eq!(room(&files), expect);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_has_taken_some_of_what_there_is() {
        let room = Room::now();
        assert!(peak_memory().is_some_and(|peak| peak > MIB && peak < room.total));
        assert!(room.left.is_some_and(|left| left <= room.total));
    }

    #[test]
    fn sizes_for_people() {
        for (bytes, text) in [
            (0, "0.0 MB"),
            (1, "0.1 MB"),
            (98_362_432, "98.4 MB"),
            (1_117_320_768, "1117.4 MB"),
        ] {
            assert_eq!(Megabytes(bytes).to_string(), text);
        }
    }
}
