//! Matrix products of a decoder's linear layers: `y = x * transpose(w)`, or added to `y`.
//!
//! Element `(r, c)` of a product is computed from row `r` of the activations and row `c` of the
//! weight alone, always in the same order, so neither the other rows of the call, nor a row's
//! place in it, nor the number of threads changes a bit.

use super::isa::Isa;
use super::matmul_bf16::Pair;
use super::matmul_grid::{Grid, Target};
use super::pack::{PackError, Rows, count, group_len, numbers};
use super::pack_int8::{self, Codes, Quantised};
use super::pack_panels::{Panels, TILE, Tiles};
use super::{matmul_bf16, matmul_f32, matmul_int8};

/// In which arithmetic a product is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Weights and activations in single precision.
    F32,
    /// Weights and activations rounded to bfloat16, sums in single precision.
    Bf16,
    /// Weights as the codes of a quantised file, activations quantised to 8 bits in groups of as
    /// many as share a scale in the weights; sums of a group are exact, of groups in single
    /// precision.
    Int8,
}

/// A weight in the layout of its class.
pub struct Packed(Form);

enum Form {
    F32(Panels<f32>),
    Bf16(Panels<Pair>),
    /// Groups of 32.
    Int8(Codes<8>),
    /// Groups of 16.
    Int8Fine(Codes<4>),
}

impl Packed {
    /// Packs the rows of all `parts`, one below the other (query, key and value; gate and up), each
    /// row having `k` weights.
    ///
    /// # Errors
    /// When a part does not have whole rows, or is not stored as its class needs.
    pub fn new(class: Class, parts: &[Rows<'_>], k: usize) -> Result<Self, PackError> {
        let n = count(parts, k)?;
        if class == Class::Int8 {
            let fine = group_len(parts)? == 16;
            return Ok(Self(if fine {
                Form::Int8Fine(Codes::new(parts, n, k))
            } else {
                Form::Int8(Codes::new(parts, n, k))
            }));
        }
        numbers(parts)?;
        Ok(Self(match class {
            Class::Bf16 => Form::Bf16(Panels::new(parts, n, k)),
            Class::F32 | Class::Int8 => Form::F32(Panels::new(parts, n, k)),
        }))
    }

    /// How many columns a product has.
    pub fn n(&self) -> usize {
        self.shape().0
    }

    /// How many activations a row has.
    pub fn k(&self) -> usize {
        self.shape().1
    }

    fn shape(&self) -> (usize, usize) {
        match &self.0 {
            Form::F32(w) => (w.n, w.k),
            Form::Bf16(w) => (w.n, w.k),
            Form::Int8(w) => (w.n, w.k),
            Form::Int8Fine(w) => (w.n, w.k),
        }
    }
}

/// Memory for prepared activations, kept from call to call.
pub struct Workspace {
    f32: Tiles<f32>,
    bf16: Tiles<Pair>,
    int8: Quantised<8>,
    int8_fine: Quantised<4>,
}

impl Default for Workspace {
    fn default() -> Self {
        Self {
            f32: Tiles::empty(),
            bf16: Tiles::empty(),
            int8: Quantised::empty(),
            int8_fine: Quantised::empty(),
        }
    }
}

impl Workspace {
    /// The activations of a layer's input: `x` has whole rows of `k`. Every form that the products
    /// of this input need is made once, when the first of them needs it.
    ///
    /// # Panics
    /// When `x` does not have whole rows.
    pub fn activations<'a>(&'a mut self, x: &'a [f32], k: usize) -> Activations<'a> {
        assert!(
            k > 0 && x.len().is_multiple_of(k),
            "{} values in rows of {k}",
            x.len()
        );
        Activations {
            x,
            k,
            space: self,
            ready: Ready::default(),
        }
    }
}

/// Rows of activations, shared by several products.
pub struct Activations<'a> {
    x: &'a [f32],
    k: usize,
    space: &'a mut Workspace,
    ready: Ready,
}

/// Which forms of these activations the workspace holds.
#[derive(Default)]
struct Ready {
    f32: bool,
    bf16: bool,
    int8: bool,
    int8_fine: bool,
}

impl Activations<'_> {
    fn prepare(&mut self, isa: Isa, threads: usize, form: &Form) {
        let (x, k, space) = (self.x, self.k, &mut *self.space);
        let first = |ready: &mut bool| !std::mem::replace(ready, true);
        match form {
            Form::F32(_) if first(&mut self.ready.f32) => space.f32.pack(isa, threads, x, k),
            Form::Bf16(_) if first(&mut self.ready.bf16) => space.bf16.pack(isa, threads, x, k),
            Form::Int8(_) if first(&mut self.ready.int8) => space.int8.pack(isa, threads, x, k),
            Form::Int8Fine(_) if first(&mut self.ready.int8_fine) => {
                space.int8_fine.pack(isa, threads, x, k);
            }
            Form::F32(_) | Form::Bf16(_) | Form::Int8(_) | Form::Int8Fine(_) => {}
        }
    }
}

/// Where a product goes: rows of `y` that are `stride` apart.
pub struct Output<'a> {
    /// The memory of all rows.
    pub y: &'a mut [f32],
    /// From the beginning of one row to the beginning of the next.
    pub stride: usize,
    /// Whether the finished sum is added to what `y` holds (`y + sum`, one rounding) or replaces it.
    pub accumulate: bool,
}

/// Computes `y = x * transpose(w)` in pieces for `threads` threads of the current rayon pool; with
/// one thread everything happens on the caller's.
///
/// # Panics
/// When the shapes of `x`, `w` and `y` do not agree.
pub fn matmul(isa: Isa, threads: usize, x: &mut Activations<'_>, w: &Packed, y: Output<'_>) {
    let (m, k, n) = (x.x.len() / x.k, x.k, w.n());
    assert!(
        k == w.k(),
        "activations of {k} columns, weights of {}",
        w.k()
    );
    let last = m.saturating_sub(1) * y.stride + n;
    assert!(
        y.stride >= n && (m == 0 || y.y.len() >= last),
        "the product does not fit"
    );
    let y = Target {
        y: y.y.as_mut_ptr(),
        stride: y.stride,
        accumulate: y.accumulate,
    };
    x.prepare(isa, threads, &w.0);
    let grid = |tile| Grid { m, k, n, tile };
    match &w.0 {
        Form::F32(w) => grid(TILE).run(threads, y, |tile, panel, out| {
            let (tile, rows) = x.space.f32.tile(tile);
            matmul_f32::tile(isa, rows, tile, w.panel(panel), out);
        }),
        Form::Bf16(w) => grid(TILE).run(threads, y, |tile, panel, out| {
            let (tile, rows) = x.space.bf16.tile(tile);
            matmul_bf16::tile(isa, rows, tile, w.panel(panel), out);
        }),
        Form::Int8(w) => grid(pack_int8::TILE).run(threads, y, |tile, panel, out| {
            matmul_int8::tile(isa, &x.space.int8.tile(tile), w.panel(panel), out);
        }),
        Form::Int8Fine(w) => grid(pack_int8::TILE).run(threads, y, |tile, panel, out| {
            matmul_int8::tile(isa, &x.space.int8_fine.tile(tile), w.panel(panel), out);
        }),
    }
}
