//! Errors in units in the last place, against values computed with 45 digits; and equal bits on all registers.

use super::{exp, ln, normal_cdf, normal_quantile, polynomial};
use proptest::prelude::*;
use recoup_lanes::{Backend, Kernel, LANES, Lanes, dispatch_on};

#[derive(Clone, Copy)]
struct Function<'a>(&'a str, [f64; LANES]);

impl Kernel for Function<'_> {
    type Output = [f64; LANES];

    #[inline(always)]
    fn run<L: Lanes>(self) -> [f64; LANES] {
        let x = L::from_array(self.1);
        match self.0 {
            "exp" => exp(x),
            "ln" => ln(x),
            "cdf" => normal_cdf(x),
            _ => normal_quantile(x),
        }
        .to_array()
    }
}

fn at(name: &str, x: f64) -> f64 {
    dispatch_on(Backend::best(), Function(name, [x; LANES]))[0]
}

fn reference() -> impl Iterator<Item = (&'static str, f64, f64)> {
    include_str!("reference.txt").lines().map(|line| {
        let mut words = line.split(' ');
        let name = words.next().unwrap();
        let mut number = || words.next().unwrap().parse().unwrap();
        (name, number(), number())
    })
}

fn ulp(x: f64) -> f64 {
    f64::from_bits(x.abs().to_bits() + 1) - x.abs()
}

#[test]
fn errors_stay_within_the_stated_units() {
    for (name, stated) in [("exp", 1.0), ("ln", 1.0), ("cdf", 5.0), ("quantile", 4.0)] {
        let (mut tried, mut worst) = (0, 0.0f64);
        for (_, x, value) in reference().filter(|(of, _, _)| *of == name) {
            // Above zero the distribution is as exact as its complement.
            let unit = if name == "cdf" && x > 0.0 { f64::EPSILON / 2.0 } else { ulp(value) };
            worst = worst.max((at(name, x) - value).abs() / unit);
            tried += 1;
        }
        println!("{name}: within {worst} ulp of {tried} rounded values");
        assert!(tried >= 100 && worst <= stated, "{name}: {worst} ulp, {tried} values");
    }
}

#[test]
fn limits_are_defined() {
    assert_eq!(
        [at("exp", 0.0), at("exp", 710.0), at("exp", f64::INFINITY)],
        [1.0, f64::INFINITY, f64::INFINITY]
    );
    assert_eq!([at("exp", -746.0), at("exp", f64::NEG_INFINITY)], [0.0, 0.0]);
    assert_eq!(at("exp", -745.0), 5e-324);
    assert_eq!([at("ln", 1.0), at("ln", 0.0), at("ln", -0.0)], [0.0, f64::NEG_INFINITY, f64::NEG_INFINITY]);
    assert_eq!(at("ln", f64::INFINITY), f64::INFINITY);
    assert!((at("ln", 5e-324) + 744.440_071_921_381_2).abs() < 2e-13);
    assert_eq!([at("cdf", 0.0), at("cdf", 9.0), at("quantile", 0.5)], [0.5, 1.0, 0.0]);
    assert_eq!(at("quantile", 0.0), at("quantile", 1.0 / 9_007_199_254_740_992.0));
    assert!((at("quantile", 1.0) - 8.209_536_151_601_387).abs() < 1e-14);
    for name in ["exp", "ln", "cdf", "quantile"] {
        assert!(at(name, f64::NAN).is_nan(), "{name}");
    }
    assert!(at("ln", -1.0).is_nan());
}

struct Powers([f64; LANES]);

impl Kernel for Powers {
    type Output = [f64; 4];

    #[inline(always)]
    fn run<L: Lanes>(self) -> [f64; 4] {
        let x = L::from_array(self.0);
        let c = [3.0, -2.0, 0.5, 7.0, -1.0];
        [
            polynomial::<L, 2>(x, &[c[0], c[1]]),
            polynomial::<L, 3>(x, &[c[0], c[1], c[2]]),
            polynomial::<L, 4>(x, &[c[0], c[1], c[2], c[3]]),
            polynomial::<L, 5>(x, &c),
        ]
        .map(|y| y.to_array()[0])
    }
}

#[test]
fn a_polynomial_has_all_its_powers() {
    let expected = [-1.0, 1.0, 57.0, 41.0];
    assert_eq!(dispatch_on(Backend::best(), Powers([2.0; LANES])), expected);
}

proptest! {
    #[test]
    fn every_backend_gives_the_same_bits(bits in prop::array::uniform8(any::<u64>()), x in prop::array::uniform8(-40.0..40.0)) {
        let unit = bits.map(|bits| (bits >> 11) as f64 / 9_007_199_254_740_992.0);
        for (name, x) in [("exp", x), ("cdf", x), ("ln", bits.map(f64::from_bits)), ("exp", bits.map(f64::from_bits)), ("quantile", unit)] {
            let expected = dispatch_on(Backend::PORTABLE, Function(name, x)).map(|y| (y.is_nan(), y.to_bits() & !(u64::from(y.is_nan()) << 63)));
            for backend in Backend::available() {
                let given = dispatch_on(backend, Function(name, x)).map(|y| (y.is_nan(), y.to_bits() & !(u64::from(y.is_nan()) << 63)));
                prop_assert_eq!(given, expected, "{} on {}", name, backend);
            }
        }
    }

    #[test]
    fn the_quantile_inverts_the_distribution(z in -8.0..3.0) {
        let back = at("quantile", at("cdf", z));
        prop_assert!((back - z).abs() <= 1e-13 * z.abs().max(1.0), "{} became {}", z, back);
    }
}
