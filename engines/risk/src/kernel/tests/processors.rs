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
