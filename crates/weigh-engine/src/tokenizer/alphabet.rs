//! GPT-2's printable alphabet: one character for each byte.
//!
//! Printable Latin-1 characters stand for themselves; the other 68 bytes, in order, are the
//! characters from U+0100 on (`bytes_to_unicode` in OpenAI's `encoder.py`).

/// The character that stands for `byte`.
pub(crate) fn to_char(byte: u8) -> char {
    let shifted = match byte {
        0..=0x20 => 0x100 + u32::from(byte),
        0x7F..=0xA0 => 0x121 + u32::from(byte - 0x7F),
        0xAD => 0x143,
        _ => u32::from(byte),
    };
    char::from_u32(shifted).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The byte that `character` stands for.
pub(super) fn to_byte(character: char) -> Option<u8> {
    let code = u32::from(character);
    let byte = match code {
        0x21..=0x7E | 0xA1..=0xAC | 0xAE..=0xFF => code,
        0x100..=0x120 => code - 0x100,
        0x121..=0x142 => code - 0x121 + 0x7F,
        0x143 => 0xAD,
        _ => return None,
    };
    u8::try_from(byte).ok()
}

/// The bytes that a token's text stands for; a text with a character outside the alphabet stands
/// for itself, as added tokens do.
pub(super) fn bytes_of(text: &str) -> Vec<u8> {
    let bytes: Option<Vec<u8>> = text.chars().map(to_byte).collect();
    bytes.unwrap_or_else(|| text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_a_character_of_its_own_and_comes_back() {
        let mut seen = std::collections::BTreeSet::new();
        for byte in 0..=255 {
            let character = to_char(byte);
            assert!(seen.insert(character));
            assert!(!character.is_whitespace() && !character.is_control());
            assert_eq!(to_byte(character), Some(byte));
        }
        assert_eq!(to_byte(' '), None);
        assert_eq!(to_byte('\u{144}'), None);
    }

    #[test]
    fn the_well_known_ones_are_as_published() {
        assert_eq!(to_char(b' '), 'Ġ');
        assert_eq!(to_char(b'\n'), 'Ċ');
        assert_eq!(to_char(b'\t'), 'ĉ');
        assert_eq!(to_char(0xAD), 'Ń');
        assert_eq!(bytes_of("Ġthe"), b" the");
        assert_eq!(bytes_of("<|a b|>"), b"<|a b|>");
    }
}
