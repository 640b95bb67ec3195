//! Where a model is computed: the device that was asked for, or an error.

use std::collections::BTreeMap;

use candle_core::Device;

use crate::decoder::cpu::CpuBackend;
use crate::decoder::device::DeviceBackend;
use crate::error::OpenFault;
use crate::estimate::Estimate;
use crate::kernels::Isa;
use crate::open::Parts;
use crate::options::{Compute, DeviceChoice, OpenOptions};

/// A decoder's operations on the device that was taken.
pub(crate) enum Place {
    /// The CPU kernels.
    Cpu(Box<CpuBackend>),
    /// candle's tensors on an accelerator.
    Device(Box<DeviceBackend>),
}

impl Place {
    /// Brings the weights to the device of `options`; on the CPU only if its memory, by `estimate`,
    /// is enough. Also says, for the evidence, what was taken.
    pub fn open(
        parts: &Parts,
        options: &OpenOptions,
        isa: Isa,
        threads: usize,
        estimate: &Estimate,
    ) -> Result<(Self, BTreeMap<String, String>), OpenFault> {
        match accelerator(options.device)? {
            Some((name, _)) if options.compute != Compute::F32 => Err(OpenFault::Device {
                device: name,
                reason: format!("it computes in f32 only, not in {}", options.compute),
            }),
            Some((name, device)) => Self::on_device(parts, name, device),
            None => {
                estimate.check(parts)?;
                Self::on_cpu(parts, options.compute, isa, threads)
            }
        }
    }

    fn on_cpu(
        parts: &Parts,
        compute: Compute,
        isa: Isa,
        threads: usize,
    ) -> Result<(Self, BTreeMap<String, String>), OpenFault> {
        let conditions = [
            ("device", "cpu"),
            ("compute", compute.name()),
            ("kernels", isa.name()),
        ];
        let backend = CpuBackend::new(&parts.config, &parts.weights, compute, isa, threads)?;
        Ok((Self::Cpu(Box::new(backend)), described(&conditions)))
    }

    /// On `device` by candle's operations.
    pub fn on_device(
        parts: &Parts,
        name: String,
        device: Device,
    ) -> Result<(Self, BTreeMap<String, String>), OpenFault> {
        let conditions = [
            ("device", name.as_str()),
            ("compute", "f32"),
            ("kernels", "candle"),
        ];
        let backend = DeviceBackend::new(&parts.config, &parts.weights, device)?;
        Ok((Self::Device(Box::new(backend)), described(&conditions)))
    }
}

fn described(conditions: &[(&str, &str)]) -> BTreeMap<String, String> {
    conditions
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

/// The accelerator to be used; `None` for the CPU.
fn accelerator(choice: DeviceChoice) -> Result<Option<(String, Device)>, OpenFault> {
    let missing = |error: candle_core::Error| OpenFault::Device {
        device: choice.to_string(),
        reason: error.to_string(),
    };
    match choice {
        DeviceChoice::Cpu => Ok(None),
        DeviceChoice::Cuda(number) => {
            let device = Device::new_cuda(number).map_err(missing)?;
            Ok(Some((choice.to_string(), device)))
        }
        DeviceChoice::Metal => {
            let device = Device::new_metal(0).map_err(missing)?;
            Ok(Some((choice.to_string(), device)))
        }
        DeviceChoice::Auto => Ok(available()),
    }
}

/// The first accelerator that this build supports and the machine has.
fn available() -> Option<(String, Device)> {
    let cuda = || {
        Device::new_cuda(0)
            .ok()
            .map(|device| ("cuda:0".to_owned(), device))
    };
    let metal = || {
        Device::new_metal(0)
            .ok()
            .map(|device| ("metal".to_owned(), device))
    };
    cuda().or_else(metal)
}
