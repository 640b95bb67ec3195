//! The journal's bytes: JSON lines, numbered and chained by SHA-256.
//!
//! A line is the canonical JSON of `{"body", "prev", "seq", "type"}` and a newline. `prev` is the
//! SHA-256 of the line before it without its newline, 64 zeros in the first. Every byte of a line
//! has one possible value, so no byte can be changed without being seen.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::digest::Digest;
use crate::event::{Event, JudgeOpened, JudgeState, Judgement, Opened, Sealed, TrialRecord};
use crate::json;
use crate::plan::PlanHeader;
use crate::subject::Subject;

/// The format that this module writes and reads, as [`PlanHeader::format`] names it.
pub const FORMAT: &str = "weighhouse-journal/1";

/// The most bytes of a line without its newline: several times the longest text that a model writes,
/// and little enough that scoring it, which takes up to 40 bytes a byte, finds memory.
pub const MOST_LINE: usize = 16 << 20;

/// Where the next line joins the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    seq: u64,
    prev: Digest,
}

/// What a journal holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// The first line: what the run owes.
    pub header: PlanHeader,
    /// Each stretch of work.
    pub opened: Vec<Opened>,
    /// For each stretch how many trials stand before its line.
    pub before: Vec<usize>,
    /// Every answered trial, in the order of the lines.
    pub trials: Vec<TrialRecord>,
    /// Each stretch of judging.
    pub judges: Vec<JudgeOpened>,
    /// Every judgement, in the order of the lines.
    pub judgements: Vec<Judgement>,
    /// The last line, where the run is complete.
    pub sealed: Option<Sealed>,
    /// SHA-256 of the last complete line without its newline.
    pub head: Digest,
    /// Complete lines.
    pub lines: u64,
    /// What follows the last complete line, where something does.
    pub torn: Option<Torn>,
}

/// An incomplete last line: what a crash leaves when it comes in the middle of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torn {
    /// Length in bytes of the complete lines: what to cut the journal to.
    pub keep: u64,
    /// Bytes after them.
    pub bytes: u64,
}

/// Why bytes are not a journal. Reads after "cannot read the journal: ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalFault {
    /// Not one complete line.
    #[error("it holds no complete line")]
    Empty,
    /// A line is not the JSON of an entry.
    #[error("line {line}, column {column}: {message}")]
    Json {
        /// Line, from 1.
        line: u64,
        /// Column in bytes, from 1.
        column: usize,
        /// What was expected.
        message: String,
    },
    /// A line that is longer than any honest one.
    #[error("line {line}: it has more than {MOST_LINE} bytes")]
    Long {
        /// Line, from 1.
        line: u64,
    },
    /// A type that this version does not know.
    #[error("line {line}: entries of type `{kind}` are not known")]
    Kind {
        /// Line, from 1.
        line: u64,
        /// The type.
        kind: String,
    },
    /// A line is missing, doubled or out of order.
    #[error("line {line}: its number is {found} where {expected} is due")]
    Seq {
        /// Line, from 1.
        line: u64,
        /// The number that is due.
        expected: u64,
        /// The number that stands there.
        found: u64,
    },
    /// The line before was changed, or this one belongs to another journal.
    #[error("line {line}: it does not continue the line before it")]
    Chain {
        /// Line, from 1.
        line: u64,
    },
    /// The entry means something but is not written in the one way it can be.
    #[error("line {line}: its bytes are not canonical JSON")]
    NotCanonical {
        /// Line, from 1.
        line: u64,
    },
    /// Another format, or another version of this one.
    #[error("its format is `{0}` where `{FORMAT}` is expected")]
    Format(String),
    /// The plan is not the first line, or a second one follows.
    #[error("line {line}: the plan is always the first line and only there")]
    Plan {
        /// Line, from 1.
        line: u64,
    },
    /// A trial, a judge, a judgement or the seal before a model was opened.
    #[error("line {line}: no model was opened before it")]
    NotOpened {
        /// Line, from 1.
        line: u64,
    },
    /// A stretch of work with another model.
    #[error("line {line}: another model was opened than before")]
    Subject {
        /// Line, from 1.
        line: u64,
    },
    /// A second result for one trial.
    #[error("line {line}: trial `{trial}` was answered before")]
    Duplicate {
        /// Line, from 1.
        line: u64,
        /// The trial's id.
        trial: String,
    },
    /// A judgement of what nobody has answered yet.
    #[error("line {line}: trial `{trial}` is judged and was not answered before")]
    NotAnswered {
        /// Line, from 1.
        line: u64,
        /// The trial's id.
        trial: String,
    },
    /// A second judgement of one reply.
    #[error("line {line}: the reply to trial `{trial}` was judged before")]
    JudgedTwice {
        /// Line, from 1.
        line: u64,
        /// The trial's id.
        trial: String,
    },
    /// Something after the seal.
    #[error("line {line}: the journal was sealed before it")]
    Sealed {
        /// Line, from 1.
        line: u64,
    },
}

impl Journal {
    /// The stretches of work in one of which the trial at `place` of [`Journal::trials`] was answered:
    /// those that were opened last before it, with no trial between them. In the journal of one
    /// machine that is one, or it is the last one; a merged journal has those of all shards there,
    /// and does not say whose the trial is.
    #[must_use]
    pub fn stretches(&self, place: usize) -> &[Opened] {
        let end = self.before.partition_point(|before| *before <= place);
        let last = end.checked_sub(1).and_then(|last| self.before.get(last));
        let start = self.before.partition_point(|before| Some(before) < last);
        self.opened.get(start..end).unwrap_or_default()
    }
}

impl Chain {
    /// The start of a journal.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            seq: 0,
            prev: Digest::from_bytes([0; 32]),
        }
    }

    /// SHA-256 of the last line without its newline.
    #[must_use]
    pub const fn head(&self) -> Digest {
        self.prev
    }

    /// How many lines there are.
    #[must_use]
    pub const fn lines(&self) -> u64 {
        self.seq
    }

    /// The line for `event`, newline included, and the chain moves past it.
    ///
    /// None, and the chain stays, when the event holds a number that JSON readers would round: an
    /// integer above [`json::GREATEST_INTEGER`]; or when the line were longer than [`MOST_LINE`].
    #[must_use]
    pub fn encode(&mut self, event: &Event) -> Option<Vec<u8>> {
        let (kind, body) = match event {
            Event::Planned(header) => ("planned", json::canonical(header)?),
            Event::Opened(opened) => ("opened", json::canonical(opened)?),
            Event::Trial(record) => ("trial", json::canonical(record)?),
            Event::Judge(judge) => ("judge", json::canonical(judge)?),
            Event::Judgement(judgement) => ("judgement", json::canonical(judgement)?),
            Event::Sealed(sealed) => ("sealed", json::canonical(sealed)?),
        };
        let mut line = self.line(kind, &body);
        if line.len() > MOST_LINE {
            return None;
        }
        self.advance(&line);
        line.push(b'\n');
        Some(line)
    }

    /// The only line, without newline, that can say this here.
    fn line(&self, kind: &str, body: &[u8]) -> Vec<u8> {
        let Self { seq, prev } = self;
        let tail = format!(r#","prev":"{prev}","seq":{seq},"type":"{kind}"}}"#);
        [br#"{"body":"#, body, tail.as_bytes()].concat()
    }

    fn advance(&mut self, line: &[u8]) {
        self.seq += 1;
        self.prev = Digest::of(line);
    }
}

impl Default for Chain {
    fn default() -> Self {
        Self::new()
    }
}

/// Reads a journal line by line and checks everything that the lines before allow to check.
///
/// Holds the ids of the answered trials and no other part of the lines.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    chain: Chain,
    subject: Option<Subject>,
    answered: BTreeSet<String>,
    /// The judges that were opened or asked for, each with its model once it was there.
    judges: BTreeMap<Digest, Option<Subject>>,
    judged: BTreeSet<String>,
    sealed: bool,
}

/// A line as it is written, with its body still as text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(borrow)]
    body: &'a RawValue,
    prev: Digest,
    seq: u64,
    #[serde(rename = "type")]
    kind: String,
}

impl Reader {
    /// A reader in front of the first line.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the next line would join.
    #[must_use]
    pub const fn chain(&self) -> Chain {
        self.chain
    }

    /// Reads the next line, given without its newline.
    ///
    /// # Errors
    /// Why it cannot stand here. The reader is then of no further use.
    pub fn line(&mut self, bytes: &[u8]) -> Result<Event, JournalFault> {
        let number = self.chain.seq + 1;
        if bytes.len() > MOST_LINE {
            return Err(JournalFault::Long { line: number });
        }
        let line: Line = json::parse(bytes).map_err(|fault| fault_at(number, 0, fault))?;
        if line.seq != self.chain.seq {
            return Err(JournalFault::Seq {
                line: number,
                expected: self.chain.seq,
                found: line.seq,
            });
        }
        if line.prev != self.chain.prev {
            return Err(JournalFault::Chain { line: number });
        }
        let (event, body) = read_body(number, &line)?;
        if body.is_none_or(|body| self.chain.line(&line.kind, &body) != bytes) {
            return Err(JournalFault::NotCanonical { line: number });
        }
        self.admit(number, &event)?;
        self.chain.advance(bytes);
        Ok(event)
    }

    /// Whether the event may follow those before it.
    fn admit(&mut self, line: u64, event: &Event) -> Result<(), JournalFault> {
        if self.sealed {
            return Err(JournalFault::Sealed { line });
        }
        if (line == 1) != matches!(event, Event::Planned(_)) {
            return Err(JournalFault::Plan { line });
        }
        match event {
            Event::Planned(header) if header.format != FORMAT => {
                Err(JournalFault::Format(header.format.clone()))
            }
            Event::Planned(_) => Ok(()),
            Event::Opened(opened) => self.admit_subject(line, &opened.subject),
            _ if self.subject.is_none() => Err(JournalFault::NotOpened { line }),
            Event::Judge(judge) => self.admit_judge(line, judge),
            Event::Judgement(judgement) => self.admit_judgement(line, &judgement.judged),
            Event::Trial(record) => {
                if self.answered.insert(record.trial.clone()) {
                    return Ok(());
                }
                let trial = record.trial.clone();
                Err(JournalFault::Duplicate { line, trial })
            }
            Event::Sealed(_) => {
                self.sealed = true;
                Ok(())
            }
        }
    }

    fn admit_judge(&mut self, line: u64, opened: &JudgeOpened) -> Result<(), JournalFault> {
        let known = self.judges.entry(opened.judge).or_default();
        match &opened.state {
            JudgeState::Missing(_) => Ok(()),
            JudgeState::Ready { subject, .. } => {
                if known.get_or_insert_with(|| subject.clone()) == subject {
                    Ok(())
                } else {
                    Err(JournalFault::Subject { line })
                }
            }
        }
    }

    fn admit_judgement(&mut self, line: u64, trial: &str) -> Result<(), JournalFault> {
        if self.judges.is_empty() {
            return Err(JournalFault::NotOpened { line });
        }
        let trial = trial.to_owned();
        if !self.answered.contains(&trial) {
            return Err(JournalFault::NotAnswered { line, trial });
        }
        if self.judged.insert(trial.clone()) {
            return Ok(());
        }
        Err(JournalFault::JudgedTwice { line, trial })
    }

    fn admit_subject(&mut self, line: u64, subject: &Subject) -> Result<(), JournalFault> {
        if self.subject.get_or_insert_with(|| subject.clone()) == subject {
            Ok(())
        } else {
            Err(JournalFault::Subject { line })
        }
    }
}

/// The event of a line and the canonical bytes of its body.
fn read_body(number: u64, line: &Line) -> Result<(Event, Option<Vec<u8>>), JournalFault> {
    fn read<T: DeserializeOwned + Serialize>(
        number: u64,
        body: &RawValue,
        event: impl FnOnce(T) -> Event,
    ) -> Result<(Event, Option<Vec<u8>>), JournalFault> {
        // The body begins after `{"body":`.
        let fault = |fault| fault_at(number, 8, fault);
        let value: T = json::parse(body.get().as_bytes()).map_err(fault)?;
        let bytes = json::canonical(&value);
        Ok((event(value), bytes))
    }
    match line.kind.as_str() {
        "planned" => read(number, line.body, Event::Planned),
        "opened" => read(number, line.body, Event::Opened),
        "trial" => read(number, line.body, Event::Trial),
        "judge" => read(number, line.body, Event::Judge),
        "judgement" => read(number, line.body, Event::Judgement),
        "sealed" => read(number, line.body, Event::Sealed),
        _ => Err(JournalFault::Kind {
            line: number,
            kind: line.kind.clone(),
        }),
    }
}

fn fault_at(line: u64, before: usize, fault: json::JsonFault) -> JournalFault {
    JournalFault::Json {
        line,
        column: before + fault.column,
        message: fault.message,
    }
}

/// Reads a whole journal. An incomplete last line is no fault; it is said in [`Journal::torn`].
///
/// # Errors
/// The first line that cannot stand where it stands.
pub fn parse(bytes: &[u8]) -> Result<Journal, JournalFault> {
    let mut reader = Reader::new();
    let complete = bytes
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |at| at + 1);
    let (complete, rest) = bytes.split_at_checked(complete).unwrap_or_default();
    let mut lines = complete.split_inclusive(|b| *b == b'\n');
    let first = lines.next().ok_or(JournalFault::Empty)?;
    let Event::Planned(header) = reader.line(trim(first))? else {
        return Err(JournalFault::Plan { line: 1 });
    };
    let (mut opened, mut before) = (Vec::new(), Vec::new());
    let (mut trials, mut sealed) = (Vec::new(), None);
    let (mut judges, mut judgements) = (Vec::new(), Vec::new());
    for line in lines {
        match reader.line(trim(line))? {
            Event::Planned(_) => {}
            Event::Opened(entry) => {
                opened.push(*entry);
                before.push(trials.len());
            }
            Event::Trial(record) => trials.push(record),
            Event::Judge(entry) => judges.push(*entry),
            Event::Judgement(judgement) => judgements.push(judgement),
            Event::Sealed(seal) => sealed = Some(seal),
        }
    }
    let lines = reader.chain.lines();
    if sealed.is_some() && !rest.is_empty() {
        return Err(JournalFault::Sealed { line: lines + 1 });
    }
    Ok(Journal {
        header: *header,
        opened,
        before,
        trials,
        judges,
        judgements,
        sealed,
        head: reader.chain.head(),
        lines,
        torn: (!rest.is_empty()).then_some(Torn {
            keep: complete.len() as u64,
            bytes: rest.len() as u64,
        }),
    })
}

fn trim(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").unwrap_or(line)
}
