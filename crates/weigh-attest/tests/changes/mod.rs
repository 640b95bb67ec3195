//! Changes of a signed record, drawn by a seed: harmful ones by class, and harmless ones.

mod amendment;
mod around;
mod envelope;
mod evidence;
mod opening;
mod payload;

use std::sync::Arc;

use tempfile::TempDir;
use weigh_attest::dsse::{self, PAYLOAD_TYPE};
use weigh_attest::keys::{Algorithm, PrivateKey};
use weigh_attest::record::{self, RecordFiles};
use weigh_attest::statement::Resource;
use weigh_attest::svr::{self, Redone};
use weigh_attest::trust;
use weigh_attest::verify::{Verified, VerifyFault, Wanted, verify_files};
use weigh_core::digest::Digest;
use weigh_core::report::{Amendment, amendments_file};
use weigh_core::time::Timestamp;

use crate::town::Town;

/// A change of a scene.
pub type Change = fn(&mut Scene);

/// Everything that a verification looks at: the record, and what it is held against.
#[derive(Clone)]
pub struct Scene {
    pub town: Arc<Town>,
    /// Another record of the same plan, by the same key, of another model.
    pub other: Arc<Town>,
    /// A key that nobody trusts.
    pub stranger: Arc<PrivateKey>,
    /// The key of a second authority, which countersigns.
    pub second: Arc<PrivateKey>,
    pub files: RecordFiles,
    pub policy: String,
    pub countersignature: Vec<u8>,
    /// A file of openings that the record is held to.
    pub opening: Option<Vec<u8>>,
    /// The place of the case that is opened.
    pub place: usize,
    pub now: Timestamp,
    pub nonce: String,
    /// A folder with the model.
    pub model: Arc<TempDir>,
    /// What stands in its file.
    pub model_bytes: Option<Vec<u8>>,
    draws: (String, u64),
}

/// What the model of [`Town`] has in its file.
const MODEL: &[u8] = b"abacus";

impl Scene {
    /// An untouched one, which is valid.
    pub fn new(algorithm: Algorithm) -> Self {
        let mut town = Town::new(algorithm, "Abacus");
        town.plan.header.nonce = Some("n-1".to_owned());
        town.keep_journal("Abacus", true);
        town.issue();
        let mut other = Town::new(algorithm, "Abacus");
        other.key = town.key.clone();
        other.plan.header.nonce = Some("n-1".to_owned());
        other.keep_journal("Adacus", true);
        other.issue();
        let second = PrivateKey::generate(algorithm).unwrap();
        let stranger = PrivateKey::generate(algorithm).unwrap();
        let policy = policy(&town.key, &second);
        let payload = Digest::of(&town.files.files[record::STATEMENT]);
        let countersignature = countersigned(payload, "2026-01-02T00:00:00Z", &second);
        Self {
            files: town.files.clone(),
            town: Arc::new(town),
            other: Arc::new(other),
            stranger: Arc::new(stranger),
            second: Arc::new(second),
            policy,
            countersignature,
            opening: None,
            place: 0,
            now: Timestamp("2026-01-11T00:00:00Z".to_owned()),
            nonce: "n-1".to_owned(),
            model: Arc::new(tempfile::tempdir().unwrap()),
            model_bytes: Some(MODEL.to_vec()),
            draws: (String::new(), 0),
        }
    }

    /// Verifies it against everything at once.
    pub fn verify(&self) -> Result<Verified, VerifyFault> {
        let policy = trust::parse("trust.toml", self.policy.as_bytes()).unwrap();
        let file = self.model.path().join("abacus.gguf");
        match &self.model_bytes {
            Some(bytes) => std::fs::write(&file, bytes).unwrap(),
            None => drop(std::fs::remove_file(&file)),
        }
        let given = [("second.dsse.json".to_owned(), self.countersignature.clone())];
        let opening = self.opening.clone();
        let opening = opening.map(|bytes| ("opening.jsonl".to_owned(), bytes));
        let wanted = Wanted {
            openings: opening.as_slice(),
            policy: Some((&policy, &self.now)),
            countersignatures: &given,
            model: Some(self.model.path()),
            most_days: Some((30, &self.now)),
            nonce: Some(&self.nonce),
            ..Wanted::default()
        };
        verify_files(&self.files, &wanted, Vec::new())
    }

    /// Begins a new series of draws.
    pub fn draw(&mut self, class: &str, seed: u64) {
        self.draws = (format!("{class} {seed}"), 0);
        self.place = self.below(3);
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.draws.1 += 1;
        let digest = Digest::of(format!("{} {}", self.draws.0, self.draws.1).as_bytes());
        let (bytes, _) = digest.as_bytes().split_first_chunk::<8>().unwrap();
        (u64::from_le_bytes(*bytes) % end as u64) as usize
    }

    pub fn file(&mut self, name: &'static str) -> &mut Vec<u8> {
        self.files.files.get_mut(name).unwrap()
    }

    pub fn text(&self, name: &'static str) -> String {
        String::from_utf8(self.files.files[name].clone()).unwrap()
    }

    /// Two amendments that a laboratory may make of the record.
    pub fn amendments(&self) -> Vec<Amendment> {
        crate::town::amendments()
    }

    /// Writes the amendments, and signs nothing.
    pub fn keep_amendments(&mut self, amendments: &[Amendment]) {
        let bytes = amendments_file(amendments).unwrap();
        self.files.files.insert(record::AMENDMENTS, bytes);
    }

    /// Amends the report as its laboratory would, and has it countersigned again.
    pub fn amend(&mut self) {
        let mut town = Town::clone(&self.town);
        town.amend();
        self.files = town.files;
        let payload = Digest::of(&self.files.files[record::STATEMENT]);
        let second = self.second.clone();
        self.countersignature = countersigned(payload, "2026-01-02T00:00:00Z", &second);
    }

    /// The id of the report.
    pub fn id(&self) -> String {
        let payload: serde_json::Value =
            serde_json::from_slice(&self.files.files[record::STATEMENT]).unwrap();
        payload["predicate"]["id"].as_str().unwrap().to_owned()
    }

    /// Puts `payload` into statement, envelope and every wrapping, signed by `key`, as somebody with
    /// that key and this program would.
    pub fn sign(&mut self, payload: &[u8], key: &PrivateKey) {
        let envelope = dsse::sign(PAYLOAD_TYPE, payload, key);
        let files = &mut self.files.files;
        files.remove(record::BUNDLE);
        files.remove(record::ATTESTATIONS);
        files.insert(record::STATEMENT, payload.to_vec());
        files.insert(record::ENVELOPE, envelope);
        let second = self.second.clone();
        self.countersignature = countersigned(Digest::of(payload), "2026-01-02T00:00:00Z", &second);
        opening::readdress(self, |_| {});
    }
}

/// A countersignature of the report whose payload has this digest.
pub fn countersigned(report: Digest, at: &str, key: &PrivateKey) -> Vec<u8> {
    let profile = Resource::new("profile:town@1.0.0", Digest::of(b"profile"));
    let at = Timestamp(at.to_owned());
    let redone = [Redone::Signature, Redone::Derivation];
    let payload = svr::bytes(report, profile, "Second", &at, &redone).unwrap();
    dsse::sign(PAYLOAD_TYPE, &payload, key)
}

fn policy(first: &PrivateKey, second: &PrivateKey) -> String {
    let (first, second) = (first.public().to_pem(), second.public().to_pem());
    format!(
        "format = \"weighhouse-trust/1\"\nid = \"town\"\nversion = 1\nexpires = \"2027-01-01\"\n\
         quorum = \"both\"\n\
         [[authorities]]\nid = \"first\"\nname = \"First\"\n\
         keys = [{{ pem = \"\"\"\n{first}\"\"\", valid_from = \"2025-01-01\" }}]\n\
         [[authorities]]\nid = \"second\"\nname = \"Second\"\n\
         keys = [{{ pem = \"\"\"\n{second}\"\"\", valid_from = \"2025-01-01\" }}]\n\
         [[groups]]\nid = \"both\"\nmembers = [\"first\", \"second\"]\nthreshold = 2\n"
    )
}

/// Every class of change that must be noticed.
pub fn classes() -> Vec<(&'static str, Change)> {
    [
        payload::classes(),
        envelope::classes(),
        evidence::classes(),
        around::classes(),
        amendment::classes(),
        opening::classes(),
    ]
    .concat()
}

/// Every kind of change that means nothing.
pub fn benign() -> Vec<(&'static str, Change)> {
    [
        around::benign(),
        envelope::benign(),
        amendment::benign(),
        opening::benign(),
    ]
    .concat()
}
