//! The documents of a task out of local files.
//!
//! `dataset_path: json`, `csv`, `text` and `parquet` name them under `dataset_kwargs.data_files`. Any other path is
//! the name of a data set in a hub, and so are its `data_files`: nothing is fetched, but a folder that
//! the user gives may hold it, as `<dataset_path>/[<dataset_name>/]<split>.jsonl` (or `.json`, `.csv`, `.tsv`,
//! `.parquet`, or `<split>-00000-of-00002.parquet` and so on).

use std::path::{Path, PathBuf};

use super::load::{Fault, Files};
use super::python::Python;
use super::render::Documents;
use super::task::Task;
use crate::rows::RowFault;
use crate::table::{self, Table};

/// Paths that say how files are read, not which.
const LOADERS: [&str; 4] = ["json", "csv", "parquet", "text"];
/// Endings of files, in the order in which they are looked for.
const ENDINGS: [&str; 5] = ["jsonl", "json", "csv", "tsv", "parquet"];

/// The most files that a split lies in.
const MOST_PARTS: usize = 64;

/// The documents that `task` asks about, and those that its examples come from.
///
/// # Errors
/// Every file that cannot be read, and splits that are not there.
pub fn documents(
    task: &Task,
    folder: Option<&Path>,
    files: &Files<'_>,
) -> Result<Documents, Vec<Fault>> {
    let reader = Reader {
        task,
        folder,
        files,
    };
    let mut faults = Vec::new();
    let asked = task.test_split.as_ref().or(task.validation_split.as_ref());
    let test = match asked {
        Some(split) => reader.split(split),
        None => Err(vec![
            task.data
                .entry
                .fault("expected `test_split` or `validation_split`"),
        ]),
    };
    let examples = reader.examples();
    let test = test.unwrap_or_else(|more| {
        faults.extend(more);
        Table::default()
    });
    let examples = examples.unwrap_or_else(|more| {
        faults.extend(more);
        Vec::new()
    });
    if test.rows.is_empty() && faults.is_empty() {
        faults.push(task.data.entry.fault("there is no document"));
    }
    // One help for both splits is enough.
    faults.dedup_by(|one, other| one.message == other.message);
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Documents {
        test,
        examples,
        // Both unset is equal, too.
        same_split: task.examples.split == task.test_split,
    })
}

struct Reader<'a> {
    task: &'a Task,
    folder: Option<&'a Path>,
    files: &'a Files<'a>,
}

impl Reader<'_> {
    /// The pool of examples: the split for them, samples of the task's own, or the first of
    /// training, validation and test.
    fn examples(&self) -> Result<Vec<Python>, Vec<Fault>> {
        let examples = &self.task.examples;
        let first = [
            &self.task.training_split,
            &self.task.validation_split,
            &self.task.test_split,
        ];
        let pool = match (&examples.split, &examples.samples) {
            (Some(split), _) => self.split(split)?.rows,
            (None, Some(samples)) => samples.clone(),
            (None, None) => match first.into_iter().flatten().next() {
                Some(split) => self.split(split)?.rows,
                None => Vec::new(),
            },
        };
        let Some(indices) = &examples.indices else {
            return Ok(pool);
        };
        let picked: Option<Vec<Python>> = indices
            .iter()
            .map(|index| pool.get(*index).cloned())
            .collect();
        let missing = || {
            let message = format!(
                "`fewshot_indices` names more than the {} examples there are",
                pool.len()
            );
            vec![self.task.data.entry.fault(message)]
        };
        picked.ok_or_else(missing)
    }

    /// The documents of a split. `test[:10]` and the like are slices of it.
    fn split(&self, split: &str) -> Result<Table, Vec<Fault>> {
        let (name, slice) = match split.split_once('[') {
            Some((name, slice)) => (name, Some(slice.trim_end_matches(']'))),
            None => (split, None),
        };
        let paths = self.paths(name)?;
        let mut all = Table::default();
        let mut faults = Vec::new();
        for path in paths {
            match self.read(&path) {
                Ok(table) => all = all.followed_by(table),
                Err(more) => faults.extend(more),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if let Some(slice) = slice {
            all.rows = sliced(all.rows, slice).ok_or_else(|| {
                let message = format!(
                    "the slice `[{slice}]` is not read here: expected `[from:to]` in documents"
                );
                vec![self.task.data.entry.fault(message)]
            })?;
        }
        Ok(all)
    }

    fn paths(&self, split: &str) -> Result<Vec<PathBuf>, Vec<Fault>> {
        let data = &self.task.data;
        if LOADERS.contains(&data.path.as_str()) {
            let found = data.files.iter().find(|(name, _)| name == split);
            let there: Vec<&str> = data.files.iter().map(|(name, _)| name.as_str()).collect();
            let there = there.join("`, `");
            let missing = || {
                vec![data.entry.fault(format!(
                    "no file of the split `{split}`: `data_files` has `{there}`"
                ))]
            };
            return found.map(|(_, paths)| paths.clone()).ok_or_else(missing);
        }
        let name = data.name.as_deref().unwrap_or_default();
        let set = self.folder.map(|folder| folder.join(&data.path));
        let folders = set.map(|set| [set.join(name), set.join("data"), set]);
        for folder in folders.iter().flatten() {
            let found = self.saved(folder, split);
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Err(vec![self.elsewhere(split, name)])
    }

    /// The file of a split in `folder`, or its parts as hubs name them.
    fn saved(&self, folder: &Path, split: &str) -> Vec<PathBuf> {
        let is_there = |path: &PathBuf| (self.files)(path).is_ok();
        let whole = ENDINGS.map(|ending| folder.join(format!("{split}.{ending}")));
        if let Some(path) = whole.into_iter().find(is_there) {
            return vec![path];
        }
        let part = |part: usize, parts: usize| {
            folder.join(format!("{split}-{part:05}-of-{parts:05}.parquet"))
        };
        let parts = (1..=MOST_PARTS).find(|parts| is_there(&part(0, *parts)));
        let parts = parts.unwrap_or_default();
        (0..parts).map(|number| part(number, parts)).collect()
    }

    /// A data set that is not on this machine.
    fn elsewhere(&self, split: &str, name: &str) -> Fault {
        let data = &self.task.data;
        let path = &data.path;
        let below = if name.is_empty() {
            String::new()
        } else {
            format!("{name}/")
        };
        let message = format!("the data set `{path}` is in a hub, and nothing is fetched");
        let help = format!(
            "save it as `{path}/{below}{split}.jsonl` in a folder, and name that folder with `--data`"
        );
        Fault {
            help: Some(help),
            ..data.entry.fault(message)
        }
    }

    fn read(&self, path: &Path) -> Result<Table, Vec<Fault>> {
        let entry = &self.task.data.entry;
        let told = |message: String| vec![entry.fault(format!("{}: {message}", path.display()))];
        let bytes = (self.files)(path).map_err(|error| told(error.to_string()))?;
        let ending = path
            .extension()
            .and_then(std::ffi::OsStr::to_str)
            .unwrap_or_default();
        let rows = match ending {
            "csv" => table::csv(&bytes, b','),
            "tsv" => table::csv(&bytes, b'\t'),
            "json" | "jsonl" => table::json(&bytes),
            "parquet" => table::parquet(bytes),
            _ => {
                return Err(told(
                    "expected a file .jsonl, .json, .csv, .tsv or .parquet".to_owned(),
                ));
            }
        };
        let fault = |fault: RowFault| Fault {
            file: path.to_owned(),
            place: super::yaml::Place {
                line: fault.line,
                column: fault.column,
            },
            message: fault.message,
            help: None,
        };
        rows.map_err(|faults| faults.into_iter().map(fault).collect())
    }
}

/// `[from:to]`, either of which may be missing, or negative from the end.
fn sliced(rows: Vec<Python>, slice: &str) -> Option<Vec<Python>> {
    let (from, to) = slice.split_once(':')?;
    let count = i64::try_from(rows.len()).ok()?;
    let place = |text: &str, missing: i64| match text.trim() {
        "" => Some(missing),
        text => text
            .parse::<i64>()
            .ok()
            .map(|place| if place < 0 { place + count } else { place }),
    };
    let (from, to) = (
        place(from, 0)?.clamp(0, count),
        place(to, count)?.clamp(0, count),
    );
    let (skip, take) = (
        usize::try_from(from).ok()?,
        usize::try_from((to - from).max(0)).ok()?,
    );
    Some(rows.into_iter().skip(skip).take(take).collect())
}

#[cfg(test)]
mod tests {
    use super::super::load::load;
    use super::super::render::{Options, Prompt, render};
    use super::super::task::read;
    use super::*;

    /// Everything a task asks, or what is wrong with it.
    fn asked(files: &[(&str, &str)], options: &Options) -> String {
        let open = |path: &Path| {
            let found = files.iter().find(|(name, _)| Path::new(name) == path);
            let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
            found
                .map(|(_, text)| text.as_bytes().to_vec())
                .ok_or_else(missing)
        };
        let lines = |faults: Vec<Fault>| {
            faults
                .iter()
                .map(Fault::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        };
        let outcome = load(Path::new("t.yaml"), &open)
            .and_then(|entries| read(&entries))
            .and_then(|(task, _)| Ok((documents(&task, Some(Path::new("data")), &open)?, task)));
        let (documents, task) = match outcome {
            Ok(ready) => ready,
            Err(faults) => return lines(faults),
        };
        let rendered = match render(&task, &documents, options) {
            Ok(rendered) => rendered,
            Err(faults) => {
                return faults
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("\n");
            }
        };
        let mut out = String::new();
        for document in rendered {
            for prompt in &document.prompts {
                let prompt = match prompt {
                    Prompt::Text(text) => format!("{text:?}"),
                    Prompt::Chat(messages) => format!("{messages:?}"),
                };
                out.push_str(&format!("{prompt} "));
            }
            out.push_str(&format!(
                "{:?} {:?} {:?}\n",
                document.delimiter, document.choices, document.target
            ));
        }
        out
    }

    const TASK: &str = "task: t\ndataset_path: json\ndataset_kwargs: {data_files: {test: a.jsonl, train: b.jsonl}}\n\
        test_split: test\ntraining_split: train\noutput_type: multiple_choice\ndoc_to_text: \"{{q}}?\"\n\
        doc_to_target: answer\ndoc_to_choice: \"{{c}}\"\n";
    const ROWS: (&str, &str) = (
        "a.jsonl",
        "{\"q\": \"x\", \"c\": [\"u\", \"v\"], \"answer\": 1}\n{\"q\": \"y\", \"c\": [\"u\", \"w\"], \"answer\": \"w\"}\n",
    );
    const POOL: (&str, &str) = (
        "b.jsonl",
        "{\"q\": \"e\", \"c\": [\"f\", \"g\"], \"answer\": 0}\n",
    );

    #[test]
    fn choices_with_an_example() {
        let options = Options {
            num_fewshot: Some(1),
            ..Options::default()
        };
        let expect = "\"e? f\\n\\nx?\" \" \" [\"u\", \"v\"] Choices([1])\n\
            \"e? f\\n\\ny?\" \" \" [\"u\", \"w\"] Choices([1])\n";
        assert_eq!(asked(&[("t.yaml", TASK), ROWS, POOL], &options), expect);
    }

    #[test]
    fn choices_in_the_prompts() {
        let task = TASK
            .replace("doc_to_text: \"{{q}}?\"", "doc_to_text: \"{{answer}}\"")
            .replace("doc_to_target: answer", "doc_to_target: q");
        let rows = (
            "a.jsonl",
            "{\"q\": \"x\", \"c\": [\"u\", \"v\"], \"answer\": \"1\"}\n",
        );
        let expect = "\"u\" \"v\" \" \" [\"u\", \"v\"] Choices([1])\n";
        assert_eq!(
            asked(&[("t.yaml", &task), rows, POOL], &Options::default()),
            expect
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_place() {
        let check = |task: &str, rows: &str, expect: &str| {
            assert_eq!(
                asked(
                    &[("t.yaml", task), ("a.jsonl", rows), POOL],
                    &Options::default()
                ),
                expect
            );
        };
        check(TASK, "{\"q\": 1}\nx", "a.jsonl:2:1: expected value");
        check(
            &format!(
                "{TASK}process_docs: !function utils.f\nmetric_list:\n  - metric: !function utils.g\n"
            ),
            "",
            "t.yaml:10:15: `process_docs` is Python code (`utils.f`), which is not run\n\
             t.yaml:12:13: `metric_list` is Python code (`utils.g`), which is not run",
        );
        check(
            &TASK.replace(
                "dataset_path: json",
                "dataset_path: org/set\ndataset_name: en",
            ),
            "",
            "t.yaml:2:15: the data set `org/set` is in a hub, and nothing is fetched",
        );
        check(
            TASK,
            "{\"q\": \"x\", \"c\": 3, \"answer\": 0}",
            "document 0: `doc_to_choice` gives 3, expected a list",
        );
    }

    #[test]
    fn parquet_is_read_whole_and_in_parts() {
        let part = |texts: &[&str]| {
            crate::rows::parquet::sample::file(parquet::basic::Compression::SNAPPY, texts)
        };
        let check = |task: &str, files: &[(&str, Vec<u8>)], expect: &str| {
            let open = |path: &Path| {
                let found = files.iter().find(|(name, _)| Path::new(name) == path);
                let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
                found.map(|(_, bytes)| bytes.clone()).ok_or_else(missing)
            };
            let entries = load(Path::new("t.yaml"), &|_| Ok(task.as_bytes().to_vec())).unwrap();
            let (task, _) = read(&entries).unwrap();
            let told = match documents(&task, Some(Path::new("data")), &open) {
                Ok(documents) => documents.test.rows.iter().map(Python::repr).collect(),
                Err(faults) => faults.iter().map(Fault::to_string).collect::<Vec<_>>(),
            };
            assert_eq!(told.join("\n"), expect);
        };
        let rest =
            "test_split: test\ndoc_to_text: q\ndoc_to_target: n\noutput_type: generate_until\n";
        let local = format!(
            "task: t\ndataset_path: parquet\ndataset_kwargs: {{data_files: {{test: a.parquet}}}}\n{rest}"
        );
        let row =
            |text: &str, number: &str| format!("{{'q': '{text}', 'c': ['u', 'v'], 'n': {number}}}");
        check(&local, &[("a.parquet", part(&["x"]))], &row("x", "7"));
        check(
            &local,
            &[("a.parquet", b"PAR1".to_vec())],
            "a.parquet:1:1: expected Parquet: EOF: Parquet file too small. Size is 4 but need 8",
        );
        let hub = format!("task: t\ndataset_path: org/set\ndataset_name: sw\n{rest}");
        check(
            &hub,
            &[
                ("data/org/set/sw/test-00000-of-00002.parquet", part(&["x"])),
                (
                    "data/org/set/sw/test-00001-of-00002.parquet",
                    part(&["y", "z"]),
                ),
            ],
            &[row("x", "7"), row("y", "7"), row("z", "None")].join("\n"),
        );
    }
}
