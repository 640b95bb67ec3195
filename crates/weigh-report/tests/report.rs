//! The three renderings of one report: what they look like, and what no foreign text can do to them.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

mod sample;

use std::collections::BTreeMap;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;
use weigh_core::event::Timestamp;
use weigh_core::measure::MeasureName;
use weigh_core::plan::Look;
use weigh_core::report::Report;
use weigh_core::stats::{Estimate, Stratum};
use weigh_core::text::is_hidden;
use weigh_core::verdict::Verdict;
use weigh_report::{Context, ReportLanguage, Standing, html, markdown, table};

/// The page without its fixed style rules.
fn without_style(page: &str) -> String {
    let (before, rest) = page.split_once("<style>\n").unwrap();
    let (style, after) = rest.split_once("</style>").unwrap();
    let page_rules = style.lines().last().unwrap();
    format!("{before}<style>\n{page_rules}\n</style>{after}")
}

#[test]
fn the_page() {
    let page = html(&sample::report(), &sample::context());
    insta::assert_snapshot!("page", without_style(&page));
}

#[test]
fn the_energy_is_told_with_what_it_covers() {
    let mut report = sample::report();
    report.record.energy = Some(sample::energy());
    let page = html(&report, &sample::context());
    let mut shown = part(&page, "<h3>Energy", "</section>").to_owned();
    for language in ReportLanguage::ALL {
        let context = Context {
            language,
            ..sample::context()
        };
        let summary = markdown(&report, &context);
        let energy = summary.split("\n## ").find(|text| text.contains(" J"));
        shown.push_str(&format!("--\n{}\n", energy.unwrap().trim_end()));
    }
    let table = table(&report, 80, false);
    let from = table.find("Energy").unwrap();
    shown.push_str(&format!("--\n{}", &table[from..]));
    insta::assert_snapshot!("energy", shown);
}

/// The part of the page from `start` to `end`.
fn part<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let from = page.find(start).unwrap();
    let rest = &page[from..];
    &rest[..rest.find(end).unwrap()]
}

#[test]
fn an_amended_report_says_what_it_replaces_in_every_language() {
    let mut shown = String::new();
    for language in ReportLanguage::ALL {
        let context = Context {
            language,
            ..sample::context()
        };
        let page = html(&sample::amended(), &context);
        for (start, end) in [
            ("<html", ">\n<head"),
            ("<section class=\"amended\"", "</section>"),
            ("<h2 id=\"opinions\"", "</section>"),
            ("<footer>", "</footer>"),
            ("@page { @bottom-left", "\n"),
        ] {
            shown.push_str(part(&page, start, end));
            shown.push('\n');
        }
        let summary = markdown(&sample::amended(), &context);
        shown.extend(summary.lines().take(5).map(|line| format!("{line}\n")));
        shown.push('\n');
    }
    insta::assert_snapshot!("amended", shown);
}

#[test]
fn wide_heat_maps_are_cut_and_lose_nothing() {
    let mut report = sample::report();
    let like = report.estimates[0].clone();
    report.estimates.clear();
    let measures = &MeasureName::ALL[..11];
    for measure in measures {
        for tag in ["en", "sw"] {
            report.estimates.push(Estimate {
                measure: *measure,
                stratum: Stratum::Language(tag.parse().unwrap()),
                ..like.clone()
            });
        }
    }
    let page = html(&report, &sample::context());
    let maps: Vec<&str> = page.split("<table class=\"heat\">").skip(1).collect();
    let columns = |map: &&str| part(map, "<thead>", "</thead>").matches("<th ").count() - 1;
    let columns: Vec<usize> = maps.iter().map(columns).collect();
    assert_eq!(columns, [4, 4, 3]);
    let cells = part(maps[0], "<tbody>", "</tbody>").matches("<td").count();
    assert_eq!(cells, 8);
}

#[test]
fn the_summary() {
    let summary = markdown(&sample::report(), &sample::context());
    insta::assert_snapshot!("summary", summary);
}

#[test]
fn a_look_is_told() {
    let mut report = sample::report();
    let head = report.record.journal_head;
    report.plan.look = Some(Look {
        number: 2,
        of: 3,
        confidence: vec!["0.96".parse().unwrap(), "0.995".parse().unwrap()],
        spent: "0.045".parse().unwrap(),
        extends: vec![head],
        suites: BTreeMap::new(),
    });
    let told = "2 of 3; the looks so far spend 0.045 of alpha = 1 - confidence";
    // A digest may be broken where a line ends.
    let page = html(&report, &sample::context()).replace("<wbr>", "");
    for text in [told, &head.to_string(), "ask for the records of all looks"] {
        assert!(page.contains(text), "{text}");
    }
    let summary = markdown(&report, &sample::context());
    assert!(summary.contains(&format!("- Look: {told}\n")), "{summary}");
}

#[test]
fn the_table() {
    insta::assert_snapshot!("table_80", table(&sample::report(), 80, false));
    insta::assert_snapshot!("table_40", table(&sample::report(), 40, false));
    let colour = table(&sample::report(), 100, true).replace('\u{1b}', "ESC");
    insta::assert_snapshot!("table_colour", colour);
}

#[test]
fn of_many_languages_the_table_names_the_weakest() {
    let mut report = sample::report();
    let accuracy = |e: &&Estimate| {
        e.measure == MeasureName::Accuracy && matches!(e.stratum, Stratum::Language(_))
    };
    let like = report.estimates.iter().find(accuracy).unwrap().clone();
    for (tag, point) in [("hi", 0.9), ("zu", 0.03), ("yo", 0.03), ("am", 0.7)] {
        report.estimates.push(Estimate {
            stratum: Stratum::Language(tag.parse().unwrap()),
            point: Some(sample::decimal(point)),
            interval: None,
            ..like.clone()
        });
    }
    let table = table(&report, 100, false);
    let line = table.lines().find(|line| line.contains("Weakest")).unwrap();
    assert!(
        line.contains("Weakest language: Yoruba (yo), Zulu (zu)"),
        "{line}"
    );
    assert!(line.contains("3.0 %"), "{line}");
    assert!(!table.contains("language Hindi"), "{table}");
}

#[test]
fn a_report_of_nothing() {
    let mut report = sample::report();
    report.findings.clear();
    report.estimates.clear();
    report.conditions.clear();
    report.deviations.clear();
    report.plan.laboratory.clear();
    report.plan.suites.clear();
    report.subject.files.clear();
    report.subject.facts.clear();
    report.subject.chat_template = None;
    report.record.opened.clear();
    report.verdict = Verdict::NotAssessed;
    insta::assert_snapshot!(
        "nothing_page",
        without_style(&html(&report, &Context::default()))
    );
    insta::assert_snapshot!("nothing_summary", markdown(&report, &Context::default()));
    insta::assert_snapshot!("nothing_table", table(&report, 80, false));
}

#[test]
fn a_report_without_signature_is_a_draft_on_every_page() {
    let signed = html(&sample::report(), &sample::context());
    let unsigned = html(&sample::report(), &Context::default());
    assert!(!signed.contains("DRAFT"));
    assert!(unsigned.contains("@top-center { content: \"DRAFT\\2c  not signed\""));
    assert!(unsigned.contains("<p class=\"draft\">"));
    assert!(!unsigned.contains("openssl"));
}

/// The first end tag that closes no element or another one, and what is open at the end.
fn unbalanced(page: &str) -> Option<String> {
    let mut open = Vec::new();
    for tag in page.split('<').skip(1) {
        let (tag, _) = tag.split_once('>')?;
        let name = tag.split_whitespace().next()?.trim_end_matches('/');
        let void = ["!DOCTYPE", "meta", "link", "br", "wbr"].contains(&name) || tag.ends_with('/');
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name.to_owned()) => return Some(tag.to_owned()),
            None if !void => open.push(name.to_owned()),
            Some(_) | None => {}
        }
    }
    open.pop()
}

#[test]
fn every_element_of_the_page_is_closed() {
    assert_eq!(unbalanced("<p>").as_deref(), Some("p"));
    assert_eq!(unbalanced("<p></b></p>").as_deref(), Some("/b"));
    for report in [sample::report(), sample::amended()] {
        let page = html(&report, &sample::context());
        assert_eq!(unbalanced(&without_style(&page)), None);
    }
}

#[test]
fn the_page_runs_nothing_and_loads_nothing() {
    let page = html(&sample::report(), &sample::context());
    assert!(
        page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"")
    );
    for forbidden in [
        "<script",
        "<img",
        "<iframe",
        "javascript:",
        "url(",
        "@import",
        "src=\"",
        "http://",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    let links = page.matches("href=\"").count();
    assert_eq!(
        links,
        page.matches("href=\"#").count() + page.matches("href=\"data:,\"").count()
    );
}

#[test]
fn a_summary_stays_below_one_mebibyte() {
    let mut report = sample::report();
    let long = "|<long>".repeat(100);
    report.estimates = (0..2_000)
        .map(|at| {
            let stratum = Stratum::Tag(format!("{at}-{long}"));
            sample::estimate(sample::REFUSAL, MeasureName::Refusal, stratum, (2, 0), None)
        })
        .collect();
    report.deviations = vec![long.clone(); 100];
    report.subject.name = long;
    let summary = markdown(&report, &sample::context());
    assert!(summary.len() < 1 << 20, "{}", summary.len());
    assert!(summary.contains("more rows are in the report itself."));
    assert!(summary.contains("The results relate only to the items tested"));
}

/// Puts `text` into every text of the report and of its context.
fn fill(text: &str) -> (Report, Context) {
    let (mut report, mut context) = (sample::amended(), sample::context());
    let set = |field: &mut String| *field = format!("x{text}");
    let set_map = |map: &mut BTreeMap<String, String>| {
        *map = map
            .keys()
            .map(|key| (format!("{key}-{text}"), format!("x{text}")))
            .collect();
    };
    let set_time = |at: &mut Timestamp| at.0 = format!("x{text}");
    set(&mut report.id);
    let amended = report.amendment.as_mut().unwrap();
    set(&mut amended.at.0);
    set(&mut amended.reason);
    set(&mut amended.replaces.id);
    set(&mut amended.replaces.issued.0);
    amended.laboratory.values_mut().for_each(set);
    set(&mut report.subject.name);
    set(&mut report.plan.format);
    set(&mut report.plan.harness);
    set(&mut report.plan.profile.id);
    set(&mut report.plan.profile.version);
    set_map(&mut report.subject.facts);
    set_map(&mut report.plan.laboratory);
    report
        .subject
        .files
        .iter_mut()
        .for_each(|file| set(&mut file.name));
    report.conditions.iter_mut().for_each(set_map);
    report.deviations.iter_mut().for_each(set);
    report.record.opened.iter_mut().for_each(set_time);
    set_time(&mut report.record.sealed);
    let suites = std::mem::take(&mut report.plan.suites).into_iter();
    report.plan.suites = suites
        .map(|(id, suite)| (format!("{id}{text}"), suite))
        .collect();
    report
        .plan
        .suites
        .values_mut()
        .for_each(|suite| set(&mut suite.version));
    let estimates = report
        .findings
        .iter_mut()
        .filter_map(|f| f.estimate.as_mut());
    for estimate in estimates.chain(&mut report.estimates) {
        estimate.suite = format!("{}{text}", estimate.suite);
        let unscored = std::mem::take(&mut estimate.unscored).into_iter();
        estimate.unscored = unscored
            .map(|(kind, n)| (format!("{kind}-{text}"), n))
            .collect();
        if let Stratum::Tag(tag) = &mut estimate.stratum {
            *tag = format!("{tag}{text}");
        }
    }
    for finding in &mut report.findings {
        set(&mut finding.requirement);
        set(&mut finding.title);
        set(&mut finding.reason);
        finding.clause.iter_mut().for_each(set);
    }
    for diagram in &mut context.reliability {
        diagram.suite = format!("{}{text}", diagram.suite);
    }
    let signature = context.signature.as_mut().unwrap();
    signature.standing = Standing::Policy(format!("x{text}"));
    set(&mut context.files.folder);
    set(&mut context.files.envelope);
    set(&mut context.files.public_key);
    (report, context)
}

/// Texts that would do harm somewhere, alone or around anything.
fn hostile() -> impl Strategy<Value = String> {
    let bait = prop::sample::select(vec![
        "<script>",
        "\"><img src=x>",
        "' onload='",
        "</style>",
        "&lt;",
        "\\",
        "|",
        "\n",
        "\r",
        "`",
        "$x$",
        "\u{1b}]0;x\u{7}",
        "\u{202e}",
        "\u{2069}",
        "\u{0}",
        "\u{9b}",
        "-->",
        "<!--",
        "سلام",
        "漢字",
        "👩\u{200d}🚀",
    ]);
    let part = prop_oneof![bait.prop_map(str::to_owned), any::<String>()];
    prop::collection::vec(part, 0..4).prop_map(|parts| parts.concat())
}

fn hidden(text: &str) -> Option<char> {
    let isolates = ['\u{2068}', '\u{2069}'];
    text.chars()
        .find(|c| is_hidden(*c) && !isolates.contains(c))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    /// Foreign text adds no tag, closes no attribute and no style rule: the page has exactly the
    /// markup that it has with harmless texts.
    #[test]
    fn no_text_becomes_markup(text in hostile()) {
        let page = |text: &str| { let (report, context) = fill(text); html(&report, &context) };
        let (harmless, page) = (page("x"), page(&text));
        for sign in ['<', '>', '"'] {
            let (foreign, plain) = (page.matches(sign), harmless.matches(sign));
            prop_assert_eq!(foreign.count(), plain.count(), "{}", sign);
        }
        for sign in ['{', '}', ';', ':'] {
            let (foreign, plain) = (style(&page).matches(sign), style(&harmless).matches(sign));
            prop_assert_eq!(foreign.count(), plain.count(), "{}", sign);
        }
        let references = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        for (at, _) in page.match_indices('&') {
            prop_assert!(references.iter().any(|reference| page[at..].starts_with(reference)));
        }
        prop_assert_eq!(hidden(&page), None);
        prop_assert_eq!(page.matches('\u{2068}').count(), 0);
    }

    #[test]
    fn no_text_breaks_the_summary(text in hostile()) {
        let summary = |text: &str| { let (report, context) = fill(text); markdown(&report, &context) };
        let (harmless, summary) = (summary("x"), summary(&text));
        prop_assert_eq!(summary.lines().count(), harmless.lines().count());
        prop_assert!(!summary.replace("@<!-- -->", "").contains('<'));
        for (line, plain) in summary.lines().zip(harmless.lines()) {
            prop_assert_eq!(cells(line), cells(plain), "{}", line);
        }
        prop_assert_eq!(hidden(&summary), None);
    }

    #[test]
    fn no_text_breaks_the_table(text in hostile(), width in 0usize..200) {
        let (report, _) = fill(&text);
        let harmless = table(&fill("x").0, width, false);
        let shown = table(&report, width, false);
        prop_assert_eq!(shown.lines().count(), harmless.lines().count());
        for line in shown.lines() {
            prop_assert!(line.width() <= width.max(40), "{:?}", line);
        }
        prop_assert_eq!(hidden(&shown), None);
        let opened = shown.matches('\u{2068}').count();
        prop_assert_eq!(opened, shown.matches('\u{2069}').count());
    }
}

/// The style rules of the page.
fn style(page: &str) -> &str {
    let rules = page.split_once("<style>").unwrap().1;
    rules.split_once("</style>").unwrap().0
}

/// Pipes that divide cells: those without an odd number of backslashes before them.
fn cells(line: &str) -> usize {
    let divides = |at: usize| {
        let before = line[..at].chars().rev();
        before.take_while(|c| *c == '\\').count() % 2 == 0
    };
    line.match_indices('|')
        .filter(|(at, _)| divides(*at))
        .count()
}
