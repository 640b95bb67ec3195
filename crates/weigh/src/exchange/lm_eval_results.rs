//! `weigh export lm-eval`, and the table of lm-eval's figures at the end of a run.

use std::path::{Path, PathBuf};

use clap::Args;
use weigh_attest::ask;
use weigh_core::plan::Plan;
use weigh_core::text::visible_line;
use weigh_core::transcript::Transcript;
use weigh_exchange::lm_eval::consolidate::{GroupExport, groups};
use weigh_exchange::lm_eval::export::{Asked, Export, export};
use weigh_exchange::lm_eval::origin::{ORIGIN, Origin, roots};
use weigh_exchange::lm_eval::python::Python;
use weigh_exchange::lm_eval::results::results;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::folder;
use crate::output::Output;
use crate::run::Inputs;
use crate::show::recorded;
use crate::suites::Loaded;
use crate::verify::valid;

/// `bootstrap_iters` of lm-eval.
const ITERATIONS: usize = 100_000;

/// Which record is exported, and where to.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The record of a run of task files. Nothing is exported of one that is not valid.
    #[command(flatten)]
    pub asked: ask::Asked,
    /// The folder to which results.json and samples_<task>.jsonl go.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Resamples for standard errors that have no formula.
    #[arg(long, value_name = "N", default_value_t = ITERATIONS)]
    pub bootstrap_iters: usize,
}

/// Carries out `weigh export lm-eval`.
pub fn command(args: &ExportArgs, output: &Output) -> Result<(), Failure> {
    let record = &args.asked.record;
    valid(&args.asked, "export", output)?;
    let inputs = Inputs::recorded(record)?;
    let transcript = recorded(record, &inputs.plan)?;
    let model = transcript.subject.name.clone();
    let (exports, groups) = exports(
        &inputs.plan,
        &inputs.suites,
        &transcript,
        args.bootstrap_iters,
        output,
    )?;
    if exports.is_empty() {
        return Err(Failure::new(
            Exit::NothingToRun,
            "cannot find a task of lm-eval in the record",
            "run task files: `weigh run --suite task.yaml`",
        ));
    }
    let config = Python::Dict(vec![
        ("model".to_owned(), Python::Text("weighhouse".to_owned())),
        ("model_args".to_owned(), Python::Text(model)),
        (
            "bootstrap_iters".to_owned(),
            Python::Int(i64::try_from(args.bootstrap_iters).unwrap_or(i64::MAX)),
        ),
    ]);
    let mut files = vec![(
        "results.json".to_owned(),
        pretty(&results(&exports, &groups, config)),
    )];
    for one in &exports {
        let lines: Vec<String> = one.samples.iter().map(line).collect();
        files.push((
            format!("samples_{}.jsonl", one.task.replace(['/', '\\'], "_")),
            lines.concat(),
        ));
    }
    for (name, text) in files {
        let path = args.out.join(name);
        let made = std::fs::create_dir_all(&args.out)
            .and_then(|()| folder::write_new(&path, text.as_bytes()));
        made.map_err(|fault| Failure::not_written(&path, &fault, "--out"))?;
        output.line(&path.display().to_string());
    }
    Ok(())
}

fn pretty(value: &Python) -> String {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    format!("{text}\n")
}

fn line(value: &Python) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    format!("{text}\n")
}

/// lm-eval's figures of every suite that was made from one of its tasks, and of the groups of these.
fn exports(
    plan: &Plan,
    suites: &[Loaded],
    transcript: &Transcript,
    iterations: usize,
    output: &Output,
) -> Result<(Vec<Export>, Vec<GroupExport>), Failure> {
    let (mut tasks, mut origins) = (Vec::new(), Vec::new());
    for (place, loaded) in suites.iter().enumerate() {
        let Some(bytes) = loaded.files.get(ORIGIN) else {
            continue;
        };
        let told = |lines: Vec<String>| not_given(loaded, &lines);
        let origin: Origin = serde_json::from_slice(bytes)
            .map_err(|error| told(vec![format!("{ORIGIN}: {error}")]))?;
        let trials = plan
            .trials
            .iter()
            .zip(&transcript.responses)
            .filter(|(trial, _)| trial.suite == place);
        let asked = trials.filter_map(|(trial, responses)| {
            Some(Asked {
                case: loaded.suite.cases.get(trial.case)?,
                requests: &trial.requests,
                responses: responses.as_deref(),
            })
        });
        let asked: Vec<Asked<'_>> = asked.collect();
        tasks.push(export(&origin, &asked, iterations).map_err(told)?);
        origins.push(origin);
    }
    let roots = roots(origins.iter()).map_err(|message| {
        let help = "make the suites again from one file: `weigh import lm-eval`";
        Failure::new(
            Exit::Usage,
            format!("cannot give lm-eval's figures: {message}"),
            help,
        )
    })?;
    let (groups, notes) = groups(&roots, &tasks);
    let of_groups = groups.iter().flat_map(|group| &group.notes);
    for note in notes.iter().chain(of_groups) {
        output.note(&format!("warning: {}", visible_line(note)));
    }
    Ok((tasks, groups))
}

fn not_given(loaded: &Loaded, lines: &[String]) -> Failure {
    let message = format!("cannot give lm-eval's figures of {}", loaded.suite.id);
    Failure {
        help: "lm-eval's figures are of every document or of none".to_owned(),
        ..Failure::faults(message, lines.join("\n"), Vec::new())
    }
}

/// lm-eval's figures beside the native ones, where the record in `folder` has such suites.
pub fn compat_table(folder: &Path, output: &Output) -> Result<(), Failure> {
    let inputs = Inputs::recorded(folder)?;
    if !inputs
        .suites
        .iter()
        .any(|loaded| loaded.files.contains_key(ORIGIN))
    {
        return Ok(());
    }
    let transcript = recorded(folder, &inputs.plan)?;
    let (tasks, groups) = exports(&inputs.plan, &inputs.suites, &transcript, 1000, output)?;
    output.line("As lm-evaluation-harness 0.4.13 counts, defects included:");
    for one in &tasks {
        for figure in &one.figures {
            let name = format!("{},{}", figure.metric, figure.filter);
            output.line(&row(&one.task, &name, figure.value, figure.stderr));
        }
    }
    for one in &groups {
        for figure in &one.figures {
            let name = format!("{},{}", figure.metric, figure.filter);
            output.line(&row(&one.group, &name, figure.value, figure.stderr));
        }
    }
    Ok(())
}

fn row(of: &str, name: &str, value: f64, stderr: Option<f64>) -> String {
    let stderr = stderr.map_or_else(|| "N/A".to_owned(), |stderr| format!("{stderr:.4}"));
    let (of, name) = (visible_line(of), visible_line(name));
    format!("  {of:<24} {name:<28} {value:>9.4} ± {stderr}")
}
