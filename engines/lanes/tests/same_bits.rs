//! Every operation gives the same bits on every set of registers that this machine has, and those of plain `f64`.

use proptest::prelude::*;
use recoup_lanes::{
    Backend, Bits, Buffer, Counts, Kernel, LANES, Lanes, Mask, Row, count, dispatch, dispatch_on,
};

struct Everything([[f64; LANES]; 3]);

/// NaN is NaN: its payload and sign are not defined.
fn image(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

fn lane(x: impl Lanes) -> [u64; LANES] {
    x.to_array().map(image)
}

impl Kernel for Everything {
    type Output = Vec<[u64; LANES]>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Vec<[u64; LANES]> {
        let [a, b, c] = self.0.map(L::from_array);
        let masks = [a.lt(b), a.le(b), a.eq(b), a.gt(b), a.ge(b)];
        let (less, equal) = (masks[0], masks[2]);
        let combined = [less & equal, less | equal, less ^ !equal, L::Mask::from_bits(0b1010_0110)];
        let (x, y) = (a.to_bits(), b.to_bits());
        let table: Vec<f64> = (0..5).map(f64::from).collect();
        let (mut buffer, mut row) = (Buffer::zeroed(2), Row::default());
        a.store(&mut buffer[1]);
        (L::load(&buffer[1]) + L::load(&buffer[0])).store(&mut row);
        let mut given = vec![
            lane(a + b),
            lane(a - b),
            lane(a * b),
            lane(a / b),
            lane(-a),
            lane(a.mul_add(b, c)),
            lane(a.min(b)),
            lane(a.max(b)),
            lane(a.floor()),
            lane(a.round()),
            lane(a.sqrt()),
            lane(a.abs()),
            lane(L::select(less, a, c)),
            lane(L::select(combined[3], b, c)),
            lane(L::from_bits(x & y)),
            lane(L::from_array(row.0)),
            lane(L::gather(&table, x & L::Bits::splat(7))),
            lane(L::gather(&table, y)),
            lane(L::from_whole(x.shr(12))),
            L::from_whole(x.shr(13)).to_whole().to_array(),
            (x + y).to_array(),
            (x - y).to_array(),
            (x & y).to_array(),
            (x | y).to_array(),
            (x ^ y).to_array(),
            x.shl(0).to_array(),
            x.shl(13).to_array(),
            x.shr(52).to_array(),
            x.mul_low(y).to_array(),
        ];
        for mask in masks.into_iter().chain(combined) {
            given.push([u64::from(mask.bits()), u64::from(mask.any()), u64::from(mask.all()), 0, 0, 0, 0, 0]);
        }
        given
    }
}

/// The same in plain `f64`, for the first lane.
fn plainly([a, b, c]: [f64; 3]) -> Vec<u64> {
    let (x, y) = (a.to_bits(), b.to_bits());
    let floats = [
        a + b,
        a - b,
        a * b,
        a / b,
        -a,
        a.mul_add(b, c),
        if a < b { a } else { b },
        if a > b { a } else { b },
        a.floor(),
        a.round_ties_even(),
        a.sqrt(),
        a.abs(),
        if a < b { a } else { c },
        c,
        f64::from_bits(x & y),
        a + 0.0,
        (x & 7).min(4) as f64,
        y.min(4) as f64,
        (x >> 12) as f64,
    ];
    let whole = [
        x >> 13,
        x.wrapping_add(y),
        x.wrapping_sub(y),
        x & y,
        x | y,
        x ^ y,
        x,
        x << 13,
        x >> 52,
        (x & 0xffff_ffff) * (y & 0xffff_ffff),
    ];
    floats.map(image).into_iter().chain(whole).collect()
}

fn number() -> impl Strategy<Value = f64> {
    let special = prop::sample::select(vec![
        0.0,
        -0.0,
        1.0,
        -1.0,
        0.5,
        1.5,
        2.5,
        -0.5,
        -1.5,
        f64::MIN_POSITIVE,
        5e-324,
        f64::MAX,
        f64::MIN,
        f64::EPSILON,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        4_503_599_627_370_495.5,
        9_007_199_254_740_993.0,
    ]);
    prop_oneof![special, any::<u64>().prop_map(f64::from_bits), -1e3..1e3, Just(0.1).prop_map(|x| x * 3.0)]
}

proptest! {
    #[test]
    fn every_backend_gives_the_bits_of_plain_arithmetic(
        lanes in prop::array::uniform3(prop::array::uniform8(number())),
    ) {
        let counted = count(Everything(lanes)).0;
        for backend in Backend::available() {
            let given = dispatch_on(backend, Everything(lanes));
            prop_assert_eq!(&given, &counted, "{} and the counting lanes", backend);
            for i in 0..LANES {
                let plain = plainly(lanes.map(|lane| lane[i]));
                // The fixed mask picks `b` in the lanes of its bits.
                let picked = if 0b1010_0110 >> i & 1 == 1 { lanes[1][i] } else { lanes[2][i] };
                for (at, (given, plain)) in given.iter().zip(plain).enumerate() {
                    let plain = if at == 13 { image(picked) } else { plain };
                    prop_assert_eq!(given[i], plain, "operation {} in lane {} on {}", at, i, backend);
                }
            }
            let masks = &given[29..];
            let less = (0..LANES).map(|i| u64::from(lanes[0][i] < lanes[1][i]) << i).sum::<u64>();
            prop_assert_eq!(masks[0][0], less);
            prop_assert_eq!(masks[8][0], 0b1010_0110);
            for mask in masks {
                prop_assert_eq!((mask[1], mask[2]), (u64::from(mask[0] != 0), u64::from(mask[0] == 255)));
            }
        }
    }
}

#[test]
fn this_machine_is_covered() {
    let names: Vec<String> = Backend::available().map(|backend| backend.to_string()).collect();
    println!("registers of this machine: {}", names.join(", "));
    assert_eq!(names.last().map(String::as_str), Some("portable"));
    assert_eq!(Backend::available().next(), Some(Backend::best()));
    let rows = [[1.5; LANES], [2.0; LANES], [0.25; LANES]];
    assert_eq!(dispatch(Everything(rows)), dispatch_on(Backend::PORTABLE, Everything(rows)));
}

struct Polynomial<'a>(&'a Buffer);

impl Kernel for Polynomial<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<L: Lanes>(self) -> f64 {
        let mut sum = L::splat(0.0);
        for row in self.0.iter() {
            let x = L::load(row);
            let positive = x.gt(L::splat(0.0));
            sum = L::select(positive, x.mul_add(x, sum), sum / x);
        }
        sum.to_array()[0]
    }
}

#[test]
fn counting_is_exact_and_starts_at_zero() {
    let buffer = Buffer::zeroed(5);
    for _ in 0..2 {
        let (_, counts) = count(Polynomial(&buffer));
        let expected = Counts {
            mul_adds: 5,
            compares: 5,
            selects: 5,
            divisions: 5,
            loads: 5,
            stores: 1,
            ..Counts::default()
        };
        assert_eq!(counts, expected);
        assert_eq!(counts.port_operations(), 15);
    }
}

struct Transposed;

impl Kernel for Transposed {
    type Output = [[f64; LANES]; LANES];

    #[inline(always)]
    fn run<L: Lanes>(self) -> [[f64; LANES]; LANES] {
        let mut vectors = [L::splat(0.0); LANES];
        for (row, vector) in vectors.iter_mut().enumerate() {
            *vector = L::from_array(std::array::from_fn(|lane| (row * LANES + lane) as f64));
        }
        let mut out = [[0.0; LANES]; LANES];
        for (to, vector) in out.iter_mut().zip(L::transpose(vectors)) {
            *to = vector.to_array();
        }
        out
    }
}

#[test]
fn lanes_and_vectors_change_places() {
    for backend in Backend::available() {
        for (lane, vector) in dispatch_on(backend, Transposed).into_iter().enumerate() {
            assert_eq!(vector, std::array::from_fn(|row| (row * LANES + lane) as f64), "{backend}");
        }
    }
}

#[test]
fn rows_are_aligned() {
    for rows in 0..20 {
        let mut buffer = Buffer::zeroed(rows);
        assert_eq!(buffer.as_flat().as_ptr() as usize % 64, 0);
        assert_eq!((buffer.as_mut_flat().len(), buffer.len()), (rows * LANES, rows));
    }
}
