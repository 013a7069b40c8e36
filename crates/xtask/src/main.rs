//! The project's own commands. They need nothing but cargo and set up the rest themselves.

mod bench;
mod bindings;
mod coverage;
mod deny;
mod fuzz;
mod interface;
mod package;
mod plans;
mod policies;
mod process;
mod run;
mod setup;
mod suite;
mod test;
mod window;

use std::process::ExitCode;

use anyhow::{Result, bail};

const MENU: &str = "\
cargo xtask COMMAND

  run        open the window; where there is no display, serve the interface and print its address
  test       everything that is checked; the last line says how many checks passed and failed
  serve      the interface and the use cases on 127.0.0.1
  bindings   write ui/src/api/bindings.ts and the window's grants from the use-case list
  golden     write the statements and pages of the example deals anew; read the difference
  e2e        the interface in a browser and in the real window, in every theme, size and language
  deny       licences, sources and who names what, by cargo-deny (--advisories: published weaknesses too)
  policies   the incentive policies and their worked examples, as they lie on the disk
             (--only ID[,ID]; --mutate: whether the examples notice each number changed by
             one unit and each comparison by its neighbour; --french: texts without French;
             --cases FOLDER: worked cases)
  fuzz       the library's programs changed at random, through everything that reads and computes
             one from outside: no panic, no input over a second, no memory left behind
             (--minutes N, --seconds N; --seed S, --input N: the same again)
  plans      orders of recoupment that nobody wrote, 100,000 of them, through what holds for every plan
             (--count N, --only NAME of a test)
  coverage   how many of the engines' lines their tests run, by engine and file; at least 90 % together
  bench      how fast and how large, beside what is aimed at (--debug, --of)
             bench peers: the simulation beside NumPy, numba and pyxirr, and its arithmetic limit (--json FILE);
             bench counts: the instructions of a path, by callgrind, beside those written down (--write)
  package    build an installable package, install, use and remove it
             (--debug: of the debug build; --of FOLDER: of programs built already)
  setup      install what the other commands need (they do so themselves)";

fn main() -> ExitCode {
    match chosen() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chosen() -> Result<bool> {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    match command.as_deref() {
        Some("run") => run::run(&rest),
        Some("test") => test::test(),
        Some("serve") => run::serve(&rest),
        Some("bindings") => bindings::write(),
        Some("golden") => test::golden(),
        Some("e2e") => test::end_to_end(),
        Some("deny") => deny::deny(&rest),
        Some("policies") => policies::policies(&rest),
        Some("fuzz") => fuzz::fuzz(&rest),
        Some("plans") => plans::plans(&rest),
        Some("coverage") => coverage::coverage(),
        Some("bench") => bench::bench(&rest),
        Some("package") => package::package(&rest),
        Some("setup") => setup::everything().map(|()| true),
        None | Some("help" | "--help" | "-h") => {
            println!("{MENU}");
            Ok(true)
        }
        Some(other) => bail!("no command {other:?}\n\n{MENU}"),
    }
}
