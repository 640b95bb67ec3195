//! What ends the command early, and the one place where it is told.

use std::io;
use std::path::Path;

use serde::Serialize;
use weigh_attest::verify::Fault;
use weigh_core::diagnostic::{Diagnostic, render};
use weigh_core::text::{visible, visible_line};

use crate::exit::Exit;
use crate::output::Output;

/// Why the command ended early and what to do about it.
#[derive(Debug, Serialize)]
pub struct Failure {
    /// How the command ends.
    pub exit: Exit,
    /// What happened: one sentence that begins with "cannot", without a full stop.
    #[serde(rename = "error")]
    pub message: String,
    /// What to do.
    pub help: String,
    /// Faults one by one, as text for people.
    #[serde(skip)]
    pub details: String,
    /// The same for programs.
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong with a record, as `weigh verify --json` tells it.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub faults: Box<[Fault]>,
}

impl Failure {
    /// A failure that one sentence tells.
    pub fn new(exit: Exit, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            help: help.into(),
            details: String::new(),
            diagnostics: Vec::new(),
            faults: Box::default(),
        }
    }

    /// Faults in what somebody wrote, one by one in `details` and `diagnostics`.
    pub fn faults(
        message: impl Into<String>,
        details: String,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        Self {
            details,
            diagnostics,
            ..Self::new(
                Exit::Usage,
                message,
                "mend what is listed above; `weigh explain CODE` says more about a code",
            )
        }
    }

    /// Faults in one file, whose bytes are at hand.
    pub fn in_file(message: impl Into<String>, found: Vec<Diagnostic>, bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).ok();
        let details = render(&found, |_| text);
        Self::faults(message, details, found)
    }

    /// Why nothing was written to `path`, which `option` names.
    pub fn not_written(path: &Path, fault: &io::Error, option: &str) -> Self {
        let path = path.display();
        if fault.kind() == io::ErrorKind::AlreadyExists {
            return Self::new(
                Exit::Usage,
                format!("cannot write {path}: it exists"),
                format!("take another {option}; nothing is overwritten"),
            );
        }
        Self::new(
            Exit::Machine,
            format!("cannot write {path}: {fault}"),
            format!("give a {option} where you may write"),
        )
    }

    /// Tells it: as JSON on standard output or as text on standard error.
    pub fn tell(&self, output: &Output) {
        if output.json {
            output.json("weighhouse-error/1", self);
            return;
        }
        if !self.details.is_empty() {
            output.note(visible(&self.details).trim_end());
            output.note("");
        }
        let message = visible(&self.message);
        output.note(&format!("{}: {message}", output.red("error")));
        output.note(&format!("  help: {}", visible_line(&self.help)));
    }
}
