//! `weigh export lm-eval`, and the table of lm-eval's figures at the end of a run.

use std::path::{Path, PathBuf};

use clap::Args;
use weigh_attest::ask;
use weigh_core::plan::Plan;
use weigh_core::text::visible_line;
use weigh_core::transcript::Transcript;
use weigh_exchange::lm_eval::export::{Asked, Export, Figure, export, results};
use weigh_exchange::lm_eval::python::Python;
use weigh_exchange::lm_eval::suite::{ORIGIN, Origin};

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
    let exports = exports(
        &inputs.plan,
        &inputs.suites,
        &transcript,
        args.bootstrap_iters,
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
        pretty(&results(&exports, config)),
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

/// lm-eval's figures of every suite that was made from one of its tasks.
fn exports(
    plan: &Plan,
    suites: &[Loaded],
    transcript: &Transcript,
    iterations: usize,
) -> Result<Vec<Export>, Failure> {
    let mut all = Vec::new();
    for (place, loaded) in suites.iter().enumerate() {
        let Some(bytes) = loaded.files.get(ORIGIN) else {
            continue;
        };
        let told = |lines: Vec<String>| {
            let message = format!("cannot give lm-eval's figures of {}", loaded.suite.id);
            Failure {
                help: "lm-eval's figures are of every document or of none".to_owned(),
                ..Failure::faults(message, lines.join("\n"), Vec::new())
            }
        };
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
        all.push(export(&origin, &asked, iterations).map_err(told)?);
    }
    Ok(all)
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
    let exports = exports(&inputs.plan, &inputs.suites, &transcript, 1000)?;
    output.line("As lm-evaluation-harness 0.4.13 counts, defects included:");
    for one in &exports {
        for figure in &one.figures {
            output.line(&row(&one.task, figure));
        }
    }
    Ok(())
}

fn row(task: &str, figure: &Figure) -> String {
    let stderr = figure
        .stderr
        .map_or_else(|| "N/A".to_owned(), |stderr| format!("{stderr:.4}"));
    let name = format!("{},{}", figure.metric, figure.filter);
    format!(
        "  {:<24} {name:<28} {:>9.4} ± {stderr}",
        visible_line(task),
        figure.value
    )
}
