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

/// The variables that are read, and what each says.
const ENVIRONMENT: &str = "\
Environment:
  WEIGH_HOME            The project folder, whose suites/, profiles/, cards/ and lab.toml go before
                        what is shipped. Without it, the nearest one upwards that holds suites/
  WEIGH_CONFIG_DIR      The folder of the signing key, key.pem
  WEIGH_KEY_PASSPHRASE  What an encrypted key is opened with, and a new one encrypted
  WEIGH_CACHE           The folder of models that were fetched
  WEIGH_OFFLINE         Use no network, as --offline
  NO_COLOR              Use no colour";

/// What `weigh --help` ends with: the table of exit codes, and the variables.
pub static ENDING: LazyLock<String> = LazyLock::new(|| {
    let rows = Exit::ALL.map(|exit| format!("  {:>3}  {}", exit.code(), exit.meaning()));
    format!("Exit codes:\n{}\n\n{ENVIRONMENT}", rows.join("\n"))
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
