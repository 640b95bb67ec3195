//! The command in a world of its own: key, cache, project and working folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use weigh_core::digest::Digest;
use weigh_engine::tiny::TinyModel;

/// A folder that holds everything a test makes, for as long as it takes.
pub struct World {
    folder: tempfile::TempDir,
}

impl World {
    /// An empty world: no project folder, so that the binary's own suites are used.
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A world with a tiny random model in `model.gguf`.
    pub fn with_model() -> Self {
        let world = Self::new();
        TinyModel::new(7)
            .write_gguf(&world.path("model.gguf"))
            .unwrap();
        world
    }

    /// The same with a judge in `judge.gguf` and, in `manners.toml`, a suite of twelve replies that
    /// names its digest.
    pub fn with_judge() -> Self {
        let world = Self::with_model();
        let judge = world.path("judge.gguf");
        TinyModel::new(8).write_gguf(&judge).unwrap();
        let digest = Digest::of(&std::fs::read(&judge).unwrap());
        let mut suite = format!(
            "language = \"en\"\ntask = {{ kind = \"generate\", max_tokens = 8, stop = [\" \"] }}\n\
             prompt = \"{{question}}\"\n\
             [judge]\nmodel = \"the-judge\"\nsha256 = \"{digest}\"\n[judge.rubric.en]\n\
             template = \"{{request}}{{reply}}Polite?\"\nyes = \"Yes\"\nno = \"No\"\n"
        );
        for case in 0..12 {
            suite.push_str(&format!(
                "[[cases]]\nid = \"{case}\"\nquestion = \"Say {case}.\"\nexpect = \"open\"\n"
            ));
        }
        std::fs::write(world.path("manners.toml"), suite).unwrap();
        world
    }

    /// How many lines of the journal of `record` are of `kind`.
    pub fn lines(&self, record: &str, kind: &str) -> usize {
        let journal = std::fs::read_to_string(self.path(record).join("journal.jsonl")).unwrap();
        let end = format!("\"type\":\"{kind}\"}}");
        journal.lines().filter(|line| line.ends_with(&end)).count()
    }

    /// The place of `name` in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `weigh` with `arguments`, in this world, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("weigh"));
        command
            .current_dir(self.folder.path())
            .env("WEIGH_CONFIG_DIR", self.path("config"))
            .env("WEIGH_CACHE", self.path("cache"))
            .env("HF_HUB_CACHE", self.path("hub"))
            .env("WEIGH_OFFLINE", "1")
            .env_remove("WEIGH_HOME")
            .env_remove("WEIGH_KEY_PASSPHRASE")
            .env_remove("GITHUB_STEP_SUMMARY")
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    /// What `weigh` with the words of `line` does.
    pub fn weigh(&self, line: &str) -> Done {
        let words: Vec<&str> = line.split_whitespace().collect();
        Done::from(self.command(&words).output().unwrap())
    }

    /// The same, as an argument of `emulator` and its arguments, if there are any.
    pub fn weigh_under(&self, emulator: &[&str], line: &str) -> Done {
        let Some((program, arguments)) = emulator.split_first() else {
            return self.weigh(line);
        };
        let plain = self.command(&line.split_whitespace().collect::<Vec<_>>());
        let mut command = Command::new(program);
        command
            .args(arguments)
            .arg(plain.get_program())
            .args(plain.get_args())
            .current_dir(self.folder.path())
            .stdin(Stdio::null());
        for (name, value) in plain.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        Done::from(command.output().unwrap())
    }

    /// `weigh run` on the tiny model with few cases and the words of `line`.
    ///
    /// A random model says nothing that could be read as a refusal or as none, so only suites of
    /// choices score something.
    pub fn run(&self, line: &str) -> Done {
        self.weigh(&format!("{CHOICES} --limit 1 {line}"))
    }
}

/// Every suite of choices on the tiny model.
pub const CHOICES: &str = "run --model model.gguf --suite choices --suite knowledge";

/// What a call came to.
pub struct Done {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Done {
    /// The same, if it ended with `code`.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }

    /// Standard output as one JSON document.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// The last line of standard output.
    pub fn last_line(&self) -> &str {
        self.stdout.lines().next_back().unwrap_or_default()
    }
}

/// What a repetition of a run must give again: the signed statement without time and order.
pub fn lasting(record: &Path) -> Value {
    let bytes = std::fs::read(record.join("report.json")).unwrap();
    let mut statement: Value = serde_json::from_slice(&bytes).unwrap();
    let predicate = statement["predicate"].as_object_mut().unwrap();
    assert!(predicate.remove("id").is_some());
    assert!(predicate.remove("record").is_some());
    statement
}
