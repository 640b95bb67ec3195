//! An amended report: the same record, and what the laboratory states in place of what it stated
//! before (ISO/IEC 17025:2017, 7.8.8).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Report, derive};
use crate::digest::Digest;
use crate::event::Timestamp;
use crate::json;
use crate::laboratory::FIELDS;

/// The value of `format` in `amendments.json`.
const FORMAT: &str = "weighhouse-amendments/1";
/// The most amendments of one report. Each replaced statement is derived again by a verifier.
const MOST: usize = 16;

/// What changes from one report to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// When the amended report was issued.
    pub at: Timestamp,
    /// What the laboratory states now, as a whole.
    pub laboratory: BTreeMap<String, String>,
    /// Why.
    pub reason: String,
}

/// What an amended report says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amended {
    /// When it was issued.
    pub at: Timestamp,
    /// What the laboratory states now, as a whole.
    pub laboratory: BTreeMap<String, String>,
    /// Why.
    pub reason: String,
    /// The report in whose place this one stands.
    pub replaces: Replaced,
}

/// A report that another one replaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// Its id.
    pub id: String,
    /// When it was issued.
    pub issued: Timestamp,
    /// SHA-256 of its statement: the payload that was signed.
    pub statement: Digest,
}

/// `amendments.json` of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    amendments: Vec<Amendment>,
    format: String,
}

/// Why bytes are no amendments of a report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmendmentFault {
    /// Not canonical JSON of that shape.
    #[error("it is not the canonical JSON of amendments in format `{FORMAT}`")]
    Form,
    /// None or too many.
    #[error("it holds {0} amendments, expected 1 to {MOST}")]
    Count(usize),
    /// One of them changes what no laboratory can state, or states nothing for it.
    #[error("amendment {number} states `{key}`, which is unknown or blank")]
    Field {
        /// Which one, from 1.
        number: usize,
        /// The key.
        key: String,
    },
    /// One of them gives no reason.
    #[error("amendment {0} gives no reason")]
    Reason(usize),
    /// One of them is dated before what it amends, or has no date.
    #[error("amendment {number} is dated `{at}`, and what it amends `{before}`")]
    Date {
        /// Which one, from 1.
        number: usize,
        /// Its date.
        at: String,
        /// The date of what it amends.
        before: String,
    },
}

/// The bytes of `amendments.json`; none where a text has no canonical form.
#[must_use]
pub fn amendments_file(amendments: &[Amendment]) -> Option<Vec<u8>> {
    json::canonical(&File {
        amendments: amendments.to_vec(),
        format: FORMAT.to_owned(),
    })
}

/// Reads `amendments.json` of a record whose first report was issued at `issued`.
///
/// # Errors
/// When the bytes are anything else, or no honest amendments.
pub fn read_amendments(bytes: &[u8], issued: &Timestamp) -> Result<Vec<Amendment>, AmendmentFault> {
    let file: File = json::parse(bytes).map_err(|_| AmendmentFault::Form)?;
    if file.format != FORMAT || json::canonical(&file).as_deref() != Some(bytes) {
        return Err(AmendmentFault::Form);
    }
    if !(1..=MOST).contains(&file.amendments.len()) {
        return Err(AmendmentFault::Count(file.amendments.len()));
    }
    let mut before = issued;
    for (number, amendment) in (1..).zip(&file.amendments) {
        check(number, amendment, before)?;
        before = &amendment.at;
    }
    Ok(file.amendments)
}

fn check(number: usize, amendment: &Amendment, before: &Timestamp) -> Result<(), AmendmentFault> {
    if amendment.reason.trim().is_empty() {
        return Err(AmendmentFault::Reason(number));
    }
    let known = |key: &str| FIELDS.iter().any(|field| field.key == key);
    let mut stated = amendment.laboratory.iter();
    if let Some((key, _)) = stated.find(|(key, value)| !known(key) || value.trim().is_empty()) {
        let key = key.clone();
        return Err(AmendmentFault::Field { number, key });
    }
    if amendment.at.seconds().is_none() || amendment.at < *before {
        return Err(AmendmentFault::Date {
            number,
            at: amendment.at.0.clone(),
            before: before.0.clone(),
        });
    }
    Ok(())
}

/// `report` with `amendment`, in place of the report whose statement has the digest `statement`.
///
/// The new id is `WH-` and the first 16 hexadecimal digits of the SHA-256 of the canonical JSON of
/// what the new report says of its amendment. None where that has no canonical form.
#[must_use]
pub fn amend(report: Report, amendment: Amendment, statement: Digest) -> Option<Report> {
    let Amendment {
        at,
        laboratory,
        reason,
    } = amendment;
    let amended = Amended {
        at,
        laboratory,
        reason,
        replaces: Replaced {
            id: report.id.clone(),
            issued: report.issued().clone(),
            statement,
        },
    };
    Some(Report {
        id: id(&amended)?,
        amendment: Some(amended),
        ..report
    })
}

/// The id of the report that says this of its amendment.
pub(super) fn id(amended: &Amended) -> Option<String> {
    Some(derive::id(Digest::of(&json::canonical(amended)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amendment(at: &str, reason: &str, laboratory: &[(&str, &str)]) -> Amendment {
        let stated = laboratory.iter();
        Amendment {
            at: Timestamp(at.to_owned()),
            laboratory: stated
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn only_honest_amendments_are_read() {
        let issued = Timestamp("2026-01-02T00:00:00Z".to_owned());
        let good = amendment("2026-01-03T00:00:00Z", "address", &[("name", "Hall")]);
        let check = |amendments: &[Amendment], expect: Option<&str>| {
            let bytes = amendments_file(amendments).unwrap();
            let read = read_amendments(&bytes, &issued);
            let fault = read.as_ref().err().map(ToString::to_string);
            assert_eq!(fault.as_deref(), expect);
            assert!(fault.is_some() || read.unwrap() == amendments);
        };
        check(&[good.clone(), good.clone()], None);
        check(&[], Some("it holds 0 amendments, expected 1 to 16"));
        check(
            &vec![good.clone(); 17],
            Some("it holds 17 amendments, expected 1 to 16"),
        );
        let check_one = |one: Amendment, expect| check(&[good.clone(), one], Some(expect));
        check_one(
            amendment("2026-01-03T00:00:00Z", " ", &[]),
            "amendment 2 gives no reason",
        );
        check_one(
            amendment("2026-01-03T00:00:00Z", "r", &[("verdict", "good")]),
            "amendment 2 states `verdict`, which is unknown or blank",
        );
        check_one(
            amendment("2026-01-03T00:00:00Z", "r", &[("name", " ")]),
            "amendment 2 states `name`, which is unknown or blank",
        );
        check_one(
            amendment("2026-01-02T23:59:59Z", "r", &[]),
            "amendment 2 is dated `2026-01-02T23:59:59Z`, and what it amends `2026-01-03T00:00:00Z`",
        );
        let bytes = amendments_file(&[good]).unwrap();
        for other in [&b" "[..], &bytes[1..], &[&bytes[..], b"\n"].concat()] {
            assert_eq!(read_amendments(other, &issued), Err(AmendmentFault::Form));
        }
    }
}
