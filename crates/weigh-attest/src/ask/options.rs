//! The options by which a record is asked about. Written out, so that the small verifier needs no macro of clap's.

use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

use super::Asked;

/// Each option's name, what its value is called, whether it may be given again, and its help.
const FILES: [(&str, &str, ArgAction, &str); 8] = [
    (
        "key",
        "PEM",
        ArgAction::Set,
        "The signer's public key (SPKI PEM). Without it a key of the policy may have signed, or else \
         the record's own key is used, which shows that nothing was changed, but not who signed",
    ),
    (
        "policy",
        "FILE",
        ArgAction::Set,
        "A trust policy: whose word counts, and how many must agree. A report that it does not \
         recognise is not valid",
    ),
    (
        "countersignature",
        "FILE",
        ArgAction::Append,
        "A countersignature that is not in the record; may be given again",
    ),
    (
        "token",
        "FILE",
        ArgAction::Append,
        "A token of time (RFC 3161) or an entry of a log (Rekor) about the report; may be given \
         again. One that is about something else is a fault",
    ),
    (
        "token-key",
        "PEM",
        ArgAction::Append,
        "The public key of an authority of time or of a log; may be given again. Then each token \
         must be signed by one of them",
    ),
    (
        "opening",
        "FILE",
        ArgAction::Append,
        "Cases that `weigh open` opened: the report must commit to them; may be given again. With \
         it a record may lack its journal and its suites: they are withheld then, and not checked",
    ),
    (
        "model",
        "PATH",
        ArgAction::Set,
        "The model on the desk, a file or a folder: it must be the one that was tested",
    ),
    (
        "extends",
        "RECORD",
        ArgAction::Set,
        "The record of the look before: the run must extend it, with every answer carried over",
    ),
];

/// Over these options in a command's help, apart from its own.
const HEADING: &str = "What the record is held against";
/// The options that name no file.
const MAX_AGE: &str = "max-age";
const NONCE: &str = "nonce";

fn option(name: &'static str, value: &'static str, parser: impl Into<ValueParser>) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .value_parser(parser.into())
        .help_heading(HEADING)
}

/// A text that says something: the parser of every option whose empty value would pass for an answer.
///
/// # Errors
/// When the text is empty or blank.
pub fn filled(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("it is blank, and a text is expected".to_owned());
    }
    Ok(text.to_owned())
}

impl Asked {
    /// The names of all options, for an argument that excludes them.
    #[must_use]
    pub fn options() -> Vec<&'static str> {
        let files = FILES.iter().map(|(name, ..)| *name);
        files.chain([MAX_AGE, NONCE]).collect()
    }
}

impl Args for Asked {
    fn augment_args(command: Command) -> Command {
        let record = Arg::new("record")
            .value_name("RECORD")
            .value_parser(value_parser!(PathBuf))
            .required(true)
            .help("The record's folder");
        let files = FILES.into_iter().map(|(name, value, action, help)| {
            let file = option(name, value, value_parser!(PathBuf));
            let file = file.action(action).help(help);
            // Nobody asks for a token's key and means none.
            if name == "token-key" {
                file.requires("token")
            } else {
                file
            }
        });
        let max_age = option(MAX_AGE, "DAYS", value_parser!(u32))
            .help("The most days, of 24 hours each, since the report was sealed");
        let nonce = option(NONCE, "TEXT", ValueParser::new(filled))
            .help("What the run must have been given by --nonce");
        command.arg(record).args(files).args([max_age, nonce])
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command).mut_arg("record", |record| record.required(false))
    }
}

impl FromArgMatches for Asked {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let file = |name: &str| matches.get_one::<PathBuf>(name).cloned();
        let files = |name: &str| {
            let given = matches.get_many::<PathBuf>(name).unwrap_or_default();
            given.cloned().collect()
        };
        Ok(Self {
            // Required: without it no options are read at all.
            record: file("record").unwrap_or_default(),
            key: file("key"),
            policy: file("policy"),
            countersignatures: files("countersignature"),
            tokens: files("token"),
            token_keys: files("token-key"),
            openings: files("opening"),
            model: file("model"),
            extends: file("extends"),
            max_age: matches.get_one(MAX_AGE).copied(),
            nonce: matches.get_one(NONCE).cloned(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
