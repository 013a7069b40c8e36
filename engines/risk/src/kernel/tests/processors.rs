//! The same bits on every processor, and the work that is in a chunk.

use recoup_lanes::Backend;

use super::super::{Reference, Stage};
use super::plain::MODEL;
use crate::{
    draw::Generator,
    model::{CHUNK, PathModel},
};

#[test]
fn every_processor_gives_the_same_bits() {
    let model = Reference::read(MODEL, 7, Generator::default()).unwrap();
    let mut room = model.room();
    let mut bits = |backend: Backend, first: u64| {
        let mut out = vec![0.0; model.columns().len() * CHUNK];
        model.compute_on(backend, Some(Stage::Rates), first, &mut out, &mut room);
        out.into_iter().map(f64::to_bits).collect::<Vec<_>>()
    };
    let backends: Vec<Backend> = Backend::available().collect();
    let names: Vec<String> = backends.iter().map(ToString::to_string).collect();
    println!("compared on this machine: {}", names.join(", "));
    let chunks: Vec<u64> = (0..8).chain([1 << 20, 1 << 40]).map(|chunk| chunk * CHUNK as u64).collect();
    for first in chunks {
        let expected = bits(Backend::PORTABLE, first);
        for backend in &backends {
            assert!(bits(*backend, first) == expected, "{backend} differs from path {first} on");
        }
    }
}

/// What a chunk takes is pinned: whoever changes it says so here, and in the instructions of `cargo xtask bench counts`.
#[test]
fn the_work_in_a_chunk_is_what_it_was() {
    let model = Reference::read(MODEL, 7, Generator::default()).unwrap();
    let mut told = Vec::new();
    for (until, counts) in model.counts().into_iter().skip(1) {
        told.push((until, counts.port_operations(), counts.divisions, counts.loads, counts.stores));
    }
    let pinned = PINNED.map(|(until, operations, divisions, loads, stores)| {
        (Some(until), operations, divisions, loads, stores)
    });
    assert_eq!(told, pinned);
}

/// By stage, with those before it: operations of the arithmetic ports, divisions, reads and writes of eight numbers.
const PINNED: [(Stage, u64, u64, u64, u64); 4] = [
    (Stage::Receipts, 24_416, 0, 5_024, 8_960),
    (Stage::Waterfall, 106_112, 0, 34_400, 37_696),
    (Stage::Metrics, 139_008, 32, 48_000, 44_160),
    (Stage::Rates, 183_490, 827, 59_340, 44_320),
];
