//! CPython's `random.Random`: the Mersenne Twister and what CPython draws with it.
//!
//! MT19937 is Matsumoto and Nishimura's generator of 1998; seeding by an integer and the ways from
//! 32-bit words to numbers, samples and choices are those of CPython's `_randommodule.c` and `random.py`.

/// Words of the generator's state.
const SIZE: usize = 624;
/// How far apart the words are that make a new one.
const APART: usize = 397;

/// A generator in the state that `random.Random(seed)` has.
#[derive(Debug, Clone)]
pub struct Random {
    state: Vec<u32>,
    next: usize,
}

impl Random {
    /// `random.Random(seed)` for a seed that is not negative.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let low = (seed & 0xffff_ffff) as u32;
        let high = (seed >> 32) as u32;
        let key: &[u32] = if high == 0 { &[low] } else { &[low, high] };
        Self {
            state: by_key(key),
            next: SIZE,
        }
    }

    /// The next 32 bits.
    pub fn word(&mut self) -> u32 {
        if self.next == SIZE {
            self.renew();
            self.next = 0;
        }
        let mut word = self.state.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// `random()`: in [0, 1) with 53 bits.
    pub fn unit(&mut self) -> f64 {
        let high = f64::from(self.word() >> 5);
        let low = f64::from(self.word() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }

    /// `_randbelow(n)`: uniform below `n`, 0 where `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        if n == 0 {
            return 0;
        }
        let bits = usize::BITS - n.leading_zeros();
        loop {
            let drawn = self.bits(bits);
            if drawn < n {
                return drawn;
            }
        }
    }

    /// `sample(range(n), k)`: `k` different indices below `n`, all of them where `k` is larger.
    pub fn sample(&mut self, n: usize, k: usize) -> Vec<usize> {
        let k = k.min(n);
        if n <= set_size(k) {
            return self.sample_by_shuffle(n, k);
        }
        let mut drawn = Vec::with_capacity(k);
        let mut seen = std::collections::BTreeSet::new();
        while drawn.len() < k {
            let index = self.below(n);
            if seen.insert(index) {
                drawn.push(index);
            }
        }
        drawn
    }

    /// `choices(range(n), k=k)`: `k` indices below `n`, with repetition.
    pub fn choices(&mut self, n: usize, k: usize) -> Vec<usize> {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "CPython: floor(random() * (n + 0.0))"
        )]
        let draw = |unit: f64| (unit * n as f64) as usize;
        (0..k).map(|_| draw(self.unit())).collect()
    }

    /// `getrandbits(bits)` for at most 64.
    fn bits(&mut self, bits: u32) -> usize {
        if bits <= 32 {
            return (self.word() >> (32 - bits)) as usize;
        }
        let low = u64::from(self.word());
        let high = u64::from(self.word() >> (64 - bits));
        usize::try_from((high << 32) | low).unwrap_or(usize::MAX)
    }

    /// The front of a shuffle that is broken off after `k`.
    fn sample_by_shuffle(&mut self, n: usize, k: usize) -> Vec<usize> {
        let mut pool: Vec<usize> = (0..n).collect();
        let mut drawn = Vec::with_capacity(k);
        for taken in 0..k {
            let index = self.below(n - taken);
            drawn.push(pool.swap_remove(index));
        }
        drawn
    }

    /// The next 624 words.
    fn renew(&mut self) {
        for index in 0..SIZE {
            let at = |offset: usize| {
                let place = (index + offset) % SIZE;
                self.state.get(place).copied().unwrap_or(0)
            };
            let joined = (at(0) & 0x8000_0000) | (at(1) & 0x7fff_ffff);
            let odd = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            let word = at(APART) ^ (joined >> 1) ^ odd;
            if let Some(slot) = self.state.get_mut(index) {
                *slot = word;
            }
        }
    }
}

/// How many entries a set may cost before CPython's `sample` shuffles a list instead.
fn set_size(k: usize) -> usize {
    let mut size = 21;
    if k > 5 {
        let mut power = 1;
        while power < 3 * k {
            power *= 4;
        }
        size += power;
    }
    size
}

/// `init_by_array`.
fn by_key(key: &[u32]) -> Vec<u32> {
    let mut state = by_number(19_650_218);
    let mut index = 1;
    let words = key.iter().enumerate().cycle().take(SIZE.max(key.len()));
    for (place, word) in words {
        let mixed = before(&state, index).wrapping_mul(1_664_525);
        let added = word.wrapping_add(u32::try_from(place).unwrap_or(0));
        change(&mut state, index, |old| (old ^ mixed).wrapping_add(added));
        index = step(&mut state, index);
    }
    for _ in 1..SIZE {
        let mixed = before(&state, index).wrapping_mul(1_566_083_941);
        let place = u32::try_from(index).unwrap_or(0);
        change(&mut state, index, |old| (old ^ mixed).wrapping_sub(place));
        index = step(&mut state, index);
    }
    change(&mut state, 0, |_| 0x8000_0000);
    state
}

/// `init_genrand`.
fn by_number(seed: u32) -> Vec<u32> {
    let next = |(index, word): &(u32, u32)| {
        let mixed = 1_812_433_253_u32.wrapping_mul(word ^ (word >> 30));
        Some((index + 1, mixed.wrapping_add(index + 1)))
    };
    let words = std::iter::successors(Some((0, seed)), next);
    words.take(SIZE).map(|(_, word)| word).collect()
}

/// The word before `index`, stirred.
fn before(state: &[u32], index: usize) -> u32 {
    let word = state.get(index - 1).copied().unwrap_or(0);
    word ^ (word >> 30)
}

fn change(state: &mut [u32], index: usize, by: impl Fn(u32) -> u32) {
    if let Some(word) = state.get_mut(index) {
        *word = by(*word);
    }
}

/// The next index, and after the last one the second with the last word before it.
fn step(state: &mut [u32], index: usize) -> usize {
    if index + 1 < SIZE {
        return index + 1;
    }
    let last = state.last().copied().unwrap_or(0);
    change(state, 0, |_| last);
    1
}
