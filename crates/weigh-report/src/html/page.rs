//! Writes HTML: markup only from literals, everything else escaped.

use weigh_core::digest::Digest;
use weigh_core::event::Timestamp;
use weigh_core::measure::MeasureName;
use weigh_core::verdict::Verdict;

use crate::context::Standing;
use crate::escape;
use crate::texts::{Piece, ReportLanguage, Text, pieces, value};
use crate::told::{Told, Value};
use crate::words;

/// A page in the making. Markup is `&'static str`, so no data can become markup.
pub(super) struct Page {
    out: String,
    /// The language of the fixed texts.
    pub language: ReportLanguage,
    sections: u32,
}

impl Page {
    pub fn new(language: ReportLanguage) -> Self {
        Self {
            out: String::new(),
            language,
            sections: 0,
        }
    }

    pub fn finish(self) -> String {
        self.out
    }

    /// Markup.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Style rules; what is foreign in them went through [`escape::css_string`].
    pub fn style(&mut self, rules: &str) {
        self.out.push_str(rules);
    }

    /// A fixed text.
    pub fn fixed(&mut self, text: Text) -> &mut Self {
        self.plain(text.get(self.language))
    }

    /// The measure's name.
    pub fn measure(&mut self, measure: MeasureName) -> &mut Self {
        let name = words::measure(measure, self.language);
        self.plain(name)
    }

    /// Text that cannot have a direction of its own: numbers, fixed texts, values of attributes.
    pub fn plain(&mut self, text: &str) -> &mut Self {
        self.out.push_str(&escape::html(text));
        self
    }

    /// Text from a model, a suite, a profile or a laboratory.
    pub fn foreign(&mut self, text: &str) -> &mut Self {
        self.raw("<bdi>").plain(text).raw("</bdi>")
    }

    /// Numbers and their signs, which read from left to right in every language.
    pub fn figures(&mut self, text: &str) -> &mut Self {
        self.raw("<bdi dir=\"ltr\">").plain(text).raw("</bdi>")
    }

    /// A moment: `2026-11-24 14:31:40 UTC`.
    pub fn time(&mut self, at: &Timestamp) -> &mut Self {
        self.foreign(&words::time(at))
    }

    /// An identifier, a file name or a digest.
    pub fn code(&mut self, text: &str) -> &mut Self {
        self.raw("<code><bdi>").plain(text).raw("</bdi></code>")
    }

    /// A digest in groups of eight digits, which may break between groups and copies as one word.
    pub fn digest(&mut self, digest: &Digest) -> &mut Self {
        self.hex(&digest.to_string())
    }

    /// Hexadecimal digits as in [`Self::digest`].
    pub fn hex(&mut self, digits: &str) -> &mut Self {
        self.raw("<code class=\"hex\" dir=\"ltr\">");
        for (at, c) in digits.chars().enumerate() {
            if at > 0 && at.is_multiple_of(8) {
                self.raw("<wbr>");
            }
            self.plain(c.encode_utf8(&mut [0; 4]));
        }
        self.raw("</code>")
    }

    /// A fixed text with foreign values in its slots.
    pub fn sentence(&mut self, text: Text, values: &[(&str, &str)]) -> &mut Self {
        for piece in pieces(text.get(self.language)) {
            match piece {
                Piece::Fixed(fixed) => self.plain(fixed),
                Piece::Slot(slot) => self.foreign(value(values, slot)),
            };
        }
        self
    }

    /// A sentence in the language of the page. What of it is in the record's words is marked as English.
    pub fn told(&mut self, told: &Told) -> &mut Self {
        for piece in pieces(told.text.get(self.language)) {
            match piece {
                Piece::Fixed(fixed) => self.plain(fixed),
                Piece::Slot(slot) => match told.value(slot) {
                    Some(value) => self.value(value),
                    None => self,
                },
            };
        }
        self
    }

    fn value(&mut self, value: &Value) -> &mut Self {
        match value {
            Value::Figure(figure) => self.figures(figure),
            Value::Foreign(text) => self.foreign(text),
            Value::Kept(text) => self.raw("<bdi lang=\"en\">").plain(text).raw("</bdi>"),
            Value::Code(code) => self.code(code),
            Value::Told(told) => self.told(told),
            Value::Several(values, between) => {
                for (at, value) in values.iter().enumerate() {
                    self.raw(if at > 0 { between } else { "" }).value(value);
                }
                self
            }
        }
    }

    /// A numbered section with its heading; `id` is its anchor.
    pub fn section(&mut self, id: &'static str, title: Text, body: impl FnOnce(&mut Self)) {
        self.sections += 1;
        let number = self.sections.to_string();
        self.raw("<section aria-labelledby=\"")
            .raw(id)
            .raw("\">\n<h2 id=\"")
            .raw(id)
            .raw("\"><span class=\"number\">")
            .plain(&number)
            .raw("</span> ")
            .fixed(title)
            .raw("</h2>\n");
        body(self);
        self.raw("</section>\n");
    }

    /// `<p>` with a fixed text.
    pub fn paragraph(&mut self, text: Text) -> &mut Self {
        self.raw("<p>").fixed(text).raw("</p>\n")
    }

    /// A note below a table or a title.
    pub fn note(&mut self, text: Text) -> &mut Self {
        self.raw("<p class=\"note\">").fixed(text).raw("</p>\n")
    }

    /// One row of a description list.
    pub fn entry(&mut self, title: Text, body: impl FnOnce(&mut Self)) {
        self.raw("<dt>").fixed(title).raw("</dt><dd>");
        body(self);
        self.raw("</dd>\n");
    }

    /// The row of titles of a table.
    pub fn head(&mut self, titles: &[Text]) {
        self.raw("<thead><tr>");
        for title in titles {
            self.raw("<th scope=\"col\">").fixed(*title).raw("</th>");
        }
        self.raw("</tr></thead>\n");
    }

    /// Opens a table that scrolls by itself where it is too wide; [`Self::end_table`] closes it.
    pub fn table(&mut self, class: &'static str, caption: Text) {
        self.raw("<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"")
            .fixed(caption)
            .raw("\">\n<table class=\"")
            .raw(class)
            .raw("\">\n<caption>")
            .fixed(caption)
            .raw("</caption>\n");
    }

    /// The same for a table that its section's title already names: the caption is not seen.
    pub fn table_of_section(&mut self, caption: Text) {
        self.table("titled", caption);
    }

    /// Closes what [`Self::table`] opened.
    pub fn end_table(&mut self) {
        self.raw("</table>\n</div>\n");
    }

    /// How far the key of the signature is known.
    pub fn standing(&mut self, standing: &Standing) -> &mut Self {
        match standing {
            Standing::FirstParty => self.fixed(Text::FirstParty),
            Standing::Given => self.fixed(Text::KeyGiven),
            Standing::Policy(id) => self.sentence(Text::KeyOfPolicy, &[("policy", id)]),
        }
    }

    /// The verdict's sign and word.
    pub fn verdict(&mut self, verdict: Verdict) -> &mut Self {
        self.raw("<span class=\"verdict ")
            .raw(class(verdict))
            .raw("\">")
            .sign(verdict)
            .raw("<span>")
            .fixed(words::verdict(verdict))
            .raw("</span></span>")
    }

    /// The verdict's sign alone, of a shape of its own.
    pub fn sign(&mut self, verdict: Verdict) -> &mut Self {
        self.raw("<svg class=\"sign\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">")
            .raw(shape(verdict))
            .raw("</svg>")
    }
}

/// The class that gives a verdict its colour.
pub(super) const fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conforms => "conforms",
        Verdict::Inconclusive => "inconclusive",
        Verdict::NotAssessed => "not-assessed",
        Verdict::DoesNotConform => "does-not-conform",
    }
}

/// A disc with a tick, a half-filled diamond, a broken ring with a dash, an octagon with a
/// cross: told apart without colour.
const fn shape(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conforms => {
            "<circle class=\"body\" cx=\"12\" cy=\"12\" r=\"11\"/><path class=\"mark\" d=\"M6.5 12.5l3.8 3.8 7.2-8\"/>"
        }
        Verdict::Inconclusive => {
            "<path class=\"ring\" d=\"M12 2 22 12 12 22 2 12z\"/><path class=\"body\" d=\"M12 2 2 12l10 10z\"/>"
        }
        Verdict::NotAssessed => {
            "<circle class=\"ring broken\" cx=\"12\" cy=\"12\" r=\"10\"/><path class=\"dash\" d=\"M7.5 12h9\"/>"
        }
        Verdict::DoesNotConform => {
            "<path class=\"body\" d=\"M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z\"/><path class=\"mark\" d=\"M8 8l8 8M16 8l-8 8\"/>"
        }
    }
}
