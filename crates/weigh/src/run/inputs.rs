//! What a run is planned from: chosen by arguments, or read back from a record.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use weigh_attest::record::{JOURNAL, PROFILE, SUITES};
use weigh_core::card::CitedCard;
use weigh_core::event::Event;
use weigh_core::journal::Reader;
use weigh_core::laboratory;
use weigh_core::plan::{self, Earlier, Look, Options, Plan, PlanHeader, Shard};
use weigh_core::profile::{self, Profile};
use weigh_core::suite::Suite;
use weigh_core::text::visible;

use super::{cards, fault};
use crate::exchange::lm_eval;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::home::{Home, SuiteSource};
use crate::output::Output;
use crate::run::RunArgs;
use crate::suites::{self, Loaded, Wanted};

/// The version that plans and records name.
pub const HARNESS: &str = env!("CARGO_PKG_VERSION");

/// The most bytes of a profile, of lab.toml and of the journal's first line.
const MOST_BYTES: u64 = 16 << 20;

/// Everything that a plan is made from, and the plan.
pub struct Inputs {
    /// The suites with the bytes of their files.
    pub suites: Vec<Loaded>,
    /// The profile.
    pub profile: Profile,
    /// Its bytes.
    pub profile_bytes: Vec<u8>,
    /// The plan.
    pub plan: Plan,
    /// Which part of the plan the record holds, where it does not hold all of it.
    pub shard: Option<Shard>,
}

impl Inputs {
    /// What the arguments choose. Warnings are told.
    pub fn chosen(args: &RunArgs, home: &Home, output: &Output) -> Result<Self, Failure> {
        let wanted = wanted(args, home, output)?;
        let loaded = suites::load(&wanted)?;
        for suite in loaded.iter().filter(|suite| !suite.warnings.is_empty()) {
            output.note(visible(&suite.warnings).trim_end());
        }
        let (profile, profile_bytes) = chosen_profile(&args.profile, home)?;
        let options = Options {
            tier: args.tier.into(),
            limit: args.limit,
            languages: args.languages.clone(),
            seed: args.seed,
        };
        let laboratory = chosen_laboratory(args.lab.as_deref(), home)?;
        let of_loaded: Vec<&Suite> = loaded.iter().map(|loaded| &loaded.suite).collect();
        let cards = cards::chosen(&args.cards, home, &of_loaded)?;
        let profile = (profile, profile_bytes);
        let chosen = (&options, &Earlier::default());
        let mut inputs = Self::planned(loaded, profile, chosen, &laboratory, cards)?;
        inputs.plan = inputs.plan.with_nonce(args.nonce.clone());
        Ok(inputs)
    }

    /// What the record in `out` was planned from.
    pub fn recorded(out: &Path) -> Result<Self, Failure> {
        let header = header(out)?;
        let mut wanted = Vec::new();
        for id in header.suites.keys() {
            if !is_plain(id) {
                return Err(unreadable(out, &format!("`{id}` is no suite's id")));
            }
            let source = SuiteSource::Folder(out.join(SUITES).join(id));
            wanted.push((id.clone(), source));
        }
        let loaded = suites::load(&wanted)?;
        let profile = profile_of(out, &header.profile.id)?;
        let earlier = header.look.as_ref().map(Look::earlier).unwrap_or_default();
        let inputs = Self::again(loaded, profile, &header, &earlier)?;
        Ok(Self {
            shard: header.shard,
            ..inputs
        })
    }

    /// The same with a plan that has only the share of `shard`, where there is one.
    pub fn share(self, shard: Option<Shard>) -> Self {
        let Some(own) = shard else { return self };
        let suites: Vec<Suite> = self.suites.iter().map(|s| s.suite.clone()).collect();
        let assigned = plan::assigned(&self.plan, &suites, own.of());
        Self {
            plan: self.plan.part(&assigned, own),
            shard,
            ..self
        }
    }

    /// The same with another look: what extends the run of the record.
    pub fn extended(self, earlier: &Earlier) -> Result<Self, Failure> {
        let header = &self.plan.header;
        Self::again(
            self.suites,
            (self.profile, self.profile_bytes),
            header,
            earlier,
        )
    }

    /// What was planned as `header` says, with the look that follows `earlier`.
    fn again(
        loaded: Vec<Loaded>,
        profile: (Profile, Vec<u8>),
        header: &PlanHeader,
        earlier: &Earlier,
    ) -> Result<Self, Failure> {
        let PlanHeader {
            options,
            laboratory,
            cards,
            nonce,
            ..
        } = header;
        let chosen = (options, earlier);
        let inputs = Self::planned(loaded, profile, chosen, laboratory, cards.clone())?;
        Ok(Self {
            plan: inputs.plan.with_nonce(nonce.clone()),
            ..inputs
        })
    }

    fn planned(
        loaded: Vec<Loaded>,
        (profile, profile_bytes): (Profile, Vec<u8>),
        (options, earlier): (&Options, &Earlier),
        laboratory: &BTreeMap<String, String>,
        cards: Vec<CitedCard>,
    ) -> Result<Self, Failure> {
        let suites: Vec<Suite> = loaded.iter().map(|loaded| loaded.suite.clone()).collect();
        let plan = plan::plan_look(&suites, &profile, options, earlier, laboratory, HARNESS);
        Ok(Self {
            plan: plan.map_err(|fault| fault::plan(&fault))?.with_cards(cards),
            suites: loaded,
            profile,
            profile_bytes,
            shard: None,
        })
    }
}

/// The suites that the arguments name; task files of lm-eval become suites.
fn wanted(args: &RunArgs, home: &Home, output: &Output) -> Result<Vec<Wanted>, Failure> {
    let is_task = |name: &&String| lm_eval::is_task(Path::new(name));
    let (tasks, native): (Vec<_>, Vec<_>) = args.suites.iter().partition(is_task);
    let native: Vec<String> = native.into_iter().cloned().collect();
    let mut wanted = Vec::new();
    if tasks.is_empty() || !native.is_empty() {
        wanted = suites::find(home, &native)?;
    }
    // Of a task the first documents, as lm-eval takes them: the plan then has no more to draw from.
    let limit = args.limit.and_then(|limit| usize::try_from(limit).ok());
    for task in tasks {
        wanted.extend(lm_eval::sources(
            Path::new(task),
            &args.lm_eval,
            limit,
            output,
        )?);
    }
    Ok(wanted)
}

/// Two names with nothing in them that could lead out of a folder.
fn is_plain(id: &str) -> bool {
    let plain = |part: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        part.bytes().all(allowed) && part.bytes().any(|b| b != b'.')
    };
    id.split('/').count() == 2 && id.split('/').all(plain)
}

/// The first line of the record's journal.
fn header(out: &Path) -> Result<PlanHeader, Failure> {
    let path = out.join(JOURNAL);
    let fault = |why: &dyn std::fmt::Display| unreadable(out, &why.to_string());
    if !path.exists() {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot read the record {}: it holds no journal",
                out.display()
            ),
            "name the folder of a run that was begun; `weigh run` without --resume begins one",
        ));
    }
    let file = File::open(&path).map_err(|error| fault(&error))?;
    let mut line = Vec::new();
    let mut file = BufReader::new(file.take(MOST_BYTES));
    file.read_until(b'\n', &mut line)
        .map_err(|error| fault(&error))?;
    let line = line
        .strip_suffix(b"\n")
        .ok_or_else(|| fault(&"its journal has no complete line"))?;
    match Reader::new().line(line) {
        Ok(Event::Planned(header)) => Ok(*header),
        Ok(
            Event::Opened(_)
            | Event::Trial(_)
            | Event::Judge(_)
            | Event::Judgement(_)
            | Event::Sealed(_),
        ) => Err(fault(&"its journal does not begin with a plan")),
        Err(reason) => Err(fault(&reason)),
    }
}

fn unreadable(out: &Path, why: &str) -> Failure {
    Failure::new(
        Exit::Invalid,
        format!("cannot read the record in {}: {why}", out.display()),
        "use an unchanged copy of the record, or begin a new run",
    )
}

/// The profile in the file `name`, or the one that is known by that name, and its bytes.
pub fn chosen_profile(name: &str, home: &Home) -> Result<(Profile, Vec<u8>), Failure> {
    let path = Path::new(name);
    let (place, bytes) = if path.is_file() {
        let bytes = folder::read_file(path, MOST_BYTES);
        let bytes = bytes.map_err(|fault| unknown_profile(name, &fault.to_string(), home))?;
        (name.to_owned(), bytes)
    } else {
        let why = "no such file and no such name";
        home.profile(name)
            .ok_or_else(|| unknown_profile(name, why, home))?
    };
    let file = Path::new(&place)
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let profile = parse_profile(&place, &file, &bytes)?;
    Ok((profile, bytes))
}

fn unknown_profile(name: &str, why: &str, home: &Home) -> Failure {
    Failure::new(
        Exit::Usage,
        format!("cannot use the profile `{name}`: {why}"),
        format!("give a file or one of: {}", home.profiles().join(", ")),
    )
}

/// The profile that lies in the record `out` under the id `id`, and its bytes.
pub fn profile_of(out: &Path, id: &str) -> Result<(Profile, Vec<u8>), Failure> {
    let path = out.join(PROFILE);
    let bytes = folder::read_file(&path, MOST_BYTES)
        .map_err(|fault| unreadable(out, &fault.to_string()))?;
    let profile = parse_profile(&path.display().to_string(), &format!("{id}.toml"), &bytes)?;
    Ok((profile, bytes))
}

/// Parses the profile `file`, which people know as `place`.
fn parse_profile(place: &str, file: &str, bytes: &[u8]) -> Result<Profile, Failure> {
    profile::parse(file, bytes).map_err(|mut diagnostics| {
        for diagnostic in &mut diagnostics {
            place.clone_into(&mut diagnostic.file);
        }
        Failure::in_file(
            format!("cannot use the profile {place}"),
            diagnostics,
            bytes,
        )
    })
}

/// What the laboratory states: in the file that is named, or else in the project's, or nothing.
fn chosen_laboratory(
    named: Option<&Path>,
    home: &Home,
) -> Result<BTreeMap<String, String>, Failure> {
    let usual = home.project().map(|project| project.join("lab.toml"));
    match (named, usual) {
        (Some(path), _) => laboratory(path),
        (None, Some(path)) if path.is_file() => laboratory(&path),
        (None, Some(_) | None) => Ok(BTreeMap::new()),
    }
}

/// What a laboratory states in a `lab.toml`.
pub fn laboratory(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let place = path.display().to_string();
    let bytes = folder::read_file(path, MOST_BYTES).map_err(|fault| {
        Failure::new(
            Exit::Usage,
            format!("cannot read {fault}"),
            "give a file with lines such as name = \"Laboratory\"; `weigh schema lab` lists every key",
        )
    })?;
    laboratory::parse(&place, &bytes)
        .map_err(|found| Failure::in_file(format!("cannot use {place}"), found, &bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_ids_become_paths() {
        for id in ["safety/refusal", "a.b/c-d_e"] {
            assert!(is_plain(id), "{id}");
        }
        for id in [
            "", "a", "/a", "a/", "../a", "a/..", "./a", "a/b/c", "a\\b/c", "a/b\0",
        ] {
            assert!(!is_plain(id), "{id}");
        }
    }
}
