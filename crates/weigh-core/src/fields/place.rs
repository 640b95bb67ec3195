//! From a place in a string's value to the place in its source.

/// The byte of `raw`, the source of a string with the value `text`, from which byte `decoded` of
/// the value comes. Exact for TOML, and for YAML where the value stands there as it is.
pub(crate) fn place_in_string(raw: &str, text: &str, decoded: usize) -> usize {
    if let Some(plain) = raw.find(text) {
        return plain + decoded;
    }
    let quote = raw.chars().next().unwrap_or('"');
    let triple = [quote; 3].iter().collect::<String>();
    let multi = raw.len() >= 6 && raw.starts_with(&triple);
    let mut at = if multi { 3 } else { 1 };
    if multi {
        let rest = raw.get(at..).unwrap_or_default();
        at += ["\r\n", "\n"]
            .iter()
            .find(|end| rest.starts_with(**end))
            .map_or(0, |end| end.len());
    }
    let mut value = 0;
    while value < decoded {
        let rest = raw.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            return at;
        };
        let (taken, made) = match first {
            '\\' if quote == '"' => escape(rest),
            other => (other.len_utf8(), other.len_utf8()),
        };
        at += taken;
        value += made;
    }
    at
}

/// Bytes that the escape at the start of `rest` takes, and bytes that it stands for.
fn escape(rest: &str) -> (usize, usize) {
    let digits = match rest.chars().nth(1) {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        Some(c) if c.is_whitespace() => {
            let after = rest.get(1..).unwrap_or_default().trim_start();
            return (rest.len() - after.len(), 0);
        }
        _ => return (2, 1),
    };
    let code = rest
        .get(2..2 + digits)
        .and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let made = code.and_then(char::from_u32).map_or(1, char::len_utf8);
    (2 + digits, made)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use toml::de::DeValue;

    use super::*;

    #[test]
    fn a_place_in_a_value_leads_to_the_source() {
        for (raw, needle_raw) in [
            (r#""ab{c""#, "{"),
            (r#"'a\b{c'"#, "{"),
            (r#""\u00e9\t\x41{c""#, "{"),
            ("\"\"\"\nab\\\n   c{d\"\"\"", "{"),
            ("'''\r\na'b{c'''", "{"),
        ] {
            let DeValue::String(value) = DeValue::parse(raw).unwrap().into_inner() else {
                panic!("{raw} is no string");
            };
            let decoded = value.find('{').unwrap();
            assert_eq!(
                place_in_string(raw, &value, decoded),
                raw.find(needle_raw).unwrap(),
                "{raw}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_place_is_found_behind_any_escape(before in any::<String>()) {
            let raw = toml::Value::String(format!("{before}{{")).to_string();
            let place = place_in_string(&raw, &format!("{before}{{"), before.len());
            prop_assert_eq!(&raw[place..=place], "{", "{}", raw);
        }
    }
}
