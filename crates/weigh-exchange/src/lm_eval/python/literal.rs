//! What `ast.literal_eval` reads.

use super::Python;

/// What `ast.literal_eval` reads: texts, numbers, `True`, `False`, `None`, lists, tuples and
/// dictionaries. None where it would raise.
#[must_use]
pub fn literal(source: &str) -> Option<Python> {
    let mut reader = Reader {
        rest: source.trim_start_matches([' ', '\t']),
        depth: 0,
    };
    let value = reader.value()?;
    reader.skip();
    reader.rest.is_empty().then_some(value)
}

/// Lists within lists that are read.
const DEPTH: usize = 64;

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, token: &str) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self) -> Option<Python> {
        self.skip();
        match self.rest.chars().next()? {
            '[' => self.items("[", "]").map(|(items, _)| Python::List(items)),
            '(' => {
                let (mut items, comma) = self.items("(", ")")?;
                let single = items.len() == 1 && !comma;
                if single {
                    items.pop()
                } else {
                    Some(Python::List(items))
                }
            }
            '{' => self.dict(),
            '\'' | '"' => self.texts(),
            '0'..='9' | '-' | '+' | '.' => self.number(),
            _ => self.word(),
        }
    }

    /// The items between two brackets, and whether a comma stood behind the last.
    fn items(&mut self, open: &str, close: &str) -> Option<(Vec<Python>, bool)> {
        self.enter(open)?;
        let mut items = Vec::new();
        let mut comma = false;
        while !self.take(close) {
            if !items.is_empty() && !comma {
                return None;
            }
            items.push(self.value()?);
            comma = self.take(",");
        }
        self.depth -= 1;
        Some((items, comma))
    }

    fn dict(&mut self) -> Option<Python> {
        self.enter("{")?;
        let mut entries = Vec::new();
        let mut comma = true;
        while !self.take("}") {
            if !comma {
                return None;
            }
            let key = self.value()?.to_string();
            if !self.take(":") {
                return None;
            }
            entries.push((key, self.value()?));
            comma = self.take(",");
        }
        self.depth -= 1;
        Some(Python::Dict(entries))
    }

    fn enter(&mut self, open: &str) -> Option<()> {
        self.depth += 1;
        (self.depth <= DEPTH && self.take(open)).then_some(())
    }

    /// Texts that stand behind each other are one.
    fn texts(&mut self) -> Option<Python> {
        let mut all = String::new();
        while self.rest.starts_with(['\'', '"']) {
            all.push_str(&self.text()?);
            self.skip();
        }
        Some(Python::Text(all))
    }

    fn text(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let triple: String = [quote; 3].iter().collect();
        let long = self.rest.starts_with(&triple);
        let end = if long { triple } else { quote.to_string() };
        self.rest = self.rest.get(end.len()..)?;
        let mut text = String::new();
        loop {
            if let Some(rest) = self.rest.strip_prefix(&end) {
                self.rest = rest;
                return Some(text);
            }
            match self.letter()? {
                '\\' => self.escape(&mut text)?,
                '\n' if !long => return None,
                letter => text.push(letter),
            }
        }
    }

    fn letter(&mut self) -> Option<char> {
        let letter = self.rest.chars().next()?;
        self.rest = self.rest.get(letter.len_utf8()..)?;
        Some(letter)
    }

    fn escape(&mut self, text: &mut String) -> Option<()> {
        let letter = self.letter()?;
        match letter {
            '\n' => {}
            '\\' | '\'' | '"' => text.push(letter),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'a' => text.push('\u{7}'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            'x' => text.push(self.code(2)?),
            'u' => text.push(self.code(4)?),
            'U' => text.push(self.code(8)?),
            '0'..='7' => text.push(self.octal(letter)?),
            // Unknown ones stay as they are, the backslash included.
            _ => text.extend(['\\', letter]),
        }
        Some(())
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let number = self.rest.get(..digits)?;
        self.rest = self.rest.get(digits..)?;
        char::from_u32(u32::from_str_radix(number, 16).ok()?)
    }

    fn octal(&mut self, first: char) -> Option<char> {
        let more = self.rest.bytes().take(2);
        let more = more.take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        let digits = format!("{first}{}", self.rest.get(..more)?);
        self.rest = self.rest.get(more..)?;
        char::from_u32(u32::from_str_radix(&digits, 8).ok()?)
    }

    fn number(&mut self) -> Option<Python> {
        let mut length = 0;
        let mut before = ' ';
        for letter in self.rest.chars() {
            let sign = matches!(letter, '+' | '-') && (length == 0 || matches!(before, 'e' | 'E'));
            if !(sign || letter.is_ascii_digit() || matches!(letter, '.' | 'e' | 'E' | '_')) {
                break;
            }
            length += 1;
            before = letter;
        }
        let source = self.rest.get(..length)?;
        self.rest = self.rest.get(length..)?;
        let digits = source.replace('_', "");
        if let Ok(number) = digits.parse::<i64>() {
            let unsigned = digits.trim_start_matches(['+', '-']);
            let leading = unsigned.len() > 1 && unsigned.starts_with('0') && number != 0;
            return (!leading).then_some(Python::Int(number));
        }
        let floating = digits.contains(['.', 'e', 'E']);
        let number = digits.parse().ok().filter(|_| floating);
        number.map(Python::Float)
    }

    fn word(&mut self) -> Option<Python> {
        for (word, value) in [
            ("None", Python::None),
            ("True", Python::Bool(true)),
            ("False", Python::Bool(false)),
        ] {
            if self.take(word) {
                return Some(value);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_literal() {
        for source in [
            "", "[", "[1 2]", "a", "1 2", "'a", "012", "{1}", "'a\nb'", "(", "--1",
        ] {
            assert_eq!(literal(source), None, "{source}");
        }
        let deep = "[".repeat(10_000);
        assert_eq!(literal(&deep), None);
    }
}
