//! What a decoder does row by row between matrix products: RMSNorm, SiLU gates, biases, residuals.
//!
//! A row is never split, so its result does not depend on the other rows or on the threads. Calls
//! with many rows are spread over rayon's current pool.

use rayon::prelude::*;

use super::exp::exp;
use super::isa::Isa;
use super::lanes::{Kernel, LANES, Simd, dispatch};

/// Values that one task works on, at least: below this, sharing costs more than it gains.
const TASK: usize = 16 * 1024;

/// RMSNorm (Zhang and Sennrich 2019): every row of `out` is x / sqrt(mean(x^2) + eps) * weight.
///
/// Rows have `weight.len()` values. The squares are summed in sixteen lanes, from index 0 upwards.
///
/// # Panics
/// When `x` and `out` differ in length or are not whole rows.
pub fn rms_norm(isa: Isa, x: &[f32], weight: &[f32], eps: f32, out: &mut [f32]) {
    let width = weight.len();
    check_rows(x.len(), out.len(), width);
    let norm = |x: &[f32], out: &mut [f32]| {
        let norm = Norm {
            x,
            weight,
            eps,
            out,
        };
        dispatch(isa, norm);
    };
    by_tasks((x, width), (out, width), norm);
}

/// SwiGLU's gate (Shazeer 2020): every row of `out` is silu(gate) * up, silu(g) = g / (1 + e^-g).
///
/// A row of `gate_up` is `[gate | up]`, each `width` values long; a row of `out` has `width` values.
///
/// # Panics
/// When the rows are not whole, or `gate_up` is not twice as long as `out`.
pub fn silu_mul(isa: Isa, gate_up: &[f32], width: usize, out: &mut [f32]) {
    check_rows(gate_up.len(), 2 * out.len(), 2 * width);
    let gate = |gate_up: &[f32], out: &mut [f32]| {
        let gate = SiluMul {
            gate_up,
            width,
            out,
        };
        dispatch(isa, gate);
    };
    by_tasks((gate_up, 2 * width), (out, width), gate);
}

/// Lets `work` make the rows of `out` of those of `x`, on several threads when there are many. Each
/// comes with its width.
fn by_tasks(
    (x, x_width): (&[f32], usize),
    (out, width): (&mut [f32], usize),
    work: impl Fn(&[f32], &mut [f32]) + Sync,
) {
    let rows = (TASK / width.max(1)).max(1);
    if out.len() <= rows * width {
        return work(x, out);
    }
    let tasks = x.par_chunks(rows * x_width);
    let tasks = tasks.zip(out.par_chunks_mut(rows * width));
    tasks.for_each(|(x, out)| work(x, out));
}

/// Adds `bias` to every row.
///
/// # Panics
/// When `rows` are not whole.
pub fn add_bias(rows: &mut [f32], bias: &[f32]) {
    check_rows(rows.len(), rows.len(), bias.len());
    for row in rows.chunks_exact_mut(bias.len().max(1)) {
        row.iter_mut().zip(bias).for_each(|(x, b)| *x += b);
    }
}

fn check_rows(from: usize, to: usize, width: usize) {
    assert_eq!(from, to, "values that are read and values that are written");
    let whole = if width == 0 { from } else { from % width };
    assert_eq!(whole, 0, "values after the last whole row of {width}");
}

struct Norm<'a> {
    x: &'a [f32],
    weight: &'a [f32],
    eps: f32,
    out: &'a mut [f32],
}

impl Kernel for Norm<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let width = self.weight.len().max(1);
        let rows = self.x.chunks_exact(width);
        for (x, out) in rows.zip(self.out.chunks_exact_mut(width)) {
            let mean = sum_of_squares(s, x) / width as f32;
            let scale = 1.0 / (mean + self.eps).sqrt();
            for ((out, x), weight) in out.iter_mut().zip(x).zip(self.weight) {
                *out = x * scale * weight;
            }
        }
    }
}

#[inline(always)]
fn sum_of_squares<S: Simd>(s: S, x: &[f32]) -> f32 {
    let (lines, tail) = x.as_chunks::<LANES>();
    let mut sum = s.splat(0.0);
    for line in lines {
        let v = s.load(line);
        sum = s.mul_add(v, v, sum);
    }
    let v = s.load_part(tail);
    s.sum(s.mul_add(v, v, sum))
}

struct SiluMul<'a> {
    gate_up: &'a [f32],
    width: usize,
    out: &'a mut [f32],
}

impl Kernel for SiluMul<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, s: S) {
        let width = self.width.max(1);
        let rows = self.gate_up.chunks_exact(2 * width);
        for (row, out) in rows.zip(self.out.chunks_exact_mut(width)) {
            let (gate, up) = row.split_at(width);
            silu_mul_row(s, gate, up, out);
        }
    }
}

#[inline(always)]
fn silu_mul_row<S: Simd>(s: S, gate: &[f32], up: &[f32], out: &mut [f32]) {
    let (gates, last_gate) = gate.as_chunks::<LANES>();
    let (ups, last_up) = up.as_chunks::<LANES>();
    let (outs, last_out) = out.as_chunks_mut::<LANES>();
    for ((gate, up), out) in gates.iter().zip(ups).zip(outs) {
        s.store(silu_times(s, s.load(gate), s.load(up)), out);
    }
    if !last_gate.is_empty() {
        let last = silu_times(s, s.load_part(last_gate), s.load_part(last_up));
        s.store_part(last, last_out);
    }
}

#[inline(always)]
fn silu_times<S: Simd>(s: S, gate: S::V, up: S::V) -> S::V {
    let decay = exp(s, s.sub(s.splat(0.0), gate));
    let silu = s.div(gate, s.add(s.splat(1.0), decay));
    s.mul(silu, up)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bits, noise, on_threads};
    use super::*;
    use proptest::prelude::*;

    fn norm_oracle(x: &[f32], weight: &[f32], eps: f32) -> Vec<f64> {
        let rows = x.chunks(weight.len()).flat_map(|row| {
            let squares: f64 = row.iter().map(|x| f64::from(*x).powi(2)).sum();
            let rms = (squares / row.len() as f64 + f64::from(eps)).sqrt();
            let weighted = row.iter().zip(weight);
            weighted.map(move |(x, w)| f64::from(*x) / rms * f64::from(*w))
        });
        rows.collect()
    }

    fn assert_close(got: &[f32], expected: &[f64], relative: f64) {
        assert_eq!(got.len(), expected.len());
        for (i, (g, e)) in got.iter().zip(expected).enumerate() {
            let bound = relative * e.abs() + 1.0e-30;
            assert!((f64::from(*g) - e).abs() <= bound, "{i}: {g} against {e}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn norms(seed: u64, rows in 1usize..5, width in 1usize..90) {
            let (x, weight) = (noise(seed, rows * width), noise(seed ^ 1, width));
            let mut expected = vec![0.0; x.len()];
            rms_norm(Isa::Portable, &x, &weight, 1.0e-5, &mut expected);
            assert_close(&expected, &norm_oracle(&x, &weight, 1.0e-5), 1.0e-6);
            for isa in Isa::all() {
                let mut out = vec![0.0; x.len()];
                rms_norm(isa, &x, &weight, 1.0e-5, &mut out);
                prop_assert_eq!(bits(&out), bits(&expected));
            }
        }

        #[test]
        fn gates(seed: u64, rows in 1usize..5, width in 1usize..90, spread in 1.0f32..80.0) {
            let x: Vec<f32> = noise(seed, 2 * rows * width).iter().map(|x| x * spread).collect();
            let mut expected = vec![0.0; rows * width];
            silu_mul(Isa::Portable, &x, width, &mut expected);
            let oracle: Vec<f64> = x.chunks(2 * width).flat_map(|row| {
                let (gate, up) = row.split_at(width);
                gate.iter().zip(up).map(|(g, u)| {
                    let g = f64::from(*g);
                    g / (1.0 + (-g).exp()) * f64::from(*u)
                })
            }).collect();
            for (got, e) in expected.iter().zip(&oracle) {
                prop_assert!((f64::from(*got) - e).abs() <= 6.0e-7 * e.abs() + 1.0e-34);
            }
            for isa in Isa::all() {
                let mut out = vec![0.0; rows * width];
                silu_mul(isa, &x, width, &mut out);
                prop_assert_eq!(bits(&out), bits(&expected));
            }
        }
    }

    #[test]
    fn rows_do_not_depend_on_the_call_or_the_threads() {
        let (rows, width) = (300, 192);
        let (x, weight) = (noise(3, rows * width), noise(4, width));
        let isa = Isa::detect();
        let alone = |x: &[f32]| {
            let mut out = vec![0.0; x.len()];
            rms_norm(isa, x, &weight, 1.0e-6, &mut out);
            out
        };
        let expected: Vec<f32> = x.chunks(width).flat_map(alone).collect();
        let gate_alone = |row: &[f32]| {
            let mut out = vec![0.0; row.len() / 2];
            silu_mul(isa, row, width / 2, &mut out);
            out
        };
        let expected_gates: Vec<f32> = x.chunks(width).flat_map(gate_alone).collect();
        for threads in [1, 2, 3] {
            on_threads(threads, || {
                assert_eq!(bits(&alone(&x)), bits(&expected));
                let mut gates = vec![0.0; x.len() / 2];
                silu_mul(isa, &x, width / 2, &mut gates);
                assert_eq!(bits(&gates), bits(&expected_gates));
            });
        }
    }

    #[test]
    fn a_fault_in_a_row_stays_in_it_and_is_seen() {
        let mut x = noise(5, 3 * 40);
        x[45] = f32::NAN;
        let mut out = vec![0.0; x.len()];
        rms_norm(Isa::detect(), &x, &[1.0; 40], 1.0e-5, &mut out);
        let faulty: Vec<usize> = (0..3).filter(|r| out[40 * r].is_nan()).collect();
        assert_eq!(faulty, [1]);
    }

    #[test]
    fn a_bias_is_added_to_every_row() {
        let mut rows = [1.0, 2.0, 3.0, 4.0];
        add_bias(&mut rows, &[10.0, 20.0]);
        assert_eq!(rows, [11.0, 22.0, 13.0, 24.0]);
    }

    #[test]
    #[should_panic(expected = "after the last whole row")]
    fn broken_rows_are_refused() {
        rms_norm(Isa::Portable, &[0.0; 5], &[1.0; 2], 1.0e-5, &mut [0.0; 5]);
    }
}
