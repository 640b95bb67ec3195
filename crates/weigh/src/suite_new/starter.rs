//! The files of a suite to start from, out of the examples in the binary.
//!
//! `starters/<kind>/` holds `suite.toml`, and of each language `cases.<lang>.jsonl` and, where the
//! prompt has words of its own, `prompt.<lang>.toml`. A new language touches no Rust file.

use std::collections::BTreeMap;

use clap::ValueEnum;
use include_dir::{Dir, include_dir};
use weigh_core::language::Language;
use weigh_core::measure::refusal;

static STARTERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starters");

/// The language of the examples where there are none in the one that is wanted.
const FALLBACK: &str = "en";

/// What kind of answer the cases ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The most likely one of several choices.
    Choice,
    /// A reply in the model's own words.
    Generate,
}

impl Kind {
    const fn folder(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Generate => "generate",
        }
    }
}

/// What is to be written.
#[derive(Debug, Clone)]
pub struct Starter {
    /// `<domain>/<name>`.
    pub id: String,
    /// What kind of answer the cases ask for.
    pub kind: Kind,
    /// Each once.
    pub languages: Vec<Language>,
    /// A text that stands nowhere else.
    pub canary: String,
}

impl Starter {
    /// Text of each file by its name.
    pub fn files(&self) -> BTreeMap<String, String> {
        let mut head = self.filled(&self.file("suite.toml"));
        let mut files = BTreeMap::new();
        for language in &self.languages {
            head.push_str(&self.prompt(language));
            files.insert(format!("cases.{language}.jsonl"), self.cases(language));
        }
        files.insert("suite.toml".to_owned(), head);
        let readme = STARTERS.get_file("README.md");
        let readme = readme.and_then(|file| file.contents_utf8());
        files.insert(
            "README.md".to_owned(),
            self.filled(readme.unwrap_or_default()),
        );
        files
    }

    /// The languages whose examples are English texts that wait to be replaced.
    pub fn untranslated(&self) -> Vec<&Language> {
        let is_missing = |language: &&Language| self.examples(language).is_none();
        self.languages.iter().filter(is_missing).collect()
    }

    fn filled(&self, text: &str) -> String {
        let name = self.id.rsplit('/').next().unwrap_or_default();
        let languages: Vec<&str> = self.languages.iter().map(Language::as_str).collect();
        let parallel = self.languages.len() > 1;
        text.replace("@ID@", &self.id)
            .replace("@NAME@", name)
            .replace("@CANARY@", &self.canary)
            .replace("@PARALLEL@", &parallel.to_string())
            .replace("@LANGUAGES@", &languages.join(", "))
    }

    /// The table of `language`'s prompt, where it has one of its own.
    fn prompt(&self, language: &Language) -> String {
        let examples = self.examples(language);
        let name = format!("prompt.{}.toml", examples.unwrap_or(FALLBACK));
        let table = self.file(&name).replace("@LANGUAGE@", language.as_str());
        match examples {
            _ if table.is_empty() => table,
            Some(_) => format!("\n{table}"),
            None => format!("\n# Replace this by the same in {language}.\n{table}"),
        }
    }

    fn cases(&self, language: &Language) -> String {
        let examples = self.examples(language);
        let name = format!("cases.{}.jsonl", examples.unwrap_or(FALLBACK));
        let cases = self.file(&name);
        let canary = format!("{{\"canary\": \"{}\"}}\n", self.canary);
        match examples {
            Some(_) => canary + &cases,
            None => canary + &with_note(&cases, language),
        }
    }

    /// A file of the examples. Where refusals cannot be read in every language, without what is
    /// about them.
    fn file(&self, name: &str) -> String {
        let path = format!("{}/{name}", self.kind.folder());
        let text = STARTERS
            .get_file(path)
            .and_then(|file| file.contents_utf8())
            .unwrap_or_default();
        let known = |language: &Language| refusal::languages().any(|tag| tag == language.primary());
        let all_known = self.languages.iter().all(known);
        let about_refusals = |line: &str| line.contains("refusal\"") || line.contains("\"expect\"");
        text.split_inclusive('\n')
            .filter(|line| all_known || !about_refusals(line))
            .collect()
    }

    /// The tag of the examples for `language`, where there are any. What is written in another
    /// script or for another region than the examples is another language here.
    fn examples(&self, language: &Language) -> Option<&'static str> {
        let folder = STARTERS.get_dir(self.kind.folder())?;
        let same = |tag: &&str| match language.as_str() {
            "zh-Hans" | "zh-CN" | "zh-SG" => *tag == "zh",
            whole if is_written_otherwise(language) => *tag == whole,
            _ => *tag == language.primary(),
        };
        let names = folder
            .files()
            .filter_map(|file| file.path().file_name()?.to_str());
        let mut tags = names.filter_map(|name| name.strip_prefix("cases.")?.strip_suffix(".jsonl"));
        tags.find(same)
    }
}

/// Whether `language` need not look like the language of its first subtag.
fn is_written_otherwise(language: &Language) -> bool {
    let mut subtags = language.as_str().split('-').skip(1);
    let chinese = language.primary() == "zh" && language.as_str() != "zh";
    chinese || subtags.any(|subtag| subtag.len() == 4 && !subtag.starts_with(char::is_numeric))
}

/// Every case with a note that it waits to be translated. No prompt names the field.
fn with_note(cases: &str, language: &Language) -> String {
    let note = format!("{{\"note\": \"replace the English texts by texts in {language}\", ");
    let lines = cases.lines().filter_map(|line| line.strip_prefix('{'));
    lines.map(|rest| format!("{note}{rest}\n")).collect()
}

#[cfg(test)]
mod tests {
    use weigh_core::suite::{SuiteFile, parse};

    use super::*;

    fn starter(kind: Kind, tags: &[&str]) -> Starter {
        Starter {
            id: "local/small".to_owned(),
            kind,
            languages: tags.iter().map(|tag| tag.parse().unwrap()).collect(),
            canary: "weighhouse-canary-0".to_owned(),
        }
    }

    /// Every language that has examples of `kind`.
    fn written(kind: Kind) -> Vec<&'static str> {
        let files = STARTERS.get_dir(kind.folder()).unwrap().files();
        let names = files.map(|file| file.path().file_name().unwrap().to_str().unwrap());
        names
            .filter_map(|name| name.strip_prefix("cases.")?.strip_suffix(".jsonl"))
            .collect()
    }

    /// What is written for `tags` is read without a warning, and every case is scored.
    fn check(kind: Kind, tags: &[&str], cases: usize) {
        let files = starter(kind, tags).files();
        let list: Vec<SuiteFile<'_>> = files
            .iter()
            .map(|(path, text)| SuiteFile {
                path,
                bytes: text.as_bytes(),
            })
            .collect();
        let parsed = parse("local/small", &list).unwrap();
        assert_eq!(parsed.warnings, []);
        let suite = parsed.suite;
        assert_eq!(suite.cases.len(), cases * tags.len());
        assert_eq!(suite.prompts.len(), tags.len());
        for measure in &suite.measures {
            assert!(suite.cases.iter().any(|case| measure.scores(case)));
        }
        for case in &suite.cases {
            assert!(suite.measures.iter().any(|measure| measure.scores(case)));
        }
        let left: Vec<&String> = files.values().filter(|text| text.contains('@')).collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn every_language_makes_a_suite_without_a_warning() {
        for kind in Kind::value_variants() {
            let tags = written(*kind);
            assert_eq!(tags.len(), 11);
            check(*kind, &tags, 5);
            assert!(starter(*kind, &tags).untranslated().is_empty());
        }
    }

    #[test]
    fn a_language_without_examples_has_english_ones() {
        check(Kind::Choice, &["en", "yo"], 5);
        // Nobody can say what is a refusal in it.
        check(Kind::Generate, &["en", "eo"], 3);
        let starter = starter(Kind::Choice, &["en", "yo"]);
        let tags: Vec<&str> = starter.untranslated().iter().map(|l| l.as_str()).collect();
        assert_eq!(tags, ["yo"]);
    }

    #[test]
    fn a_script_of_its_own_has_no_examples() {
        for (tag, expect) in [
            ("sw", Some("sw")),
            ("sw-KE", Some("sw")),
            ("pt-BR", Some("pt")),
            ("es-419", Some("es")),
            ("de-1996", Some("de")),
            ("zh", Some("zh")),
            ("zh-Hans", Some("zh")),
            ("zh-TW", None),
            ("zh-Hant", None),
            ("hi-Latn", None),
            ("yo", None),
            ("swc", None),
        ] {
            let language = tag.parse().unwrap();
            let found = starter(Kind::Choice, &[]).examples(&language);
            assert_eq!(found, expect, "{tag}");
        }
    }

    #[test]
    fn what_is_written() {
        let files = starter(Kind::Choice, &["sw", "yo"]).files();
        insta::assert_snapshot!(files["suite.toml"]);
        let lines: Vec<&str> = files["cases.yo.jsonl"].lines().take(2).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
