//! How it was tested and how the verdicts follow: suites, options, measures, decision rule.

use std::collections::{BTreeMap, BTreeSet};

use weigh_core::decimal::Decimal;
use weigh_core::measure::{Better, MeasureName};
use weigh_core::plan::Look;
use weigh_core::profile::DecisionRule;
use weigh_core::report::Report;
use weigh_core::stats::Interval;

use super::page::Page;
use crate::context::Context;
use crate::number;
use crate::texts::Text;
use crate::words;

/// Suites, profile, options, seed, harness; then what the measures mean.
pub(super) fn method(page: &mut Page, report: &Report, _: &Context) {
    let plan = &report.plan;
    page.raw("<dl>\n");
    page.entry(Text::Harness, |page| {
        page.foreign(&plan.harness);
    });
    page.entry(Text::JournalFormat, |page| {
        page.foreign(&plan.format);
    });
    page.entry(Text::ProfileWord, |page| {
        page.foreign(&plan.profile.id)
            .raw(" ")
            .foreign(&plan.profile.version)
            .raw("<br>")
            .digest(&plan.profile.digest);
    });
    options(page, report);
    if let Some(look) = &plan.look {
        self::look(page, look);
    }
    page.entry(Text::Trials, |page| {
        page.plain(&number::count(plan.trials));
    });
    page.entry(Text::Requests, |page| {
        page.plain(&number::count(plan.requests));
    });
    page.raw("</dl>\n");
    page.raw("<h3>")
        .fixed(Text::SamplingPlan)
        .raw("</h3>\n")
        .paragraph(Text::SamplingNote);
    suites(page, report);
    measures(page, report);
    cards(page, report);
}

fn options(page: &mut Page, report: &Report) {
    let options = &report.plan.options;
    page.entry(Text::Tier, |page| {
        page.fixed(words::tier(options.tier));
    });
    page.entry(Text::SampleLimit, |page| match options.limit {
        Some(limit) => {
            page.plain(&limit.to_string());
        }
        None => {
            page.fixed(Text::None);
        }
    });
    let names: Vec<String> = options
        .languages
        .iter()
        .map(|tag| words::language_name(tag, page.language))
        .collect();
    page.entry(Text::Languages, |page| {
        if names.is_empty() {
            page.fixed(Text::All);
        } else {
            page.foreign(&names.join(", "));
        }
    });
    page.entry(Text::Seed, |page| {
        page.plain(&options.seed.to_string());
    });
}

/// Which look it is, and which runs it extends.
fn look(page: &mut Page, look: &Look) {
    page.entry(Text::Look, |page| {
        page.plain(&words::look(look, page.language));
    });
    if !look.extends.is_empty() {
        page.entry(Text::LookExtends, |page| {
            for head in &look.extends {
                page.digest(head).raw("<br>");
            }
        });
    }
}

fn suites(page: &mut Page, report: &Report) {
    page.table("", Text::Suites);
    page.head(&[Text::Suite, Text::Version, Text::Trials, Text::FileDigest]);
    page.raw("<tbody>\n");
    for (id, suite) in &report.plan.suites {
        page.raw("<tr><th scope=\"row\">")
            .code(id)
            .raw("</th><td class=\"figures\">")
            .foreign(&suite.version)
            .raw("</td><td class=\"figures\">")
            .plain(&number::count(suite.trials))
            .raw("</td><td>")
            .digest(&suite.digest)
            .raw("</td></tr>\n");
    }
    page.raw("</tbody>\n");
    page.end_table();
}

fn measures(page: &mut Page, report: &Report) {
    let used: BTreeMap<MeasureName, u32> = report
        .estimates
        .iter()
        .map(|e| (e.measure, e.measure_version))
        .collect();
    if used.is_empty() {
        return;
    }
    page.raw("<h3>")
        .fixed(Text::Measures)
        .raw("</h3>\n<dl class=\"wide\">\n");
    let language = page.language;
    for (measure, version) in used {
        let better = match measure.better() {
            Better::Higher => Text::HigherIsBetter,
            Better::Lower => Text::LowerIsBetter,
            Better::NearZero => Text::NearZeroIsBetter,
        };
        page.raw("<dt>")
            .measure(measure)
            .raw("<br><code>")
            .plain(measure.as_str())
            .raw("/")
            .plain(&version.to_string())
            .raw("</code></dt><dd>")
            .plain(words::measure_means(measure, language))
            .raw(" <span class=\"quiet\">(")
            .fixed(better)
            .raw(")</span></dd>\n");
    }
    page.raw("</dl>\n");
}

/// What is known of the errors of the scorers that can err.
fn cards(page: &mut Page, report: &Report) {
    if report.plan.cards.is_empty() {
        return;
    }
    page.raw("<h3>").fixed(Text::Cards).raw("</h3>\n");
    page.paragraph(Text::CardsNote);
    page.table("", Text::Cards);
    page.head(&[
        Text::Measure,
        Text::Language,
        Text::Sensitivity,
        Text::Specificity,
    ]);
    page.raw("<tbody>\n");
    for card in &report.plan.cards {
        let version = card.version.to_string();
        let name = [("name", card.instrument.as_str()), ("version", &version)];
        let counts = card.counts;
        let language = words::language_name(&card.language, page.language);
        page.raw("<tr><th scope=\"row\">")
            .sentence(Text::CardOf, &name)
            .raw("</th><td>")
            .foreign(&language);
        for (part, rest) in [
            (counts.true_positives, counts.false_negatives),
            (counts.true_negatives, counts.false_positives),
        ] {
            let whole = u64::from(part) + u64::from(rest);
            let (part, whole) = (number::count(part.into()), number::count(whole));
            page.raw("</td><td class=\"figures\">")
                .sentence(Text::ShareOf, &[("part", &part), ("whole", &whole)]);
        }
        page.raw("</td></tr>\n");
    }
    page.raw("</tbody>\n");
    page.end_table();
}

/// The rules that were applied, in words; what the intervals cover.
pub(super) fn decision_rule(page: &mut Page, report: &Report, _: &Context) {
    let rules: Vec<DecisionRule> = report.findings.iter().filter_map(|f| f.rule).collect();
    let all = report.findings.len().to_string();
    if rules.is_empty() {
        page.paragraph(Text::NoRule);
    } else {
        page.raw("<dl class=\"wide\">\n");
        for rule in [
            DecisionRule::ThreeWay,
            DecisionRule::GuardBand,
            DecisionRule::Point,
        ] {
            let count = rules.iter().filter(|used| **used == rule).count();
            let (name, means) = words::rule(rule);
            if count > 0 {
                let count = count.to_string();
                page.raw("<dt>")
                    .fixed(name)
                    .raw("</dt><dd>")
                    .fixed(means)
                    .raw(" <span class=\"quiet\">")
                    .sentence(Text::RuleUsedBy, &[("count", &count), ("all", &all)])
                    .raw("</span></dd>\n");
            }
        }
        page.raw("</dl>\n");
    }
    page.raw("<ul>\n");
    let looks = report.plan.look.as_ref().map(|_| Text::RuleLooks);
    let rules = [Text::RuleFixed, Text::RuleMissing, Text::RuleWorst];
    for text in rules.into_iter().chain(looks) {
        page.raw("<li>").fixed(text).raw("</li>\n");
    }
    page.raw("</ul>\n<h3>")
        .fixed(Text::Uncertainty)
        .raw("</h3>\n");
    uncertainty(page, report);
}

fn uncertainty(page: &mut Page, report: &Report) {
    let intervals: Vec<&Interval> = report
        .estimates
        .iter()
        .filter_map(|e| e.interval.as_ref())
        .collect();
    let levels: BTreeSet<Decimal> = intervals.iter().map(|i| i.level).collect();
    let methods: BTreeSet<&str> = intervals
        .iter()
        .map(|i| words::method(i.method).get(page.language))
        .collect();
    page.raw("<ul>\n");
    for level in &levels {
        let risk = Decimal::new((1.0 - level.get()) / 2.0).unwrap_or(Decimal::ONE);
        let values = [
            ("level", &*number::level(*level)),
            ("risk", &*number::level(risk)),
        ];
        page.raw("<li>")
            .sentence(Text::RuleRisk, &values)
            .raw("</li>\n");
    }
    if !methods.is_empty() {
        let methods: Vec<&str> = methods.into_iter().collect();
        page.raw("<li>")
            .fixed(Text::IntervalMethod)
            .raw(": ")
            .plain(&methods.join("; "))
            .raw("</li>\n");
    }
    page.raw("<li>")
        .fixed(Text::UncertaintyCovers)
        .raw("</li>\n</ul>\n");
}
