//! Attention against f64, and the same bits however the work is cut.

use half::bf16;
use proptest::prelude::*;

use super::super::kv_pages::Precision;
use super::super::testing::{bits, noise, on_threads};
use super::*;

/// A model's sizes.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    heads: usize,
    kv_heads: usize,
    head_dim: usize,
}

impl Sizes {
    fn width(self) -> usize {
        self.heads * self.head_dim
    }

    fn kv_width(self) -> usize {
        self.kv_heads * self.head_dim
    }
}

/// Queries, keys and values of the positions of one path.
#[derive(Clone)]
struct Path {
    sizes: Sizes,
    q: Vec<f32>,
    k: Vec<f32>,
    v: Vec<f32>,
}

impl Path {
    fn random(seed: u64, sizes: Sizes, positions: usize) -> Self {
        Self {
            sizes,
            q: noise(seed, positions * sizes.width()),
            k: noise(seed ^ 1, positions * sizes.kv_width()),
            v: noise(seed ^ 2, positions * sizes.kv_width()),
        }
    }

    fn positions(&self) -> usize {
        self.q.len() / self.sizes.width()
    }

    /// Stores positions `range` in pages that are added as needed.
    fn write(&self, kv: &mut KvPages, pages: &mut Vec<PageId>, range: Range<usize>) {
        let width = self.sizes.kv_width();
        for position in range {
            if pages.len() * PAGE <= position {
                pages.push(kv.grow());
            }
            let row = position * width..(position + 1) * width;
            let page = pages[position / PAGE];
            kv.write(1, page, position % PAGE, &self.k[row.clone()], &self.v[row]);
        }
    }

    /// Attention of every position in f64, from what `precision` keeps of queries, keys, values and
    /// weights, and how far each number is off if three of the largest weights are rounded to the
    /// other side.
    fn oracle(&self, precision: Precision) -> Vec<(f64, f64)> {
        let Sizes {
            heads,
            kv_heads,
            head_dim,
        } = self.sizes;
        let kept = |x: f32| f64::from(kept(precision, x));
        let scale = std::f32::consts::LOG2_E / (head_dim as f32).sqrt();
        let mut out = Vec::new();
        for (t, head) in (0..self.positions()).flat_map(|t| (0..heads).map(move |h| (t, h))) {
            let q = &self.q[t * self.sizes.width() + head * head_dim..][..head_dim];
            let kv_at = |s: usize| (s * kv_heads + head / (heads / kv_heads)) * head_dim;
            let score = |s: usize| -> f64 {
                let products = q.iter().zip(&self.k[kv_at(s)..]);
                products.map(|(q, k)| kept(q * scale) * kept(*k)).sum()
            };
            let scores: Vec<f64> = (0..=t).map(score).collect();
            let weights = weights(&scores, kept);
            let total: f64 = weights.iter().sum();
            out.extend((0..head_dim).map(|d| {
                let value = |s: usize| kept(self.v[kv_at(s) + d]);
                let terms = weights.iter().enumerate();
                let exact = terms.map(|(s, w)| w / total * value(s)).sum::<f64>();
                let far = |(s, w): (usize, &f64)| w / total * (value(s) - exact).abs();
                let farthest = weights.iter().enumerate().map(far).fold(0.0, f64::max);
                (exact, 3.0 * farthest * kept_distance(precision))
            }));
        }
        out
    }
}

/// What `precision` keeps of a number.
fn kept(precision: Precision, x: f32) -> f32 {
    match precision {
        Precision::F32 => x,
        Precision::Bf16 => bf16::from_f32(x).to_f32(),
    }
}

/// From one number that is kept to the next, relative to them.
fn kept_distance(precision: Precision) -> f64 {
    match precision {
        Precision::F32 => 0.0,
        Precision::Bf16 => 1.0 / 128.0,
    }
}

/// The weights 2^(score - max), of which a page keeps what it can beside the largest score up to its
/// end.
fn weights(scores: &[f64], kept: impl Fn(f32) -> f64) -> Vec<f64> {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (mut weights, mut max) = (Vec::new(), f64::NEG_INFINITY);
    for page in scores.chunks(PAGE) {
        max = page.iter().copied().fold(max, f64::max);
        let weight = |score: &f64| kept((score - max).exp2() as f32) * (max - largest).exp2();
        weights.extend(page.iter().map(weight));
    }
    weights
}

const PRECISIONS: [Precision; 2] = [Precision::F32, Precision::Bf16];

fn sizes() -> impl Strategy<Value = Sizes> {
    let shapes = (
        1usize..4,
        1usize..5,
        prop::sample::select(vec![8, 16, 21, 40, 64, 80, 128]),
    );
    shapes.prop_map(|(kv_heads, group, head_dim)| Sizes {
        heads: kv_heads * group,
        kv_heads,
        head_dim,
    })
}

/// Attention of the whole path in strips that end at `ends`.
fn attend_cut(isa: Isa, path: &Path, kv: &KvPages, pages: &[PageId], ends: &[usize]) -> Vec<f32> {
    let mut start = 0;
    let strips = ends.iter().copied().chain([path.positions()]).map(|end| {
        let rows = start..end.max(start);
        start = rows.end;
        Strip {
            first_position: rows.start,
            rows,
            pages,
        }
    });
    let strips: Vec<Strip<'_>> = strips.collect();
    let mut out = vec![0.0; path.q.len()];
    attend(isa, kv, 1, &strips, queries(&path.q, path.sizes), &mut out);
    out
}

fn queries(data: &[f32], sizes: Sizes) -> Queries<'_> {
    Queries {
        data,
        stride: sizes.width(),
        heads: sizes.heads,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn attention_like_f64_whatever_the_cuts(
        seed: u64,
        precision in prop::sample::select(&PRECISIONS[..]),
        sizes in sizes(),
        positions in 1usize..110,
        mut ends in prop::collection::vec(0usize..110, 0..6),
    ) {
        ends.sort_unstable();
        ends.iter_mut().for_each(|end| *end = positions.min(*end));
        let path = Path::random(seed, sizes, positions);
        let (mut kv, mut pages) = (KvPages::new(precision, 2, sizes.kv_heads, sizes.head_dim), Vec::new());
        path.write(&mut kv, &mut pages, 0..positions);
        let whole = attend_cut(Isa::Portable, &path, &kv, &pages, &[]);
        let mut close = 0;
        for (got, (exact, flips)) in whole.iter().zip(path.oracle(precision)) {
            let off = (f64::from(*got) - exact).abs();
            prop_assert!(off < 4.0e-6 + flips, "{got} against {exact}");
            close += usize::from(off < 4.0e-6);
        }
        prop_assert!(close * 10 > whole.len() * 8, "{close} of {} are close", whole.len());
        let single: Vec<usize> = (1..positions).collect();
        for isa in Isa::all() {
            for ends in [&[][..], &ends, &single] {
                let cut = attend_cut(isa, &path, &kv, &pages, ends);
                prop_assert_eq!(bits(&cut), bits(&whole), "{} {:?}", isa, ends);
            }
        }
    }

    /// Branches that leave a common stem anywhere give what each path gives in pages of its own.
    #[test]
    fn branches_that_share_pages_are_paths_alone(
        seed: u64,
        precision in prop::sample::select(&PRECISIONS[..]),
        sizes in sizes(),
        stem in 0usize..90,
        branches in prop::collection::vec(1usize..40, 1..6),
    ) {
        let isa = Isa::detect();
        let mut kv = KvPages::new(precision, 2, sizes.kv_heads, sizes.head_dim);
        let mut trunk = Vec::new();
        let stem_path = Path::random(seed, sizes, stem);
        stem_path.write(&mut kv, &mut trunk, 0..stem);
        let (mut q, mut expected, mut paths) = (Vec::new(), Vec::new(), Vec::new());
        for (i, length) in branches.iter().enumerate() {
            let mut path = Path::random(seed ^ ((i as u64 + 1) << 8), sizes, stem + length);
            path.q[..stem_path.q.len()].copy_from_slice(&stem_path.q);
            path.k[..stem_path.k.len()].copy_from_slice(&stem_path.k);
            path.v[..stem_path.v.len()].copy_from_slice(&stem_path.v);
            let (mut own, mut pages) = (KvPages::new(precision, 2, sizes.kv_heads, sizes.head_dim), vec![]);
            path.write(&mut own, &mut pages, 0..path.positions());
            let alone = attend_cut(isa, &path, &own, &pages, &[]);
            expected.extend_from_slice(&alone[stem * sizes.width()..]);
            q.extend_from_slice(&path.q[stem * sizes.width()..]);
            let mut pages = trunk[..stem / PAGE].to_vec();
            if stem % PAGE > 0 {
                pages.push(kv.grow());
                kv.copy(1, trunk[stem / PAGE], pages[stem / PAGE], stem % PAGE);
            }
            path.write(&mut kv, &mut pages, stem..path.positions());
            paths.push(pages);
        }
        let mut row = 0;
        let strips = branches.iter().zip(&paths).map(|(length, pages)| {
            row += length;
            Strip { rows: row - length..row, first_position: stem, pages }
        });
        let strips: Vec<Strip<'_>> = strips.collect();
        for threads in [1, 2] {
            let mut out = vec![0.0; q.len()];
            let q = queries(&q, sizes);
            on_threads(threads, || attend(isa, &kv, 1, &strips, q, &mut out));
            prop_assert_eq!(bits(&out), bits(&expected));
        }
    }
}

const SMALL: Sizes = Sizes {
    heads: 6,
    kv_heads: 2,
    head_dim: 16,
};

/// A path in pages of its own.
fn stored(path: &Path, precision: Precision) -> (KvPages, Vec<PageId>) {
    let sizes = path.sizes;
    let mut kv = KvPages::new(precision, 2, sizes.kv_heads, sizes.head_dim);
    let mut pages = Vec::new();
    path.write(&mut kv, &mut pages, 0..path.positions());
    (kv, pages)
}

#[test]
fn threads_and_row_tiles_change_nothing() {
    let path = Path::random(11, SMALL, 300);
    let isa = Isa::detect();
    for precision in PRECISIONS {
        let (kv, pages) = stored(&path, precision);
        let run = |threads| on_threads(threads, || attend_cut(isa, &path, &kv, &pages, &[100]));
        let one = run(1);
        for threads in [2, 3, 40] {
            assert_eq!(bits(&run(threads)), bits(&one), "{threads} threads");
        }
    }
}

const GARBAGE: [f32; 4] = [f32::NAN, f32::INFINITY, -0.0, 1.0e30];

#[test]
fn what_was_in_a_page_before_or_comes_later_changes_nothing() {
    let path = Path::random(12, SMALL, 40);
    for (precision, garbage) in PRECISIONS.map(|p| GARBAGE.map(|x| (p, x))).concat() {
        let (kv, pages) = stored(&path, precision);
        let clean = attend_cut(Isa::detect(), &path, &kv, &pages, &[]);
        let mut kv = KvPages::new(precision, 2, 2, 16);
        let mut used = vec![kv.grow(), kv.grow()];
        for (page, offset) in used
            .iter()
            .flat_map(|page| (0..PAGE).map(move |o| (page, o)))
        {
            kv.write(1, *page, offset, &[garbage; 32], &[garbage; 32]);
        }
        // Position after position, as texts grow: the other half of a pair is garbage still.
        for (position, clean) in clean.chunks(SMALL.width()).enumerate() {
            path.write(&mut kv, &mut used, position..position + 1);
            for isa in Isa::all() {
                let row = attend_row(isa, &path, &kv, &used, position);
                assert_eq!(
                    bits(&row),
                    bits(clean),
                    "{precision:?} {garbage} {isa} {position}"
                );
            }
        }
        assert_eq!(used.len(), 2);
        for start in [34, 35] {
            let mut later = path.clone();
            later.k[start * 32..].fill(garbage);
            later.v[start * 32..].fill(garbage);
            later.write(&mut kv, &mut used, start..40);
            let before = start * SMALL.width();
            for isa in Isa::all() {
                let got = attend_cut(isa, &later, &kv, &used, &[]);
                assert_eq!(
                    bits(&got[..before]),
                    bits(&clean[..before]),
                    "{garbage} {isa}"
                );
            }
            path.write(&mut kv, &mut used, start..40);
        }
    }
}

/// Attention of one position.
fn attend_row(isa: Isa, path: &Path, kv: &KvPages, pages: &[PageId], position: usize) -> Vec<f32> {
    let strip = Strip {
        rows: 0..1,
        first_position: position,
        pages,
    };
    let q = &path.q[position * path.sizes.width()..][..path.sizes.width()];
    let mut out = vec![0.0; q.len()];
    attend(isa, kv, 1, &[strip], queries(q, path.sizes), &mut out);
    out
}

#[test]
fn a_copied_page_brings_nothing_of_what_follows_in_its_parent() {
    let path = Path::random(15, SMALL, 40);
    for (precision, garbage) in PRECISIONS.map(|p| GARBAGE.map(|x| (p, x))).concat() {
        for stem in [1, 8, 21, 31] {
            let (mut kv, parent) = stored(&path, precision);
            let clean = attend_cut(Isa::detect(), &path, &kv, &parent, &[]);
            for offset in stem..PAGE {
                kv.write(1, parent[0], offset, &[garbage; 32], &[garbage; 32]);
            }
            let mut branch = vec![kv.grow()];
            kv.copy(1, parent[0], branch[0], stem);
            for isa in Isa::all() {
                let last = attend_row(isa, &path, &kv, &branch, stem - 1);
                let expect = &clean[(stem - 1) * SMALL.width()..][..SMALL.width()];
                assert_eq!(
                    bits(&last),
                    bits(expect),
                    "{precision:?} {garbage} {isa} {stem}"
                );
            }
            path.write(&mut kv, &mut branch, stem..40);
            let own = attend_cut(Isa::detect(), &path, &kv, &branch, &[]);
            assert_eq!(bits(&own), bits(&clean), "{precision:?} {garbage} {stem}");
        }
    }
}

#[test]
fn a_fault_in_a_path_is_seen_in_every_later_row() {
    for (precision, isa) in PRECISIONS
        .map(|p| Isa::all().into_iter().map(move |i| (p, i)))
        .into_iter()
        .flatten()
    {
        for (fault, at) in [f32::NAN, f32::INFINITY]
            .map(|x| [(x, 20), (x, 35)])
            .concat()
        {
            let mut path = Path::random(13, SMALL, 80);
            path.k[at * 32] = fault;
            path.v[at * 32..(at + 1) * 32].fill(fault);
            let (kv, pages) = stored(&path, precision);
            let out = attend_cut(isa, &path, &kv, &pages, &[]);
            for (t, row) in out.chunks(SMALL.width()).enumerate() {
                let seen = row.iter().any(|x| !x.is_finite());
                assert_eq!(
                    seen,
                    t >= at,
                    "{precision:?} {fault} at {at}, row {t}, {isa}"
                );
            }
        }
    }
}

#[test]
fn rows_of_no_strip_and_columns_behind_the_heads_are_left_alone() {
    let path = Path::random(14, SMALL, 3);
    let (kv, pages) = stored(&path, Precision::Bf16);
    let expected = attend_cut(Isa::detect(), &path, &kv, &pages, &[]);
    let (width, stride) = (SMALL.width(), SMALL.width() + 5);
    let mut fused = vec![f32::NAN; 5 * stride];
    for (row, q) in [1, 3, 4].into_iter().zip(path.q.chunks(width)) {
        fused[row * stride..][..width].copy_from_slice(q);
    }
    let strip = |rows: Range<usize>, first_position| Strip {
        rows,
        first_position,
        pages: &pages,
    };
    let strips = [strip(1..2, 0), strip(2..2, 9), strip(3..5, 1)];
    let q = Queries {
        data: &fused[..5 * stride - 5],
        stride,
        heads: SMALL.heads,
    };
    let mut out = vec![7.0; 5 * width];
    attend(Isa::detect(), &kv, 1, &strips[..1], q, &mut out);
    assert_eq!(out[width..2 * width], expected[..width]);
    attend(Isa::detect(), &kv, 1, &strips, q, &mut out);
    assert_eq!(out[3 * width..], expected[width..]);
    assert!(
        out[..width]
            .iter()
            .chain(&out[2 * width..3 * width])
            .all(|x| *x == 7.0)
    );
}

#[test]
fn no_strips_are_no_work() {
    let kv = KvPages::new(Precision::F32, 1, 2, 16);
    attend(Isa::detect(), &kv, 0, &[], queries(&[], SMALL), &mut []);
}

/// What `attend` says to strips over a batch of 3 rows and a path of one page.
fn refusal(strips: &[(Range<usize>, usize)], heads: usize, missing: bool) -> String {
    let mut kv = KvPages::new(Precision::F32, 1, 2, 16);
    let pages = [if missing { PageId(0) } else { kv.grow() }];
    let strip = |(rows, first_position): &(Range<usize>, usize)| Strip {
        rows: rows.clone(),
        first_position: *first_position,
        pages: &pages,
    };
    let strips: Vec<Strip<'_>> = strips.iter().map(strip).collect();
    let data = vec![0.0; 3 * heads * 16];
    let q = Queries {
        data: &data,
        stride: heads * 16,
        heads,
    };
    let mut out = data.clone();
    let attempt = || attend(Isa::Portable, &kv, 0, &strips, q, &mut out);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(attempt));
    let cause = result.expect_err("refused");
    cause
        .downcast::<String>()
        .map_or_else(|_| "no text".to_owned(), |text| *text)
}

#[test]
fn calls_that_do_not_fit_are_refused() {
    let check = |strips: &[(Range<usize>, usize)], heads, missing, expect: &str| {
        let text = refusal(strips, heads, missing);
        assert!(text.contains(expect), "{text}");
    };
    check(
        &[(0..2, 0), (1..3, 0)],
        6,
        false,
        "strips overlap or descend at row 2",
    );
    check(&[(0..4, 0)], 6, false, "rows 0..4 of 3");
    check(&[(0..2, 31)], 6, false, "needs 2 pages");
    check(&[(0..2, 0)], 5, false, "5 query heads");
    check(&[(0..2, 0)], 6, true, "PageId(0) does not exist");
}
