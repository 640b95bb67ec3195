//! Attention of a prompt's last 512 rows in one layer of SmolLM2-135M, with keys and values in f32
//! and in bf16.
//!
//! `cargo bench -p weigh-engine --bench attention -- 'bf16/2048'` picks some. The rate is in
//! multiply-adds of visible positions per second: twice as many floating-point operations.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use weigh_engine::kernels::Isa;
use weigh_engine::kernels::attention::{Queries, Strip, attend};
use weigh_engine::kernels::kv_pages::{KvPages, PAGE, PageId, Precision};

const HEADS: usize = 9;
const KV_HEADS: usize = 3;
const HEAD_DIM: usize = 64;

/// Rows of the strip.
const ROWS: usize = 512;

/// Where the strip ends.
const POSITIONS: [usize; 3] = [512, 2048, 8192];

/// Values in -1 .. 1 without a short period.
fn values(len: usize, seed: usize) -> Vec<f32> {
    (0..len)
        .map(|i| ((i + seed) * 7919 % 10_007) as f32 / 5_003.5 - 1.0)
        .collect()
}

/// A path of `positions` in pages of its own.
fn path(precision: Precision, positions: usize) -> (KvPages, Vec<PageId>) {
    let mut kv = KvPages::new(precision, 1, KV_HEADS, HEAD_DIM);
    let pages: Vec<PageId> = (0..positions.div_ceil(PAGE)).map(|_| kv.grow()).collect();
    let offsets = pages
        .iter()
        .flat_map(|page| (0..PAGE).map(move |at| (*page, at)));
    for (position, (page, offset)) in offsets.take(positions).enumerate() {
        let [k, v] = [position, position + 5].map(|seed| values(KV_HEADS * HEAD_DIM, seed));
        kv.write(0, page, offset, &k, &v);
    }
    (kv, pages)
}

fn attention(criterion: &mut Criterion) {
    let (isa, q) = (Isa::detect(), values(ROWS * HEADS * HEAD_DIM, 3));
    let queries = Queries {
        data: &q,
        stride: HEADS * HEAD_DIM,
        heads: HEADS,
    };
    let mut out = vec![0.0; q.len()];
    let mut group = criterion.benchmark_group("attention");
    for positions in POSITIONS {
        let first_position = positions - ROWS;
        let seen: usize = (first_position..positions).map(|at| at + 1).sum();
        group.throughput(Throughput::Elements((2 * seen * q.len() / ROWS) as u64));
        for (name, precision) in [("f32", Precision::F32), ("bf16", Precision::Bf16)] {
            let (kv, pages) = path(precision, positions);
            let strip = Strip {
                rows: 0..ROWS,
                first_position,
                pages: &pages,
            };
            for threads in [1, 2] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                let pool = pool.unwrap_or_else(|e| unreachable!("{e}"));
                let id = BenchmarkId::new(format!("{name}/{positions}"), threads);
                group.bench_function(id, |bench| {
                    let strips = std::slice::from_ref(&strip);
                    pool.install(|| {
                        bench.iter(|| attend(isa, &kv, 0, black_box(strips), queries, &mut out));
                    });
                });
            }
        }
    }
    group.finish();
}

criterion_group!(benches, attention);
criterion_main!(benches);
