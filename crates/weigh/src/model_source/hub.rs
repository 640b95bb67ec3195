//! Files from a model hub: plain GET requests that go on where an earlier attempt was cut short.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::Duration;

use ureq::http::StatusCode;
use weigh_core::recipe::Recipe;
use weigh_core::subject::SubjectFile;

use super::pull::{SourceFault, full_disk};
use super::{Progress, Reporter, Settings};

/// How long a hub may take to answer at all, and then for each piece of the answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Fetches every file of `recipe` into `work`. Their digests are not checked here.
pub(super) fn fetch(
    recipe: &Recipe,
    settings: &Settings,
    (repository, revision): (&str, &str),
    work: &Path,
    reporter: &mut Reporter<'_>,
) -> Result<(), SourceFault> {
    let agent = ureq::Agent::config_builder()
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .user_agent(concat!("weigh/", env!("CARGO_PKG_VERSION")))
        .build()
        .new_agent();
    let of = recipe.files.len();
    let mut before = 0;
    for (at, file) in recipe.files.iter().enumerate() {
        let (endpoint, name) = (&settings.hub_endpoint, &file.name);
        let address = format!("{endpoint}/{repository}/resolve/{revision}/{name}");
        reporter(Progress::Fetching {
            what: &address,
            part: at + 1,
            of,
        });
        let download = Download {
            agent: &agent,
            address: &address,
            token: settings.hub_token.as_deref(),
            file,
        };
        let of = recipe.size();
        download.run(work, &mut |bytes| {
            let bytes = before + bytes;
            reporter(Progress::Received { bytes, of });
        })?;
        before += file.size;
    }
    Ok(())
}

/// One file to fetch.
struct Download<'a> {
    agent: &'a ureq::Agent,
    address: &'a str,
    token: Option<&'a str>,
    file: &'a SubjectFile,
}

impl Download<'_> {
    /// Fetches what is missing of the file. It has its own name only when it is complete.
    fn run(&self, work: &Path, received: &mut dyn FnMut(u64)) -> Result<(), SourceFault> {
        let target = work.join(&self.file.name);
        let partial = work.join(format!("{}.partial", self.file.name));
        let mut begun = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&partial)
            .map_err(SourceFault::io("create", &partial))?;
        let write = |error| SourceFault::io("write", &partial)(error);
        let have = begun.metadata().map_err(write)?.len();
        if have > self.file.size {
            begun.set_len(0).map_err(write)?;
        }
        if have != self.file.size {
            self.rest(&mut begun, received)?;
        }
        std::fs::rename(&partial, &target).map_err(SourceFault::io("rename", &partial))
    }

    /// Appends what is missing.
    fn rest(&self, begun: &mut File, received: &mut dyn FnMut(u64)) -> Result<(), SourceFault> {
        let unwritten = |error| self.unwritten(&error);
        let mut have = begun.metadata().map_err(unwritten)?.len();
        let mut request = self.agent.get(self.address);
        if have > 0 {
            request = request.header("Range", format!("bytes={have}-"));
        }
        if let Some(token) = self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let mut answer = request
            .call()
            .map_err(|error| self.refuse(&error.to_string()))?;
        if answer.status() != StatusCode::PARTIAL_CONTENT {
            // The hub sends everything again, whatever was asked for.
            begun.set_len(0).map_err(unwritten)?;
            have = 0;
        }
        // One byte more than is due, to notice a file that is too long.
        let limit = self.file.size - have + 1;
        let body = answer.body_mut().with_config().limit(limit + 1).reader();
        let (have, due) = (
            self.append(have, body.take(limit), begun, received)?,
            self.file.size,
        );
        if have == due {
            return Ok(());
        }
        if have > due {
            begun.set_len(0).map_err(unwritten)?;
        }
        Err(self.refuse(&format!("{have} bytes came, {due} are expected")))
    }

    /// Writes `body` behind the `have` bytes that are here; how many there are then.
    fn append(
        &self,
        mut have: u64,
        mut body: impl io::Read,
        begun: &mut File,
        received: &mut dyn FnMut(u64),
    ) -> Result<u64, SourceFault> {
        let mut block = vec![0; 1 << 16];
        loop {
            let read = body.read(&mut block).map_err(|error| {
                self.refuse(&format!(
                    "cut after {have} bytes ({error}); the next try goes on there"
                ))
            })?;
            let Some(filled) = block.get(..read).filter(|filled| !filled.is_empty()) else {
                return Ok(have);
            };
            begun
                .write_all(filled)
                .map_err(|error| self.unwritten(&error))?;
            have += filled.len() as u64;
            received(have);
        }
    }

    fn refuse(&self, what: &str) -> SourceFault {
        SourceFault::Hub(format!("{}: {what}", self.address))
    }

    fn unwritten(&self, error: &io::Error) -> SourceFault {
        self.refuse(&format!("cannot write: {error}{}", full_disk(error)))
    }
}
