//! What answering some requests takes, foreseen without loading the model: tokens, memory, time.

use std::path::Path;
use std::time::{Duration, Instant};

use weigh_core::model::Work;
use weigh_core::request::Request;

use crate::config::DecoderConfig;
use crate::decoder::cpu::CpuBackend;
use crate::decoder::{Backend as _, forward};
use crate::engine::{ROWS, STREAMS, pool};
use crate::error::{OpenError, OpenFault};
use crate::estimate::{Estimate, Footprint, MemoryFault};
use crate::kernels::Isa;
use crate::memory::Room;
use crate::open::{Parts, open_parts};
use crate::options::OpenOptions;
use crate::pages::pages_for;
use crate::pass::HEAD_ROWS;
use crate::place;
use crate::schedule::{Limits, Schedule, longest};
use crate::trie::{Leaf, Sequence, Trie, Want};
use crate::weights::WeightsFault;
use crate::windows::Windows;

/// How long a probe computes, at least.
const PROBE: Duration = Duration::from_millis(100);

/// Rows of the head that a probe computes with: many more than a cache holds.
const HEAD_SAMPLE: usize = 4_096;

/// What answering some requests takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The model's name.
    pub model: String,
    /// Tokens; of texts, as many as they can come to.
    pub work: Work,
    /// Texts that are generated.
    pub texts: u64,
    /// Requests that have no answer, for instance because they are longer than the model's context.
    pub unanswerable: u64,
    /// Memory and time on the CPU; `None` where the model is computed elsewhere.
    pub cpu: Option<OnCpu>,
}

/// What it takes on the CPU.
#[derive(Debug, Clone, PartialEq)]
pub struct OnCpu {
    /// Memory; for keys and values, what these requests can come to need.
    pub footprint: Footprint,
    /// Bytes that are left on the machine, if it tells.
    pub available: Option<u64>,
    /// Why the model would not be opened.
    pub refused: Option<MemoryFault>,
    /// How long it takes; `None` when it would not be opened.
    pub time: Option<Time>,
}

/// Time as a probe of this machine lets one expect it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// For the prompts.
    pub prompts: Duration,
    /// For texts, if each becomes as long as it may.
    pub texts: Duration,
}

impl Forecast {
    /// Foresees what answering `requests` by the model at `path` takes. No weights are loaded but
    /// those of one layer, for the probe.
    ///
    /// # Errors
    /// Everything that is wrong with the model's files, or a device that is missing.
    pub fn new(
        path: &Path,
        options: &OpenOptions,
        requests: &[&Request],
    ) -> Result<Self, OpenError> {
        let parts = open_parts(path)?;
        of(&parts, options, requests).map_err(|fault| OpenError {
            path: path.to_owned(),
            fault,
        })
    }
}

fn of(parts: &Parts, options: &OpenOptions, requests: &[&Request]) -> Result<Forecast, OpenFault> {
    let isa = Isa::choose(options.isa.as_deref())?;
    let threads = pool(options)?;
    threads.install(|| {
        let window = Windows::new(parts, requests, usize::MAX).next();
        let window = window.unwrap_or_default();
        let unanswerable = window.failures.len() as u64;
        let trie = Trie::new(window.sequences, &[], true);
        let texts = trie.leaves.iter().filter(|leaf| is_text(leaf)).count();
        let cpu = if place::is_cpu(options)? {
            Some(on_cpu(parts, options, &trie, isa)?)
        } else {
            None
        };
        Ok(Forecast {
            model: parts.subject.name.clone(),
            work: trie.work(),
            texts: texts as u64,
            unanswerable,
            cpu,
        })
    })
}

fn on_cpu(parts: &Parts, options: &OpenOptions, trie: &Trie, isa: Isa) -> Result<OnCpu, OpenFault> {
    let room = Room::now();
    let estimate = Estimate::new(parts, options, room)?;
    let refused = estimate.check(parts).err();
    let kv = estimate.page_bytes * pages(trie, estimate.pages) as u64;
    let time = match refused {
        None => Some(time(parts, options, trie, isa)?),
        Some(_) => None,
    };
    Ok(OnCpu {
        footprint: Footprint {
            kv,
            ..estimate.footprint
        },
        available: room.left,
        refused,
        time,
    })
}

fn is_text(leaf: &Leaf) -> bool {
    matches!(leaf.sequence.want, Want::Continue { .. })
}

/// The most pages that the walk over `trie` can come to hold: one path with a copied page, and as
/// many texts as there are side by side; no more than `limit` beside what the longest needs.
fn pages(trie: &Trie, limit: usize) -> usize {
    let pages = |leaf: &Leaf| pages_for(longest(&leaf.sequence.want, leaf.sequence.tokens.len()));
    let longest = trie.leaves.iter().map(pages).max();
    let Some(path) = longest.map(|pages| pages + 1) else {
        return 0;
    };
    let mut texts: Vec<usize> = trie
        .leaves
        .iter()
        .filter(|leaf| is_text(leaf))
        .map(pages)
        .collect();
    texts.sort_unstable_by(|a, b| b.cmp(a));
    let all = path + texts.iter().take(STREAMS).sum::<usize>();
    all.min(limit.max(path))
}

fn time(parts: &Parts, options: &OpenOptions, trie: &Trie, isa: Isa) -> Result<Time, OpenFault> {
    let config = DecoderConfig {
        layers: 1,
        vocab: parts.config.vocab.min(HEAD_SAMPLE),
        ..parts.config.clone()
    };
    let threads = rayon::current_num_threads();
    let mut backend = CpuBackend::new(&config, &parts.weights, options.compute, isa, threads)?;
    let layers = parts.config.layers as f64;
    let heads = parts.config.vocab as f64 / config.vocab as f64;
    let mut seconds = |rows: usize, tokens: usize, logits: usize| -> Result<Duration, OpenFault> {
        if tokens == 0 {
            return Ok(Duration::ZERO);
        }
        let rates = probe(&mut backend, trie, rows).map_err(|fault| vec![fault]);
        let rates = rates.map_err(OpenFault::Weights)?;
        let seconds = rates.layer * layers * tokens as f64 + rates.head * heads * logits as f64;
        Ok(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
    };
    let texts = trie.leaves.iter().filter(|leaf| is_text(leaf)).count();
    let generated = trie.most_generated();
    Ok(Time {
        prompts: seconds(ROWS, trie.computed_tokens(), trie.heads())?,
        texts: seconds(texts.min(STREAMS), generated, generated)?,
    })
}

/// Seconds for one row.
#[derive(Debug, Clone, Copy)]
struct Rates {
    /// Of a pass through the probe's layer.
    layer: f64,
    /// Of logits by the probe's head.
    head: f64,
}

/// Computes the first passes over `trie`, of at most `rows` rows each, with a backend of one layer.
fn probe(backend: &mut CpuBackend, trie: &Trie, rows: usize) -> Result<Rates, WeightsFault> {
    let limits = Limits {
        rows,
        streams: 0,
        pages: 0,
    };
    let mut schedule = Schedule::new(limits);
    schedule.load(prompts(trie));
    let mut batch = schedule.next_step().unwrap_or_default().batch;
    let (mut layer, mut layer_rows) = (Duration::ZERO, 0);
    let (mut head, mut head_rows) = (Duration::ZERO, 0);
    let (mut logits, mut warm) = (Vec::new(), false);
    while layer + head < PROBE && batch.rows() > 0 {
        // The last layer leaves out rows without logits: as if it were one of the others.
        batch.heads = (0..batch.rows()).collect();
        let start = Instant::now();
        let states = forward(backend, 1, &batch)?;
        let passed = start.elapsed();
        let some = batch.rows().min(HEAD_ROWS);
        let start = Instant::now();
        backend.logits(&states, 0..some, &mut logits)?;
        // The first pass fills buffers and caches: nobody learns from its time.
        if warm {
            (head, head_rows) = (head + start.elapsed(), head_rows + some);
            (layer, layer_rows) = (layer + passed, layer_rows + batch.rows());
            batch = schedule.next_step().map_or(batch, |step| step.batch);
        }
        backend.recycle(states);
        warm = true;
    }
    Ok(Rates {
        layer: layer.as_secs_f64() / (layer_rows.max(1) as f64),
        head: head.as_secs_f64() / (head_rows.max(1) as f64),
    })
}

/// The prompts of `trie`, as if only the logits after each of them were wanted.
fn prompts(trie: &Trie) -> Trie {
    let prompt = |leaf: &Leaf| Sequence {
        request: leaf.sequence.request,
        tokens: leaf.sequence.tokens.clone(),
        want: Want::Score {
            from: leaf.sequence.tokens.len() - 1,
            targets: vec![0],
        },
    };
    Trie::new(trie.leaves.iter().map(prompt).collect(), &[], true)
}

#[cfg(test)]
mod tests {
    use weigh_core::request::{Prompt, Sampling};

    use super::*;
    use crate::engine::Engine;
    use crate::options::{Compute, DeviceChoice};
    use crate::tiny::TinyModel;

    fn text(prompt: &str, max_tokens: u32) -> Request {
        Request::Generate {
            prompt: Prompt::Text(prompt.into()),
            sampling: Sampling::Greedy,
            stop: Vec::new().into(),
            max_tokens,
        }
    }

    fn likelihood(context: &str, continuation: &str) -> Request {
        Request::Likelihood {
            context: Prompt::Text(context.into()),
            continuation: continuation.to_owned(),
        }
    }

    fn foreseen(requests: &[Request], options: &OpenOptions) -> (Forecast, Work) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        TinyModel::new(5).write_gguf(&path).unwrap();
        let requests: Vec<&Request> = requests.iter().collect();
        let forecast = Forecast::new(&path, options, &requests).unwrap();
        let usual = OpenOptions::default();
        let work = Engine::open(&path, &usual).unwrap().tokens(&requests);
        (forecast, work)
    }

    fn cpu(kv_memory: Option<u64>) -> OpenOptions {
        OpenOptions {
            device: DeviceChoice::Cpu,
            kv_memory,
            ..OpenOptions::default()
        }
    }

    #[test]
    fn tokens_memory_and_time_are_foreseen() {
        let requests = [
            likelihood("abab ba", " ab"),
            likelihood("abab ba", " ba"),
            likelihood(&"ab".repeat(5_000), " b"),
            text("abab", 70),
            text("baba", 1),
        ];
        let (forecast, work) = foreseen(&requests, &cpu(None));
        assert_eq!((forecast.work, forecast.texts), (work, 2));
        assert_eq!(forecast.unanswerable, 1);
        let on_cpu = forecast.cpu.unwrap();
        let time = on_cpu.time.unwrap();
        assert!(time.prompts > Duration::ZERO && time.texts > time.prompts);
        // The longest path is the first text's, of three pages, and a copy; then both texts.
        let page = 2 * 2 * 2 * 16 * 32 * 4;
        assert_eq!(on_cpu.footprint.kv, (3 + 1 + 3 + 1) * page);
        let (forecast, _) = foreseen(&requests, &cpu(Some(5 * page)));
        assert_eq!(forecast.cpu.unwrap().footprint.kv, 5 * page);
    }

    #[test]
    fn nothing_to_compute_takes_no_time() {
        let (forecast, _) = foreseen(&[], &cpu(None));
        let on_cpu = forecast.cpu.unwrap();
        let (prompts, texts) = (Duration::ZERO, Duration::ZERO);
        assert_eq!(on_cpu.time, Some(Time { prompts, texts }));
        assert_eq!(on_cpu.footprint.kv, 0);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_model_that_would_be_refused_is_foreseen_and_refused() {
        let options = cpu(Some(1 << 60));
        let (forecast, _) = foreseen(&[text("ab", 5)], &options);
        let on_cpu = forecast.cpu.unwrap();
        assert_eq!(on_cpu.time, None);
        let fault = on_cpu.refused.unwrap();
        assert_eq!((fault.footprint.kv, fault.compute), (1 << 60, Compute::F32));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tiny.gguf");
        TinyModel::new(5).write_gguf(&path).unwrap();
        let refused = Engine::open(&path, &options).err().unwrap();
        assert!(matches!(refused.fault, OpenFault::Memory(_)), "{refused}");
    }
}
