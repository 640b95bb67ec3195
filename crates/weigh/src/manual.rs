//! The manual: what `--help` ends with, manual pages, completions.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// The table of exit codes.
pub static EXIT_CODES: LazyLock<String> = LazyLock::new(|| {
    let rows = Exit::ALL.map(|exit| format!("  {:>3}  {}", exit.code(), exit.meaning()));
    format!("Exit codes:\n{}", rows.join("\n"))
});

/// Writes the completions of `shell` to standard output.
pub fn completions(shell: Shell, output: &Output) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "weigh", &mut script);
    output.bytes(&script);
}

/// Writes a manual page for each command into `dir`.
pub fn pages(dir: &Path, output: &Output) -> Result<(), Failure> {
    let written =
        fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(Cli::command(), dir));
    written.map_err(|error| {
        Failure::new(
            Exit::Machine,
            format!(
                "cannot write the manual pages into {}: {error}",
                dir.display()
            ),
            "give a folder that can be written",
        )
    })?;
    output.line(&format!(
        "{}: read one with `man -l {0}/weigh.1`",
        dir.display()
    ));
    Ok(())
}
