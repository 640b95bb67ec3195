//! Memory for panels and tiles: aligned to a cache line, reused from call to call.

use std::marker::PhantomData;

/// Numbers without padding for which every bit pattern is a value.
///
/// # Safety
/// Implemented only for primitive numbers, arrays of them, and `repr(C)` or `repr(transparent)`
/// structures of those without padding. None is aligned to more than 64 bytes.
pub(super) unsafe trait Plain: Copy + Default + Send + Sync + 'static {}

// SAFETY: a primitive number.
unsafe impl Plain for f32 {}

// SAFETY: an array of primitive numbers.
unsafe impl Plain for [i8; 4] {}

#[repr(C, align(64))]
#[derive(Clone, Copy)]
struct Line([u8; 64]);

/// A vector of numbers that begins on a cache line.
pub(super) struct Aligned<T> {
    lines: Vec<Line>,
    len: usize,
    kind: PhantomData<T>,
}

impl<T> Default for Aligned<T> {
    /// No numbers, no memory.
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            len: 0,
            kind: PhantomData,
        }
    }
}

impl<T: Plain> Aligned<T> {
    /// `len` zeros.
    pub(super) fn zeros(len: usize) -> Self {
        let mut zeros = Self::default();
        zeros.resize(len);
        zeros
    }

    /// Makes the length `len`. The numbers afterwards are whatever was there before, or zeros.
    pub(super) fn resize(&mut self, len: usize) {
        let lines = (len * size_of::<T>()).div_ceil(size_of::<Line>());
        if lines > self.lines.len() {
            self.lines = vec![Line([0; 64]); lines];
        }
        self.len = len;
    }

    /// Bytes that it takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.lines.as_slice())
    }

    /// The numbers.
    pub(super) fn as_slice(&self) -> &[T] {
        // SAFETY: `resize` holds at least `len` numbers' worth of initialised lines; every bit
        // pattern is a `T`, and a line's alignment is a multiple of `T`'s.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.len) }
    }

    /// The numbers, to be written.
    pub(super) fn as_mut_slice(&mut self) -> &mut [T] {
        // SAFETY: as in `as_slice`, and `self` is borrowed exclusively.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.len) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_on_a_cache_line_and_keeps_its_memory() {
        let mut memory = Aligned::<f32>::zeros(100);
        assert_eq!(memory.as_slice(), [0.0; 100]);
        let first = memory.as_slice().as_ptr();
        assert_eq!(first.align_offset(64), 0);
        memory.as_mut_slice().fill(1.0);
        memory.resize(3);
        assert_eq!(memory.as_slice(), [1.0; 3]);
        memory.resize(112);
        assert_eq!(memory.as_slice().as_ptr(), first);
        memory.resize(0);
        assert!(memory.as_slice().is_empty());
    }
}
