//! Every way in which a GGUF file can be wrong.

/// What is wrong with a GGUF file, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {fault}")]
pub struct GgufFault {
    /// Offset of what is wrong, from the beginning of the file.
    pub at: u64,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The first four bytes are not `GGUF`.
    #[error("no GGUF magic: not a GGUF file")]
    Magic,
    /// The version's bytes are in the order of big-endian machines.
    #[error("a big-endian file; convert it to little-endian")]
    BigEndian,
    /// A version other than 2 and 3.
    #[error("GGUF version {0}; versions 2 and 3 are read")]
    Version(u32),
    /// The file ends before what it announces.
    #[error("{needed} more bytes are announced and {left} are left: the file is cut or damaged")]
    Truncated {
        /// Bytes announced.
        needed: u64,
        /// Bytes left in the file.
        left: u64,
    },
    /// More metadata keys than a model can need.
    #[error("{0} metadata keys; at most 65,536 are read")]
    TooManyKeys(u64),
    /// More tensors than a model can need.
    #[error("{0} tensors; at most 65,536 are read")]
    TooManyTensors(u64),
    /// A string above the cap.
    #[error("a string of {0} bytes; at most 16 MiB are read")]
    StringTooLong(u64),
    /// A string that is not UTF-8.
    #[error("a string that is not UTF-8")]
    NotUtf8,
    /// A metadata key that is empty or not of the form that the specification gives.
    #[error("the metadata key {0:?}; keys are 1 to 65,535 ASCII characters from ! to ~")]
    Key(String),
    /// The same key twice: two readers could take two values.
    #[error("the metadata key `{0}` a second time")]
    DuplicateKey(String),
    /// A value type that the specification does not have.
    #[error("the value type {0}; types are 0 to 12")]
    ValueType(u32),
    /// A boolean that is neither 0 nor 1.
    #[error("a boolean of {0}; booleans are 0 or 1")]
    Bool(u8),
    /// Arrays in arrays, too deep.
    #[error("arrays nested deeper than 4")]
    Nesting,
    /// An array that the rest of the file cannot hold.
    #[error("an array of {items} items; the {left} bytes left cannot hold it")]
    ArrayTooLong {
        /// Items announced.
        items: u64,
        /// Bytes left in the file.
        left: u64,
    },
    /// `general.alignment` with another type than uint32.
    #[error("`general.alignment` is not a uint32")]
    AlignmentType,
    /// `general.alignment` with a value that cannot be.
    #[error("`general.alignment` is {0}; it is a power of two from 8 to 65,536")]
    Alignment(u32),
    /// A tensor name that is empty or too long.
    #[error("a tensor name of {0} bytes; names have 1 to 64")]
    TensorName(u64),
    /// The same tensor twice.
    #[error("the tensor `{0}` a second time")]
    DuplicateTensor(String),
    /// No dimension, or more than four.
    #[error("tensor `{name}` has {dims} dimensions; tensors have 1 to 4")]
    Dimensions {
        /// Its name.
        name: String,
        /// Dimensions announced.
        dims: u32,
    },
    /// A dimension of nothing.
    #[error("tensor `{0}` has a dimension of 0")]
    EmptyTensor(String),
    /// More elements than can be counted.
    #[error("tensor `{0}` has more elements than can be addressed")]
    TooManyElements(String),
    /// A tensor type that is known and not read, or unknown.
    #[error("tensor `{name}` is stored as {dtype}, which is not supported")]
    TensorType {
        /// Its name.
        name: String,
        /// The type's name or number.
        dtype: String,
    },
    /// A row that ends inside a block.
    #[error("tensor `{name}` has rows of {row} weights, not whole blocks of {block}")]
    PartBlock {
        /// Its name.
        name: String,
        /// Weights in a row.
        row: u64,
        /// Weights in a block.
        block: usize,
    },
    /// Data that does not begin at a multiple of the alignment.
    #[error("tensor `{name}` begins at {offset}, no multiple of the alignment {alignment}")]
    Misaligned {
        /// Its name.
        name: String,
        /// Offset in the data section.
        offset: u64,
        /// The file's alignment.
        alignment: u64,
    },
    /// Data beyond the end of the file.
    #[error("tensor `{name}` ends at {end}, after the end of the file at {file}: the file is cut")]
    OutOfFile {
        /// Its name.
        name: String,
        /// Where it would end, from the beginning of the file.
        end: u64,
        /// Size of the file.
        file: u64,
    },
    /// Two tensors over the same bytes.
    #[error("tensor `{second}` begins inside tensor `{first}`")]
    Overlap {
        /// The one that lies first.
        first: String,
        /// The one that begins too early.
        second: String,
    },
    /// Bytes between two tensors that belong to none.
    #[error("{bytes} bytes before tensor `{name}` belong to no tensor")]
    Gap {
        /// The tensor after the gap.
        name: String,
        /// Size of the gap.
        bytes: u64,
    },
    /// Bytes after the last tensor.
    #[error("{0} bytes after the last tensor belong to nothing")]
    Trailing(u64),
    /// Padding that is not zero.
    #[error("padding that is not zero")]
    Padding,
}
