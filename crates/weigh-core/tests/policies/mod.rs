//! The table of trust policies: what they say of approvals, which are refused, which give way to which.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `table.toml`, which says what its keys mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    coast: String,
    policies: BTreeMap<String, Vec<[String; 2]>>,
    pub approvals: Vec<Approved>,
    pub refused: Vec<Refused>,
    pub rotations: Vec<Rotated>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approved {
    pub what: String,
    #[serde(default = "coast")]
    pub policy: String,
    pub given: String,
    #[serde(default = "today")]
    pub now: String,
    pub by: String,
    pub enough: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    old: String,
    pub new: String,
    pub found: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotated {
    pub what: String,
    pub from: String,
    pub to: String,
    pub signed: String,
    #[serde(default = "today")]
    pub now: String,
    pub found: String,
}

fn coast() -> String {
    "coast".to_owned()
}

/// The day of a row that names none.
pub fn today() -> String {
    "2026-11-28".to_owned()
}

impl Table {
    pub fn read() -> Self {
        toml::from_str(include_str!("table.toml")).unwrap()
    }

    /// The policy of that name.
    pub fn policy(&self, name: &str) -> String {
        let changes = self.policies[name].iter();
        changes.fold(self.coast.clone(), |text, [old, new]| {
            changed(&text, old, new)
        })
    }

    /// The policy that must be refused.
    pub fn refused(&self, row: &Refused) -> String {
        changed(&self.coast, &row.old, &row.new)
    }
}

fn changed(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old} is not in the policy");
    text.replacen(old, new, 1)
}

/// A moment of the table: a day's noon, or the time that it says.
pub fn time(day: &str) -> String {
    let time = if day.contains('T') { "" } else { "T12:00:00Z" };
    format!("{day}{time}")
}

/// Signatures of the table: the key's name, and the moment.
pub fn signatures(given: &str) -> impl Iterator<Item = (&str, String)> {
    let words = given.split_whitespace();
    words
        .map(|word| word.split_once('@').unwrap_or((word, "")))
        .map(|(key, day)| (key, time(day)))
}
