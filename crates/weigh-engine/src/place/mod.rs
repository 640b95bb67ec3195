//! Where a model is computed: the device that was asked for, or an error.

use std::collections::BTreeMap;

use candle_core::Device;
use weigh_core::model::FALLBACK;

use crate::decoder::cpu::CpuBackend;
use crate::decoder::device::DeviceBackend;
use crate::decoder::device::class::Class;
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

/// A place, and for the evidence, how it computes.
type Opened = Result<(Place, BTreeMap<String, String>), OpenFault>;

/// A device other than the CPU.
struct Accelerator {
    name: String,
    device: Device,
}

impl Place {
    /// Brings the weights to the device of `options`; to the CPU only if its memory, by `estimate`,
    /// is enough. Also says, for the evidence, what was taken.
    pub fn open(
        parts: &Parts,
        options: &OpenOptions,
        isa: Isa,
        threads: usize,
        estimate: &Estimate,
    ) -> Opened {
        let compute = options.compute;
        let cpu = || {
            estimate.check(parts)?;
            Self::on_cpu(parts, compute, isa, threads)
        };
        let there = |accelerator| Self::on_accelerator(parts, accelerator, compute);
        match accelerator(options)? {
            None => cpu(),
            Some(at) if options.device == DeviceChoice::Auto => {
                there(at).or_else(|fault| instead(&fault, cpu))
            }
            Some(at) => there(at),
        }
    }

    fn on_cpu(parts: &Parts, compute: Compute, isa: Isa, threads: usize) -> Opened {
        let backend = CpuBackend::new(&parts.config, &parts.weights, compute, isa, threads)?;
        let conditions = conditions("cpu", compute.name(), isa.name());
        Ok((Self::Cpu(Box::new(backend)), conditions))
    }

    fn on_accelerator(parts: &Parts, at: Accelerator, compute: Compute) -> Opened {
        match Class::find(compute, &at.device) {
            Some(class) => Self::in_class(parts, at, compute, class),
            None => Err(OpenFault::Class {
                possible: possible(&at.device),
                device: at.name,
                compute,
            }),
        }
    }

    /// On an accelerator by candle's operations. `class` is how it computes `compute`.
    fn in_class(parts: &Parts, at: Accelerator, compute: Compute, class: Class) -> Opened {
        let Accelerator { name, device } = at;
        let mut conditions = conditions(&name, class.name(), "candle");
        if class.name() != compute.name() {
            let reason = format!("{name} has no {compute}: {} was used", class.name());
            conditions.insert(FALLBACK.to_owned(), reason);
        }
        let backend = DeviceBackend::new(&parts.config, &parts.weights, device, class)?;
        Ok((Self::Device(Box::new(backend)), conditions))
    }
}

/// Whether a model would be computed on the CPU.
///
/// # Errors
/// A device that was asked for and is missing.
pub(crate) fn is_cpu(options: &OpenOptions) -> Result<bool, OpenFault> {
    Ok(accelerator(options)?.is_none())
}

/// The accelerator that `options` choose; `None` for the CPU.
fn accelerator(options: &OpenOptions) -> Result<Option<Accelerator>, OpenFault> {
    match options.device {
        DeviceChoice::Cpu => Ok(None),
        DeviceChoice::Cuda(number) => cuda(number).map(Some),
        DeviceChoice::Metal => metal().map(Some),
        // Only the CPU computes with stored weights, so there is nothing else to be taken.
        DeviceChoice::Auto if options.compute == Compute::Stored => Ok(None),
        DeviceChoice::Auto => Ok(cuda(0).or_else(|_| metal()).ok()),
    }
}

/// The CPU instead of an accelerator that nobody named and that cannot do what it should.
fn instead(fault: &OpenFault, cpu: impl FnOnce() -> Opened) -> Opened {
    let (place, mut conditions) = cpu()?;
    conditions.insert(FALLBACK.to_owned(), format!("the CPU was used: {fault}"));
    Ok((place, conditions))
}

fn conditions(device: &str, compute: &str, kernels: &str) -> BTreeMap<String, String> {
    let conditions = [
        ("device", device),
        ("compute", compute),
        ("kernels", kernels),
    ];
    conditions
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .into()
}

/// The classes that `device` computes, in words.
fn possible(device: &Device) -> String {
    let classes = [Compute::F32, Compute::Bf16, Compute::Stored].into_iter();
    let found = classes.filter(|compute| Class::find(*compute, device).is_some());
    found.map(Compute::name).collect::<Vec<_>>().join(" and ")
}

fn cuda(number: usize) -> Result<Accelerator, OpenFault> {
    let choice = DeviceChoice::Cuda(number);
    device(choice, "cuda", cfg!(feature = "cuda"), || {
        Device::new_cuda(number)
    })
}

fn metal() -> Result<Accelerator, OpenFault> {
    device(
        DeviceChoice::Metal,
        "metal",
        cfg!(feature = "metal"),
        || Device::new_metal(0),
    )
}

/// Opens a device, if this build has its `feature`.
fn device(
    choice: DeviceChoice,
    feature: &str,
    is_built: bool,
    open: impl FnOnce() -> candle_core::Result<Device>,
) -> Result<Accelerator, OpenFault> {
    let name = choice.to_string();
    let device = if is_built {
        open().map_err(|error| error.to_string())
    } else {
        Err(format!(
            "this build has no {feature}; build with `--features {feature}`"
        ))
    };
    match device {
        Ok(device) => Ok(Accelerator { name, device }),
        Err(reason) => Err(OpenFault::Device {
            device: name,
            reason,
        }),
    }
}

#[cfg(test)]
mod tests;
