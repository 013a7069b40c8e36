//! The scripts that use the product as a person would.

use std::process::Command;

use crate::{process::command, run, test};

/// The served interface in Chromium.
pub(crate) fn browser() -> Command {
    let mut command = command("node tests/e2e/served.mjs");
    shared(&mut command);
    command
}

/// The real window, on a screen nobody sees, with a session bus of its own.
pub(crate) fn desktop() -> Command {
    let mut command = command("dbus-run-session -- xvfb-run -a");
    command.args(["-s", "-screen 0 1440x900x24", "node", "tests/e2e/window.mjs"]);
    shared(&mut command);
    command
}

fn shared(command: &mut Command) {
    command
        .env("RECOUP_DESKTOP", run::binary("recoup-desktop"))
        .env("RECOUP", run::binary("recoup"))
        .env("RECOUP_PICTURES", test::pictures());
}
