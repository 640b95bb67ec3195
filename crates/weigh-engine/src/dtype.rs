//! Storage types of tensors: how many weights a block holds and how many bytes it takes.

use std::fmt;

use candle_core::quantized::GgmlDType;

/// How the weights of a tensor are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dtype {
    /// IEEE 754 binary32.
    F32,
    /// IEEE 754 binary16.
    F16,
    /// The upper half of binary32.
    BF16,
    /// 4 bits, one scale per 32.
    Q4_0,
    /// 4 bits, one scale and one minimum per 32.
    Q4_1,
    /// 5 bits, one scale per 32.
    Q5_0,
    /// 5 bits, one scale and one minimum per 32.
    Q5_1,
    /// 8 bits, one scale per 32.
    Q8_0,
    /// About 2.6 bits, blocks of 256.
    Q2K,
    /// About 3.4 bits, blocks of 256.
    Q3K,
    /// 4.5 bits, blocks of 256.
    Q4K,
    /// 5.5 bits, blocks of 256.
    Q5K,
    /// About 6.6 bits, blocks of 256.
    Q6K,
}

/// One row of the table of types: the type, its id in GGUF, its name, weights and bytes per block.
type Row = (Dtype, u32, &'static str, usize, usize);

/// Ids, names and sizes as in ggml's `ggml_type` and `ggml-common.h`.
const TABLE: [Row; 13] = [
    (Dtype::F32, 0, "F32", 1, 4),
    (Dtype::F16, 1, "F16", 1, 2),
    (Dtype::Q4_0, 2, "Q4_0", 32, 18),
    (Dtype::Q4_1, 3, "Q4_1", 32, 20),
    (Dtype::Q5_0, 6, "Q5_0", 32, 22),
    (Dtype::Q5_1, 7, "Q5_1", 32, 24),
    (Dtype::Q8_0, 8, "Q8_0", 32, 34),
    (Dtype::Q2K, 10, "Q2_K", 256, 84),
    (Dtype::Q3K, 11, "Q3_K", 256, 110),
    (Dtype::Q4K, 12, "Q4_K", 256, 144),
    (Dtype::Q5K, 13, "Q5_K", 256, 176),
    (Dtype::Q6K, 14, "Q6_K", 256, 210),
    (Dtype::BF16, 30, "BF16", 1, 2),
];

/// Types that ggml knows and this program does not read, so that a refusal can name them.
const OTHER_GGML_TYPES: [(u32, &str); 22] = [
    (9, "Q8_1"),
    (15, "Q8_K"),
    (16, "IQ2_XXS"),
    (17, "IQ2_XS"),
    (18, "IQ3_XXS"),
    (19, "IQ1_S"),
    (20, "IQ4_NL"),
    (21, "IQ3_S"),
    (22, "IQ2_S"),
    (23, "IQ4_XS"),
    (24, "I8"),
    (25, "I16"),
    (26, "I32"),
    (27, "I64"),
    (28, "F64"),
    (29, "IQ1_M"),
    (34, "TQ1_0"),
    (35, "TQ2_0"),
    (39, "MXFP4"),
    (40, "NVFP4"),
    (4, "Q4_2 (withdrawn)"),
    (5, "Q4_3 (withdrawn)"),
];

impl Dtype {
    /// The type with this id in a GGUF file.
    pub(crate) fn from_ggml(id: u32) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == id).map(|row| row.0)
    }

    /// The name of a ggml type that is known but not read.
    pub(crate) fn name_of_unread_ggml(id: u32) -> Option<&'static str> {
        OTHER_GGML_TYPES
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, name)| *name)
    }

    /// The id of this type in a GGUF file.
    pub(crate) fn ggml_id(self) -> u32 {
        self.row().1
    }

    /// Weights in one block; the rows of a tensor hold whole blocks.
    #[must_use]
    pub fn block_len(self) -> usize {
        self.row().3
    }

    /// Bytes of one block.
    #[must_use]
    pub fn block_bytes(self) -> usize {
        self.row().4
    }

    /// The bytes that `elements` weights take; `None` if they are no whole number of blocks or
    /// the size cannot be written as a `usize`.
    #[must_use]
    pub fn bytes_for(self, elements: usize) -> Option<usize> {
        if !elements.is_multiple_of(self.block_len()) {
            return None;
        }
        (elements / self.block_len()).checked_mul(self.block_bytes())
    }

    /// The same type in candle.
    pub(crate) fn to_candle(self) -> GgmlDType {
        match self {
            Self::F32 => GgmlDType::F32,
            Self::F16 => GgmlDType::F16,
            Self::BF16 => GgmlDType::BF16,
            Self::Q4_0 => GgmlDType::Q4_0,
            Self::Q4_1 => GgmlDType::Q4_1,
            Self::Q5_0 => GgmlDType::Q5_0,
            Self::Q5_1 => GgmlDType::Q5_1,
            Self::Q8_0 => GgmlDType::Q8_0,
            Self::Q2K => GgmlDType::Q2K,
            Self::Q3K => GgmlDType::Q3K,
            Self::Q4K => GgmlDType::Q4K,
            Self::Q5K => GgmlDType::Q5K,
            Self::Q6K => GgmlDType::Q6K,
        }
    }

    fn row(self) -> &'static Row {
        TABLE
            .iter()
            .find(|row| row.0 == self)
            .unwrap_or(&(Self::F32, 0, "F32", 1, 4))
    }
}

impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_agree_with_candle() {
        for (dtype, _, name, len, bytes) in TABLE {
            let candle = dtype.to_candle();
            assert_eq!(
                (candle.block_size(), candle.type_size()),
                (len, bytes),
                "{name}"
            );
            assert_eq!(dtype.to_string(), name);
        }
    }

    #[test]
    fn ids_go_both_ways_and_unread_ones_have_names() {
        for (dtype, id, ..) in TABLE {
            assert_eq!(Dtype::from_ggml(id), Some(dtype));
            assert_eq!(dtype.ggml_id(), id);
            assert_eq!(Dtype::name_of_unread_ggml(id), None);
        }
        assert_eq!(Dtype::name_of_unread_ggml(23), Some("IQ4_XS"));
        assert_eq!(Dtype::name_of_unread_ggml(99), None);
    }

    #[test]
    fn bytes_need_whole_blocks() {
        assert_eq!(Dtype::Q4_1.bytes_for(64), Some(40));
        assert_eq!(Dtype::Q4_1.bytes_for(33), None);
        assert_eq!(Dtype::F32.bytes_for(usize::MAX), None);
    }
}
