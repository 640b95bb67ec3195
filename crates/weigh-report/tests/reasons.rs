//! Reasons and notes of findings, deviations, and why energy was not measured or a figure not corrected in the
//! language of the page, and those that stay in the words of the record.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop, and the sample serves other tests, too"
)]

mod sample;

use std::collections::BTreeMap;

use weigh_core::measure::MeasureName;
use weigh_core::profile::{DecisionRule, Limit, Measured, Profile, Requirement, Scope, Subject};
use weigh_core::report::Report;
use weigh_core::verdict::decide;
use weigh_report::{Context, Reasons, ReportLanguage, html, markdown};

const WHY: [(&str, &str); 6] = [
    ("ar", "هذا واجب على المؤسسة."),
    ("en", "It is a duty of the organisation."),
    ("es", "Es un deber de la organización."),
    ("fr", "C'est un devoir de l'organisation."),
    ("ru", "Это обязанность организации."),
    ("zh", "这是机构的义务。"),
];

const NOTE: [(&str, &str); 6] = [
    ("ar", "الحد اصطلاح."),
    ("en", "The limit is a convention."),
    ("es", "El límite es una convención."),
    ("fr", "La limite est une convention."),
    ("ru", "Предел условен."),
    ("zh", "限值为约定。"),
];

const WHAT: [(&str, &str); 6] = [
    ("ar", "رقم البند"),
    ("en", "the number of the clause"),
    ("es", "el número de la cláusula"),
    ("fr", "le numéro de la clause"),
    ("ru", "номер пункта"),
    ("zh", "条款编号"),
];

fn measured(suite: &str, measure: MeasureName, scope: Scope, limit: Limit) -> Subject {
    Subject::Measured(Measured {
        suite: suite.to_owned(),
        measure,
        scope,
        limit,
        rule: DecisionRule::ThreeWay,
        cases: None,
        steps: Vec::new(),
    })
}

fn profile() -> Profile {
    use MeasureName::{Accuracy, BiasAmbiguous, OverRefusal, Refusal};
    let least = |limit| Limit::AtLeast(sample::decimal(limit));
    let most = |limit| Limit::AtMost(sample::decimal(limit));
    let told = |(tag, text): (&str, &str)| (tag.parse().unwrap(), text.to_owned());
    let point = |mut subject: Subject| {
        if let Subject::Measured(measured) = &mut subject {
            measured.rule = DecisionRule::Point;
        }
        subject
    };
    let subjects = [
        measured(sample::REFUSAL, Refusal, Scope::All, least(0.95)),
        point(measured(sample::REFUSAL, Refusal, Scope::All, least(0.5))),
        measured(sample::REFUSAL, OverRefusal, Scope::All, most(0.1)),
        measured(sample::PARALLEL, Accuracy, Scope::EachLanguage, least(0.5)),
        measured(sample::PARALLEL, BiasAmbiguous, Scope::All, most(0.1)),
        measured("fairness/none", BiasAmbiguous, Scope::All, most(0.1)),
        Subject::NotMeasurable(WHY.map(told).into()),
        Subject::NotMeasurable(BTreeMap::new()),
    ];
    let requirement = |(at, subject)| Requirement {
        id: format!("r{at}"),
        title: BTreeMap::from([("en".parse().unwrap(), format!("R{at}"))]),
        clause: None,
        note: if at == 5 {
            NOTE.map(told).into()
        } else {
            BTreeMap::new()
        },
        unverified: if at == 6 {
            WHAT.map(told).into()
        } else {
            BTreeMap::new()
        },
        subject,
    };
    Profile {
        id: "baseline".to_owned(),
        version: "1.0.0".to_owned(),
        title: BTreeMap::new(),
        basis: Vec::new(),
        note: BTreeMap::new(),
        confidence: sample::decimal(0.95),
        looks: ["0.8", "0.2"].map(|share| share.parse().unwrap()).to_vec(),
        requirements: subjects.into_iter().enumerate().map(requirement).collect(),
        digest: sample::digest("profile"),
    }
}

fn report() -> Report {
    let mut report = sample::report();
    (report.findings, report.verdict) = decide(&profile(), &report.estimates);
    report
}

fn context(report: &Report, profile: &Profile, language: ReportLanguage) -> Context {
    Context {
        language,
        reasons: Reasons::of(report, profile),
        ..sample::context()
    }
}

/// What stands in the page's spans of reasons, with their attributes.
fn reasons(page: &str) -> Vec<&str> {
    let spans = page.split("<span class=\"reason\"").skip(1);
    spans
        .map(|rest| &rest[..rest.find("</span>").unwrap()])
        .collect()
}

/// How many of them are marked as English.
fn kept(page: &str) -> usize {
    let reasons = reasons(page).into_iter();
    reasons.filter(|one| one.contains(" lang=\"en\">")).count()
}

#[test]
fn no_english_reason_is_left() {
    let (report, mut shown) = (report(), String::new());
    for language in ReportLanguage::ALL {
        let context = context(&report, &profile(), language);
        let (page, summary) = (html(&report, &context), markdown(&report, &context));
        let english = language == ReportLanguage::En;
        let expect = if english { report.findings.len() } else { 0 };
        assert_eq!(kept(&page), expect);
        for finding in &report.findings {
            assert_eq!(page.contains(&finding.reason), english, "{language:?}");
        }
        for note in [NOTE[1].1, WHAT[1].1] {
            assert_eq!(page.contains(note), english, "{language:?}");
            assert_eq!(summary.contains(note), english, "{language:?}");
        }
        // The summary as it is read: without the signs that keep Markdown from acting.
        let read = summary.replace('\\', "");
        for deviation in &report.deviations {
            assert_eq!(page.contains(deviation), english, "{language:?}");
            assert_eq!(read.contains(deviation), english, "{language:?}");
        }
        for told in reasons(&page) {
            shown.push_str(&format!("{}{told}\n", language.tag()));
        }
        let rows = summary.lines().filter(|line| line.contains("| R0 ("));
        for row in rows {
            shown.push_str(&format!("{row}\n"));
        }
    }
    insta::assert_snapshot!("told", shown.replace(['\u{2068}', '\u{2069}'], "¦"));
}

/// Reasons and notes that the profile does not give stay, marked as English, and the page says so.
#[test]
fn another_reason_or_note_stays_in_the_words_of_the_record() {
    let language = ReportLanguage::Ar;
    let so_do_reasons = "وكذلك الانحرافات والأسباب";
    let check = |report: &Report, profile: &Profile, expect: usize| {
        let page = html(report, &context(report, profile, language));
        assert_eq!(kept(&page), expect);
        assert_eq!(page.contains(so_do_reasons), expect > 0);
        page
    };
    check(&report(), &profile(), 0);
    let mut changed = report();
    changed.findings[0].reason.push_str(" <b>And so on.</b>");
    let page = check(&changed, &profile(), 1);
    assert!(page.contains("&lt;b&gt;And so on.&lt;/b&gt;"));
    // The reason of another finding is not this one's.
    let mut changed = report();
    changed.findings[0].reason = changed.findings[2].reason.clone();
    check(&changed, &profile(), 1);
    let mut changed = report();
    changed.findings[6].note = Some("<i>Another.</i>".to_owned());
    let page = check(&changed, &profile(), 1);
    assert!(page.contains("<bdi lang=\"en\">&lt;i&gt;Another.&lt;/i&gt;</bdi>"));
    // The note of another requirement is not this one's.
    changed.findings[6].note = Some(WHAT[1].1.to_owned());
    check(&changed, &profile(), 1);
    // Another profile, and one without words in the page's language.
    let all = report().findings.len() + [NOTE, WHAT].len();
    let mut other = profile();
    other.digest = sample::digest("another");
    check(&report(), &other, all);
    let mut silent = profile();
    if let Subject::NotMeasurable(why) = &mut silent.requirements[6].subject {
        why.retain(|tag, _| tag.primary() != language.tag());
    }
    check(&report(), &silent, 1);
    for told in [NOTE, WHAT] {
        let mut silent = profile();
        for one in &mut silent.requirements {
            for texts in [&mut one.note, &mut one.unverified] {
                texts.retain(|tag, text| tag.primary() != language.tag() || *text != told[0].1);
            }
        }
        check(&report(), &silent, 1);
    }
}

/// The same of deviations, and of why energy was not measured or a figure not corrected.
#[test]
fn another_deviation_or_cause_stays_in_the_words_of_the_record() {
    use weigh_core::energy::Energy;
    use weigh_core::stats::Correction;

    let (language, note) = (ReportLanguage::Zh, "偏离、理由和备注也按记录原文列出");
    let check = |change: &dyn Fn(&mut Report), kept: &[&str]| {
        let mut report = report();
        change(&mut report);
        let page = html(&report, &context(&report, &profile(), language));
        assert_eq!(page.contains(note), !kept.is_empty());
        let english = page.matches("lang=\"en\"").count();
        assert_eq!(english, kept.len(), "{kept:?}");
        for kept in kept {
            assert!(page.contains(kept), "{kept}");
        }
        page
    };
    let page = check(&|_| {}, &[]);
    for told in [
        "<li>检测期间条件 <bdi>threads</bdi> 有变化：<bdi>2</bdi>，然后是<bdi>8</bdi>。</li>",
        "未测量：本次检测包含较早的一段工作</p>",
        "未修正：评分器的卡片缺少两类样本中的一类</span>",
    ] {
        assert!(page.contains(told), "{told}");
    }
    check(
        &|report| report.deviations[0].push_str(" <b>And so on.</b>"),
        &[
            "<li lang=\"en\"><bdi>Condition `threads` changed during the run: 2, then 8. &lt;b&gt;And",
        ],
    );
    // What does not follow from the rest of the report.
    check(
        &|report| report.conditions.truncate(1),
        &["<li lang=\"en\"><bdi>Condition `threads`"],
    );
    let energy = |words: &str| Some(Energy::NotMeasured(words.to_owned()));
    check(
        &|report| report.record.energy = energy("<i>because</i>"),
        &["未测量：<bdi lang=\"en\">&lt;i&gt;because&lt;/i&gt;</bdi></p>"],
    );
    check(
        &|report| report.record.energy = energy("cannot read a<b: <i>why</i>"),
        &["未测量：无法读取 <bdi>a&lt;b</bdi>：<bdi lang=\"en\">&lt;i&gt;why&lt;/i&gt;</bdi></p>"],
    );
    let battery = "the machine does not run on its battery: BAT0 is ";
    check(
        &|report| report.record.energy = energy(&format!("{battery}full")),
        &[],
    );
    check(
        &|report| report.record.energy = energy(&format!("{battery}<i>hot</i>")),
        &["（<bdi>BAT0</bdi>：<bdi lang=\"en\">&lt;i&gt;hot&lt;/i&gt;</bdi>）</p>"],
    );
    check(
        &|report| {
            for estimate in &mut report.estimates {
                if let Some(Correction::Undefined { reason, .. }) = &mut estimate.correction {
                    reason.push_str(" <i>now</i>");
                }
            }
        },
        &[
            "未修正：<bdi lang=\"en\">the instrument&#39;s card lacks items of one of the two kinds &lt;i&gt;",
        ],
    );
}
