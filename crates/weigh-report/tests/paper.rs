//! The report as PDF: what it is, what it holds, and what it says when a font is missing.

#![cfg(feature = "pdf")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop"
)]

mod sample;

use std::io::Read;

use flate2::read::ZlibDecoder;
use weigh_core::event::Timestamp;
use weigh_core::report::Report;
use weigh_report::{Attached, Context, FontPlaces, PdfError, ReportLanguage, pdf};

const ATTACHED: Attached<'_> = Attached {
    report: &[b'7'; 4096],
    envelope: Some(&[b'8'; 4096]),
};

const NOWHERE: FontPlaces = FontPlaces {
    folders: Vec::new(),
    system: false,
};

/// A report without letters beyond those of the fonts in the binary.
fn european() -> Report {
    let mut report = sample::report();
    for finding in &mut report.findings {
        if !finding.title.is_ascii() {
            finding.title = "Справедливость, équité".to_owned();
        }
    }
    report
}

fn context(language: ReportLanguage) -> Context {
    Context {
        language,
        ..sample::context()
    }
}

/// The document's streams, inflated.
fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let mut streams = Vec::new();
    let mut rest = pdf;
    while let Some(at) = rest.windows(8).position(|window| window == b"\nstream\n") {
        let (_, stream) = rest.split_at(at + 8);
        let mut inflated = Vec::new();
        if ZlibDecoder::new(stream).read_to_end(&mut inflated).is_ok() {
            streams.push(inflated);
        }
        rest = stream;
    }
    streams
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn the_document_names_itself_and_holds_the_record() {
    let report = european();
    let document = pdf(&report, &sample::context(), &ATTACHED, &NOWHERE).unwrap();
    for said in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>B</pdfaid:conformance>",
        "<rdf:li>National Institute for Model Metrology</rdf:li>",
        "Test report WH-9f1219fc6f9c4d53: Smol",
        "<xmp:CreateDate>2026-11-24T14:31:40+00:00</xmp:CreateDate>",
        "/Lang(en)",
        "/AFRelationship/Source",
        "/AFRelationship/Supplement",
        "/Subtype/application#2Fvnd.in-toto",
    ] {
        assert!(holds(&document, said), "{said}");
    }
    let streams = streams(&document);
    assert!(streams.iter().any(|stream| stream == ATTACHED.report));
    assert!(
        streams
            .iter()
            .any(|stream| Some(stream.as_slice()) == ATTACHED.envelope)
    );
}

#[test]
fn the_same_report_is_the_same_document() {
    let made = |attached: &Attached<'_>| pdf(&european(), &sample::context(), attached, &NOWHERE);
    assert_eq!(made(&ATTACHED).unwrap(), made(&ATTACHED).unwrap());
    let other = Attached {
        report: b"{}",
        ..ATTACHED
    };
    assert_ne!(made(&ATTACHED).unwrap(), made(&other).unwrap());
}

#[test]
fn each_language_is_set_or_its_font_is_asked_for() {
    let check = |language: ReportLanguage, asked: Option<&str>| {
        let made = |places: &FontPlaces| pdf(&european(), &context(language), &ATTACHED, places);
        let is_set = |document: &[u8]| holds(document, &format!("/Lang({})", language.tag()));
        let Some(asked) = asked else {
            return assert!(is_set(&made(&NOWHERE).unwrap()), "{language:?}");
        };
        let without = made(&NOWHERE).unwrap_err();
        assert!(without.to_string().contains(asked), "{without}");
        // This machine may have a font, or lack some of its characters.
        match made(&FontPlaces::default()) {
            Ok(document) => assert!(is_set(&document), "{language:?}"),
            Err(error) => assert!(matches!(error, PdfError::Fonts(_)), "{error}"),
        }
    };
    check(ReportLanguage::En, None);
    check(ReportLanguage::Es, None);
    check(ReportLanguage::Fr, None);
    check(ReportLanguage::Ru, None);
    check(ReportLanguage::Ar, Some("Arabic (U+0621"));
    check(ReportLanguage::Zh, Some("Debian's fonts-noto-cjk"));
}

#[test]
fn a_record_without_a_moment_has_no_document() {
    let mut report = european();
    for (at, sound) in [
        ("2026-02-28T00:00:00Z", true),
        ("2026-02-30T00:00:00Z", false),
        ("yesterday", false),
    ] {
        report.record.sealed = Timestamp(at.to_owned());
        let made = pdf(&report, &sample::context(), &ATTACHED, &NOWHERE);
        match made {
            Ok(_) => assert!(sound, "{at}"),
            Err(error) => assert_eq!(error, PdfError::Date(at.to_owned())),
        }
    }
}
