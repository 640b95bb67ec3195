//! Task files of lm-eval through the command: run, verified, and written as lm-eval writes them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use serde_json::{Value, json};
use support::World;

const USAGE: i32 = 2;
const INCOMPLETE: i32 = 6;

const CHOICES: &str = "include: base.yaml\ntask: capitals\ndoc_to_text: \"{{question}}\"\n\
    doc_to_target: answer\ndoc_to_choice: \"{{choices}}\"\noutput_type: multiple_choice\n\
    metric_list: [{metric: acc}, {metric: acc_norm}, {metric: acc_bytes}, {metric: acc_mutual_info}]\nmetadata: {version: 2.0}\ntag: [town_tasks]\n";
const BASE: &str =
    "dataset_path: json\ndataset_kwargs: {data_files: {test: data.jsonl}}\ntest_split: test\n";
const PLACES: &str = "task: places\ndataset_path: json\ndataset_kwargs: {data_files: {test: data.jsonl}}\ntest_split: test\n\
    output_type: multiple_choice\ndoc_to_text: \"{{answer}}\"\ndoc_to_target: \"is a town.\"\ndoc_to_choice: choices\n";
const SUMS: &str = "include: base.yaml\ntask: sums\ndoc_to_text: \"{{sum}}\"\ndoc_to_target: \"so #### {{n}}\"\n\
    generation_kwargs: {until: [\"\\n\"], max_gen_toks: 4}\n\
    filter_list:\n  - {name: strict, filter: [{function: regex, regex_pattern: \"#### (\\\\d+)\"}, {function: take_first}]}\n  \
    - {name: first, filter: [{function: take_first}]}\n\
    metric_list: [{metric: exact_match, regexes_to_ignore: [\"(?s).*#### \"]}, {metric: bleu}, {metric: ter}]\n";
const TEXTS: &str = "include: base.yaml\ntask: texts\noutput_type: loglikelihood_rolling\ndoc_to_target: question\n";

fn world() -> World {
    let world = World::with_model();
    let rows = [
        json!({"question": "Togo?", "choices": ["Kara", "Lomé"], "answer": 1, "sum": "1+1=", "n": 2}),
        json!({"question": "Benin?", "choices": ["Porto-Novo", "Parakou"], "answer": 0, "sum": "2+3=", "n": 5}),
        json!({"question": "Ghana?", "choices": ["Kumasi", "Accra"], "answer": 1, "sum": "4+4=", "n": 8}),
    ];
    let lines: Vec<String> = rows.iter().map(|row| format!("{row}\n")).collect();
    for (name, text) in [
        ("base.yaml", BASE),
        ("capitals.yaml", CHOICES),
        ("places.yaml", PLACES),
        ("sums.yaml", SUMS),
        ("texts.yaml", TEXTS),
        ("all.yaml", "group: all\ntask: [geography, sums]\n"),
        (
            "geography.yaml",
            "group: geography\ntask: [{group: towns, task: [town_tasks]}]\n",
        ),
        ("data.jsonl", &lines.concat()),
    ] {
        fs::write(world.path(name), text).unwrap();
    }
    world
}

fn read(world: &World, name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(world.path(name)).unwrap()).unwrap()
}

#[test]
fn tasks_run_as_they_are_and_their_files_are_lm_evals() {
    let world = world();
    let suites = "--suite capitals.yaml --suite places.yaml --suite sums.yaml --suite texts.yaml";
    // What a random model writes is cut, and nothing of it is scored natively: no success, but a record.
    let run = world
        .weigh(&format!("run --model model.gguf {suites} --out record"))
        .ended(INCOMPLETE);
    assert!(
        run.stdout.contains("acc_mutual_info,none"),
        "{}",
        run.stdout
    );
    world.weigh("verify record").ended(0);
    world
        .weigh("export lm-eval record --out files --bootstrap-iters 1000")
        .ended(0);

    let results = read(&world, "files/results.json");
    let capitals = &results["results"]["capitals"];
    assert_eq!(capitals["sample_len"], 3);
    assert_eq!(results["versions"]["capitals"], 2.0);
    assert_eq!(
        results["n-samples"]["capitals"],
        json!({"original": 3, "effective": 3})
    );
    let samples = fs::read_to_string(world.path("files/samples_capitals.jsonl")).unwrap();
    let samples: Vec<Value> = samples
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(
        samples[0]["arguments"]["gen_args_1"],
        json!({"arg_0": "Togo?", "arg_1": " Lomé"})
    );
    assert_eq!(
        samples[0]["arguments"]["gen_args_3"],
        json!({"arg_0": "", "arg_1": " Lomé"})
    );
    let acc: f64 = samples
        .iter()
        .map(|sample| sample["acc"].as_f64().unwrap())
        .sum();
    assert_eq!(capitals["acc,none"], json!(acc / 3.0));

    let places = fs::read_to_string(world.path("files/samples_places.jsonl")).unwrap();
    let place: Value = serde_json::from_str(places.lines().next().unwrap()).unwrap();
    assert_eq!(
        place["arguments"]["gen_args_0"],
        json!({"arg_0": "Kara", "arg_1": " is a town."})
    );

    let sums = &results["results"]["sums"];
    assert!(sums["exact_match,strict"].is_number() && sums["exact_match,first"].is_number());
    assert!(sums["bleu,first"].is_number() && sums["ter_stderr,first"].is_number());
    assert_eq!(
        results["results"]["texts"]["bits_per_byte_stderr,none"],
        "N/A"
    );
}

#[test]
fn groups_become_suites_and_nothing_is_overwritten() {
    let world = world();
    world
        .weigh("import lm-eval all.yaml --num-fewshot 1 --out made")
        .ended(0);
    let cases = fs::read_to_string(world.path("made/local/capitals/cases.en.jsonl")).unwrap();
    let case: Value = serde_json::from_str(cases.lines().next().unwrap()).unwrap();
    let prompt = case["prompt"].as_str().unwrap();
    assert!(
        prompt.ends_with("\n\nTogo?") && !prompt.starts_with("Togo?"),
        "{prompt}"
    );
    world
        .weigh("suite check made/local/capitals made/local/sums")
        .ended(0);
    let again = world
        .weigh("import lm-eval all.yaml --out made")
        .ended(USAGE);
    assert!(again.stderr.contains("it exists"), "{}", again.stderr);
}

const MEANS: &str = "group: means\ngroup_alias: All\nnum_fewshot: 1\ntask:\n  - inner\n  \
    - {task: places, task_alias: P, num_fewshot: 0, dataset_kwargs: {data_files: {test: two.jsonl}}}\n\
    aggregate_metric_list: [{metric: acc}, {metric: acc_norm, weight_by_size: false}, {metric: acc_bytes}]\nmetadata: {version: 2}\n";

#[test]
fn groups_have_lm_evals_means() {
    let world = world();
    let rows = fs::read_to_string(world.path("data.jsonl")).unwrap();
    let two: Vec<&str> = rows.lines().take(2).collect();
    for (name, text) in [
        ("two.jsonl", two.join("\n").as_str()),
        ("means.yaml", MEANS),
        (
            "inner.yaml",
            "group: inner\nnum_fewshot: 2\ntask: [capitals]\naggregate_metric_list: {metric: acc}\n",
        ),
    ] {
        fs::write(world.path(name), text).unwrap();
    }
    let run = world
        .weigh("run --model model.gguf --suite means.yaml --out record")
        .ended(0);
    assert!(run.stdout.contains("\n  means"), "{}", run.stdout);
    world.weigh("verify record").ended(0);
    let export = world.weigh("export lm-eval record --out files").ended(0);
    assert!(
        export
            .stderr
            .contains("the group `means`: `acc_bytes,none` is without places"),
        "{}",
        export.stderr
    );

    let results = read(&world, "files/results.json");
    assert_eq!(
        results["group_subtasks"],
        json!({"means": ["inner", "places"], "inner": ["capitals"]})
    );
    // The group's setting holds before that of the group within it, and the member's before both. lm-eval
    // asks a group before the groups in it, and so knows only one number of examples here.
    assert_eq!(
        results["n-shot"],
        json!({"capitals": 1, "inner": 1, "means": 0, "places": 0})
    );
    assert_eq!(results["results"]["places"]["alias"], "P");
    assert_eq!(results["versions"]["means"], "2");
    let figure = |name: &str, key: &str| results["results"][name][key].as_f64().unwrap();
    let means = &results["groups"]["means"];
    assert_eq!(means["sample_len"], 5);
    assert_eq!(
        means["sample_count"],
        json!({"acc,none": 5, "acc_norm,none": 5, "acc_bytes,none": 3})
    );
    let acc = figure("capitals", "acc,none") * 3.0 + figure("places", "acc,none") * 2.0;
    assert_eq!(means["acc,none"], json!(acc / 5.0));
    let once = figure("capitals", "acc_norm,none") + figure("places", "acc_norm,none");
    assert_eq!(means["acc_norm,none"], json!(once / 2.0));
    let inner = &results["groups"]["inner"];
    assert_eq!(
        inner["acc,none"],
        results["results"]["capitals"]["acc,none"]
    );

    // Without one of its tasks a group has no mean; the group within it has.
    world.weigh("import lm-eval means.yaml --out made").ended(0);
    world
        .weigh("run --model model.gguf --suite made/local/capitals --out part")
        .ended(0);
    let export = world.weigh("export lm-eval part --out parts").ended(0);
    let told = "no figures of the group `means`: it was run without places";
    assert!(export.stderr.contains(told), "{}", export.stderr);
    let parts = read(&world, "parts/results.json");
    assert_eq!(
        parts["groups"],
        json!({"inner": results["groups"]["inner"]})
    );
}

/// A group beside a folder of tasks, in which links lead out and round.
fn far() -> World {
    let world = world();
    fs::create_dir_all(world.path("far/deep")).unwrap();
    fs::create_dir_all(world.path("near")).unwrap();
    for (from, to) in [
        ("capitals.yaml", "far/deep/capitals.yaml"),
        ("base.yaml", "far/deep/base.yaml"),
        ("data.jsonl", "far/deep/data.jsonl"),
        ("geography.yaml", "far/geography.yaml"),
    ] {
        fs::rename(world.path(from), world.path(to)).unwrap();
    }
    #[cfg(unix)]
    for (to, link) in [("..", "far/deep/round"), ("../sums.yaml", "far/sums.yaml")] {
        std::os::unix::fs::symlink(to, world.path(link)).unwrap();
    }
    let group = "group: mine\ntask: [geography, {task: town_tasks, num_fewshot: 1}]\n";
    fs::write(world.path("near/mine.yaml"), group).unwrap();
    world
}

#[test]
fn members_are_found_in_other_folders() {
    let world = far();
    let alone = world
        .weigh("import lm-eval near/mine.yaml --out made")
        .ended(USAGE);
    for told in [
        "near/mine.yaml:2:8: no task, group or tag `geography` in `near` or below",
        "near/mine.yaml:2:19: no task, group or tag `town_tasks` in `near` or below",
        "by `--include-path`",
    ] {
        assert!(alone.stderr.contains(told), "{}", alone.stderr);
    }
    // A tag of one task gives that task its name in a mapping, so that it is asked twice.
    world
        .weigh("import lm-eval near/mine.yaml --include-path far --out made")
        .ended(0);
    let prompt = |name: &str| {
        let cases = world.path(&format!("made/local/{name}/cases.en.jsonl"));
        let cases = fs::read_to_string(cases).unwrap();
        let case: Value = serde_json::from_str(cases.lines().next().unwrap()).unwrap();
        case["prompt"].as_str().unwrap().to_owned()
    };
    assert_eq!(prompt("capitals"), "Togo?");
    let example = prompt("town_tasks");
    assert!(example.ends_with("\n\nTogo?"), "{example}");
    // A group of the folder itself is read with the names of the folder only.
    let group = "group: own\ntask: [geography, places]\n";
    fs::write(world.path("far/deep/own.yaml"), group).unwrap();
    let own = world
        .weigh("import lm-eval far/deep/own.yaml --include-path far --out other")
        .ended(USAGE);
    let told = "no task, group or tag `places` in `far` or below";
    assert!(own.stderr.contains(told), "{}", own.stderr);
    let absent = world
        .weigh("import lm-eval near/mine.yaml --include-path absent --out other")
        .ended(USAGE);
    let told = "absent:1:1: the folder cannot be read: ";
    assert!(absent.stderr.contains(told), "{}", absent.stderr);
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_of_tasks_are_passed_over() {
    let world = far();
    let group = "group: linked\ntask: [sums, capitals]\n";
    fs::write(world.path("near/linked.yaml"), group).unwrap();
    let told = world
        .weigh("import lm-eval near/linked.yaml --include-path far --out made")
        .ended(USAGE);
    let expect = "near/linked.yaml:2:8: no task, group or tag `sums` in `far`, in `near` or below";
    assert!(told.stderr.contains(expect), "{}", told.stderr);
    assert!(!told.stderr.contains("capitals"), "{}", told.stderr);
}

#[test]
fn what_cannot_be_run_is_told_at_its_place() {
    let world = world();
    let check = |text: &str, expect: &str| {
        fs::write(world.path("bad.yaml"), text).unwrap();
        let run = world
            .weigh("run --model model.gguf --suite bad.yaml --out nothing")
            .ended(USAGE);
        assert!(run.stderr.contains(expect), "{}", run.stderr);
        assert!(!world.path("nothing").exists());
    };
    let code = format!("{CHOICES}process_docs: !function utils.clean\n");
    check(
        &code,
        "bad.yaml:10:15: `process_docs` is Python code (`utils.clean`)",
    );
    check(
        &CHOICES.replace("metric: acc}", "metric: bleurt}"),
        "the metric `bleurt` is not computed here",
    );
    check(
        &CHOICES.replace("{{question}}", "{{nothing}}"),
        "document 0: ",
    );
    check(
        &CHOICES.replace("base.yaml", "absent.yaml"),
        "bad.yaml:1:10: absent.yaml: ",
    );
    check(
        "group: x\ntask: [{task: geography, num_fewshot: 1}]\n",
        "bad.yaml:2:15: `task: geography` in a mapping: expected a task, and `geography` is a group",
    );
    check(
        &SUMS.replace("until", "do_sample: true, until"),
        "only greedy replies",
    );
}
