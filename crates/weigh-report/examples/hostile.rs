//! Writes reports whose texts are hostile, and the same with harmless texts, for a browser:
//! `hostile FOLDER`. `tools/report/hostile.sh` opens them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a program for developers may stop where it stands"
)]

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::fs;
use std::path::Path;

use weigh_core::measure::MeasureName;
use weigh_core::report::Report;
use weigh_core::stats::Stratum;
use weigh_core::verdict::Finding;
use weigh_report::{Context, ReportLanguage, Standing, html};

/// What would run, load, cover or turn something if it were markup.
const BAIT: [&str; 40] = [
    "<script>OWN</script>",
    "<ScRiPt >OWN</ScRiPt>",
    "<script src=http://127.0.0.1:9/s.js></script>",
    "<img src=x onerror=\"OWN\">",
    "<img src=http://127.0.0.1:9/i.png>",
    "<svg onload=\"OWN\">",
    "<svg><script>OWN</script></svg>",
    "<svg><style><img src=x onerror=\"OWN\"></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=OWN>",
    "<body onload=\"OWN\">",
    "<iframe srcdoc=\"<script>OWN</script>\"></iframe>",
    "<iframe src=http://127.0.0.1:9/></iframe>",
    "<object data=data:text/html,<script>OWN</script>>",
    "<embed src=http://127.0.0.1:9/e>",
    "<link rel=stylesheet href=http://127.0.0.1:9/c.css>",
    "<style>@import 'http://127.0.0.1:9/c.css';</style>",
    "<style>*{display:none}</style>",
    "</style><script>OWN</script>",
    "</title><script>OWN</script>",
    "</textarea></noscript></template><script>OWN</script>",
    "<base href=http://127.0.0.1:9/>",
    "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9/\">",
    "<form action=http://127.0.0.1:9/><button autofocus onfocus=OWN>",
    "<input autofocus onfocus=\"OWN\">",
    "<details open ontoggle=\"OWN\">",
    "<video><source onerror=\"OWN\"></video>",
    "<audio src=x onerror=OWN>",
    "<a href=\"javascript:OWN\">x</a>",
    "javascript:OWN",
    "data:text/html,<script>OWN</script>",
    "<![CDATA[<script>OWN</script>]]>",
    "<!--<script>OWN</script>",
    "--!><script>OWN</script>",
    "{{constructor.constructor('OWN')()}}",
    "${OWN}#{OWN}`OWN`",
    "url(http://127.0.0.1:9/u) expression(OWN)",
    "\u{202e}<script>OWN</script>\u{2066}\u{2069}\u{200f}",
    "\0<scr\0ipt>OWN</scr\0ipt>\u{b}\u{c}\u{7f}\u{9b}",
    "&lt;script&gt;OWN&lt;/script&gt;&#60;script&#62;OWN",
    "+ADw-script+AD4-OWN+ADw-/script+AD4-",
];
/// What a text may have to get out of first.
const OUT_OF: [&str; 5] = ["", "\">", "'>", "\"; } ", "\\\n]]>-->"];
/// What would be noticed: an attribute of the page, an element in it and a dialog.
const OWN: &str = "document.documentElement.setAttribute('data-owned','1');\
    document.body.append(document.createElement('hr'));alert(1)";

/// Every bait behind every way out; the last one very long.
fn hostile() -> Vec<String> {
    let mut texts = Vec::new();
    for bait in BAIT {
        for out_of in OUT_OF {
            texts.push(format!("{out_of}{}", bait.replace("OWN", OWN)));
        }
    }
    if let Some(last) = texts.last_mut() {
        *last = last.repeat(2_000);
    }
    texts
}

/// A report that holds every one of `texts` as tag, title, reason, clause, fact, condition, deviation
/// and statement of the laboratory, and one of them in each other place.
fn filled(texts: &[String], language: ReportLanguage) -> (Report, Context) {
    let (mut report, mut context) = (sample::amended(), sample::context());
    let mut next = texts.iter().cycle().cloned();
    let mut set = |field: &mut String| *field = next.next().unwrap();
    set(&mut report.id);
    set(&mut report.subject.name);
    set(&mut report.plan.format);
    set(&mut report.plan.harness);
    set(&mut report.plan.profile.id);
    set(&mut report.plan.profile.version);
    set(&mut report.record.sealed.0);
    let amended = report.amendment.as_mut().unwrap();
    set(&mut amended.reason);
    set(&mut amended.at.0);
    set(&mut amended.replaces.id);
    amended.laboratory.values_mut().for_each(&mut set);
    report
        .subject
        .files
        .iter_mut()
        .for_each(|file| set(&mut file.name));
    set(&mut context.files.folder);
    let mut policy = String::new();
    set(&mut policy);
    context.signature.as_mut().unwrap().standing = Standing::Policy(policy);
    context.language = language;
    let like = report.findings.first().unwrap().clone();
    for text in texts {
        report.findings.push(Finding {
            requirement: text.clone(),
            title: text.clone(),
            clause: Some(text.clone()),
            reason: text.clone(),
            ..like.clone()
        });
        let tag = Stratum::Tag(text.clone());
        let estimate = sample::estimate(sample::REFUSAL, MeasureName::Refusal, tag, (2, 2), None);
        report.estimates.push(estimate);
        report.subject.facts.insert(text.clone(), text.clone());
        for set in &mut report.conditions {
            set.insert(text.clone(), text.clone());
        }
        report.deviations.push(text.clone());
        let laboratory = &mut report.amendment.as_mut().unwrap().laboratory;
        laboratory.insert(text.clone(), text.clone());
    }
    (report, context)
}

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let folder = Path::new(&folder);
    fs::create_dir_all(folder).unwrap();
    let hostile = hostile();
    let harmless: Vec<String> = (0..hostile.len()).map(|at| format!("x{at}")).collect();
    for language in ReportLanguage::ALL {
        for (name, texts) in [("harmless", &harmless), ("hostile", &hostile)] {
            let (report, context) = filled(texts, language);
            let path = folder.join(format!("{name}.{}.html", language.tag()));
            fs::write(path, html(&report, &context)).unwrap();
        }
    }
    println!("{} hostile texts", hostile.len());
}
