//! One record under several profiles: what the table, the summary and the page look like.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop, and the sample serves other tests, too"
)]

mod sample;

use unicode_width::UnicodeWidthStr;
use weigh_core::text::is_hidden;
use weigh_core::verdict::{Assessed, Assessment, Finding, Further, Reached, Verdict};
use weigh_report::{assessments_html, assessments_markdown, assessments_table};

fn assessment(profile: &str, verdict: Verdict, findings: Vec<Finding>) -> Assessment {
    let further = |finding: &Finding| {
        (finding.verdict == Verdict::Inconclusive).then_some(Further::Families(1234))
    };
    Assessment {
        profile: profile.to_owned(),
        version: "1.0.0".to_owned(),
        digest: sample::digest(profile),
        title: format!("The rules of {profile}"),
        basis: vec!["A text | of a law".to_owned(), "Another".to_owned()],
        note: Some("Every limit is a convention.".to_owned()),
        confidence: sample::decimal(0.95),
        verdict,
        findings: findings
            .into_iter()
            .map(|finding| Assessed {
                further: further(&finding),
                finding,
            })
            .collect(),
    }
}

/// The findings of the sample, of which some ask for a sample, have steps, or are unverified.
fn marked() -> Vec<Finding> {
    let mut findings = sample::findings();
    let hostile = "the clause <b>\u{202e}\nnumber".to_owned();
    findings[0].cases = Some(300);
    findings[0].steps = Some(Reached {
        surely: None,
        point: Some("step 3 of 5".to_owned()),
    });
    for finding in &mut findings {
        finding.unverified = Some(hostile.clone());
    }
    findings[1].note = Some("A stand-in.".to_owned());
    findings
}

fn assessments() -> Vec<Assessment> {
    let conforming: Vec<Finding> = sample::findings()
        .into_iter()
        .filter(|finding| finding.verdict == Verdict::Conforms)
        .collect();
    vec![
        assessment("coast", Verdict::DoesNotConform, marked()),
        assessment("hills", Verdict::Conforms, conforming),
    ]
}

#[test]
fn profiles_side_by_side() {
    let report = sample::report();
    for width in [100, 60] {
        let table = assessments_table(&report, &assessments(), width, false);
        for line in table.lines() {
            assert!(line.width() <= width, "{line}");
        }
        insta::assert_snapshot!(format!("table_{width}"), table);
    }
    let summary = assessments_markdown(&report, &assessments(), &sample::context());
    insta::assert_snapshot!("summary", summary);
    let page = assessments_html(&report, &assessments(), &sample::context());
    let (before, rest) = page.split_once("<style>\n").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    insta::assert_snapshot!("page", format!("{before}{after}"));
}

/// The mark stands in every form, and nothing foreign acts.
#[test]
fn what_is_unverified_is_marked_everywhere() {
    let report = sample::report();
    let table = assessments_table(&report, &assessments(), 100, false);
    let marks = table.matches("(unverified)").count();
    assert_eq!(marks, marked().len(), "{table}");
    assert_eq!(table.matches("Not checked against the text:").count(), 1);
    let summary = assessments_markdown(&report, &assessments(), &sample::context());
    let page = assessments_html(&report, &assessments(), &sample::context());
    for text in [&summary, &page] {
        let marks = text.matches("Not checked against the text:").count();
        assert_eq!(marks, marked().len());
        assert!(!text.contains("<b>\u{202e}") && !text.contains("clause <b>"));
    }
    for text in [&table, &summary, &page] {
        // Isolates are ours: they keep foreign text from turning its surroundings round.
        let ours = ['\n', '\u{2068}', '\u{2069}'];
        assert!(!text.chars().any(|c| is_hidden(c) && !ours.contains(&c)));
    }
}

#[test]
fn nothing_assessed_never_conforms() {
    let report = sample::report();
    let table = assessments_table(&report, &[], 80, false);
    assert!(table.ends_with("– Not assessed\n"), "{table}");
}
