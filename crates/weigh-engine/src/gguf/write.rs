//! Writing of GGUF version 3 files, for models that are made here.

use super::metadata::ValueType;
use crate::dtype::Dtype;

/// Where tensors begin, as in a file that says nothing else.
pub(crate) const ALIGNMENT: usize = 32;

/// A file in the making.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    keys: u64,
    metadata: Vec<u8>,
    tensors: u64,
    directory: Vec<u8>,
    data: Vec<u8>,
}

impl Writer {
    /// A file with `keys` pairs that another one has, as they stand there.
    pub(crate) fn with_metadata(keys: usize, stored: &[u8]) -> Self {
        Self {
            keys: keys as u64,
            metadata: stored.to_vec(),
            ..Self::default()
        }
    }

    /// Adds a string.
    pub(crate) fn text(&mut self, key: &str, value: &str) {
        self.key(key, ValueType::String);
        put_text(&mut self.metadata, value);
    }

    /// Adds a boolean.
    pub(crate) fn flag(&mut self, key: &str, value: bool) {
        self.key(key, ValueType::Bool);
        self.metadata.push(u8::from(value));
    }

    /// Adds an unsigned integer of 32 bits.
    pub(crate) fn u32(&mut self, key: &str, value: u32) {
        self.key(key, ValueType::U32);
        self.metadata.extend(value.to_le_bytes());
    }

    /// Adds a single-precision number.
    pub(crate) fn f32(&mut self, key: &str, value: f32) {
        self.key(key, ValueType::F32);
        self.metadata.extend(value.to_le_bytes());
    }

    /// Adds an array of strings.
    pub(crate) fn texts<'t>(&mut self, key: &str, values: impl ExactSizeIterator<Item = &'t str>) {
        self.array(key, ValueType::String, values.len());
        for value in values {
            put_text(&mut self.metadata, value);
        }
    }

    /// Adds an array of signed integers of 32 bits.
    pub(crate) fn i32s(&mut self, key: &str, values: &[i32]) {
        self.array(key, ValueType::I32, values.len());
        for value in values {
            self.metadata.extend(value.to_le_bytes());
        }
    }

    /// Adds an array of single-precision numbers.
    #[cfg(test)]
    pub(crate) fn f32s(&mut self, key: &str, values: &[f32]) {
        self.array(key, ValueType::F32, values.len());
        for value in values {
            self.metadata.extend(value.to_le_bytes());
        }
    }

    /// Adds a tensor of `shape` (rows first), whose bytes are stored as `dtype`.
    pub(crate) fn tensor(&mut self, name: &str, dtype: Dtype, shape: &[usize], bytes: &[u8]) {
        self.tensors += 1;
        let offset = self.data.len() as u64;
        let dims = u32::try_from(shape.len()).unwrap_or(u32::MAX);
        put_text(&mut self.directory, name);
        self.directory.extend(dims.to_le_bytes());
        for dim in shape.iter().rev() {
            self.directory.extend((*dim as u64).to_le_bytes());
        }
        self.directory.extend(dtype.ggml_id().to_le_bytes());
        self.directory.extend(offset.to_le_bytes());
        self.data.extend(bytes);
        pad(&mut self.data);
    }

    /// The bytes of the file.
    pub(crate) fn finish(self) -> Vec<u8> {
        let mut file = b"GGUF\x03\0\0\0".to_vec();
        file.extend(self.tensors.to_le_bytes());
        file.extend(self.keys.to_le_bytes());
        file.extend(self.metadata);
        file.extend(self.directory);
        pad(&mut file);
        file.extend(self.data);
        file
    }

    fn key(&mut self, key: &str, value_type: ValueType) {
        self.keys += 1;
        put_text(&mut self.metadata, key);
        self.metadata.extend((value_type as u32).to_le_bytes());
    }

    fn array(&mut self, key: &str, item: ValueType, len: usize) {
        self.key(key, ValueType::Array);
        self.metadata.extend((item as u32).to_le_bytes());
        self.metadata.extend((len as u64).to_le_bytes());
    }
}

fn put_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}

fn pad(bytes: &mut Vec<u8>) {
    bytes.resize(bytes.len().next_multiple_of(ALIGNMENT), 0);
}
