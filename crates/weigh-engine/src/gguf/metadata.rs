//! Typed access to the metadata of a GGUF file.

use std::collections::BTreeMap;

use super::cursor::Cursor;

/// Type of a value, with its number in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueType {
    U8 = 0,
    I8 = 1,
    U16 = 2,
    I16 = 3,
    U32 = 4,
    I32 = 5,
    F32 = 6,
    Bool = 7,
    String = 8,
    Array = 9,
    U64 = 10,
    I64 = 11,
    F64 = 12,
}

impl ValueType {
    /// The type with this number.
    pub(super) fn from_id(id: u32) -> Option<Self> {
        const ALL: [ValueType; 13] = [
            ValueType::U8,
            ValueType::I8,
            ValueType::U16,
            ValueType::I16,
            ValueType::U32,
            ValueType::I32,
            ValueType::F32,
            ValueType::Bool,
            ValueType::String,
            ValueType::Array,
            ValueType::U64,
            ValueType::I64,
            ValueType::F64,
        ];
        ALL.get(usize::try_from(id).ok()?).copied()
    }

    /// The fewest bytes that one value takes.
    pub(super) fn least_bytes(self) -> u64 {
        match self {
            Self::U8 | Self::I8 | Self::Bool => 1,
            Self::U16 | Self::I16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::String | Self::U64 | Self::I64 | Self::F64 => 8,
            Self::Array => 12,
        }
    }
}

/// A value. Arrays and strings stay in the file's bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    /// Any unsigned type.
    Unsigned(u64),
    /// Any signed type.
    Signed(i64),
    /// A single-precision number.
    F32(f32),
    /// A double-precision number.
    F64(f64),
    /// A boolean.
    Bool(bool),
    /// Text.
    Text(&'a str),
    /// Items of one type, checked and still encoded.
    Array(Array<'a>),
}

/// The checked bytes of an array's items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Array<'a> {
    /// Type of each item.
    pub item: ValueType,
    /// Number of items.
    pub len: usize,
    /// The items.
    pub bytes: &'a [u8],
}

impl<'a> Array<'a> {
    /// The items, if they are strings.
    pub(crate) fn strings(self) -> Option<impl Iterator<Item = &'a str>> {
        let mut cursor = Cursor::new(self.bytes);
        (self.item == ValueType::String)
            .then(|| (0..self.len).map_while(move |_| cursor.string().ok()))
    }

    /// The items, if they are 32-bit integers and none is negative.
    pub(crate) fn u32s(self) -> Option<Vec<u32>> {
        let words = self.bytes.as_chunks::<4>().0.iter();
        if self.item == ValueType::U32 {
            return Some(words.map(|word| u32::from_le_bytes(*word)).collect());
        }
        let unsigned = |word: &[u8; 4]| u32::try_from(i32::from_le_bytes(*word)).ok();
        (self.item == ValueType::I32)
            .then(|| words.map(unsigned).collect())
            .flatten()
    }

    /// The items, if they are single-precision numbers.
    pub(crate) fn f32s(self) -> Option<Vec<f32>> {
        let words = self.bytes.as_chunks::<4>().0.iter();
        (self.item == ValueType::F32).then(|| words.map(|word| f32::from_le_bytes(*word)).collect())
    }
}

/// A metadata key that is missing or has the wrong type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// It is not there.
    #[error("the metadata key `{0}` is missing")]
    Missing(String),
    /// It has another type than the specification gives it.
    #[error("the metadata key `{key}` is not {expected}")]
    Type {
        /// The key.
        key: String,
        /// What it should be.
        expected: &'static str,
    },
}

/// Keys and values.
#[derive(Debug, Default)]
pub(crate) struct Metadata<'a>(pub(super) BTreeMap<&'a str, Value<'a>>);

/// One getter of an optional value and, where it has a name, one of a value that must be there.
macro_rules! getters {
    ($optional:ident, $required:ident, $type:ty, $expected:literal, $convert:expr) => {
        getters!($optional, $type, $expected, $convert);

        #[doc = concat!("The value, which is ", $expected, ".")]
        pub(crate) fn $required(&self, key: &str) -> Result<$type, KeyFault> {
            self.$optional(key)?
                .ok_or_else(|| KeyFault::Missing(key.to_owned()))
        }
    };
    ($optional:ident, $type:ty, $expected:literal, $convert:expr) => {
        #[doc = concat!("The value, which is ", $expected, ", if the key is there.")]
        pub(crate) fn $optional(&self, key: &str) -> Result<Option<$type>, KeyFault> {
            let convert: fn(Value<'a>) -> Option<$type> = $convert;
            self.typed(key, $expected, convert)
        }
    };
}

impl<'a> Metadata<'a> {
    getters!(find_text, text, &'a str, "a string", |value| {
        if let Value::Text(text) = value {
            Some(text)
        } else {
            None
        }
    });
    getters!(find_bool, bool, "a boolean", |value| {
        if let Value::Bool(flag) = value {
            Some(flag)
        } else {
            None
        }
    });
    getters!(
        find_size,
        size,
        usize,
        "an unsigned integer",
        |value| match value {
            Value::Unsigned(number) => usize::try_from(number).ok(),
            Value::Signed(number) => usize::try_from(number).ok(),
            Value::F32(_) | Value::F64(_) | Value::Bool(_) | Value::Text(_) | Value::Array(_) =>
                None,
        }
    );
    getters!(
        find_f32,
        f32,
        f32,
        "a finite single-precision number",
        |value| {
            if let Value::F32(number) = value {
                Some(number).filter(|number| number.is_finite())
            } else {
                None
            }
        }
    );
    getters!(find_array, array, Array<'a>, "an array", |value| {
        if let Value::Array(array) = value {
            Some(array)
        } else {
            None
        }
    });

    /// Every key, in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.0.keys().copied()
    }

    fn typed<T>(
        &self,
        key: &str,
        expected: &'static str,
        convert: fn(Value<'a>) -> Option<T>,
    ) -> Result<Option<T>, KeyFault> {
        let Some(value) = self.0.get(key) else {
            return Ok(None);
        };
        convert(*value).map(Some).ok_or_else(|| KeyFault::Type {
            key: key.to_owned(),
            expected,
        })
    }
}
