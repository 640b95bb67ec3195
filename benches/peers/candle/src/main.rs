//! Prompt and decode speed of candle-transformers' Llama, one line of JSON for each file.
//!
//! `candle-peer MODEL...` where each model is a GGUF file (run by `quantized_llama` in the types
//! that it stores) or a folder with `config.json` and `model.safetensors` (run by `llama` in f32).
//! Threads: set `RAYON_NUM_THREADS`, or candle asks the system again at every product.

use std::fs::File;
use std::path::Path;
use std::time::Instant;

use candle_core::quantized::gguf_file;
use candle_core::{DType, Device, Error, Result, Tensor};
use candle_nn::VarBuilder;
use candle_transformers::models::llama::{Cache, Config, Llama, LlamaConfig};
use candle_transformers::models::quantized_llama::ModelWeights;
use serde_json::json;

/// Each figure is the median of this many runs.
const RUNS: usize = 3;
/// Tokens decoded one after the other, from an empty context.
const DECODED: usize = 64;

/// What both implementations are asked.
trait Decoder {
    /// Forgets the context.
    fn clear(&mut self) -> Result<()>;
    /// Computes `tokens` at `position` and after; logits of the last one.
    fn forward(&mut self, tokens: &Tensor, position: usize) -> Result<Tensor>;
}

impl Decoder for ModelWeights {
    fn clear(&mut self) -> Result<()> {
        self.clear_kv_cache();
        Ok(())
    }

    fn forward(&mut self, tokens: &Tensor, position: usize) -> Result<Tensor> {
        ModelWeights::forward(self, tokens, position)
    }
}

struct Exact {
    model: Llama,
    config: Config,
    cache: Cache,
}

impl Decoder for Exact {
    fn clear(&mut self) -> Result<()> {
        self.cache = Cache::new(true, DType::F32, &self.config, &Device::Cpu)?;
        Ok(())
    }

    fn forward(&mut self, tokens: &Tensor, position: usize) -> Result<Tensor> {
        self.model.forward(tokens, position, &mut self.cache)
    }
}

/// A GGUF file, and what most of its bytes are.
fn open_gguf(path: &Path) -> Result<(ModelWeights, String)> {
    let mut file = File::open(path)?;
    let content = gguf_file::Content::read(&mut file)?;
    let largest = |name: &str| content.tensor_infos.get(name);
    let class = largest("blk.0.ffn_up.weight")
        .map_or_else(String::new, |tensor| format!("{:?}", tensor.ggml_dtype));
    let model = ModelWeights::from_gguf(content, &mut file, &Device::Cpu)?;
    Ok((model, class))
}

fn open_folder(folder: &Path) -> Result<Exact> {
    let config: LlamaConfig =
        serde_json::from_reader(File::open(folder.join("config.json"))?).map_err(Error::wrap)?;
    let config = config.into_config(false);
    let bytes = std::fs::read(folder.join("model.safetensors"))?;
    let weights = VarBuilder::from_buffered_safetensors(bytes, DType::F32, &Device::Cpu)?;
    Ok(Exact {
        model: Llama::load(weights, &config)?,
        cache: Cache::new(true, DType::F32, &config, &Device::Cpu)?,
        config,
    })
}

/// Any ids do: the arithmetic is the same for all.
fn ids(count: usize, start: usize) -> Result<Tensor> {
    let ids = (start..start + count).map(|index| (index * 37 % 40_000) as u32 + 100);
    Tensor::from_iter(ids, &Device::Cpu)?.unsqueeze(0)
}

/// Tokens per second of one prompt.
fn prompt(decoder: &mut dyn Decoder, length: usize) -> Result<f64> {
    let tokens = ids(length, 0)?;
    decoder.clear()?;
    let start = Instant::now();
    finish(&decoder.forward(&tokens, 0)?)?;
    Ok(length as f64 / start.elapsed().as_secs_f64())
}

/// Tokens per second, one at a time.
fn decode(decoder: &mut dyn Decoder) -> Result<f64> {
    decoder.clear()?;
    let start = Instant::now();
    for position in 0..DECODED {
        finish(&decoder.forward(&ids(1, position)?, position)?)?;
    }
    Ok(DECODED as f64 / start.elapsed().as_secs_f64())
}

/// A result that is never looked at would be no result.
fn finish(logits: &Tensor) -> Result<()> {
    let sum = logits.flatten_all()?.sum_all()?.to_scalar::<f32>()?;
    if sum.is_finite() {
        Ok(())
    } else {
        Err(Error::msg("logits are not finite"))
    }
}

fn median(mut run: impl FnMut() -> Result<f64>) -> Result<f64> {
    let mut found = (0..RUNS).map(|_| run()).collect::<Result<Vec<_>>>()?;
    found.sort_by(f64::total_cmp);
    Ok(found[RUNS / 2])
}

fn measure(decoder: &mut dyn Decoder, class: &str) -> Result<()> {
    prompt(decoder, 64)?;
    let line = json!({
        "engine": "candle-transformers 0.11.1",
        "class": class,
        "pp512": median(|| prompt(decoder, 512))?,
        "pp2048": median(|| prompt(decoder, 2048))?,
        "tg": median(|| decode(decoder))?,
    });
    println!("{line}");
    Ok(())
}

fn main() -> Result<()> {
    for argument in std::env::args_os().skip(1) {
        let path = Path::new(&argument);
        if path.is_dir() {
            measure(&mut open_folder(path)?, "F32")?;
        } else {
            let (mut model, class) = open_gguf(path)?;
            measure(&mut model, &class)?;
        }
    }
    Ok(())
}
