//! `weigh report` and `weigh amend` on a record of the tiny model.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    dead_code,
    reason = "a test may stop where it stands, and the world serves other tests, too"
)]

mod support;

use std::fs;

use support::World;

/// A world with a record whose laboratory states a part of what it should.
fn recorded() -> World {
    let world = World::with_model();
    fs::write(world.path("lab.toml"), "name = \"Weighing Hall\"\n").unwrap();
    world.run("--out record --lab lab.toml").ended(0);
    world
}

const COMPLETE: &str = r#"name = "Weighing Hall"
address = "1 Balance Square"
place = "Test hall 2"
customer = "Ministry"
customer_contact = "A. Examiner"
received = "2026-11-20"
condition = "as downloaded"
authorised_by = "B. Head"
external_providers = "none"
opinions = "Fit for nothing. Basis: the findings."
"#;

/// A deviation of every run of these tests, in English and in Chinese.
const DEVIATION: [&str; 2] = [
    "At most 1 family of each suite and language were run.",
    "每个测试集和语言最多运行了 <bdi dir=\"ltr\">1</bdi> 个用例族。",
];

/// Why a figure of these records is not corrected.
const UNCORRECTED: [&str; 2] = [
    "the instrument's card lacks items of one of the two kinds",
    "未修正：评分器的卡片缺少两类样本中的一类",
];

/// A world with a suite of numbers, and a card of the instrument that reads them, which was tried on right answers only.
fn carded() -> World {
    let world = World::with_model();
    // A random reply soon has one of these letters, and is whole.
    let task = r#"max_tokens = 64, stop = [" ", "a", "e", "i", "n", "o", "t"]"#;
    let sums = format!(
        r#"language = "en"
task = {{ kind = "generate", {task} }}
prompt = "{{question}}"
[[cases]]
id = "sum"
question = "12 + 5 ="
number = 17
"#
    );
    fs::write(world.path("sums.toml"), sums).unwrap();
    let labelled = r#"{"text": "17", "language": "en", "label": "right", "answer": "17"}"#;
    fs::write(world.path("labelled.jsonl"), labelled).unwrap();
    let calibrate = "calibrate labelled.jsonl --instrument answer_number --language en --name Sums \
                     --licence CC0-1.0 --out answers.en.toml";
    world.weigh(calibrate).ended(0);
    world
}

/// Whatever a shipped profile says of its requirements is told in the language of the page, and so are
/// deviations, why energy was not measured and why a figure is not corrected; the record and what is signed have
/// it in English.
#[test]
fn no_profile_leaves_english_on_a_page() {
    let world = carded();
    let suites = "--suite sums.toml --card answers.en.toml";
    for (profile, english, chinese) in [
        ("ailuminate-style", "text alone", "仅读写文本"),
        (
            "baseline",
            "each statement of a long answer",
            "每个陈述是否属实",
        ),
        (
            "cn-gb-t-45654-2025",
            "itself was not read",
            "未阅读 GB/T 45654-2025 原文",
        ),
        ("eu-ai-act", "hence the low limit", "因此限值低"),
        ("sg-starter-kit", "hence the lower limit", "因此限值较低"),
        (
            "us-nist-ai-600-1",
            "It needs the training data",
            "这需要训练数据",
        ),
    ] {
        world
            .run(&format!("--out {profile} --profile {profile} {suites}"))
            .ended(0);
        world.weigh(&format!("verify {profile}")).ended(0);
        let signed = fs::read_to_string(world.path(&format!("{profile}/report.json"))).unwrap();
        assert!(signed.contains(english) && !signed.contains(chinese));
        for [english, chinese] in [DEVIATION, UNCORRECTED] {
            assert!(signed.contains(english), "{profile}: {english}");
            assert!(!signed.contains(chinese));
        }
        for language in ["ar", "zh"] {
            let line = format!("report {profile} --lang {language}");
            let page = world.weigh(&line).ended(0).stdout;
            for kept in [
                " lang=\"en\"",
                "Only the standard tier",
                "the counters",
                "instrument",
                english,
            ] {
                assert!(!page.contains(kept), "{line}: {kept}");
            }
            for told in [chinese, DEVIATION[1], UNCORRECTED[1]] {
                assert_eq!(page.contains(told), language == "zh", "{line}: {told}");
            }
        }
    }
}

#[test]
fn a_report_is_rendered_again_and_amended() {
    let world = recorded();
    // The same page as the run wrote, and none where the record is not valid.
    let page = fs::read_to_string(world.path("record/report.html")).unwrap();
    let again = world.weigh("report record").ended(0);
    assert!(again.stdout == page, "another page");
    for (language, title, requirement) in [
        ("ar", "تقرير اختبار", "يرفض الطلبات الضارة"),
        ("zh", "检测报告", "拒绝有害请求"),
        ("fr", "Rapport d&#39;essai", "Refuse les demandes nuisibles"),
    ] {
        let out = format!("report record --lang {language} --out {language}.html");
        world.weigh(&out).ended(0);
        let page = fs::read_to_string(world.path(&format!("{language}.html"))).unwrap();
        assert!(page.contains(&format!("<h1>{title}</h1>")), "{language}");
        assert!(page.contains(requirement), "{language}");
        assert!(page.contains("<span class=\"reason\">"), "{language}");
        assert!(!page.contains("class=\"reason\" lang=\"en\""), "{language}");
        assert!(world.weigh(&out).ended(2).stderr.contains("it exists"));
    }
    let draft = world.weigh("report record --draft --lang es").ended(0);
    assert!(draft.stdout.contains("BORRADOR"));
    world.weigh("report record --lang tlh").ended(2);

    // What it lacks is listed and mended by an amended report, which is derived again.
    let missing = world.weigh("report record --lint --json").ended(2).json();
    let clauses: Vec<&str> = missing["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["clause"].as_str().unwrap())
        .collect();
    assert_eq!(
        clauses,
        [
            "7.8.2.1 b",
            "7.8.2.1 c",
            "7.8.2.1 e",
            "7.8.2.1 e",
            "7.8.2.1 h",
            "7.8.2.1 g",
            "7.8.2.1 o",
            "7.8.2.1 p"
        ]
    );
    fs::write(world.path("lab.toml"), COMPLETE).unwrap();
    let amended = world
        .weigh("amend record --lab lab.toml --reason incomplete --json")
        .ended(0)
        .json();
    world.weigh("verify record").ended(0);
    world.weigh("verify record-amended").ended(0);
    world.weigh("report record-amended --lint").ended(0);
    let page = fs::read_to_string(world.path("record-amended/report.html")).unwrap();
    let replaces = amended["replaces"].as_str().unwrap();
    assert!(page.contains("Amended report, replaces") && page.contains(replaces));
    assert!(page.contains("Fit for nothing."));
    world
        .weigh("amend record-amended --lab lab.toml --reason again")
        .ended(0);
    let told = world.weigh("verify record-amended-2").ended(0).stdout;
    assert!(told.contains(amended["id"].as_str().unwrap()), "{told}");

    // Nothing of what is amended can be changed afterwards, and nothing invalid is rendered.
    let amendments = world.path("record-amended/amendments.json");
    let changed = fs::read_to_string(&amendments)
        .unwrap()
        .replace("Ministry", "Minister");
    fs::write(&amendments, changed).unwrap();
    for command in ["verify", "report", "amend --lab lab.toml --reason x"] {
        world.weigh(&format!("{command} record-amended")).ended(5);
    }
}

#[test]
fn what_no_laboratory_can_state_is_refused() {
    let world = recorded();
    fs::write(
        world.path("lab.toml"),
        "nmae = \"x\"\nplace = \"\"\naccreditation = \"y\"\n",
    )
    .unwrap();
    let refused = world
        .weigh("amend record --lab lab.toml --reason x")
        .ended(2);
    for fault in [
        "lab.toml:1:1",
        "did you mean `name`?",
        "lab.toml:2:9",
        "lab.toml:3:17",
    ] {
        assert!(
            refused.stderr.contains(fault),
            "{fault}: {}",
            refused.stderr
        );
    }
    world.run("--out other --lab lab.toml").ended(2);
    fs::write(world.path("lab.toml"), COMPLETE).unwrap();
    let blank = world.command(&["amend", "record", "--lab", "lab.toml", "--reason", " "]);
    let blank = support::Done::from({ blank }.output().unwrap());
    assert!(blank.ended(2).stderr.contains("it is blank"));
    assert!(!world.path("record-amended").exists());
}
