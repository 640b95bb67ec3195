//! What a verification came to, as text for people and as JSON for programs.

mod opened;

use std::fmt::Write as _;

use serde_json::{Value, json};
use weigh_core::text::visible_line;
use weigh_core::verdict::Verdict;

use self::opened::case;
use crate::verify::{Fault, Verified, VerifyFault};

/// The format of [`as_json`].
pub const FORMAT: &str = "weighhouse-verification/1";

/// The verdict in the words of a report.
#[must_use]
pub const fn verdict_in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conforms => "conforms",
        Verdict::Inconclusive => "inconclusive",
        Verdict::NotAssessed => "not assessed",
        Verdict::DoesNotConform => "does not conform",
    }
}

/// What was checked, one line each, and what the report says. Safe for a terminal.
#[must_use]
pub fn as_text(outcome: &Result<Verified, VerifyFault>) -> String {
    let mut text = String::new();
    match outcome {
        Ok(verified) => valid(&mut text, verified),
        Err(fault) => invalid(&mut text, &fault.faults),
    }
    text
}

fn line(text: &mut String, name: &str, value: &str) {
    // Writing to a text does not fail.
    let _ = writeln!(text, "{name:<11} {}", visible_line(value));
}

fn valid(text: &mut String, verified: &Verified) {
    for check in &verified.checks {
        line(text, check.what, &check.found);
    }
    for check in &verified.unchecked {
        line(
            text,
            "not checked",
            &format!("{}: {}", check.what, check.found),
        );
    }
    for note in &verified.notes {
        line(text, "note", note);
    }
    let report = &verified.report;
    line(text, "model", &report.subject.name);
    for file in &report.subject.files {
        line(
            text,
            "file",
            &format!("{} sha256 {}", file.name, file.sha256),
        );
    }
    line(text, "id", &report.id);
    let derived = if verified.withheld {
        ", as it was signed"
    } else {
        ""
    };
    let verdict = verdict_in_words(report.verdict);
    line(text, "verdict", &format!("{verdict}{derived}"));
    for opened in &verified.opened {
        text.push_str(&case(opened));
    }
    text.push_str(conclusion(verified));
}

/// What was shown, in the end. Of a record that is withheld never that it is valid.
const fn conclusion(verified: &Verified) -> &'static str {
    match (verified.withheld, verified.opened.as_slice()) {
        (false, _) => "the record is valid\n",
        (true, [_]) => "opened case proved; the rest of the record was withheld and not checked\n",
        (true, _) => "opened cases proved; the rest of the record was withheld and not checked\n",
    }
}

fn invalid(text: &mut String, faults: &[Fault]) {
    for fault in faults {
        line(text, "fault", &fault.to_string());
    }
    text.push_str("the record is NOT valid\n");
}

/// The same as a versioned JSON document.
#[must_use]
pub fn as_json(outcome: &Result<Verified, VerifyFault>) -> Value {
    match outcome {
        Ok(verified) => json!({
            "format": FORMAT,
            // Of what is withheld nobody can say so.
            "valid": (!verified.withheld).then_some(true),
            "withheld": verified.withheld,
            "opened": verified.opened,
            "id": verified.report.id,
            "model": verified.report.subject,
            "verdict": verified.report.verdict,
            "statement_sha256": verified.statement,
            "keyid": verified.keyid,
            "algorithm": verified.algorithm.to_string(),
            "trust": verified.trust,
            "recognition": verified.recognition,
            "countersigned": verified.countersigned,
            "checks": verified.checks,
            "not_checked": verified.unchecked,
            "notes": verified.notes,
            "faults": [],
        }),
        Err(fault) => json!({ "format": FORMAT, "valid": false, "faults": fault.faults }),
    }
}
