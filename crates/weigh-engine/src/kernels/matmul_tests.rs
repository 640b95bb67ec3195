//! What every class promises: near an oracle, and the same bits however the work is cut.

use proptest::prelude::*;

use super::testing::{bits, noise};
use super::{Class, Isa, Output, Packed, Rows, Workspace, matmul};

const CLASSES: [Class; 2] = [Class::F32, Class::Bf16];

struct Shape {
    m: usize,
    k: usize,
    n: usize,
}

impl Shape {
    fn x(&self) -> Vec<f32> {
        noise(1, self.m * self.k)
    }

    fn w(&self) -> Vec<f32> {
        noise(2, self.n * self.k)
    }

    fn packed(&self, class: Class) -> Packed {
        Packed::new(class, &[Rows::F32(&self.w())], self.k).unwrap()
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

fn near_the_oracle(class: Class, shape: &Shape, relative: f64) {
    let (x, w) = (shape.x(), shape.w());
    let y = product(Isa::detect(), 2, &x, &shape.packed(class));
    for (y, (sum, size)) in y.iter().zip(oracle(&x, &w, shape.k)) {
        assert!(
            (f64::from(*y) - sum).abs() <= relative * size,
            "{y} against {sum}"
        );
    }
}

#[test]
fn f32_is_within_the_bound_of_a_sum_in_order() {
    for (m, k, n) in [(1, 1, 1), (13, 64, 33), (30, 576, 192), (100, 1536, 96)] {
        // Higham, Accuracy and Stability, 3.1: at most k roundings of half a unit each.
        near_the_oracle(
            Class::F32,
            &Shape { m, k, n },
            k as f64 * f64::from(f32::EPSILON) / 2.0,
        );
    }
}

#[test]
fn bf16_is_within_the_bound_of_rounded_factors() {
    for (m, k, n) in [(1, 2, 1), (13, 63, 33), (30, 576, 192)] {
        // Each factor is off by at most 2^-8 of itself, which dwarfs the roundings of the sum.
        near_the_oracle(Class::Bf16, &Shape { m, k, n }, 2.1 / 256.0);
    }
}

fn a_row_does_not_see_the_others(class: Class, shape: &Shape) {
    let w = shape.packed(class);
    let x = shape.x();
    let isa = Isa::detect();
    let whole = bits(&product(isa, 1, &x, &w));
    for rows in 1..=shape.m {
        let first = (rows * 7) % (shape.m - rows + 1);
        let part = product(isa, 1, &x[first * shape.k..(first + rows) * shape.k], &w);
        assert_eq!(
            bits(&part),
            whole[first * shape.n..(first + rows) * shape.n],
            "{rows} rows"
        );
    }
}

#[test]
fn a_row_has_the_same_bits_in_every_call() {
    for class in CLASSES {
        a_row_does_not_see_the_others(
            class,
            &Shape {
                m: 130,
                k: 64,
                n: 70,
            },
        );
    }
}

#[test]
fn threads_change_nothing() {
    for (m, class) in [1, 12, 31, 96, 200]
        .into_iter()
        .flat_map(|m| CLASSES.map(|class| (m, class)))
    {
        let shape = Shape { m, k: 576, n: 200 };
        let (x, w) = (shape.x(), shape.packed(class));
        let one = bits(&product(Isa::detect(), 1, &x, &w));
        for threads in [2, 3, 8] {
            assert_eq!(
                bits(&product(Isa::detect(), threads, &x, &w)),
                one,
                "{class:?} {m} {threads}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_instruction_set_gives_the_same_bits(m in 1..30usize, k in 1..200usize, n in 1..80usize) {
        let shape = Shape { m, k, n };
        for class in CLASSES {
            let (x, w) = (shape.x(), shape.packed(class));
            let portable = bits(&product(Isa::Portable, 1, &x, &w));
            for isa in Isa::all() {
                prop_assert_eq!(&bits(&product(isa, 1, &x, &w)), &portable, "{:?} {}", class, isa);
            }
        }
    }
}

#[test]
fn accumulating_adds_the_finished_sum() {
    let shape = Shape {
        m: 14,
        k: 40,
        n: 37,
    };
    let (x, w) = (shape.x(), shape.packed(Class::F32));
    let sums = product(Isa::detect(), 1, &x, &w);
    let stride = 50;
    let before = noise(3, shape.m * stride);
    let mut y = before.clone();
    let mut space = Workspace::default();
    let out = Output {
        y: &mut y,
        stride,
        accumulate: true,
    };
    matmul(
        Isa::detect(),
        1,
        &mut space.activations(&x, shape.k),
        &w,
        out,
    );
    for (i, (y, before)) in y.iter().zip(before).enumerate() {
        let sum = if i % stride < shape.n {
            sums[i / stride * shape.n + i % stride]
        } else {
            0.0
        };
        assert_eq!(y.to_bits(), (before + sum).to_bits(), "element {i}");
    }
}

#[test]
fn parts_are_columns_side_by_side() {
    let (a, b) = (noise(4, 33 * 64), noise(5, 7 * 64));
    let both = Packed::new(Class::F32, &[Rows::F32(&a), Rows::F32(&b)], 64).unwrap();
    let one = Packed::new(Class::F32, &[Rows::F32(&[a, b].concat())], 64).unwrap();
    let x = noise(6, 5 * 64);
    assert_eq!(
        bits(&product(Isa::detect(), 1, &x, &both)),
        bits(&product(Isa::detect(), 1, &x, &one))
    );
}

#[test]
fn a_workspace_carries_nothing_over() {
    let shape = Shape {
        m: 20,
        k: 64,
        n: 40,
    };
    let w = shape.packed(Class::F32);
    let mut space = Workspace::default();
    for seed in 10..13 {
        let x = noise(seed, (30 - seed as usize) * 64);
        let mut y = vec![0.0; x.len() / 64 * 40];
        let out = Output {
            y: &mut y,
            stride: 40,
            accumulate: false,
        };
        matmul(Isa::detect(), 1, &mut space.activations(&x, 64), &w, out);
        assert_eq!(bits(&y), bits(&product(Isa::detect(), 1, &x, &w)));
    }
}

#[test]
fn nothing_times_something_is_nothing() {
    let w = Shape { m: 0, k: 8, n: 4 }.packed(Class::F32);
    assert!(product(Isa::detect(), 2, &[], &w).is_empty());
}

#[test]
#[should_panic(expected = "activations of 8 columns, weights of 4")]
fn shapes_must_agree() {
    let w = Shape { m: 1, k: 4, n: 4 }.packed(Class::F32);
    let mut space = Workspace::default();
    let out = Output {
        y: &mut [0.0; 4],
        stride: 4,
        accumulate: false,
    };
    matmul(
        Isa::detect(),
        1,
        &mut space.activations(&[0.0; 8], 8),
        &w,
        out,
    );
}

#[test]
#[should_panic(expected = "the product does not fit")]
fn the_result_must_fit() {
    let w = Shape { m: 2, k: 4, n: 4 }.packed(Class::F32);
    let mut space = Workspace::default();
    let out = Output {
        y: &mut [0.0; 7],
        stride: 4,
        accumulate: false,
    };
    matmul(
        Isa::detect(),
        1,
        &mut space.activations(&[0.0; 8], 4),
        &w,
        out,
    );
}
