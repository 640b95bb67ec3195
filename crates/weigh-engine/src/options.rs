//! How a model is opened: device, threads, memory, instruction set.

use std::fmt;
use std::str::FromStr;

/// Where the arithmetic happens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DeviceChoice {
    /// The first accelerator that this build supports and the machine has; the CPU where there is
    /// none or the class is [`Compute::Stored`]. What was taken is recorded, and recorded as a
    /// fallback if an accelerator is there and cannot take the model.
    #[default]
    Auto,
    /// The CPU.
    Cpu,
    /// The CUDA device with this number. An error where there is none.
    Cuda(usize),
    /// The Metal device. An error where there is none.
    Metal,
}

/// In which arithmetic the linear layers and, on the CPU, attention are computed. Everything else is
/// in single precision.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Compute {
    /// Weights dequantised to single precision: the reference.
    #[default]
    F32,
    /// Weights and activations rounded to bfloat16, sums in single precision. An accelerator
    /// rounds each layer's products once more; one without bfloat16 uses half precision, which is
    /// recorded as a fallback.
    Bf16,
    /// The file's own quantised weights, activations in 8 bits, exact sums within a block;
    /// attention in single precision. On the CPU only.
    Stored,
}

/// Text that names no arithmetic class.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no arithmetic class: expected f32, bf16 or stored")]
pub struct NotAClass(String);

impl FromStr for Compute {
    type Err = NotAClass;

    fn from_str(text: &str) -> Result<Self, NotAClass> {
        let classes = [Self::F32, Self::Bf16, Self::Stored];
        let found = classes.into_iter().find(|class| class.name() == text);
        found.ok_or_else(|| NotAClass(text.to_owned()))
    }
}

impl fmt::Display for Compute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Compute {
    /// The name on the command line and in the evidence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::Bf16 => "bf16",
            Self::Stored => "stored",
        }
    }
}

/// Text that names no device.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no device: expected auto, cpu, cuda, cuda:N or metal")]
pub struct NotADevice(String);

impl FromStr for DeviceChoice {
    type Err = NotADevice;

    fn from_str(text: &str) -> Result<Self, NotADevice> {
        let refuse = || NotADevice(text.to_owned());
        match text {
            "auto" => Ok(Self::Auto),
            "cpu" => Ok(Self::Cpu),
            "cuda" => Ok(Self::Cuda(0)),
            "metal" => Ok(Self::Metal),
            _ => {
                let number = text.strip_prefix("cuda:").ok_or_else(refuse)?;
                number.parse().map(Self::Cuda).map_err(|_| refuse())
            }
        }
    }
}

impl fmt::Display for DeviceChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Cpu => f.write_str("cpu"),
            Self::Cuda(number) => write!(f, "cuda:{number}"),
            Self::Metal => f.write_str("metal"),
        }
    }
}

/// How a model is opened. On one device, only `compute` changes a result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenOptions {
    /// Where the arithmetic happens.
    pub device: DeviceChoice,
    /// In which arithmetic.
    pub compute: Compute,
    /// Threads; by default one for each core.
    pub threads: Option<usize>,
    /// Bytes for keys and values; by default a quarter of the machine's memory. Raised to what the
    /// longest request needs.
    pub kv_memory: Option<u64>,
    /// Tokens of prompts that are held at a time, by default 16 Mi. What more of them have in common
    /// may be computed more than once.
    pub window: Option<usize>,
    /// Instruction set (`avx512`, `avx2`, `portable`); by default the best that the CPU has.
    pub isa: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_by_name() {
        for name in ["f32", "bf16", "stored"] {
            assert_eq!(name.parse::<Compute>().unwrap().to_string(), name);
        }
        assert_eq!("int8".parse::<Compute>(), Err(NotAClass("int8".to_owned())));
    }

    #[test]
    fn devices_by_name() {
        for name in ["auto", "cpu", "cuda:0", "cuda:3", "metal"] {
            assert_eq!(name.parse::<DeviceChoice>().unwrap().to_string(), name);
        }
        assert_eq!("cuda".parse(), Ok(DeviceChoice::Cuda(0)));
        for name in ["", "gpu", "cuda:", "cuda:x", "CPU"] {
            assert_eq!(
                name.parse::<DeviceChoice>(),
                Err(NotADevice(name.to_owned()))
            );
        }
    }
}
