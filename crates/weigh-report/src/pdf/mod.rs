//! The report as PDF/A-3b: the page laid out on paper, with the record attached.
//!
//! The text is the HTML page's own: it is read back as a tree (`markup`), handed to a fixed template
//! as data (`content`, `report.typ`) and never evaluated. The bytes depend on the report, the
//! context, the attachments and the fonts, on nothing else.

mod columns;
mod content;
mod fonts;
mod markup;
mod picture;
mod world;

use serde_json::json;
use thiserror::Error;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use weigh_core::digest::Digest;
use weigh_core::laboratory;
use weigh_core::report::Report;
use weigh_core::text::visible_line;

pub use self::fonts::{FontPlaces, MissingScript};
use self::world::Desk;
use crate::context::Context;
use crate::texts::{Piece, Text, fill, pieces};

/// What is embedded in the document, byte for byte.
#[derive(Debug, Clone, Copy)]
pub struct Attached<'a> {
    /// The payload that is signed: `report.json`.
    pub report: &'a [u8],
    /// The signed envelope: `report.dsse.json`.
    pub envelope: Option<&'a [u8]>,
}

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PdfError {
    /// The moment when the report was issued is the document's date.
    #[error("the report was issued at {0:?}, which is no moment like 2026-11-24T13:02:19Z")]
    Date(String),
    /// A character would be a box on paper.
    #[error("no font has these scripts: {}. Install it, or name a folder that holds one", list(.0))]
    Fonts(Vec<MissingScript>),
    /// The layout failed: a fault of this crate, or of a font.
    #[error("the page could not be laid out: {0}")]
    Layout(String),
}

fn list(missing: &[MissingScript]) -> String {
    let said: Vec<String> = missing.iter().map(MissingScript::to_string).collect();
    said.join("; ")
}

/// The report as a PDF/A-3b document that holds `attached`.
///
/// # Errors
/// [`PdfError`]: fonts that are missing, above all.
pub fn pdf(
    report: &Report,
    context: &Context,
    attached: &Attached<'_>,
    places: &FontPlaces,
) -> Result<Vec<u8>, PdfError> {
    let date = issued(report)?;
    let document = layout(report, context, attached, places)?;
    let harness = visible_line(&report.plan.harness);
    let standards = PdfStandards::new(&[PdfStandard::A_3b]);
    let options = PdfOptions {
        ident: Smart::Custom(Digest::of(attached.report).to_string()),
        creator: Smart::Custom(Some(format!("Weighhouse {harness}"))),
        timestamp: Some(Timestamp::new_utc(date)),
        standards: standards.map_err(|error| PdfError::Layout(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(said)
}

/// The pages.
fn layout(
    report: &Report,
    context: &Context,
    attached: &Attached<'_>,
    places: &FontPlaces,
) -> Result<PagedDocument, PdfError> {
    let body = markup::body(&crate::html(report, context)).map_err(PdfError::Layout)?;
    let content = content::content(&body, context.language.direction() == "rtl");
    let edge = Edge::new(report, context);
    let texts = [content.texts, edge.texts()].concat();
    let chosen = fonts::choose(&texts, places).map_err(PdfError::Fonts)?;
    let data = edge.data(context, content.nodes, &chosen.families, attached);
    let mut files = vec![
        ("page.json", data.to_string().into_bytes()),
        (REPORT, attached.report.to_vec()),
    ];
    files.extend(attached.envelope.map(|bytes| (ENVELOPE, bytes.to_vec())));
    let desk = Desk::new(chosen.store, files).map_err(PdfError::Layout)?;
    typst::compile(&desk).output.map_err(said)
}

/// Names of the attachments.
const REPORT: &str = "report.json";
const ENVELOPE: &str = "report.dsse.json";

fn said(errors: impl IntoIterator<Item = SourceDiagnostic>) -> PdfError {
    let said = errors.into_iter().map(|error| error.message.to_string());
    PdfError::Layout(Vec::from_iter(said).join("; "))
}

/// When the report was issued.
fn issued(report: &Report) -> Result<Datetime, PdfError> {
    let at = report.issued();
    let parts = at.seconds().and_then(|_| {
        let part = |from: usize, to: usize| at.0.get(from..to)?.parse::<u8>().ok();
        let year = at.0.get(..4)?.parse().ok()?;
        let (month, day) = (part(5, 7)?, part(8, 10)?);
        let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
        Datetime::from_ymd_hms(year, month, day, hour, minute, second)
    });
    parts.ok_or_else(|| PdfError::Date(at.0.clone()))
}

/// What stands at the edge of every page, and in the document's metadata.
struct Edge {
    title: String,
    id: String,
    author: Option<String>,
    draft: Option<&'static str>,
    page: Vec<Piece>,
}

impl Edge {
    fn new(report: &Report, context: &Context) -> Self {
        let text = |text: Text| text.get(context.language);
        let id = fill(text(Text::TestReportId), &[("id", &report.id)]);
        let author = laboratory::stated(report.laboratory(), "name");
        Self {
            title: visible_line(&format!("{id}: {}", report.subject.name)).into_owned(),
            id: visible_line(&id).into_owned(),
            author: author.map(|name| visible_line(name).into_owned()),
            draft: context.signature.is_none().then(|| text(Text::Draft)),
            page: pieces(text(Text::PageOf)),
        }
    }

    fn texts(&self) -> Vec<String> {
        let page = self.page.iter().filter_map(|piece| match piece {
            Piece::Fixed(fixed) => Some((*fixed).to_owned()),
            Piece::Slot(_) => None,
        });
        let draft = self.draft.map(str::to_owned);
        let digits = "0123456789".to_owned();
        page.chain([self.id.clone(), digits]).chain(draft).collect()
    }

    /// All that the template reads.
    fn data(
        &self,
        context: &Context,
        nodes: serde_json::Value,
        families: &[String],
        attached: &Attached<'_>,
    ) -> serde_json::Value {
        let language = context.language;
        let text = |text: Text| text.get(language);
        let page = self.page.iter().map(|piece| match piece {
            Piece::Fixed(fixed) => json!({ "fixed": fixed }),
            Piece::Slot(slot) => json!({ "slot": slot }),
        });
        let envelope = attached.envelope.map(|_| {
            json!({
                "name": ENVELOPE,
                "type": "application/vnd.dsse.envelope.v1+json",
                "relationship": "supplement",
                "description": text(Text::AttachedEnvelope),
            })
        });
        let report = json!({
            "name": REPORT,
            "type": "application/vnd.in-toto+json",
            "relationship": "source",
            "description": text(Text::AttachedReport),
        });
        let family = |first: &[&str]| {
            let first = first.iter().map(|family| (*family).to_owned());
            first.chain(families.iter().cloned()).collect::<Vec<_>>()
        };
        json!({
            "language": language.tag(),
            "direction": language.direction(),
            "title": self.title,
            "id": self.id,
            "author": self.author,
            "draft": self.draft,
            "page": Vec::from_iter(page),
            "colours": picture::colours(),
            "text": family(&[fonts::TEXT]),
            "code": family(&[fonts::CODE, fonts::TEXT]),
            "attached": Vec::from_iter([Some(report), envelope].into_iter().flatten()),
            "body": nodes,
        })
    }
}

#[cfg(test)]
#[path = "../../tests/sample/mod.rs"]
mod sample;

#[cfg(test)]
mod tests {
    use typst::layout::{Frame, FrameItem};

    use super::*;
    use crate::context::Standing;

    /// Every text that is drawn, in order, and the number of links.
    fn drawn(frame: &Frame, texts: &mut String, links: &mut usize) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => drawn(&group.frame, texts, links),
                FrameItem::Text(item) => texts.push_str(&item.text),
                FrameItem::Link(..) => *links += 1,
                FrameItem::Image(..) | FrameItem::Shape(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn page_texts(report: &Report, context: &Context) -> (String, usize) {
        let attached = Attached {
            report: b"{}",
            envelope: None,
        };
        let nowhere = FontPlaces {
            folders: Vec::new(),
            system: false,
        };
        let document = layout(report, context, &attached, &nowhere).unwrap();
        let (mut texts, mut links) = (String::new(), 0);
        for page in document.pages() {
            drawn(&page.frame, &mut texts, &mut links);
        }
        texts.retain(|c| !c.is_whitespace() && !('\u{2066}'..='\u{2069}').contains(&c));
        (texts, links)
    }

    /// Strings that would act if anything read them as markup, and what has to be seen of each.
    const HOSTILE: [&str; 14] = [
        "#import \"a.typ\": *",
        "#panic(\"gone\")",
        "#{ while true {} }",
        "$ x^2 $",
        "@ref <label>",
        "]#[*bold*]",
        "= Heading",
        "\\u{41} \\",
        "// comment /* */",
        "`raw` ```typ #1```",
        "https://a.example/b",
        "</td></table><svg>",
        "&lt;&#39;&amp",
        "a\u{202e}b\u{2066}c\u{0}",
    ];

    #[test]
    fn no_text_becomes_markup() {
        let (report, context) = filled(&HOSTILE.join(" "));
        let (texts, links) = page_texts(&report, &context);
        assert_eq!(links, 0);
        for text in HOSTILE {
            let mut seen = visible_line(text).into_owned();
            seen.retain(|c| !c.is_whitespace());
            assert!(texts.matches(&seen).count() >= 20, "{text:?}: {texts}");
        }
    }

    /// A report with `text` wherever others write.
    fn filled(text: &str) -> (Report, Context) {
        let (mut report, mut context) = (sample::report(), sample::context());
        report.subject.name = text.to_owned();
        report.plan.harness = text.to_owned();
        report.plan.laboratory = [("name", text), ("customer", text), (text, text)]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
        for finding in &mut report.findings {
            finding.title = text.to_owned();
            finding.reason = text.to_owned();
            finding.clause = Some(text.to_owned());
        }
        report.deviations = vec![text.to_owned()];
        report.conditions = vec![[(text.to_owned(), text.to_owned())].into()];
        for file in &mut report.subject.files {
            file.name = text.to_owned();
        }
        context.files.folder = text.to_owned();
        if let Some(signature) = &mut context.signature {
            signature.standing = Standing::Policy(text.to_owned());
        }
        (report, context)
    }
}
