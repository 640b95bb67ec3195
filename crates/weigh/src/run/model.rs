//! The model of a run: found, opened, and held to its bytes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use weigh_core::model::{Model, ModelFault, Work};
use weigh_core::request::{Request, Response};
use weigh_core::subject::Subject;
use weigh_engine::kernels::isa::ISA_VARIABLE;
use weigh_engine::{Engine, OpenOptions};

use super::RunArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::model_command;
use crate::output::Output;

/// An engine whose files must still have the bytes that were hashed when its work is done.
struct Held(Engine);

/// Opens the model that the arguments name.
pub fn open(args: &RunArgs, output: &Output) -> Result<Box<dyn Model>, Failure> {
    let path = model_command::resolve(&args.model, args.offline, output)?;
    let options = OpenOptions {
        device: args.device,
        compute: args.compute,
        kv_memory: args.kv_memory,
        isa: std::env::var(ISA_VARIABLE).ok(),
        threads: args.threads.map(usize::from),
        window: None,
    };
    Ok(Box::new(Held(open_engine(&path, &options)?)))
}

/// Opens the model at `path`.
pub fn open_engine(path: &Path, options: &OpenOptions) -> Result<Engine, Failure> {
    Engine::open(path, options).map_err(|fault| {
        Failure::new(
            Exit::Usage,
            fault.to_string(),
            "give a whole GGUF or safetensors model, and a device that this machine has",
        )
    })
}

impl Model for Held {
    fn subject(&self) -> &Subject {
        self.0.subject()
    }

    fn conditions(&self) -> BTreeMap<String, String> {
        self.0.conditions()
    }

    fn work(&self) -> Option<Work> {
        self.0.work()
    }

    fn answer(
        &mut self,
        requests: &[&Request],
        sink: &mut dyn FnMut(usize, Response) -> ControlFlow<()>,
    ) -> Result<(), ModelFault> {
        self.0.answer(requests, sink)?;
        match self.0.unchanged() {
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
