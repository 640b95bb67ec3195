//! Rotary position embedding (Su et al. 2021): a table of angles by position, and its use in place.
//!
//! The angle of pair i at position p is p f_i, with the frequency f_i given by the model. Angles,
//! cosines and sines are computed in f64 (`libm`, the same on every platform) and rounded to f32
//! once; implementations that multiply in f32 are off by up to p 6e-8 in the angle.

use rayon::prelude::*;

use super::isa::Isa;
use super::lanes::{Kernel, Simd, dispatch};

/// Which two values of a head turn together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RopeStyle {
    /// 2 i and 2 i + 1: the original, and GGUF files of Llama models, whose q and k rows are
    /// permuted for it.
    Interleaved,
    /// i and i + head_dim / 2: Hugging Face checkpoints, and GGUF files of Qwen2.
    Halves,
}

/// Cosines and sines for positions 0 to `positions() - 1`.
#[derive(Debug, Clone)]
pub struct RopeTable {
    style: RopeStyle,
    frequencies: Vec<f64>,
    scale: f64,
    /// For each position: the cosines of all pairs, then their sines.
    angles: Vec<f32>,
}

impl RopeTable {
    /// An empty table. `frequencies` are in radians per position, one for each pair of a head
    /// (head_dim / 2); cosines and sines are multiplied by `scale` (1 except for YaRN).
    pub fn new(style: RopeStyle, frequencies: Vec<f64>, scale: f64) -> Self {
        Self {
            style,
            frequencies,
            scale,
            angles: Vec::new(),
        }
    }

    /// The frequencies base^(-2 i / head_dim) of the original paper.
    pub fn frequencies(base: f64, head_dim: usize) -> Vec<f64> {
        let exponent = |i: usize| -2.0 * i as f64 / head_dim as f64;
        (0..head_dim / 2)
            .map(|i| libm::pow(base, exponent(i)))
            .collect()
    }

    /// How many positions the table covers.
    pub fn positions(&self) -> usize {
        let row = 2 * self.frequencies.len();
        self.angles.len().checked_div(row).unwrap_or(usize::MAX)
    }

    /// Makes the table cover at least `positions` positions.
    pub fn extend(&mut self, positions: usize) {
        for position in self.positions()..positions {
            for turn in [libm::cos, libm::sin] {
                let value = |f: &f64| (turn(position as f64 * f) * self.scale) as f32;
                self.angles.extend(self.frequencies.iter().map(value));
            }
        }
    }

    fn cos_sin(&self, position: usize) -> (&[f32], &[f32]) {
        let pairs = self.frequencies.len();
        let row = self.angles.chunks_exact(2 * pairs.max(1)).nth(position);
        assert!(row.is_some(), "position {position} is beyond the table");
        row.unwrap_or_default().split_at(pairs)
    }
}

/// Turns the first `heads` heads of every row in place; row i stands at `positions[i]`.
///
/// Rows are `stride` values long and begin with their heads, head_dim = 2 * frequencies values each:
/// in fused rows `[q | k | v]`, `heads` counts the heads of q and of k.
///
/// # Panics
/// When `rows` is not `positions.len()` rows of `stride`, when a row is shorter than its heads, or
/// when a position is beyond the table.
pub fn rope(
    isa: Isa,
    rows: &mut [f32],
    stride: usize,
    heads: usize,
    positions: &[usize],
    table: &RopeTable,
) {
    let turned = heads * 2 * table.frequencies.len();
    assert_eq!(rows.len(), positions.len() * stride, "rows and positions");
    assert!(turned <= stride, "rows of {stride} with {turned} to turn");
    if turned == 0 {
        return;
    }
    let task = (16 * 1024 / stride).max(1);
    let turn = |(rows, positions)| {
        let work = Turn {
            rows,
            stride,
            turned,
            positions,
            table,
        };
        dispatch(isa, work);
    };
    if positions.len() <= task {
        turn((rows, positions));
    } else {
        let rows = rows.par_chunks_mut(task * stride);
        rows.zip(positions.par_chunks(task)).for_each(turn);
    }
}

struct Turn<'a> {
    rows: &'a mut [f32],
    stride: usize,
    /// Values of a row that turn.
    turned: usize,
    positions: &'a [usize],
    table: &'a RopeTable,
}

impl Kernel for Turn<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, _: S) {
        let pairs = self.table.frequencies.len();
        let rows = self.rows.chunks_exact_mut(self.stride);
        for (row, position) in rows.zip(self.positions) {
            let (cos, sin) = self.table.cos_sin(*position);
            for head in row
                .chunks_exact_mut(2 * pairs)
                .take(self.turned / (2 * pairs))
            {
                match self.table.style {
                    RopeStyle::Interleaved => turn_neighbours(head, cos, sin),
                    RopeStyle::Halves => turn_halves(head, cos, sin),
                }
            }
        }
    }
}

#[inline(always)]
fn turn_halves(head: &mut [f32], cos: &[f32], sin: &[f32]) {
    let (low, high) = head.split_at_mut(cos.len());
    for ((x, y), (c, s)) in low.iter_mut().zip(high).zip(cos.iter().zip(sin)) {
        (*x, *y) = turn(*x, *y, *c, *s);
    }
}

#[inline(always)]
fn turn_neighbours(head: &mut [f32], cos: &[f32], sin: &[f32]) {
    for ([x, y], (c, s)) in head.as_chunks_mut().0.iter_mut().zip(cos.iter().zip(sin)) {
        (*x, *y) = turn(*x, *y, *c, *s);
    }
}

/// (x, y) turned: x c - y s and x s + y c, each product with s rounded first.
#[inline(always)]
fn turn(x: f32, y: f32, c: f32, s: f32) -> (f32, f32) {
    (x.mul_add(c, -(y * s)), y.mul_add(c, x * s))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bits, noise, on_threads};
    use super::*;
    use proptest::prelude::*;

    fn table(style: RopeStyle, head_dim: usize) -> RopeTable {
        let frequencies = RopeTable::frequencies(10_000.0, head_dim);
        let mut table = RopeTable::new(style, frequencies, 1.0);
        table.extend(600);
        table
    }

    /// Complex numbers in f64: pair i times e^(i angle).
    fn oracle(head: &[f32], position: usize, style: RopeStyle) -> Vec<f64> {
        let half = head.len() / 2;
        let mut out = vec![0.0; head.len()];
        for i in 0..half {
            let (a, b) = match style {
                RopeStyle::Interleaved => (2 * i, 2 * i + 1),
                RopeStyle::Halves => (i, i + half),
            };
            let angle = position as f64 * 10_000f64.powf(-(i as f64) / half as f64);
            let (x, y) = (f64::from(head[a]), f64::from(head[b]));
            out[a] = x * angle.cos() - y * angle.sin();
            out[b] = x * angle.sin() + y * angle.cos();
        }
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn turns_like_complex_numbers(
            seed: u64,
            half in 1usize..40,
            heads in 0usize..4,
            rest in 0usize..20,
            positions in prop::collection::vec(0usize..600, 1..5),
            halves: bool,
        ) {
            let style = if halves { RopeStyle::Halves } else { RopeStyle::Interleaved };
            let (table, turned) = (table(style, 2 * half), 2 * half * heads);
            let stride = turned + rest;
            let before = noise(seed, stride * positions.len());
            let mut expected = before.clone();
            rope(Isa::Portable, &mut expected, stride, heads, &positions, &table);
            for (row, position) in positions.iter().enumerate() {
                let at = row * stride;
                for head in (at..at + turned).step_by(2 * half) {
                    let exact = oracle(&before[head..head + 2 * half], *position, style);
                    for (got, e) in expected[head..].iter().zip(exact) {
                        prop_assert!((f64::from(*got) - e).abs() < 1.0e-6, "{got} against {e}");
                    }
                }
                let untouched = at + turned..at + stride;
                prop_assert_eq!(&expected[untouched.clone()], &before[untouched]);
            }
            for isa in Isa::all() {
                let mut rows = before.clone();
                rope(isa, &mut rows, stride, heads, &positions, &table);
                prop_assert_eq!(bits(&rows), bits(&expected), "{}", isa);
            }
        }
    }

    #[test]
    fn many_rows_are_the_rows_alone() {
        let (table, stride) = (table(RopeStyle::Halves, 64), 3 * 64);
        let positions: Vec<usize> = (0..500).map(|i| i * 7 % 600).collect();
        let mut all = noise(9, positions.len() * stride);
        let mut alone = all.clone();
        for (row, position) in alone.chunks_mut(stride).zip(&positions) {
            rope(Isa::Portable, row, stride, 2, &[*position], &table);
        }
        on_threads(2, || {
            rope(Isa::detect(), &mut all, stride, 2, &positions, &table)
        });
        assert_eq!(bits(&all), bits(&alone));
    }

    #[test]
    fn a_table_grows_without_changing() {
        let mut grown = RopeTable::new(RopeStyle::Halves, vec![1.0, 0.25], 0.5);
        grown.extend(3);
        grown.extend(2);
        assert_eq!(grown.positions(), 3);
        grown.extend(5);
        assert_eq!(grown.positions(), 5);
        let (cos, sin) = grown.cos_sin(4);
        assert_eq!(cos, [(4f64.cos() * 0.5) as f32, (1f64.cos() * 0.5) as f32]);
        assert_eq!(sin, [(4f64.sin() * 0.5) as f32, (1f64.sin() * 0.5) as f32]);
    }

    #[test]
    #[should_panic(expected = "position 600 is beyond the table")]
    fn positions_beyond_the_table_are_refused() {
        let table = table(RopeStyle::Halves, 4);
        rope(Isa::Portable, &mut [0.0; 4], 4, 1, &[600], &table);
    }
}
