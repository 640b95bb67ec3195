//! A strict JSON reader that keeps the place of every value: what diagnostics and checks need.

use std::borrow::Cow;

/// A value and the bytes of the text that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node<'a> {
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset after its last byte.
    pub end: usize,
    /// The value.
    pub value: Value<'a>,
}

/// A JSON value that borrows from the text what it can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(&'a str),
    /// A string without its escapes.
    Text(Cow<'a, str>),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object, in the order of the text. No two keys are equal.
    Object(Vec<Member<'a>>),
}

/// One key of an object with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<'a> {
    /// Byte offset of the key's opening quote.
    pub start: usize,
    /// The key without its escapes.
    pub key: Cow<'a, str>,
    /// The value.
    pub node: Node<'a>,
}

/// What kind of rule a text breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It is not JSON (RFC 8259).
    Syntax,
    /// A key stands twice in one object.
    DuplicateKey,
    /// Arrays and objects are nested deeper than allowed.
    TooDeep,
}

/// Where and why a text is not strict JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFault {
    /// Byte offset.
    pub offset: usize,
    /// The kind of rule.
    pub kind: FaultKind,
    /// What was expected.
    pub message: String,
}

/// Reads one JSON value and nothing after it, with at most `depth` nested arrays and objects.
///
/// # Errors
/// The first place at which `text` is not strict JSON.
pub fn read(text: &str, depth: usize) -> Result<Node<'_>, ReadFault> {
    Reader::new(text, true).whole(depth)
}

/// Refuses what [`read`] refuses and keeps nothing: of each object on the way to a value the places of
/// its keys are held, 8 bytes a key, where a tree takes up to 25 bytes for a byte of text.
///
/// # Errors
/// The first place at which `text` is not strict JSON.
pub fn check(text: &str, depth: usize) -> Result<(), ReadFault> {
    Reader::new(text, false).whole(depth).map(drop)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Whether arrays and objects keep what is in them.
    keep: bool,
}

impl<'a> Reader<'a> {
    const fn new(text: &'a str, keep: bool) -> Self {
        Self { text, at: 0, keep }
    }

    /// The one value of the text.
    fn whole(mut self, depth: usize) -> Result<Node<'a>, ReadFault> {
        let node = self.value(depth)?;
        self.skip_space();
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(self.syntax("expected nothing after the value")),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn syntax(&self, message: &str) -> ReadFault {
        fault(self.at, FaultKind::Syntax, message.to_owned())
    }

    fn value(&mut self, depth: usize) -> Result<Node<'a>, ReadFault> {
        self.skip_space();
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => Value::Text(self.string()?),
            Some(b'{') => Value::Object(self.object(depth)?),
            Some(b'[') => Value::Array(self.array(depth)?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(_) => return Err(self.syntax("expected a JSON value")),
            None => return Err(self.syntax("expected a JSON value, found the end")),
        };
        Ok(Node {
            start,
            end: self.at,
            value,
        })
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, ReadFault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word) {
            return Err(self.syntax("expected `true`, `false` or `null`"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at > start
    }

    fn number(&mut self) -> Result<&'a str, ReadFault> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') && !self.digits() {
            return Err(self.syntax("expected a digit"));
        }
        if matches!(self.peek(), Some(b'0'..=b'9')) {
            return Err(self.syntax("expected no digit after a leading zero"));
        }
        if self.eat(b'.') && !self.digits() {
            return Err(self.syntax("expected a digit after the point"));
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _sign = self.eat(b'+') || self.eat(b'-');
            if !self.digits() {
                return Err(self.syntax("expected a digit in the exponent"));
            }
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Node<'a>>, ReadFault> {
        let depth = self.deeper(depth)?;
        let mut nodes = Vec::new();
        self.skip_space();
        if self.eat(b']') {
            return Ok(nodes);
        }
        loop {
            let node = self.value(depth)?;
            if self.keep {
                nodes.push(node);
            }
            self.skip_space();
            if self.eat(b']') {
                return Ok(nodes);
            }
            if !self.eat(b',') {
                return Err(self.syntax("expected `,` or `]`"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Vec<Member<'a>>, ReadFault> {
        let depth = self.deeper(depth)?;
        let (mut members, mut keys) = (Vec::new(), Vec::new());
        self.skip_space();
        if self.eat(b'}') {
            return Ok(members);
        }
        loop {
            let member = self.member(depth)?;
            keys.push(member.start);
            if self.keep {
                members.push(member);
            }
            self.skip_space();
            if self.eat(b'}') {
                return self.unique(keys).map(|()| members);
            }
            if !self.eat(b',') {
                return Err(self.syntax("expected `,` or `}`"));
            }
        }
    }

    fn member(&mut self, depth: usize) -> Result<Member<'a>, ReadFault> {
        self.skip_space();
        let start = self.at;
        if self.peek() != Some(b'"') {
            return Err(self.syntax("expected a key in double quotes"));
        }
        let key = self.string()?;
        self.skip_space();
        if !self.eat(b':') {
            return Err(self.syntax("expected `:` after the key"));
        }
        let node = self.value(depth)?;
        Ok(Member { start, key, node })
    }

    /// Steps into an array or object: the depth that is left inside.
    fn deeper(&mut self, depth: usize) -> Result<usize, ReadFault> {
        let Some(depth) = depth.checked_sub(1) else {
            let message = "expected fewer nested arrays and objects".to_owned();
            return Err(fault(self.at, FaultKind::TooDeep, message));
        };
        self.at += 1;
        Ok(depth)
    }

    fn string(&mut self) -> Result<Cow<'a, str>, ReadFault> {
        self.at += 1;
        let plain = self.plain_run();
        if self.eat(b'"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.syntax("expected no control character in a string")),
                None => return Err(self.syntax("expected `\"` at the end of the string")),
            }
            text.push_str(self.plain_run());
        }
    }

    /// Refuses a second key that is equal to an earlier one of `keys`, the places of an object's keys in
    /// the order of the text. Takes time n log n.
    fn unique(&self, mut keys: Vec<usize>) -> Result<(), ReadFault> {
        keys.sort_unstable_by(|a, b| self.key(*a).cmp(self.key(*b)).then(a.cmp(b)));
        let pairs = keys.array_windows();
        let twice = pairs.filter(|[a, b]| self.key(*a).eq(self.key(*b)));
        match twice.map(|[_, second]| *second).min() {
            None => Ok(()),
            Some(second) => {
                let key: String = self.key(second).collect();
                let message = format!("the key `{key}` stands twice in one object");
                Err(fault(second, FaultKind::DuplicateKey, message))
            }
        }
    }

    /// The characters of the key whose opening quote is at byte `start`, which was read before.
    fn key(&self, start: usize) -> impl Iterator<Item = char> {
        let mut reader = Reader {
            text: self.text,
            at: start + 1,
            keep: false,
        };
        std::iter::from_fn(move || reader.character())
    }

    /// The next character of a string. None at its end.
    fn character(&mut self) -> Option<char> {
        match self.peek()? {
            b'"' => None,
            b'\\' => self.escape().ok(),
            _ => {
                let character = self.text.get(self.at..)?.chars().next()?;
                self.at += character.len_utf8();
                Some(character)
            }
        }
    }

    /// Everything up to a quote, a backslash, a control character or the end.
    fn plain_run(&mut self) -> &'a str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let special = |byte: u8| byte == b'"' || byte == b'\\' || byte < 0x20;
        let length = rest.bytes().position(special).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn escape(&mut self) -> Result<char, ReadFault> {
        let start = self.at;
        self.at += 1;
        let character = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => return Err(self.syntax("expected one of `\"\\/bfnrtu` after a backslash")),
        };
        self.at += 1;
        Ok(character)
    }

    fn unicode_escape(&mut self, start: usize) -> Result<char, ReadFault> {
        self.at += 1;
        let first = self.four_digits()?;
        let mut code = first;
        if (0xD800..0xDC00).contains(&first) && self.eat(b'\\') && self.eat(b'u') {
            let second = self.four_digits()?;
            if (0xDC00..0xE000).contains(&second) {
                code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            }
        }
        char::from_u32(code).ok_or_else(|| {
            let message = "expected a pair of surrogates".to_owned();
            fault(start, FaultKind::Syntax, message)
        })
    }

    fn four_digits(&mut self) -> Result<u32, ReadFault> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            let digit = digit.ok_or_else(|| self.syntax("expected a hexadecimal digit"))?;
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }
}

fn fault(offset: usize, kind: FaultKind, message: String) -> ReadFault {
    ReadFault {
        offset,
        kind,
        message,
    }
}
