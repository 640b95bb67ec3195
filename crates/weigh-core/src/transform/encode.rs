//! Encodings and disguises that a reader can undo.

use super::NotApplicable;
use super::cluster::{ALL, Cluster, replace};

/// The alphabet of RFC 4648, section 4.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The UTF-8 bytes of all of `text` in base64 with padding, on one line.
pub(super) fn base64(text: &str) -> Result<String, NotApplicable> {
    if text.is_empty() {
        return Err(NotApplicable::Nothing("character"));
    }
    let mut encoded = String::with_capacity(text.len().div_ceil(3) * 4);
    for group in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            let index = (bits >> (18 - 6 * place)) & 63;
            let letter = ALPHABET.get(index as usize).copied().unwrap_or_default();
            let padding = place > group.len();
            encoded.push(if padding { '=' } else { char::from(letter) });
        }
    }
    Ok(encoded)
}

/// Every Latin letter without accents 13 places on; also in URLs and placeholders.
pub(super) fn rot13(text: &str) -> Result<String, NotApplicable> {
    let moved: String = text.chars().map(moved_by_13).collect();
    if moved == text {
        return Err(NotApplicable::Nothing("Latin letter without accents"));
    }
    Ok(moved)
}

const fn moved_by_13(c: char) -> char {
    match c {
        'a'..='m' | 'A'..='M' => (c as u8 + 13) as char,
        'n'..='z' | 'N'..='Z' => (c as u8 - 13) as char,
        other => other,
    }
}

/// Digits for the letters that they resemble, except beside digits: `a1` would not come back.
pub(super) fn leetspeak(text: &str) -> Result<String, NotApplicable> {
    replace(text, ALL, 0, "letter that a digit resembles", |spot| {
        let digit = match spot.this.single()? {
            'a' | 'A' => '4',
            'e' | 'E' => '3',
            'i' | 'I' => '1',
            'o' | 'O' => '0',
            's' | 'S' => '5',
            't' | 'T' => '7',
            _ => return None,
        };
        let beside = |c: Option<Cluster>| c.is_some_and(|c| c.is_number());
        (!beside(spot.before) && !beside(spot.after)).then(|| digit.to_string())
    })
}

/// A hyphen between the clusters of each word.
pub(super) fn spelled_out(text: &str) -> Result<String, NotApplicable> {
    replace(text, ALL, 0, "word of two letters", |spot| {
        let within = spot.this.is_letter() && spot.after.is_some_and(|c| c.is_letter());
        within.then(|| format!("{}-", spot.this.text))
    })
}
