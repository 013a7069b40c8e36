use proptest::prelude::*;

use super::super::{Ended, MOST_PATHS, Observer, Precision, Sampling, Silent, Target};
use super::*;
use crate::Column;
use crate::statistics::summary;
use crate::toy::Toy;

const SOBOL: Sampling = Sampling::Scrambled { scrambles: 4 };

fn whole(toy: &Toy, request: &Request, threads: usize) -> Run {
    simulate(toy, request.clone(), &Threads::new(threads).unwrap(), &mut Silent).unwrap()
}

/// Stops after some chunks, and keeps the last checkpoint.
struct Impatient {
    chunks: u64,
    kept: Option<Vec<u8>>,
}

impl Observer for Impatient {
    fn advance(&mut self, _: Progress) -> ControlFlow<()> {
        self.chunks = self.chunks.saturating_sub(1);
        if self.chunks == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn checkpoint(&mut self, bytes: &[u8]) {
        self.kept = Some(bytes.to_vec());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn threads_and_stops_do_not_change_a_byte(
        seed in any::<u64>(), sobol in any::<bool>(), counted in any::<bool>(), lost in 0.0..0.4_f64,
        paths in 1..9_000_u64, stop in 1..40_u64, threads in 2..5_usize, every in 1..5_u64, crashed in any::<bool>(),
    ) {
        let sampling = if sobol { SOBOL } else { Sampling::Independent };
        let toy = Toy { lost, ..Toy::new(seed, sampling) };
        let keep = if counted { Keep::Histograms } else { Keep::Columns };
        let request = Request { checkpoint_every: Some(every), ..toy.request(paths, keep) };
        let bytes = whole(&toy, &request, 1).to_bytes();
        prop_assert!(whole(&toy, &request, threads).to_bytes() == bytes);

        let mut observer = Impatient { chunks: stop, kept: None };
        let stopped = simulate(&toy, request.clone(), &Threads::new(threads).unwrap(), &mut observer).unwrap();
        // Stopped in order, or killed: then the last checkpoint is all there is, and maybe there is none.
        let from = if crashed { observer.kept } else { Some(stopped.to_bytes()) };
        if let Some(from) = from {
            let resumed = resume(&toy, request.clone(), &from, &Threads::one(), &mut Silent).unwrap();
            prop_assert!(resumed.to_bytes() == bytes);
        }
    }
}

#[test]
fn a_run_that_is_stopped_again_and_again_gets_there() {
    let toy = Toy::new(7, SOBOL);
    let request = toy.request(20_000, Keep::Histograms);
    let bytes = whole(&toy, &request, 1).to_bytes();
    let two = Threads::new(2).unwrap();
    let mut at = simulate(&toy, request.clone(), &two, &mut Impatient { chunks: 3, kept: None }).unwrap();
    let mut stops = 0;
    while at.ended().is_none() {
        stops += 1;
        let mut observer = Impatient { chunks: 5, kept: None };
        at = resume(&toy, request.clone(), &at.to_bytes(), &two, &mut observer).unwrap();
    }
    assert!(stops > 5);
    assert!(at.to_bytes() == bytes);
}

#[test]
fn bounds_are_refused_with_their_limits() {
    let toy = Toy::new(1, SOBOL);
    let refused = |request: Request| simulate(&toy, request, &Threads::one(), &mut Silent).unwrap_err();
    let asked = |paths| toy.request(paths, Keep::Columns);
    assert_eq!(refused(asked(0)), RunRefused::NoPaths);
    let given = 1_000_000_000_000;
    assert_eq!(refused(asked(given)), RunRefused::TooManyPaths { given, most: MOST_PATHS });
    assert!(matches!(refused(asked(100_000_000)), RunRefused::TooMuchToKeep { .. }));
    assert_eq!(refused(Request { columns: Vec::new(), ..asked(1) }), RunRefused::NoColumns);
    let unknown = RunRefused::UnknownColumn { given: 9, columns: 6 };
    assert_eq!(refused(Request { columns: vec![0, 9], ..asked(1) }), unknown);
    let precise = |target, error| Some(Precision { column: 0, target, error });
    assert_eq!(
        refused(Request { precision: precise(Target::Mean, 0.0), ..asked(1) }),
        RunRefused::NoPrecision
    );
    let quantile = Request { precision: precise(Target::Quantile(1.0), 0.1), ..asked(1) };
    assert_eq!(refused(quantile), RunRefused::NoQuantile(1.0));
    let single = Request { sampling: Sampling::Scrambled { scrambles: 1 }, ..asked(1) };
    assert_eq!(refused(single), RunRefused::NoScrambles { given: 1, most: 64 });
    assert_eq!(Threads::new(0).unwrap_err(), RunRefused::NoThreads(0));
}

#[test]
fn paths_are_rounded_up_to_whole_chunks_of_every_scramble() {
    let toy = Toy::new(1, SOBOL);
    let run = whole(&toy, &toy.request(1_025, Keep::Columns), 1);
    assert_eq!((run.asked().given, run.asked().paths, run.paths()), (1_025, 2_048, 2_048));
    assert_eq!(run.ended(), Some(Ended::Count));
    let plain = Toy::new(1, Sampling::Independent);
    assert_eq!(whole(&plain, &plain.request(1_025, Keep::Columns), 1).paths(), 1_280);
}

#[test]
fn a_checkpoint_of_another_run_is_refused() {
    let toy = Toy::new(1, SOBOL);
    let request = toy.request(4_096, Keep::Columns);
    let bytes = whole(&toy, &request, 1).to_bytes();
    let refused = |request: Request, bytes: &[u8]| {
        resume(&toy, request, bytes, &Threads::one(), &mut Silent).unwrap_err()
    };
    let mut other = request.clone();
    other.identity.seed = 2;
    assert_eq!(refused(other, &bytes), RunRefused::AnotherRun("seed"));
    let more = Request { paths: 9_000, ..request.clone() };
    assert_eq!(refused(more, &bytes), RunRefused::AnotherRun("number of paths"));
    let counted = Request { keep: Keep::Histograms, ..request.clone() };
    assert_eq!(refused(counted, &bytes), RunRefused::AnotherRun("way of keeping paths"));
    let fewer = Request { columns: vec![0], ..request.clone() };
    assert_eq!(refused(fewer, &bytes), RunRefused::AnotherRun("set of columns"));
    assert_eq!(refused(request.clone(), &bytes[..bytes.len() / 2]), RunRefused::Unreadable);
    assert_eq!(refused(request, b""), RunRefused::Unreadable);
}

#[test]
fn a_precision_ends_the_run_at_the_same_path_on_any_threads() {
    let toy = Toy::new(3, Sampling::Independent);
    for target in [Target::Mean, Target::Quantile(0.1)] {
        for keep in [Keep::Columns, Keep::Histograms] {
            let precision = Some(Precision { column: 0, target, error: 0.001 });
            let request = Request { precision, ..toy.request(200_000, keep) };
            let run = whole(&toy, &request, 1);
            assert_eq!(run.ended(), Some(Ended::Precision));
            assert!(run.paths() < 100_000, "{}", run.paths());
            let found = summary(&run, 0, &[0.1]);
            let answer = if target == Target::Mean { found.mean } else { found.quantiles[0].1 };
            assert!(answer.known().unwrap().error.unwrap() <= 0.001);
            assert!(whole(&toy, &request, 3).to_bytes() == run.to_bytes());
        }
    }
}

#[test]
fn nothing_moves_where_nothing_is_drawn() {
    struct Still(Vec<Column>);
    impl PathModel for Still {
        type Workspace = ();
        fn columns(&self) -> &[Column] {
            &self.0
        }
        fn workspace(&self) {}
        fn compute(&self, _: u64, out: &mut [f64], (): &mut ()) {
            out.fill(0.1);
        }
    }
    let still = Still(vec![Column { of: "fund".to_owned(), measure: Measure::Irr }]);
    for keep in [Keep::Columns, Keep::Histograms] {
        let request = Request { columns: vec![0], ..Toy::new(1, SOBOL).request(10_000, keep) };
        let run = simulate(&still, request, &Threads::one(), &mut Silent).unwrap();
        let found = summary(&run, 0, &[0.05, 0.5]);
        assert_eq!(found.mean.known().map(|mean| (mean.value, mean.error)), Some((0.1, Some(0.0))));
        assert_eq!(found.deviation.known().map(|found| found.value), Some(0.0));
        for (_, quantile) in found.quantiles {
            assert_eq!(quantile.known().map(|found| (found.value, found.error)), Some((0.1, Some(0.0))));
        }
    }
}
