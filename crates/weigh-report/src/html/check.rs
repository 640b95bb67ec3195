//! How a stranger checks the report, and what has to be said in every one.

use weigh_core::laboratory;
use weigh_core::report::Report;
use weigh_core::text::visible_line;

use super::page::Page;
use crate::context::Context;
use crate::escape::shell_word;
use crate::laboratory::OPINIONS;
use crate::texts::Text;

/// Commands to copy: with Weighhouse, without it, and for the model's files.
pub(super) fn how_to_check(page: &mut Page, report: &Report, context: &Context) {
    let files = &context.files;
    page.paragraph(Text::CheckIntro)
        .paragraph(Text::CheckVerify);
    command(page, &format!("weigh verify {}", shell_word(&files.folder)));
    match &context.signature {
        None => {
            page.paragraph(Text::CheckUnsigned);
        }
        Some(signature) => {
            page.paragraph(Text::CheckOpenssl);
            let (p256, ed25519) = openssl(context);
            command(page, &p256);
            page.paragraph(Text::CheckEd25519);
            command(page, &ed25519);
            page.raw("<p>")
                .fixed(Text::CheckKey)
                .raw("<br>")
                .hex(&signature.key_id)
                .raw("</p>\n");
        }
    }
    page.paragraph(Text::CheckFiles);
    let sums = report.subject.files.iter();
    let sums = sums.map(|file| format!("{}  {}\n", file.sha256, visible_line(&file.name)));
    let sums: String = sums.collect();
    command(page, &format!("sha256sum --check <<'END'\n{sums}END"));
}

/// The commands for a P-256 key, and the last one of them for an Ed25519 key. They rebuild what
/// DSSE signs: the pre-authentication encoding of the payload.
fn openssl(context: &Context) -> (String, String) {
    let files = &context.files;
    let (folder, envelope) = (shell_word(&files.folder), shell_word(&files.envelope));
    let key = shell_word(&files.public_key);
    let prepare = format!(
        "cd {folder}\n\
         d=$(mktemp -d)\n\
         jq -r .payload {envelope} | base64 -d > $d/payload\n\
         jq -r '.signatures[0].sig' {envelope} | base64 -d > $d/signature\n\
         printf 'DSSEv1 28 application/vnd.in-toto+json %d ' $(wc -c < $d/payload) > $d/signed\n\
         cat $d/payload >> $d/signed\n"
    );
    let p256 = format!("openssl dgst -sha256 -verify {key} -signature $d/signature $d/signed");
    let ed25519 = format!(
        "openssl pkeyutl -verify -pubin -inkey {key} -rawin -in $d/signed \\\n  -sigfile $d/signature"
    );
    (prepare + &p256, ed25519)
}

fn command(page: &mut Page, text: &str) {
    page.raw("<pre dir=\"ltr\"><code>")
        .plain(text)
        .raw("</code></pre>\n");
}

/// What the laboratory thinks of the results, apart from them (ISO/IEC 17025:2017, 7.8.7).
pub(super) fn opinions(page: &mut Page, report: &Report, _: &Context) {
    match laboratory::stated(report.laboratory(), OPINIONS) {
        Some(opinions) => {
            page.raw("<p class=\"opinions\">")
                .foreign(opinions)
                .raw("</p>\n")
                .note(Text::OpinionsNote);
        }
        None => {
            page.paragraph(Text::NoOpinions);
        }
    }
}

/// What has to be said in every report.
pub(super) fn statements(page: &mut Page, _: &Report, _: &Context) {
    page.raw("<ul>\n");
    for text in [
        Text::OnlyItems,
        Text::Recognised,
        Text::NoCertificate,
        Text::WholeOnly,
    ] {
        page.raw("<li>").fixed(text).raw("</li>\n");
    }
    page.raw("</ul>\n");
}
