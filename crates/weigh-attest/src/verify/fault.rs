//! What can be wrong with a record.

use std::fmt;
use std::io;

use serde::Serialize;
use weigh_core::text::visible_line;

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The machine could not read the file: says nothing about the record.
    Machine,
    /// A file is not there.
    Missing,
    /// A link, a device, a name that is no text.
    Surprise,
    /// A file is larger than any honest one.
    Size,
    /// No key to verify with.
    Key,
    /// No envelope.
    Envelope,
    /// The signature is by another key than the one that was given.
    UnknownKey,
    /// The signature does not fit.
    Signature,
    /// What was signed is no statement about a test report.
    Statement,
    /// `report.json` or another wrapping is not what was signed.
    Copy,
    /// The journal is broken.
    Journal,
    /// A suite cannot be read.
    Suite,
    /// The profile cannot be read.
    Profile,
    /// The amendments are none.
    Amendment,
    /// Journal, suites and profile do not belong together.
    Derivation,
    /// They give another report than the one that was signed.
    Difference,
    /// A countersignature that was given is none.
    Countersignature,
    /// A token of time or of a log is none, is about something else, or is not signed as it must be.
    Token,
    /// An opening is none, or not of this report.
    Opening,
    /// The trust policy does not recognise the report.
    Trust,
    /// The model on the desk is another one.
    Model,
    /// The report is too old.
    Age,
    /// The run was made for somebody else.
    Nonce,
    /// The run does not extend the one that was given, or not all of it.
    Extends,
}

/// One thing that is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// What kind.
    pub kind: Kind,
    /// The file in the record.
    pub place: String,
    /// What is wrong. Names and texts out of the record are made visible.
    pub message: String,
}

impl Fault {
    pub(crate) fn new(kind: Kind, place: &str, message: impl AsRef<str>) -> Self {
        Self {
            kind,
            place: visible_line(place).into_owned(),
            message: visible_line(message.as_ref()).into_owned(),
        }
    }

    pub(crate) fn io(place: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::NotFound {
            Self::new(Kind::Missing, place, "not there")
        } else {
            Self::new(Kind::Machine, place, error.to_string())
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Why a record is not valid: every fault that was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
pub struct VerifyFault {
    /// At least one.
    pub faults: Vec<Fault>,
}

impl VerifyFault {
    /// Whether only the machine is at fault, so that trying again may help.
    #[must_use]
    pub fn is_machine(&self) -> bool {
        !self.faults.is_empty() && self.faults.iter().all(|fault| fault.kind == Kind::Machine)
    }
}

impl fmt::Display for VerifyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the record is not valid")?;
        self.faults
            .iter()
            .try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}
