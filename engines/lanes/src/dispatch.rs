//! Running a kernel with what the processor has.

use crate::Lanes;
use crate::portable::A8;
use std::fmt;

/// A computation in lanes.
pub trait Kernel {
    /// What it gives.
    type Output;

    /// Computes. Mark it `#[inline(always)]`.
    fn run<L: Lanes>(self) -> Self::Output;
}

/// Registers that this processor was found to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backend(Registers);

// A variant other than `Arrays` is made in `available` alone, after the processor was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Registers {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Arrays,
}

impl Backend {
    /// Plain arrays, which every processor has.
    pub const PORTABLE: Self = Self(Registers::Arrays);

    /// All that this processor has, the widest first.
    pub fn available() -> impl Iterator<Item = Self> {
        let avx512 = Self::avx512();
        let avx2 = Self::avx2();
        avx512.into_iter().chain(avx2).chain([Self::PORTABLE])
    }

    /// The widest that this processor has.
    #[inline]
    pub fn best() -> Self {
        Self::avx512().or_else(Self::avx2).unwrap_or(Self::PORTABLE)
    }

    #[cfg(target_arch = "x86_64")]
    fn avx512() -> Option<Self> {
        let has = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl");
        (has && Self::avx2().is_some()).then_some(Self(Registers::Avx512))
    }

    #[cfg(target_arch = "x86_64")]
    fn avx2() -> Option<Self> {
        let has = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        has.then_some(Self(Registers::Avx2))
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn avx512() -> Option<Self> {
        None
    }

    #[cfg(not(target_arch = "x86_64"))]
    fn avx2() -> Option<Self> {
        None
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            #[cfg(target_arch = "x86_64")]
            Registers::Avx512 => "AVX-512",
            #[cfg(target_arch = "x86_64")]
            Registers::Avx2 => "AVX2+FMA",
            Registers::Arrays => "portable",
        })
    }
}

/// Runs a kernel with the widest registers that this processor has.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    dispatch_on(Backend::best(), kernel)
}

/// Runs a kernel with these registers.
#[inline]
pub fn dispatch_on<K: Kernel>(backend: Backend, kernel: K) -> K::Output {
    match backend.0 {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Registers::Avx512` is made only after the processor was found to have every feature of `on_avx512`.
        Registers::Avx512 => unsafe { on_avx512(kernel) },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: `Registers::Avx2` is made only after the processor was found to have every feature of `on_avx2`.
        Registers::Avx2 => unsafe { on_avx2(kernel) },
        Registers::Arrays => kernel.run::<A8>(),
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,avx2,fma")]
fn on_avx512<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<crate::x86::Z8>()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn on_avx2<K: Kernel>(kernel: K) -> K::Output {
    kernel.run::<crate::x86::Y8>()
}
