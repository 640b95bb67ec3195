//! How much memory the machine has.

/// What is assumed where the system does not tell.
const UNKNOWN: u64 = 4 << 30;

/// Bytes of memory, as Linux reports them.
pub(crate) fn total() -> u64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    parse(&text).unwrap_or(UNKNOWN)
}

/// `MemTotal` of proc_meminfo(5), in bytes.
fn parse(text: &str) -> Option<u64> {
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn meminfo() {
        assert_eq!(
            parse("MemTotal:       24689764 kB\nMemFree: 1 kB\n"),
            Some(24_689_764 * 1024)
        );
        for text in ["", "MemTotal:", "MemTotal: x kB", "MemTotal: 5"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
