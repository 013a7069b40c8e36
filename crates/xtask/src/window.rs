//! The scripts that use the product as a person would.

use std::process::Command;

use crate::{process::command, run, test};

/// The served interface in Chromium.
pub(crate) fn browser() -> Command {
    script("served")
}

/// Every page in Chromium: accessible, whole, each number accountable; `every` also in all looks.
pub(crate) fn pages(every: bool) -> Command {
    let mut command = script("pages");
    if every {
        command.arg("--every");
    }
    command
}

/// The library of programs and the editor of one's own.
pub(crate) fn programs() -> Command {
    script("programs")
}

/// A budget's sheet on its way into a deal.
pub(crate) fn budget_sheets() -> Command {
    script("budget-sheets")
}

/// The flow of the money by quarter, the plan as a graph, statements.
pub(crate) fn waterfall() -> Command {
    script("waterfall")
}

/// The order of recoupment, built and changed.
pub(crate) fn waterfall_editor() -> Command {
    script("waterfall-editor")
}

/// What is uncertain, dragged and told.
pub(crate) fn risk() -> Command {
    script("risk")
}

/// Other deals beside the one there is.
pub(crate) fn scenarios() -> Command {
    script("scenarios")
}

/// A long computation, killed and taken up again.
pub(crate) fn jobs() -> Command {
    script("jobs")
}

/// What the machine may do to a producer: a locked keychain, a full disk, a newer database.
pub(crate) fn trouble() -> Command {
    script("trouble")
}

/// The real window.
pub(crate) fn desktop() -> Command {
    on_a_screen("window")
}

/// A script of `tests/e2e`.
pub(crate) fn script(name: &str) -> Command {
    let mut command = command(&format!("node tests/e2e/{name}.mjs"));
    shared(&mut command);
    command
}

/// A script that opens a window: on a screen nobody sees, with a session bus of its own.
pub(crate) fn on_a_screen(name: &str) -> Command {
    let mut command = command("dbus-run-session -- xvfb-run -a");
    command.args(["-s", "-screen 0 1440x900x24", "node"]).arg(format!("tests/e2e/{name}.mjs"));
    shared(&mut command);
    command
}

fn shared(command: &mut Command) {
    command
        .env("RECOUP_DESKTOP", run::binary("recoup-desktop"))
        .env("RECOUP", run::binary("recoup"))
        .env("RECOUP_PICTURES", test::pictures());
}
