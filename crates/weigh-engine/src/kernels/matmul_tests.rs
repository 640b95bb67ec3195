//! What every class promises: near an oracle, and the same bits however the work is cut.

use proptest::prelude::*;

use super::quant_testing::{STORED, Stored};
use super::testing::{bits, noise};
use super::{Class, Isa, Output, Packed, Rows, Workspace, matmul};
use crate::dtype::Dtype;

/// A class, and for the int8 class how the weights are stored.
#[derive(Debug, Clone, Copy)]
enum Kind {
    F32,
    Bf16,
    Int8(Dtype),
}

/// Every kernel: groups of 32 and of 16 have one each.
const KINDS: [Kind; 6] = [
    Kind::F32,
    Kind::Bf16,
    Kind::Int8(Dtype::Q4_1),
    Kind::Int8(Dtype::Q8_0),
    Kind::Int8(Dtype::Q6K),
    Kind::Int8(Dtype::Q2K),
];

impl Kind {
    /// `n` rows of at least `k` weights, packed, and as they are in single precision.
    fn weights(self, n: usize, k: usize) -> (Packed, Vec<f32>) {
        let plain = noise(2, n * k);
        match self {
            Self::F32 => (
                Packed::new(Class::F32, &[Rows::F32(&plain)], k).unwrap(),
                plain,
            ),
            Self::Bf16 => (
                Packed::new(Class::Bf16, &[Rows::F32(&plain)], k).unwrap(),
                plain,
            ),
            Self::Int8(dtype) => {
                let k = k.next_multiple_of(dtype.block_len());
                let stored = Stored::new(dtype, 2, n * k);
                let packed = Packed::new(Class::Int8, &[stored.rows()], k);
                (packed.unwrap(), stored.weights())
            }
        }
    }
}

fn product(isa: Isa, threads: usize, x: &[f32], w: &Packed) -> Vec<f32> {
    let mut y = vec![f32::NAN; x.len() / w.k() * w.n()];
    let mut space = Workspace::default();
    let out = Output {
        y: &mut y,
        stride: w.n(),
        accumulate: false,
    };
    matmul(isa, threads, &mut space.activations(x, w.k()), w, out);
    y
}

/// The product in double precision, and the sum of the magnitudes of each element's terms.
fn oracle(x: &[f32], w: &[f32], k: usize) -> Vec<(f64, f64)> {
    let terms = |x: &[f32], w: &[f32]| -> (f64, f64) {
        let products = x.iter().zip(w).map(|(&x, &w)| f64::from(x) * f64::from(w));
        products.fold((0.0, 0.0), |(sum, size), p| (sum + p, size + p.abs()))
    };
    x.chunks(k)
        .flat_map(|x| w.chunks(k).map(move |w| terms(x, w)))
        .collect()
}

fn near_the_oracle(kind: Kind, (m, k, n): (usize, usize, usize), relative: f64) {
    let (packed, w) = kind.weights(n, k);
    let x = noise(1, m * packed.k());
    let y = product(Isa::detect(), 2, &x, &packed);
    for (y, (sum, size)) in y.iter().zip(oracle(&x, &w, packed.k())) {
        assert!(
            (f64::from(*y) - sum).abs() <= relative * size,
            "{kind:?}: {y} against {sum}"
        );
    }
}

#[test]
fn f32_is_within_the_bound_of_a_sum_in_order() {
    for (m, k, n) in [(1, 1, 1), (13, 64, 33), (30, 576, 192), (100, 1536, 96)] {
        // Higham, Accuracy and Stability, 3.1: at most k roundings of half a unit each.
        let bound = k as f64 * f64::from(f32::EPSILON) / 2.0;
        near_the_oracle(Kind::F32, (m, k, n), bound);
    }
}

#[test]
fn bf16_is_within_the_bound_of_rounded_factors() {
    for shape in [(1, 2, 1), (13, 63, 33), (30, 576, 192)] {
        // Each factor is off by at most 2^-8 of itself, which dwarfs the roundings of the sum.
        near_the_oracle(Kind::Bf16, shape, 2.1 / 256.0);
    }
}

#[test]
fn int8_is_within_the_bound_of_quantised_activations() {
    for dtype in STORED {
        let (packed, w) = Kind::Int8(dtype).weights(40, 512);
        let (k, x) = (packed.k(), noise(1, 13 * packed.k()));
        let y = product(Isa::detect(), 2, &x, &packed);
        let group = if matches!(dtype, Dtype::Q2K | Dtype::Q3K | Dtype::Q6K) {
            16
        } else {
            32
        };
        let mut expect = oracle(&x, &w, k).into_iter();
        for (x, y) in x.chunks(k).zip(y.chunks(packed.n())) {
            for (w, y) in w.chunks(k).zip(y) {
                // An activation is off by at most half a step, a 254th of its group's largest.
                let groups = x.chunks(group).zip(w.chunks(group)).map(|(x, w)| {
                    let largest = x.iter().fold(0.0f32, |m, x| m.max(x.abs()));
                    f64::from(largest) / 254.0 * w.iter().map(|w| f64::from(w.abs())).sum::<f64>()
                });
                let (sum, size) = expect.next().unwrap();
                let bound = groups.sum::<f64>() + 1e-4 * size;
                assert!(
                    (f64::from(*y) - sum).abs() <= bound,
                    "{dtype}: {y} against {sum}, {bound}"
                );
            }
        }
    }
}

#[test]
fn int8_is_exact_where_nothing_is_rounded() {
    // Activations that are whole, with 127 in each group, are their own codes.
    for dtype in STORED {
        let (packed, w) = Kind::Int8(dtype).weights(33, 512);
        let x: Vec<f32> = noise(1, 7 * packed.k())
            .iter()
            .map(|x| (x * 40.0).round().clamp(-127.0, 127.0))
            .collect();
        let x: Vec<f32> = x
            .iter()
            .enumerate()
            .map(|(i, x)| if i % 16 == 3 { 127.0 } else { *x })
            .collect();
        let y = product(Isa::detect(), 1, &x, &packed);
        for (y, (sum, size)) in y.iter().zip(oracle(&x, &w, packed.k())) {
            // The codes are offset, so the terms are larger than the products that they stand for.
            assert!(
                (f64::from(*y) - sum).abs() <= 2e-5 * size,
                "{dtype}: {y} against {sum}"
            );
        }
    }
}

#[test]
fn what_is_not_finite_is_not_hidden() {
    for (kind, poison) in KINDS
        .into_iter()
        .flat_map(|kind| [f32::NAN, f32::INFINITY].map(|p| (kind, p)))
    {
        let (w, _) = kind.weights(33, 64);
        let mut x = noise(1, 3 * w.k());
        x[w.k() + 5] = poison;
        for isa in Isa::all() {
            let y = product(isa, 1, &x, &w);
            for (r, row) in y.chunks(33).enumerate() {
                assert!(
                    row.iter().all(|y| y.is_finite() == (r != 1)),
                    "{kind:?} {isa} row {r}"
                );
            }
        }
    }
}

#[test]
fn activations_too_small_to_scale_are_zeros() {
    for kind in [Kind::Int8(Dtype::Q4_1), Kind::Int8(Dtype::Q6K)] {
        let (w, _) = kind.weights(5, 64);
        for size in [0.0, f32::from_bits(1), 1e-38] {
            let y = product(Isa::detect(), 1, &vec![size; w.k()], &w);
            assert_eq!(bits(&y), [0; 5], "{kind:?} {size:e}");
        }
    }
}

#[test]
fn a_row_has_the_same_bits_in_every_call() {
    for kind in KINDS {
        let (m, n) = (130, 70);
        let (w, _) = kind.weights(n, 64);
        let x = noise(1, m * w.k());
        let isa = Isa::detect();
        let whole = bits(&product(isa, 1, &x, &w));
        for rows in 1..=m {
            let first = (rows * 7) % (m - rows + 1);
            let part = product(isa, 1, &x[first * w.k()..(first + rows) * w.k()], &w);
            assert_eq!(
                bits(&part),
                whole[first * n..(first + rows) * n],
                "{kind:?}, {rows} rows"
            );
        }
    }
}

#[test]
fn threads_change_nothing() {
    // Enough columns that even one row is shared, and a last panel that is not full.
    let n = 37 * 32 + 5;
    for kind in KINDS {
        let (w, _) = kind.weights(n, 512);
        for m in [1, 12, 31, 96, 130] {
            let x = noise(1, m * w.k());
            let one = bits(&product(Isa::detect(), 1, &x, &w));
            for threads in [2, 3, 8] {
                let many = bits(&product(Isa::detect(), threads, &x, &w));
                assert_eq!(many, one, "{kind:?} {m} {threads}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_instruction_set_gives_the_same_bits(m in 1..30usize, k in 1..200usize, n in 1..80usize) {
        for kind in KINDS {
            let (w, _) = kind.weights(n, k);
            let x = noise(1, m * w.k());
            let portable = bits(&product(Isa::Portable, 1, &x, &w));
            for isa in Isa::all() {
                prop_assert_eq!(&bits(&product(isa, 1, &x, &w)), &portable, "{:?} {}", kind, isa);
            }
        }
    }
}

#[test]
fn accumulating_adds_the_finished_sum() {
    let (m, n, stride) = (14, 37, 50);
    let (w, _) = Kind::F32.weights(n, 40);
    let x = noise(1, m * 40);
    let sums = product(Isa::detect(), 1, &x, &w);
    let before = noise(3, m * stride);
    let mut y = before.clone();
    let mut space = Workspace::default();
    let out = Output {
        y: &mut y,
        stride,
        accumulate: true,
    };
    matmul(Isa::detect(), 1, &mut space.activations(&x, 40), &w, out);
    for (i, (y, before)) in y.iter().zip(before).enumerate() {
        let sum = if i % stride < n {
            sums[i / stride * n + i % stride]
        } else {
            0.0
        };
        assert_eq!(y.to_bits(), (before + sum).to_bits(), "element {i}");
    }
}

/// Packs parts into one weight, and compares with the products of each alone.
fn side_by_side(class: Class, parts: &[Rows<'_>], k: usize) {
    let x = noise(6, 5 * k);
    let whole = Packed::new(class, parts, k).unwrap();
    let y = product(Isa::detect(), 1, &x, &whole);
    let mut from = 0;
    for part in parts {
        let part = Packed::new(class, &[*part], k).unwrap();
        let alone = product(Isa::detect(), 1, &x, &part);
        for (whole, alone) in y.chunks(whole.n()).zip(alone.chunks(part.n())) {
            assert_eq!(
                bits(&whole[from..from + part.n()]),
                bits(alone),
                "{class:?} {from}"
            );
        }
        from += part.n();
    }
    assert_eq!(from, whole.n());
}

#[test]
fn parts_are_columns_side_by_side() {
    let (a, b) = (noise(4, 33 * 256), noise(5, 7 * 256));
    let plain = [Rows::F32(&a), Rows::F32(&b)];
    side_by_side(Class::F32, &plain, 256);
    side_by_side(Class::Bf16, &plain, 256);
    // Types of one kind: parts take the finest groups, and minima, that one of them needs.
    let kinds = [
        [Dtype::Q8_0, Dtype::Q4_0],
        [Dtype::Q4K, Dtype::Q5_1],
        [Dtype::Q6K, Dtype::Q3K],
    ];
    for [first, second] in kinds {
        let stored = [
            Stored::new(first, 4, 33 * 256),
            Stored::new(second, 5, 7 * 256),
        ];
        side_by_side(Class::Int8, &stored.each_ref().map(Stored::rows), 256);
    }
}

#[test]
fn unlike_parts_are_near_what_they_are_alone() {
    let stored = [(Dtype::Q8_0, 33), (Dtype::Q2K, 7), (Dtype::Q4_1, 20)];
    let stored = stored.map(|(dtype, n)| Stored::new(dtype, 4, n * 256));
    let packed = Packed::new(Class::Int8, &stored.each_ref().map(Stored::rows), 256).unwrap();
    let weights: Vec<f32> = stored.iter().flat_map(Stored::weights).collect();
    let x = noise(1, 9 * 256);
    let y = product(Isa::detect(), 1, &x, &packed);
    for (y, (sum, size)) in y.iter().zip(oracle(&x, &weights, 256)) {
        assert!(
            (f64::from(*y) - sum).abs() <= size / 60.0,
            "{y} against {sum}, {size}"
        );
    }
}

#[test]
fn a_workspace_carries_nothing_over() {
    let mut space = Workspace::default();
    for (seed, kind) in (10..13).flat_map(|seed| KINDS.map(|kind| (seed, kind))) {
        let (w, _) = kind.weights(40, 64);
        let x = noise(seed, (30 - seed as usize) * w.k());
        let mut y = vec![0.0; x.len() / w.k() * 40];
        let out = Output {
            y: &mut y,
            stride: 40,
            accumulate: false,
        };
        matmul(Isa::detect(), 1, &mut space.activations(&x, w.k()), &w, out);
        assert_eq!(bits(&y), bits(&product(Isa::detect(), 1, &x, &w)));
    }
}

#[test]
fn nothing_times_something_is_nothing() {
    for kind in KINDS {
        let (w, _) = kind.weights(4, 8);
        assert!(product(Isa::detect(), 2, &[], &w).is_empty());
        let (w, _) = kind.weights(0, 8);
        assert!(product(Isa::detect(), 2, &noise(1, 3 * w.k()), &w).is_empty());
    }
}

fn into(y: &mut [f32], x: &[f32], k: usize) {
    let (w, _) = Kind::F32.weights(4, 4);
    let mut space = Workspace::default();
    let out = Output {
        y,
        stride: 4,
        accumulate: false,
    };
    matmul(Isa::detect(), 1, &mut space.activations(x, k), &w, out);
}

#[test]
#[should_panic(expected = "activations of 8 columns, weights of 4")]
fn shapes_must_agree() {
    into(&mut [0.0; 4], &[0.0; 8], 8);
}

#[test]
#[should_panic(expected = "the product does not fit")]
fn the_result_must_fit() {
    into(&mut [0.0; 7], &[0.0; 8], 4);
}

#[test]
#[should_panic(expected = "7 values in rows of 4")]
fn rows_must_be_whole() {
    into(&mut [0.0; 8], &[0.0; 7], 4);
}
