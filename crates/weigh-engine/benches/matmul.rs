//! Linear layers of two decoders, in every arithmetic class, beside the `gemm` crate.
//!
//! `cargo bench -p weigh-engine --bench matmul -- 'f32/.*x512'` picks some. The rate is in
//! multiply-adds per second: twice as many floating-point operations.

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use weigh_engine::Dtype;
use weigh_engine::kernels::{Class, Isa, Output, Packed, Rows, Workspace, matmul};

/// Inputs and outputs of SmolLM2-135M's layers (query with key and value, attention's output, gate
/// with up, down), of Qwen2.5-1.5B's largest two, and of the former's head.
const SHAPES: [(usize, usize); 7] = [
    (576, 960),
    (576, 576),
    (576, 3072),
    (1536, 576),
    (1536, 17920),
    (8960, 1536),
    (576, 49152),
];

/// Rows: one stream, a few streams, a short prompt, a long one.
const ROWS: [usize; 4] = [1, 8, 64, 512];

/// Values in -0.5 .. 0.5 without a short period.
fn values(len: usize) -> Vec<f32> {
    (0..len)
        .map(|i| (i * 7919 % 10_007) as f32 / 10_007.0 - 0.5)
        .collect()
}

/// Q8_0 blocks: a scale of 0.01 in half precision, then 32 codes.
fn blocks(weights: usize) -> Vec<u8> {
    let scale = half::f16::from_f32(0.01).to_le_bytes();
    let codes = |block: usize| (0..32).map(move |i| ((block * 32 + i) * 7919 % 251) as u8);
    (0..weights / 32)
        .flat_map(|block| scale.into_iter().chain(codes(block)))
        .collect()
}

fn own(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, w: &Packed, m: usize) {
    let (isa, x) = (Isa::detect(), values(m * w.k()));
    let mut y = vec![0.0; m * w.n()];
    let mut space = Workspace::default();
    for threads in [1, 2] {
        group.bench_function(format!("{name}/{threads}"), |bench| {
            bench.iter(|| {
                let y = Output {
                    y: black_box(&mut y),
                    stride: w.n(),
                    accumulate: false,
                };
                matmul(
                    isa,
                    threads,
                    &mut space.activations(black_box(&x), w.k()),
                    w,
                    y,
                );
            });
        });
    }
}

/// The crate on a weight that is transposed beforehand, which it likes best.
fn peer(
    group: &mut BenchmarkGroup<'_, WallTime>,
    transposed: &[f32],
    (m, k, n): (usize, usize, usize),
) {
    let (x, mut y) = (values(m * k), vec![0.0f32; m * n]);
    for threads in [1, 2] {
        let how = if threads == 1 {
            gemm::Parallelism::None
        } else {
            gemm::Parallelism::Rayon(2)
        };
        group.bench_function(format!("gemm/{threads}"), |bench| {
            // SAFETY: `y` is m by n, `x` m by k and `transposed` k by n, all row-major.
            bench.iter(|| unsafe {
                gemm::gemm(
                    m,
                    n,
                    k,
                    y.as_mut_ptr(),
                    1,
                    n as isize,
                    false,
                    x.as_ptr(),
                    1,
                    k as isize,
                    transposed.as_ptr(),
                    1,
                    n as isize,
                    0.0,
                    1.0,
                    false,
                    false,
                    false,
                    how,
                );
            });
        });
    }
}

fn linear_layers(criterion: &mut Criterion) {
    for (k, n) in SHAPES {
        let plain = values(n * k);
        let pack =
            |class, rows| Packed::new(class, &[rows], k).unwrap_or_else(|e| unreachable!("{e}"));
        let stored = blocks(n * k);
        let classes = [
            ("f32", pack(Class::F32, Rows::F32(&plain))),
            ("bf16", pack(Class::Bf16, Rows::F32(&plain))),
            (
                "int8",
                pack(Class::Int8, Rows::Stored(Dtype::Q8_0, &stored)),
            ),
        ];
        for m in ROWS {
            let mut group = criterion.benchmark_group(format!("{k}x{n}x{m}"));
            group.throughput(Throughput::Elements((m * n * k) as u64));
            for (name, w) in &classes {
                own(&mut group, name, w, m);
            }
            peer(&mut group, &plain, (m, k, n));
            group.finish();
        }
    }
}

criterion_group!(benches, linear_layers);
criterion_main!(benches);
