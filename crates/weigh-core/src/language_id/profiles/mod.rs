//! What is known of each language: its common words, and a text of our own from which letters are learnt.

mod african;
mod arabic;
mod asian;
mod european;
mod germanic;
mod indic;
mod romance;
mod slavic;
mod turkic;

/// One language in one script.
#[derive(Debug, Clone, Copy)]
pub(super) struct Profile {
    /// Primary subtag (BCP 47).
    pub(super) tag: &'static str,
    /// ISO 15924 code of the script.
    pub(super) script: &'static str,
    /// Common words: function words first of all, then what replies of models speak of.
    pub(super) words: &'static str,
    /// Some sentences: law, arithmetic, everyday life, and a reply that helps.
    pub(super) text: &'static str,
}

/// Every profile, languages that are close to each other side by side.
pub(super) fn all() -> impl Iterator<Item = &'static Profile> {
    [
        &germanic::ALL[..],
        &romance::ALL,
        &slavic::ALL,
        &european::ALL,
        &turkic::ALL,
        &african::ALL,
        &asian::ALL,
        &arabic::ALL,
        &indic::ALL,
    ]
    .into_iter()
    .flatten()
}

/// Scripts in which only one of the languages we know is written: the script decides.
pub(super) const ALONE: [(&str, &str); 18] = [
    ("Armn", "hy"),
    ("Geor", "ka"),
    ("Grek", "el"),
    ("Gujr", "gu"),
    ("Guru", "pa"),
    ("Hang", "ko"),
    ("Khmr", "km"),
    ("Knda", "kn"),
    ("Laoo", "lo"),
    ("Mlym", "ml"),
    ("Mymr", "my"),
    ("Orya", "or"),
    ("Sinh", "si"),
    ("Taml", "ta"),
    ("Telu", "te"),
    ("Thaa", "dv"),
    ("Thai", "th"),
    ("Tibt", "bo"),
];
