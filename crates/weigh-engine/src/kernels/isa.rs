//! Which instruction set the kernels use: what the CPU has, or what a test asks for.

use std::fmt;

/// The name of the environment variable that asks for one instruction set; the program reads it
/// once and hands its value to [`Isa::choose`].
pub const ISA_VARIABLE: &str = "WEIGH_ISA";

/// An instruction set that this CPU has.
///
/// A value of a vector variant exists only where the CPU has its instructions: the payloads can be
/// made in this module alone. Kernels rely on that when they enter a `target_feature` function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isa {
    /// AVX-512 F, BW, DQ and VL, and whatever of its dot products there is.
    Avx512(Avx512),
    /// AVX2 and FMA.
    Avx2(Avx2),
    /// Plain Rust.
    Portable,
}

/// Proof of AVX-512 F, BW, DQ and VL (and of AVX2 and FMA), with the optional dot products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Avx512 {
    bf16: bool,
    vnni: bool,
}

impl Avx512 {
    /// Whether `vdpbf16ps` and its conversions are there.
    pub fn bf16(self) -> bool {
        self.bf16
    }

    /// Whether `vpdpbusd` is there.
    pub fn vnni(self) -> bool {
        self.vnni
    }
}

/// Proof of AVX2 and FMA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Avx2(());

/// A request for an instruction set that cannot be met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IsaError {
    /// No instruction set has this name.
    #[error("{ISA_VARIABLE}={0}: no such instruction set; write avx512, avx2 or portable")]
    Unknown(String),
    /// This CPU does not have it.
    #[error("{ISA_VARIABLE}={0}: this CPU does not have it; write portable, or leave it unset")]
    Unsupported(String),
}

impl Isa {
    /// The widest instruction set of this CPU.
    pub fn detect() -> Self {
        avx512().or_else(avx2).unwrap_or(Self::Portable)
    }

    /// The instruction set that was asked for (`avx512`, `avx2`, `portable`), or the widest.
    ///
    /// # Errors
    /// When the name is unknown or the CPU does not have it.
    pub fn choose(request: Option<&str>) -> Result<Self, IsaError> {
        let found = match request {
            None => return Ok(Self::detect()),
            Some("portable") => return Ok(Self::Portable),
            Some("avx512") => avx512(),
            Some("avx2") => avx2(),
            Some(other) => return Err(IsaError::Unknown(other.to_owned())),
        };
        found.ok_or_else(|| IsaError::Unsupported(request.unwrap_or_default().to_owned()))
    }

    /// Every instruction set of this CPU, the widest first; the last one is always `Portable`.
    pub fn all() -> Vec<Self> {
        let plain = avx512().map(|_| {
            Self::Avx512(Avx512 {
                bf16: false,
                vnni: false,
            })
        });
        let mut all: Vec<Self> = [avx512(), plain, avx2()].into_iter().flatten().collect();
        all.push(Self::Portable);
        all.dedup();
        all
    }

    /// Its name in the evidence, with the dot products it has: `avx512+bf16+vnni`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Avx512(Avx512 {
                bf16: true,
                vnni: true,
            }) => "avx512+bf16+vnni",
            Self::Avx512(Avx512 {
                bf16: true,
                vnni: false,
            }) => "avx512+bf16",
            Self::Avx512(Avx512 {
                bf16: false,
                vnni: true,
            }) => "avx512+vnni",
            Self::Avx512(Avx512 {
                bf16: false,
                vnni: false,
            }) => "avx512",
            Self::Avx2(_) => "avx2",
            Self::Portable => "portable",
        }
    }
}

impl fmt::Display for Isa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(target_arch = "x86_64")]
fn avx2() -> Option<Isa> {
    (is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"))
        .then_some(Isa::Avx2(Avx2(())))
}

#[cfg(target_arch = "x86_64")]
fn avx512() -> Option<Isa> {
    let base = is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl");
    (base && avx2().is_some()).then(|| {
        Isa::Avx512(Avx512 {
            bf16: is_x86_feature_detected!("avx512bf16"),
            vnni: is_x86_feature_detected!("avx512vnni"),
        })
    })
}

#[cfg(not(target_arch = "x86_64"))]
fn avx2() -> Option<Isa> {
    None
}

#[cfg(not(target_arch = "x86_64"))]
fn avx512() -> Option<Isa> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests() {
        assert_eq!(Isa::choose(None), Ok(Isa::detect()));
        assert_eq!(Isa::choose(Some("portable")), Ok(Isa::Portable));
        let unknown = Isa::choose(Some("mmx")).unwrap_err();
        assert_eq!(
            unknown.to_string(),
            "WEIGH_ISA=mmx: no such instruction set; write avx512, avx2 or portable"
        );
    }

    #[test]
    fn a_request_is_met_or_refused() {
        let check = |name: &str, there: bool| match Isa::choose(Some(name)) {
            Ok(isa) => assert!(there && isa.name().starts_with(name), "{isa}"),
            Err(e) => assert!(!there && e == IsaError::Unsupported(name.to_owned()), "{e}"),
        };
        check("avx2", Isa::all().iter().any(|i| matches!(i, Isa::Avx2(_))));
        check(
            "avx512",
            Isa::all().iter().any(|i| matches!(i, Isa::Avx512(_))),
        );
    }

    #[test]
    fn the_widest_comes_first_and_portable_last() {
        let all = Isa::all();
        assert_eq!(all.first(), Some(&Isa::detect()));
        assert_eq!(all.last(), Some(&Isa::Portable));
    }
}
