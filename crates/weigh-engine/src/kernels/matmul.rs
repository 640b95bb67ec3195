//! Matrix products of a decoder's linear layers: `y = x * transpose(w)`, or added to `y`.
//!
//! Element `(r, c)` of a product is computed from row `r` of the activations and row `c` of the
//! weight alone, always in the same order, so neither the other rows of the call, nor a row's
//! place in it, nor the number of threads changes a bit.

use super::isa::Isa;
use super::matmul_bf16::Pair;
use super::matmul_grid::{Grid, Target};
use super::pack::{PackError, Rows, count};
use super::pack_panels::{Panels, TILE, Tiles};
use super::{matmul_bf16, matmul_f32};

/// In which arithmetic a product is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Weights and activations in single precision.
    F32,
    /// Weights and activations rounded to bfloat16, sums in single precision.
    Bf16,
}

/// A weight in the layout of its class.
pub struct Packed(Form);

enum Form {
    F32(Panels<f32>),
    Bf16(Panels<Pair>),
}

impl Packed {
    /// Packs the rows of all `parts`, one below the other (query, key and value; gate and up), each
    /// row having `k` weights.
    ///
    /// # Errors
    /// When a part does not have whole rows.
    pub fn new(class: Class, parts: &[Rows<'_>], k: usize) -> Result<Self, PackError> {
        let n = count(parts, k)?;
        Ok(Self(match class {
            Class::F32 => Form::F32(Panels::new(parts, n, k)),
            Class::Bf16 => Form::Bf16(Panels::new(parts, n, k)),
        }))
    }

    /// How many columns a product has.
    pub fn n(&self) -> usize {
        match &self.0 {
            Form::F32(w) => w.n,
            Form::Bf16(w) => w.n,
        }
    }

    /// How many activations a row has.
    pub fn k(&self) -> usize {
        match &self.0 {
            Form::F32(w) => w.k,
            Form::Bf16(w) => w.k,
        }
    }
}

/// Memory for prepared activations, kept from call to call.
pub struct Workspace {
    f32: Tiles<f32>,
    bf16: Tiles<Pair>,
}

impl Default for Workspace {
    fn default() -> Self {
        Self {
            f32: Tiles::empty(),
            bf16: Tiles::empty(),
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
            f32: false,
            bf16: false,
        }
    }
}

/// Rows of activations, shared by several products.
pub struct Activations<'a> {
    x: &'a [f32],
    k: usize,
    space: &'a mut Workspace,
    /// Whether the workspace holds these activations in this form.
    f32: bool,
    bf16: bool,
}

impl Activations<'_> {
    fn f32(&mut self, isa: Isa, threads: usize) -> &Tiles<f32> {
        if !std::mem::replace(&mut self.f32, true) {
            self.space.f32.pack(isa, threads, self.x, self.k);
        }
        &self.space.f32
    }

    fn bf16(&mut self, isa: Isa, threads: usize) -> &Tiles<Pair> {
        if !std::mem::replace(&mut self.bf16, true) {
            self.space.bf16.pack(isa, threads, self.x, self.k);
        }
        &self.space.bf16
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
    match &w.0 {
        Form::F32(w) => {
            let x = x.f32(isa, threads);
            Grid {
                m,
                k,
                n,
                tile: TILE,
            }
            .run(threads, y, |tile, panel, out| {
                let (tile, rows) = x.tile(tile);
                matmul_f32::tile(isa, rows, tile, w.panel(panel), out);
            });
        }
        Form::Bf16(w) => {
            let x = x.bf16(isa, threads);
            Grid {
                m,
                k,
                n,
                tile: TILE,
            }
            .run(threads, y, |tile, panel, out| {
                let (tile, rows) = x.tile(tile);
                matmul_bf16::tile(isa, rows, tile, w.panel(panel), out);
            });
        }
    }
}
