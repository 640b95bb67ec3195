//! Instructions from the ids and parameters of a suite, with every fault at once.

mod kinds;
mod value;

use self::kinds::KINDS;
use self::value::{COUNT, LANGUAGE, LETTER, ORDINAL, RELATION, Reader, TEXT, TEXTS};
use super::kind::{Amount, Instruction, NthParagraph};
use crate::diagnostic::nearest;
use crate::json::{Member, Value};
use crate::language::Language;
use crate::text::visible_line;

/// A fault in an instruction of a suite.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct InstructionFault {
    /// Byte offset of the parameter in the text that was read; None when it is about the id or
    /// about something missing.
    pub at: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with an instruction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No such kind.
    #[error("`{id}` is no kind of instruction{}", meant(*.nearest))]
    UnknownKind {
        /// The id, safe to show.
        id: String,
        /// The kind that was probably meant.
        nearest: Option<&'static str>,
    },
    /// The kind needs a parameter that is not there.
    #[error("`{kind}` needs the parameter `{parameter}`: {expected}")]
    Missing {
        /// The kind.
        kind: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// What it holds.
        expected: &'static str,
    },
    /// The kind has no such parameter.
    #[error("`{kind}` has no parameter `{parameter}`{}", meant(*.nearest))]
    UnknownParameter {
        /// The kind.
        kind: &'static str,
        /// The parameter, safe to show.
        parameter: String,
        /// The parameter that was probably meant.
        nearest: Option<&'static str>,
    },
    /// A parameter holds something else than it must.
    #[error("`{parameter}` of `{kind}` must be {expected}")]
    WrongValue {
        /// The kind.
        kind: &'static str,
        /// The parameter.
        parameter: &'static str,
        /// What it must hold.
        expected: &'static str,
    },
}

fn meant(word: Option<&str>) -> String {
    word.map_or_else(String::new, |word| format!("; did you mean `{word}`?"))
}

/// The parameters of one instruction while they are read.
struct Parameters<'a> {
    kind: &'static str,
    members: &'a [Member<'a>],
    known: Vec<&'static str>,
    faults: Vec<InstructionFault>,
}

/// The ids of every kind.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(id, _)| *id)
}

impl Instruction {
    /// The instruction of a kind such as `length_constraints:number_words` with the members of its
    /// JSON object of parameters. A parameter that is null counts as absent.
    ///
    /// # Errors
    /// Everything that is wrong with the id and the parameters.
    pub fn parse(id: &str, parameters: &[Member<'_>]) -> Result<Self, Vec<InstructionFault>> {
        let Some((kind, build)) = KINDS.iter().find(|(kind, _)| *kind == id) else {
            let problem = Problem::UnknownKind {
                id: visible_line(id).into_owned(),
                nearest: nearest(id, kinds()),
            };
            return Err(vec![InstructionFault { at: None, problem }]);
        };
        let mut read = Parameters {
            kind,
            members: parameters,
            known: Vec::new(),
            faults: Vec::new(),
        };
        let instruction = build(&mut read);
        read.find_unknown();
        match instruction {
            Some(instruction) if read.faults.is_empty() => Ok(instruction),
            Some(_) | None => Err(read.faults),
        }
    }
}

impl Parameters<'_> {
    /// A parameter that may be absent. A wrong value is a fault.
    fn optional<T>(&mut self, parameter: &'static str, (read, expected): Reader<T>) -> Option<T> {
        self.known.push(parameter);
        let mut members = self.members.iter().filter(|m| m.node.value != Value::Null);
        let member = members.find(|m| m.key == parameter)?;
        let value = read(&member.node.value);
        if value.is_none() {
            let kind = self.kind;
            self.faults.push(InstructionFault {
                at: Some(member.node.start),
                problem: Problem::WrongValue {
                    kind,
                    parameter,
                    expected,
                },
            });
        }
        value
    }

    /// A parameter that must be there.
    fn required<T>(&mut self, parameter: &'static str, (read, expected): Reader<T>) -> Option<T> {
        let before = self.faults.len();
        let value = self.optional(parameter, (read, expected));
        if value.is_none() && self.faults.len() == before {
            let kind = self.kind;
            let problem = Problem::Missing {
                kind,
                parameter,
                expected,
            };
            self.faults.push(InstructionFault { at: None, problem });
        }
        value
    }

    fn text(&mut self, parameter: &'static str) -> Option<String> {
        self.required(parameter, TEXT)
    }

    fn texts(&mut self, parameter: &'static str) -> Option<Vec<String>> {
        self.required(parameter, TEXTS)
    }

    fn count(&mut self, parameter: &'static str) -> Option<u64> {
        self.required(parameter, COUNT)
    }

    fn amount(&mut self, relation: &'static str, number: &'static str) -> Option<Amount> {
        let relation = self.required(relation, RELATION);
        let (relation, number) = relation.zip(self.count(number))?;
        Some(Amount { relation, number })
    }

    fn letter(&mut self, parameter: &'static str) -> Option<String> {
        self.required(parameter, LETTER)
    }

    fn language(&mut self, parameter: &'static str) -> Option<Language> {
        self.required(parameter, LANGUAGE)
    }

    fn nth_paragraph(&mut self) -> Option<Instruction> {
        let paragraphs = self.count("num_paragraphs");
        let nth = self.required("nth_paragraph", ORDINAL);
        let first_word = self.text("first_word");
        let ((paragraphs, nth), first_word) = paragraphs.zip(nth).zip(first_word)?;
        Some(Instruction::NthParagraph(NthParagraph {
            paragraphs,
            nth,
            first_word,
        }))
    }

    /// A fault for each parameter that the kind does not have.
    fn find_unknown(&mut self) {
        let known = &self.known;
        let unknown = |m: &&Member| m.node.value != Value::Null && !known.contains(&&*m.key);
        let kind = self.kind;
        let fault = |member: &Member| InstructionFault {
            at: Some(member.start),
            problem: Problem::UnknownParameter {
                kind,
                parameter: visible_line(&member.key).into_owned(),
                nearest: nearest(&member.key, known.iter().copied()),
            },
        };
        let faults: Vec<_> = self.members.iter().filter(unknown).map(fault).collect();
        self.faults.extend(faults);
    }
}
