//! Weights as a file has them, and what every packed layout shares.

use half::{bf16, f16};

/// Columns of a product (rows of the weight) in one panel.
pub const PANEL: usize = 32;

/// Rows of one weight of a layer, row-major, as the file has them.
#[derive(Debug, Clone, Copy)]
pub enum Rows<'a> {
    /// IEEE single precision.
    F32(&'a [f32]),
    /// IEEE half precision.
    F16(&'a [f16]),
    /// bfloat16.
    Bf16(&'a [bf16]),
}

/// Why a weight cannot be packed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// The values do not fill whole rows.
    #[error("{values} weights do not fill rows of {width}")]
    Ragged {
        /// How many values there are.
        values: usize,
        /// The length of a row.
        width: usize,
    },
}

impl Rows<'_> {
    /// How many rows of `k` weights there are.
    pub(super) fn count(&self, k: usize) -> Result<usize, PackError> {
        let values = match self {
            Self::F32(v) => v.len(),
            Self::F16(v) => v.len(),
            Self::Bf16(v) => v.len(),
        };
        if k == 0 || !values.is_multiple_of(k) {
            return Err(PackError::Ragged { values, width: k });
        }
        Ok(values / k)
    }

    /// Row `index`, in single precision, into `out`, whose length is the row's.
    fn read(&self, index: usize, out: &mut [f32]) {
        let range = index * out.len()..(index + 1) * out.len();
        match self {
            Self::F32(v) => out.copy_from_slice(v.get(range).unwrap_or_default()),
            Self::F16(v) => convert(v.get(range), out),
            Self::Bf16(v) => convert(v.get(range), out),
        }
    }
}

fn convert<T: Copy + Into<f32>>(row: Option<&[T]>, out: &mut [f32]) {
    for (slot, &value) in out.iter_mut().zip(row.unwrap_or_default()) {
        *slot = value.into();
    }
}

/// How many rows of `k` weights all parts have together.
pub(super) fn count(parts: &[Rows<'_>], k: usize) -> Result<usize, PackError> {
    parts.iter().map(|part| part.count(k)).sum()
}

/// Row `index` of all parts, one below the other, in single precision, into `out`.
pub(super) fn row_of(parts: &[Rows<'_>], mut index: usize, out: &mut [f32]) {
    for part in parts {
        let rows = part.count(out.len()).unwrap_or(0);
        if index < rows {
            return part.read(index, out);
        }
        index -= rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_one_below_the_other() {
        let f32s = [1.0, 2.0, 3.0, 4.0];
        let halves = [5.0, 6.0].map(f16::from_f32);
        let brains = [7.0, 8.0].map(bf16::from_f32);
        let parts = [Rows::F32(&f32s), Rows::F16(&halves), Rows::Bf16(&brains)];
        assert_eq!(count(&parts, 2), Ok(4));
        let mut row = [0.0; 2];
        for index in 0..4 {
            row_of(&parts, index, &mut row);
            let first = 2.0 * index as f32 + 1.0;
            assert_eq!(row, [first, first + 1.0]);
        }
    }

    #[test]
    fn rows_are_whole() {
        let check = |width, expect: &str| {
            assert_eq!(
                count(&[Rows::F32(&[0.0; 6])], width)
                    .unwrap_err()
                    .to_string(),
                expect
            );
        };
        check(4, "6 weights do not fill rows of 4");
        check(0, "6 weights do not fill rows of 0");
    }
}
