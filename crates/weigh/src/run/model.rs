//! The model of a run: found, opened, and held to its bytes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use weigh_core::model::{Model, ModelFault, Work};
use weigh_core::request::{Request, Response};
use weigh_core::subject::Subject;
use weigh_engine::kernels::PackError;
use weigh_engine::kernels::isa::ISA_VARIABLE;
use weigh_engine::{
    Compute, Embedder, Engine, Megabytes, MemoryFault, OpenError, OpenFault, OpenOptions,
    PlaceFault, is_encoder,
};

use super::RunArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::model_command;
use crate::output::Output;

/// A model whose files must still have the bytes that were hashed when its work is done.
pub enum Held {
    /// One that writes.
    Writer(Box<Engine>),
    /// One that makes embeddings.
    Embedder(Box<Embedder>),
}

impl Held {
    /// Opens the model at `path`, which reads what others wrote.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Box<dyn Model>, OpenError> {
        Ok(Box::new(if is_encoder(path) {
            Self::Embedder(Box::new(Embedder::open(path, options)?))
        } else {
            Self::Writer(Box::new(Engine::open(path, options)?))
        }))
    }

    fn model(&self) -> &dyn Model {
        match self {
            Self::Writer(engine) => engine.as_ref(),
            Self::Embedder(embedder) => embedder.as_ref(),
        }
    }

    fn unchanged(&self) -> std::io::Result<bool> {
        match self {
            Self::Writer(engine) => engine.unchanged(),
            Self::Embedder(embedder) => embedder.unchanged(),
        }
    }
}

/// Opens the model that the arguments name.
pub fn open(args: &RunArgs, output: &Output) -> Result<Box<dyn Model>, Failure> {
    let path = model_command::resolve(&args.model, args.offline, output)?;
    if is_encoder(&path) {
        return Err(Failure::new(
            Exit::Usage,
            format!(
                "cannot weigh {}: it makes embeddings and writes nothing",
                args.model
            ),
            "an embedding model serves suites with `[embedding]`; give --model one that writes",
        ));
    }
    Ok(Box::new(Held::Writer(Box::new(open_engine(
        &path,
        &options(args),
    )?))))
}

/// How the arguments say that it is opened.
pub fn options(args: &RunArgs) -> OpenOptions {
    OpenOptions {
        device: args.device,
        compute: args.compute,
        kv_memory: args.kv_memory,
        isa: std::env::var(ISA_VARIABLE).ok(),
        threads: args.threads.map(usize::from),
        window: None,
    }
}

/// Opens the model at `path`.
pub fn open_engine(path: &Path, options: &OpenOptions) -> Result<Engine, Failure> {
    Engine::open(path, options).map_err(|error| opening_failed(&error, options))
}

/// Why it cannot be opened, and what to do.
pub fn opening_failed(error: &OpenError, options: &OpenOptions) -> Failure {
    let (exit, help) = match &error.fault {
        OpenFault::Memory(fault) => (Exit::Usage, more_memory(fault, options)),
        OpenFault::Device { .. } | OpenFault::Class { .. } => {
            (Exit::Usage, "take --device auto or --device cpu".to_owned())
        }
        OpenFault::Isa(_) => (
            Exit::Usage,
            format!("unset {ISA_VARIABLE}: the best that this CPU has is taken"),
        ),
        OpenFault::Threads(_) => (Exit::Machine, "give fewer --threads".to_owned()),
        OpenFault::Place(PlaceFault::Pack(PackError::NotQuantised)) => (
            Exit::Usage,
            "take --compute f32 or --compute bf16, or a quantised GGUF file".to_owned(),
        ),
        OpenFault::Place(PlaceFault::Device(_)) => (
            Exit::Machine,
            "see to the device and its memory, or take --device cpu".to_owned(),
        ),
        OpenFault::Io(_) => (
            Exit::Usage,
            "give a file or folder that can be read".to_owned(),
        ),
        OpenFault::Embedding(_) => (
            Exit::Usage,
            "give a whole folder with config.json, sentence_bert_config.json, vocab.txt and \
             model.safetensors of a BERT"
                .to_owned(),
        ),
        OpenFault::Config(_) => (
            Exit::Usage,
            "give a model of the Llama or Qwen2 family without further features".to_owned(),
        ),
        OpenFault::Place(PlaceFault::Weights(_) | PlaceFault::Pack(_))
        | OpenFault::NotAModel
        | OpenFault::Pickle(_)
        | OpenFault::NoFile(_)
        | OpenFault::TooLarge { .. }
        | OpenFault::Json(_)
        | OpenFault::Gguf(_)
        | OpenFault::Safetensors(_)
        | OpenFault::Weights(_)
        | OpenFault::Tokenizer(_)
        | OpenFault::Template(_)
        | OpenFault::Vocabulary { .. } => (
            Exit::Usage,
            "give a whole GGUF file, or a whole folder with safetensors files".to_owned(),
        ),
    };
    Failure::new(exit, error.to_string(), help)
}

/// What helps against too little memory.
pub fn more_memory(fault: &MemoryFault, options: &OpenOptions) -> String {
    let fits = |(_, bytes): &&(Compute, u64)| *bytes <= fault.available;
    let mut ways: Vec<String> = fault
        .others
        .iter()
        .filter(fits)
        .map(|(class, bytes)| format!("take --compute {class} (from {})", Megabytes(*bytes)))
        .collect();
    let without = fault.footprint.total().saturating_sub(fault.footprint.kv);
    if options.kv_memory.is_some() && without <= fault.available {
        let most = fault.available - without;
        ways.push(format!("give --kv-memory at most {most}"));
    }
    ways.push("free memory, or take a smaller model or another machine".to_owned());
    ways.join("; ")
}

impl Model for Held {
    fn subject(&self) -> &Subject {
        self.model().subject()
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        self.model().conditions()
    }

    fn work(&self) -> Option<Work> {
        self.model().work()
    }

    fn computed(&self) -> &[u32] {
        self.model().computed()
    }

    fn answer(
        &mut self,
        requests: &[&Request],
        sink: &mut dyn FnMut(usize, Response) -> ControlFlow<()>,
    ) -> Result<(), ModelFault> {
        match self {
            Self::Writer(engine) => engine.answer(requests, sink)?,
            Self::Embedder(embedder) => embedder.answer(requests, sink)?,
        }
        match self.unchanged() {
            Ok(true) => Ok(()),
            Ok(false) => Err(ModelFault(
                "its files were changed while it worked, so nobody can say what was tested".into(),
            )),
            Err(error) => Err(ModelFault(format!(
                "its files cannot be read again: {error}"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use weigh_engine::{DeviceChoice, Footprint, tiny::TinyModel};

    use super::*;

    #[test]
    fn help_against_too_little_memory_names_what_fits() {
        let check = |kv_memory: Option<u64>, available, expect: &str| {
            let fault = MemoryFault {
                footprint: Footprint {
                    weights: 900_000_000,
                    kv: kv_memory.unwrap_or(50_000_000),
                    ..Footprint::default()
                },
                compute: Compute::F32,
                available,
                others: vec![(Compute::Bf16, 500_000_000), (Compute::Stored, 300_000_000)],
            };
            let options = OpenOptions {
                kv_memory,
                ..OpenOptions::default()
            };
            assert_eq!(more_memory(&fault, &options), expect);
        };
        let last = "free memory, or take a smaller model or another machine";
        check(None, 1, last);
        let stored = "take --compute stored (from 300.0 MB)";
        check(None, 400_000_000, &format!("{stored}; {last}"));
        let both = format!("take --compute bf16 (from 500.0 MB); {stored}");
        let kv = "give --kv-memory at most 20000000";
        let most = Some(30_000_000);
        check(most, 920_000_000, &format!("{both}; {kv}; {last}"));
    }

    #[test]
    fn help_fits_the_fault() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.gguf");
        TinyModel::new(1).write_gguf(&path).unwrap();
        let check = |path: &Path, options: OpenOptions, expect: &str| {
            let failure = open_engine(path, &options).err().unwrap();
            assert!(failure.help.contains(expect), "{failure:?}");
        };
        let usual = || OpenOptions {
            device: DeviceChoice::Cpu,
            ..OpenOptions::default()
        };
        let isa = Some("sse".to_owned());
        check(&path, OpenOptions { isa, ..usual() }, "unset WEIGH_ISA");
        let device = DeviceChoice::Cuda(99);
        check(&path, OpenOptions { device, ..usual() }, "--device cpu");
        let compute = Compute::Stored;
        let stored = OpenOptions { compute, ..usual() };
        check(&path, stored, "a quantised GGUF file");
        check(&folder.path().join("none"), usual(), "can be read");
        check(folder.path(), usual(), "a whole GGUF file");
        std::fs::write(folder.path().join("config.json"), "{}").unwrap();
        check(folder.path(), usual(), "Llama or Qwen2");
    }
}
