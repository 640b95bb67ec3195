//! Which fonts a report's characters need, and what is said when there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use fontdb::{Database, FaceInfo, Source};
use typst::text::{FontBook, FontFlags, FontInfo};
use typst_kit::fonts::{self, FontPath, FontStore};
use unicode_script::{Script, UnicodeScript};

/// The family for Latin, Greek and Cyrillic text, and the one for code: both in the binary.
pub(super) const TEXT: &str = "Libertinus Serif";
pub(super) const CODE: &str = "DejaVu Sans Mono";

/// Families that read well on paper, the best first; any other that has the characters comes after.
const PREFERRED: [&str; 14] = [
    "Noto Naskh Arabic",
    "Amiri",
    "Scheherazade New",
    "Noto Sans Arabic",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Songti SC",
    "SimSun",
    "WenQuanYi Zen Hei",
    "Noto Serif",
    "Noto Sans",
    "DejaVu Sans",
];

/// Where fonts are looked for beside those in the binary, and only when those lack a character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontPlaces {
    /// Folders, searched with all that is in them, before the system's fonts.
    pub folders: Vec<PathBuf>,
    /// Whether the fonts of the system may be used.
    pub system: bool,
}

impl Default for FontPlaces {
    fn default() -> Self {
        Self {
            folders: Vec::new(),
            system: true,
        }
    }
}

/// Characters of one script that no font has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingScript {
    /// The script's name in Unicode.
    pub script: &'static str,
    /// The characters.
    pub characters: BTreeSet<char>,
    /// The Debian package of a font that has them.
    pub package: &'static str,
}

impl fmt::Display for MissingScript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (some, more) = (self.characters.iter().take(5), self.characters.len() > 5);
        let some: Vec<String> = some.map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        let (script, package) = (self.script, self.package);
        let more = if more { ", ..." } else { "" };
        write!(
            f,
            "{script} ({}{more}): Debian's {package} has one",
            some.join(", ")
        )
    }
}

/// Fonts that have every character, and the families in the order in which they are tried.
pub(super) struct Chosen {
    pub store: FontStore,
    /// Beside [`TEXT`] and [`CODE`].
    pub families: Vec<String>,
}

/// Fonts for all of `texts`.
///
/// # Errors
/// The scripts whose characters no font has.
pub(super) fn choose(texts: &[String], places: &FontPlaces) -> Result<Chosen, Vec<MissingScript>> {
    let mut store = FontStore::new();
    store.extend(fonts::embedded());
    let needed: BTreeSet<char> = texts.iter().flat_map(|text| text.chars()).collect();
    let needed = needed.into_iter().filter(|c| is_drawn(*c));
    let embedded = infos(store.book());
    let lacks = |c: &char| !embedded.iter().any(|info| sets(info, *c));
    let mut missing: BTreeSet<char> = needed.filter(lacks).collect();
    let mut families = Vec::new();
    if missing.is_empty() {
        return Ok(Chosen { store, families });
    }
    store.extend(found(places));
    for family in candidates(store.book()) {
        let own = family.1;
        let before = missing.len();
        missing.retain(|c| !own.iter().any(|info| sets(info, *c)));
        if missing.len() < before {
            families.push(family.0.to_owned());
        }
    }
    if missing.is_empty() {
        Ok(Chosen { store, families })
    } else {
        Err(by_script(&missing))
    }
}

/// The fonts on this machine: read only when a text is set in them.
fn found(places: &FontPlaces) -> Vec<(FontPath, FontInfo)> {
    let mut found = Database::new();
    for folder in &places.folders {
        found.load_fonts_dir(folder);
    }
    if places.system {
        found.load_system_fonts();
    }
    let of_face = |face: &FaceInfo| {
        let (Source::File(path) | Source::SharedFile(path, _)) = &face.source else {
            return None;
        };
        let info = found.with_face_data(face.id, FontInfo::new)??;
        let (path, index) = (path.clone(), face.index);
        Some((FontPath { path, index }, info))
    };
    found.faces().filter_map(of_face).collect()
}

fn infos(book: &FontBook) -> Vec<&FontInfo> {
    (0..).map_while(|at| book.info(at)).collect()
}

/// The families with their fonts, the preferred ones first, the others by name.
fn candidates(book: &FontBook) -> Vec<(&str, Vec<&FontInfo>)> {
    let mut families: BTreeMap<(usize, &str), Vec<&FontInfo>> = BTreeMap::new();
    for info in infos(book) {
        let place = PREFERRED.iter().position(|family| *family == info.family);
        let key = (place.unwrap_or(PREFERRED.len()), info.family.as_str());
        families.entry(key).or_default().push(info);
    }
    let families = families.into_iter();
    families
        .map(|((_, family), fonts)| (family, fonts))
        .collect()
}

/// Whether the font can set `c` in running text. Fonts for code set only the scripts of code: their
/// Arabic is there for single letters, and does not read as text.
fn sets(font: &FontInfo, c: char) -> bool {
    let of_code = matches!(
        c.script(),
        Script::Latin | Script::Greek | Script::Cyrillic | Script::Common | Script::Inherited
    );
    (of_code || !font.flags.contains(FontFlags::MONOSPACE)) && font.coverage.contains(u32::from(c))
}

/// Whether `c` has a shape: not white space, and not one of the invisible characters that writing
/// needs ([`weigh_core::text::is_hidden`] names the others).
fn is_drawn(c: char) -> bool {
    let joins =
        matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    !c.is_whitespace() && !joins && !weigh_core::text::is_hidden(c)
}

fn by_script(missing: &BTreeSet<char>) -> Vec<MissingScript> {
    let mut scripts: BTreeMap<&'static str, MissingScript> = BTreeMap::new();
    for c in missing {
        let script = c.script();
        let name = script.full_name();
        let entry = scripts.entry(name).or_insert_with(|| MissingScript {
            script: name,
            characters: BTreeSet::new(),
            package: package(script),
        });
        entry.characters.insert(*c);
    }
    scripts.into_values().collect()
}

/// The Debian package with a font for the script.
#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "Unicode's scripts are not ours, and grow"
)]
fn package(script: Script) -> &'static str {
    match script {
        Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo => {
            "fonts-noto-cjk"
        }
        Script::Common | Script::Inherited => "fonts-noto-core or fonts-symbola",
        _ => "fonts-noto-core",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_is_named_by_script() {
        let nowhere = FontPlaces {
            folders: Vec::new(),
            system: false,
        };
        let check = |text: &str, expect: &[&str]| {
            let missing = choose(&[text.to_owned()], &nowhere)
                .err()
                .unwrap_or_default();
            let said: Vec<String> = missing.iter().map(MissingScript::to_string).collect();
            assert_eq!(said, expect, "{text}");
        };
        check("Ärger, étude, Проверка, δοκιμή ≥ ≤ ▼ ✓ – “”…", &[]);
        check("line\n\ttab\u{200d}\u{fe0f}\u{2068}", &[]);
        check(
            "\u{645}\u{6f1}\u{4e2d}",
            &[
                "Arabic (U+0645, U+06F1): Debian's fonts-noto-core has one",
                "Han (U+4E2D): Debian's fonts-noto-cjk has one",
            ],
        );
        check(
            "\u{f0000}\u{1f600}",
            &[
                "Common (U+1F600): Debian's fonts-noto-core or fonts-symbola has one",
                "Unknown (U+F0000): Debian's fonts-noto-core has one",
            ],
        );
    }
}
