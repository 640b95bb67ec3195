//! Reads a trust policy, format `weighhouse-trust/1`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Authority, Group, Policy, Reason, Revoked, Rotation, TrustedKey};
use crate::diagnostic::{Diagnostic, Notes, Severity, code, readable};
use crate::digest::Digest;
use crate::event::Timestamp;
use crate::fields::{self, Fields};
use crate::names::id_fault;
use crate::text::visible_line;

/// The value of `format`.
const FORMAT: &str = "weighhouse-trust/1";
/// The most bytes of a policy.
const LONGEST: usize = 1 << 20;
/// The largest version.
const LAST_VERSION: u32 = 1_000_000_000;

/// What reads a key: its id, or what is wrong with its PEM. Core knows no cryptography.
pub type KeyReader<'a> = &'a dyn Fn(&str) -> Result<Digest, String>;

/// Reads the policy in `bytes`, the file `file`.
///
/// # Errors
/// Every fault, sorted by place.
pub fn parse(file: &str, bytes: &[u8], key: KeyReader<'_>) -> Result<Policy, Vec<Diagnostic>> {
    let text = readable(file, bytes, LONGEST).map_err(|fault| vec![fault])?;
    let mut notes = Notes::new(file, text);
    let mut reader = Reader {
        key,
        ids: BTreeMap::new(),
        owners: BTreeMap::new(),
    };
    let policy = reader.policy(&mut notes);
    let mut found = notes.finish();
    found.sort();
    let failed = found.iter().any(|d| d.severity == Severity::Error);
    policy.filter(|_| !failed).ok_or(found)
}

struct Reader<'a> {
    key: KeyReader<'a>,
    /// Names of authorities and groups in lower case, as they are written.
    ids: BTreeMap<String, String>,
    /// Whose each key is.
    owners: BTreeMap<Digest, String>,
}

impl Reader<'_> {
    fn policy(&mut self, notes: &mut Notes<'_>) -> Option<Policy> {
        let document = fields::document(notes)?;
        let mut top = Fields::top(document.get_ref());
        top.word(notes, "format", &[(FORMAT, ())]);
        let id = plain_id(notes, &mut top);
        let version = top.required(notes, "version");
        let version =
            version.and_then(|value| fields::integer(notes, "version", value, (1, LAST_VERSION)));
        let expires = date(notes, &mut top, "expires", Day::Begins);
        let authorities = fields::tables(notes, &mut top, "authorities", |notes, table| {
            self.authority(notes, table)
        });
        let groups = match top.optional("groups") {
            Some(_) => fields::tables(notes, &mut top, "groups", |notes, table| {
                self.group(notes, table)
            }),
            None => Some(Vec::new()),
        };
        let quorum = self.member(notes, &mut top);
        let rotation = self.rotation(notes, &mut top);
        top.finish(notes);
        Some(Policy {
            id: id?,
            version: version?,
            expires: expires?,
            authorities: authorities?,
            groups: groups?,
            quorum: quorum?,
            rotation: rotation?,
        })
    }

    fn authority(
        &mut self,
        notes: &mut Notes<'_>,
        table: &mut Fields<'_, '_>,
    ) -> Option<Authority> {
        let id = self.new_id(notes, table);
        let name = table.text(notes, "name").map(fields::owned);
        let owner = id.clone().unwrap_or_default();
        let keys = fields::tables(notes, table, "keys", |notes, key| {
            self.trusted(notes, key, &owner)
        });
        table.finish(notes);
        Some(Authority {
            id: id?,
            name: name?,
            keys: keys?,
        })
    }

    fn group(&mut self, notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Group> {
        let members = table.texts(notes, "members");
        let mut seen = BTreeSet::new();
        for member in members.iter().flatten() {
            let name = *member.get_ref();
            let place = member.span().start;
            if !self.knows(name) {
                unknown(notes, name, place);
            } else if !seen.insert(name) {
                let message = format!("the member `{}` stands twice", visible_line(name));
                notes.add(code::NOT_UNIQUE, place, message, None);
            }
        }
        let count = members.as_ref().map_or(1, Vec::len);
        let threshold = threshold(notes, table, "members", count);
        // Named last, so that no group is its own member.
        let id = self.new_id(notes, table);
        table.finish(notes);
        Some(Group {
            id: id?,
            members: members?.into_iter().map(fields::owned).collect(),
            threshold: threshold?,
        })
    }

    fn rotation(
        &mut self,
        notes: &mut Notes<'_>,
        top: &mut Fields<'_, '_>,
    ) -> Option<Option<Rotation>> {
        let Some(value) = top.optional("rotation") else {
            return Some(None);
        };
        let mut table = Fields::of(notes, "rotation", value)?;
        let mut own = Reader {
            key: self.key,
            ids: BTreeMap::new(),
            owners: BTreeMap::new(),
        };
        let keys = fields::tables(notes, &mut table, "keys", |notes, key| {
            own.trusted(notes, key, "rotation")
        });
        let count = keys.as_ref().map_or(1, Vec::len);
        let threshold = threshold(notes, &mut table, "keys", count);
        table.finish(notes);
        Some(Some(Rotation {
            threshold: threshold?,
            keys: keys?,
        }))
    }

    fn trusted(
        &mut self,
        notes: &mut Notes<'_>,
        table: &mut Fields<'_, '_>,
        owner: &str,
    ) -> Option<TrustedKey> {
        let pem = table.text(notes, "pem");
        let keyid = pem
            .as_ref()
            .and_then(|pem| match (self.key)(pem.get_ref()) {
                Ok(keyid) => {
                    self.own(notes, keyid, owner, pem.span().start);
                    Some(keyid)
                }
                Err(why) => {
                    let message = format!("`{}` is no public key: {why}", table.name("pem"));
                    let help = "paste what `weigh key show` prints for its holder".to_owned();
                    notes.add(code::NOT_A_KEY, pem.span().start, message, Some(help));
                    None
                }
            });
        let from = optional_date(notes, table, "valid_from", Day::Begins);
        let until = optional_date(notes, table, "valid_until", Day::Ends);
        if let (Some(Some(from)), Some(Some(until))) = (&from, &until)
            && from > until
        {
            let message = format!("`{}` lies before `valid_from`", table.name("valid_until"));
            notes.add(code::BAD_PERIOD, table.start, message, None);
        }
        let revoked = revoked(notes, table);
        table.finish(notes);
        Some(TrustedKey {
            pem: fields::owned(pem?),
            keyid: keyid?,
            from: from?,
            until: until?,
            revoked: revoked?,
        })
    }

    /// One key is one voice: it stands once in the whole policy.
    fn own(&mut self, notes: &mut Notes<'_>, keyid: Digest, owner: &str, place: usize) {
        if let Some(other) = self.owners.insert(keyid, owner.to_owned()) {
            let message = format!(
                "the key {keyid} stands twice, for `{}` and for `{}`",
                visible_line(&other),
                visible_line(owner)
            );
            let help = "a key speaks for one authority, once".to_owned();
            notes.add(code::NOT_UNIQUE, place, message, Some(help));
        }
    }

    fn new_id(&mut self, notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<String> {
        let place = table.start;
        let id = plain_id(notes, table)?;
        if let Some(other) = self.ids.insert(id.to_lowercase(), id.clone()) {
            let message = format!("`{id}` and `{other}` are one name");
            notes.add(code::NOT_UNIQUE, place, message, None);
        }
        Some(id)
    }

    fn knows(&self, name: &str) -> bool {
        let known = self.ids.get(&name.to_lowercase());
        known.is_some_and(|known| known == name)
    }

    /// The quorum: the id of an authority or a group.
    fn member(&self, notes: &mut Notes<'_>, top: &mut Fields<'_, '_>) -> Option<String> {
        let name = top.text(notes, "quorum")?;
        if !self.knows(name.get_ref()) {
            unknown(notes, name.get_ref(), name.span().start);
        }
        Some(fields::owned(name))
    }
}

fn unknown(notes: &mut Notes<'_>, name: &str, place: usize) {
    let message = format!(
        "`{}` is neither an authority nor a group before this place",
        visible_line(name)
    );
    notes.add(code::UNKNOWN_MEMBER, place, message, None);
}

fn plain_id(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<String> {
    let id = table.text(notes, "id")?;
    if let Some((code, message)) = id_fault("id", id.get_ref()) {
        notes.add(code, id.span().start, message, None);
    }
    Some(fields::owned(id))
}

/// How many of `count` must agree: one at least, all at most.
fn threshold(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    of: &str,
    count: usize,
) -> Option<u32> {
    let value = table.required(notes, "threshold")?;
    let name = table.name("threshold");
    let threshold: u32 = fields::integer(notes, &name, value, (0, u32::MAX))?;
    if threshold == 0 || threshold as usize > count {
        let message = format!("`{name}` is {threshold}, expected 1 to {count}, the number of {of}");
        notes.add(code::BAD_THRESHOLD, value.span().start, message, None);
    }
    Some(threshold)
}

fn revoked(notes: &mut Notes<'_>, table: &mut Fields<'_, '_>) -> Option<Option<Revoked>> {
    let Some(value) = table.optional("revoked") else {
        return Some(None);
    };
    let mut revoked = Fields::of(notes, &table.name("revoked"), value)?;
    let at = date(notes, &mut revoked, "at", Day::Begins);
    let reasons = [
        ("superseded", Reason::Superseded),
        ("compromised", Reason::Compromised),
    ];
    let reason = revoked.word(notes, "reason", &reasons);
    revoked.finish(notes);
    Some(Some(Revoked {
        at: at?,
        reason: reason?,
    }))
}

/// Which moment of a day is meant.
#[derive(Clone, Copy)]
enum Day {
    Begins,
    Ends,
}

fn optional_date(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    key: &'static str,
    day: Day,
) -> Option<Option<Timestamp>> {
    match table.optional(key) {
        Some(_) => date(notes, table, key, day).map(Some),
        None => Some(None),
    }
}

/// A day in UTC, as its first or last second.
fn date(
    notes: &mut Notes<'_>,
    table: &mut Fields<'_, '_>,
    key: &'static str,
    day: Day,
) -> Option<Timestamp> {
    let date = fields::date(notes, table, key)?;
    let time = match day {
        Day::Begins => "00:00:00",
        Day::Ends => "23:59:59",
    };
    Some(Timestamp(format!("{date}T{time}Z")))
}
