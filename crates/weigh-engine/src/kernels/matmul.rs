//! Matrix products of a decoder's linear layers: `y = x * transpose(w)`, or added to `y`.
//!
//! Element `(r, c)` of a product is computed from row `r` of the activations and row `c` of the
//! weight alone, always in the same order, so neither the other rows of the call, nor a row's
//! place in it, nor the number of threads changes a bit.

use super::bf16_pair::Pair;
use super::isa::Isa;
use super::matmul_grid::Target;
use super::pack::{PackError, Rows, count, group_len, has_minima};
use super::pack_int8::{Codes, Quantised};
use super::pack_panels::{Panels, Tiles};
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
pub struct Packed(Box<dyn Form>);

/// A layout of weights that can be multiplied with.
trait Form: Send + Sync {
    /// Columns of a product, and activations in a row.
    fn shape(&self) -> (usize, usize);

    /// Computes a product whose shapes have been checked.
    fn multiply(&self, isa: Isa, threads: usize, x: &mut Activations<'_>, y: Target);

    /// Bytes that it takes.
    #[cfg(test)]
    fn size(&self) -> usize;
}

/// The layouts there are.
#[derive(Debug, Clone, Copy)]
enum Layout {
    F32,
    Bf16,
    /// Codes with a scale for each 16 of them.
    Fine,
    FineMinima,
    /// Codes with a scale for each 32 of them.
    Coarse,
    CoarseMinima,
}

impl Layout {
    /// The layout of all `parts` together in a class.
    fn new(class: Class, parts: &[Rows<'_>]) -> Result<Self, PackError> {
        Ok(match class {
            Class::F32 => Self::F32,
            Class::Bf16 => Self::Bf16,
            Class::Int8 => match (group_len(parts)?, has_minima(parts)) {
                (16, false) => Self::Fine,
                (16, true) => Self::FineMinima,
                (_, false) => Self::Coarse,
                (_, true) => Self::CoarseMinima,
            },
        })
    }
}

impl Packed {
    /// Packs the rows of all `parts`, one below the other (query, key and value; gate and up), each
    /// row having `k` weights. In the int8 class all parts take the finest groups, and minima, that
    /// one of them needs.
    ///
    /// # Errors
    /// When a part does not have whole rows, or is not stored as its class needs.
    pub fn new(class: Class, parts: &[Rows<'_>], k: usize) -> Result<Self, PackError> {
        let n = count(parts, k)?;
        Ok(Self(match Layout::new(class, parts)? {
            Layout::F32 => Box::new(Panels::<f32>::new(parts, n, k)?),
            Layout::Bf16 => Box::new(Panels::<Pair>::new(parts, n, k)?),
            Layout::Fine => Box::new(Codes::<4, 0>::new(parts, n, k)),
            Layout::FineMinima => Box::new(Codes::<4, 1>::new(parts, n, k)),
            Layout::Coarse => Box::new(Codes::<8, 0>::new(parts, n, k)),
            Layout::CoarseMinima => Box::new(Codes::<8, 1>::new(parts, n, k)),
        }))
    }

    /// Bytes that `new` would take. The weights are not read.
    ///
    /// # Errors
    /// When a part does not have whole rows, or is not stored as its class needs.
    pub fn bytes(class: Class, parts: &[Rows<'_>], k: usize) -> Result<usize, PackError> {
        let n = count(parts, k)?;
        Ok(match Layout::new(class, parts)? {
            Layout::F32 => Panels::<f32>::bytes(n, k),
            Layout::Bf16 => Panels::<Pair>::bytes(n, k),
            Layout::Fine => Codes::<4, 0>::bytes(n, k),
            Layout::FineMinima => Codes::<4, 1>::bytes(n, k),
            Layout::Coarse => Codes::<8, 0>::bytes(n, k),
            Layout::CoarseMinima => Codes::<8, 1>::bytes(n, k),
        })
    }

    /// Bytes that it takes.
    #[cfg(test)]
    pub(crate) fn size(&self) -> usize {
        self.0.size()
    }

    /// How many columns a product has.
    pub fn n(&self) -> usize {
        self.0.shape().0
    }

    /// How many activations a row has.
    pub fn k(&self) -> usize {
        self.0.shape().1
    }
}

/// Memory for prepared activations, kept from call to call.
#[derive(Default)]
pub struct Workspace {
    f32: Tiles<f32>,
    bf16: Tiles<Pair>,
    int8: Quantised<8>,
    int8_fine: Quantised<4>,
}

impl Workspace {
    /// The activations of a layer's input: `x` has whole rows of `k`. Every form that the products
    /// of this input need is made once, when the first of them needs it.
    ///
    /// # Panics
    /// When `x` does not have whole rows.
    pub fn activations<'a>(&'a mut self, x: &'a [f32], k: usize) -> Activations<'a> {
        let len = x.len();
        assert!(
            k > 0 && len.is_multiple_of(k),
            "{len} values in rows of {k}"
        );
        self.f32.forget();
        self.bf16.forget();
        self.int8.forget();
        self.int8_fine.forget();
        Activations { x, k, space: self }
    }
}

/// Rows of activations, shared by several products.
pub struct Activations<'a> {
    x: &'a [f32],
    k: usize,
    space: &'a mut Workspace,
}

impl Form for Panels<f32> {
    fn shape(&self) -> (usize, usize) {
        (self.n, self.k)
    }

    #[cfg(test)]
    fn size(&self) -> usize {
        self.size()
    }

    fn multiply(&self, isa: Isa, threads: usize, x: &mut Activations<'_>, y: Target) {
        let tiles = x.space.f32.prepare(isa, threads, x.x, x.k);
        tiles.grid(self.n).run(threads, y, |tile, panel, out| {
            let (tile, rows) = tiles.tile(tile);
            matmul_f32::tile(isa, rows, tile, self.panel(panel), out);
        });
    }
}

impl Form for Panels<Pair> {
    fn shape(&self) -> (usize, usize) {
        (self.n, self.k)
    }

    #[cfg(test)]
    fn size(&self) -> usize {
        self.size()
    }

    fn multiply(&self, isa: Isa, threads: usize, x: &mut Activations<'_>, y: Target) {
        let tiles = x.space.bf16.prepare(isa, threads, x.x, x.k);
        tiles.grid(self.n).run(threads, y, |tile, panel, out| {
            let (tile, rows) = tiles.tile(tile);
            matmul_bf16::tile(isa, rows, tile, self.panel(panel), out);
        });
    }
}

impl<const M: usize> Form for Codes<8, M> {
    fn shape(&self) -> (usize, usize) {
        (self.n, self.k)
    }

    #[cfg(test)]
    fn size(&self) -> usize {
        self.size()
    }

    fn multiply(&self, isa: Isa, threads: usize, x: &mut Activations<'_>, y: Target) {
        let tiles = x.space.int8.prepare(isa, threads, x.x, x.k);
        tiles.grid(self.n).run(threads, y, |tile, panel, out| {
            matmul_int8::tile(isa, &tiles.tile(tile), self.panel(panel), out);
        });
    }
}

impl<const M: usize> Form for Codes<4, M> {
    fn shape(&self) -> (usize, usize) {
        (self.n, self.k)
    }

    #[cfg(test)]
    fn size(&self) -> usize {
        self.size()
    }

    fn multiply(&self, isa: Isa, threads: usize, x: &mut Activations<'_>, y: Target) {
        let tiles = x.space.int8_fine.prepare(isa, threads, x.x, x.k);
        tiles.grid(self.n).run(threads, y, |tile, panel, out| {
            matmul_int8::tile(isa, &tiles.tile(tile), self.panel(panel), out);
        });
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
    w.0.multiply(isa, threads, x, y);
}
