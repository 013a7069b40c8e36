//! The keychain, real and missing. Each case runs this test binary again in an environment of its own,
//! because a process speaks to one session bus for life.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it cannot go on"
)]

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use recoup_vault::{Cost, Protection, Vault, VaultError};

const CHEAP: Cost = Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 };
const WORDS: &str = "walrus paints seven lanterns";

fn vault(folder: &Path) -> Vault {
    Vault::of(&folder.join("deals.db")).with_cost(CHEAP)
}

/// The part that runs in a child; a no-op when the test runner meets it.
#[test]
fn child() {
    let Ok(case) = std::env::var("VAULT_CASE") else { return };
    let folder = std::path::PathBuf::from(std::env::var_os("VAULT_FOLDER").unwrap());
    let vault = vault(&folder);
    match case.as_str() {
        "no-bus" => {
            let start = Instant::now();
            let refused = vault.create_in_keychain().unwrap_err();
            assert!(start.elapsed() < Duration::from_secs(3));
            assert!(matches!(refused, VaultError::Unavailable { .. }), "{refused:?}");
            assert!(!vault.key_file().exists());
            assert_eq!(vault.protection(), Ok(Protection::New));
        }
        "create" => {
            let key = vault.create_in_keychain().unwrap();
            std::fs::write(folder.join("deals.db"), b"a database").unwrap();
            assert_eq!(vault.protection(), Ok(Protection::Keychain));
            assert_eq!(vault.unlock_from_keychain().unwrap(), key);
            assert!(matches!(vault.create_in_keychain(), Err(VaultError::DatabaseExists { .. })));
            assert_eq!(vault.forget_in_keychain(), Err(VaultError::NoPassphrase));
            vault.set_passphrase(&key, WORDS, &[]).unwrap();
            assert_eq!(vault.protection(), Ok(Protection::KeychainOrPassphrase));
        }
        "reopen" => {
            let key = vault.unlock_from_keychain().unwrap();
            assert_eq!(vault.unlock_with_passphrase(WORDS).unwrap(), key);
            vault.forget_in_keychain().unwrap();
            assert_eq!(vault.unlock_from_keychain(), Err(VaultError::KeyMissing));
            assert_eq!(vault.protection(), Ok(Protection::Passphrase));
            vault.keep_in_keychain(&key).unwrap();
        }
        "locked" => {
            let refused = vault.unlock_from_keychain().unwrap_err();
            let typed = matches!(refused, VaultError::KeychainLocked | VaultError::Unavailable { .. });
            assert!(typed, "{refused:?}");
            vault.unlock_with_passphrase(WORDS).unwrap();
        }
        other => panic!("no case {other}"),
    }
    println!("case {case} done");
}

fn run(case: &str, folder: &Path, unlock: Option<&str>) -> Output {
    let this = std::env::current_exe().unwrap();
    let home = folder.join("home");
    let runtime = folder.join("run");
    std::fs::create_dir_all(&home).unwrap();
    std::fs::create_dir_all(&runtime).unwrap();
    let inner = format!("exec '{}' --exact child --nocapture", this.display());
    let mut command = match unlock {
        None => Command::new("sh"),
        Some(_) => {
            let mut command = Command::new("dbus-run-session");
            command.args(["--", "sh"]);
            command
        }
    };
    let script = match unlock {
        Some("") | None => inner,
        Some(word) => format!(
            "echo {word} | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; {inner}"
        ),
    };
    command
        .args(["-c", &script])
        .env("HOME", &home)
        .env("XDG_RUNTIME_DIR", &runtime)
        .env("XDG_DATA_HOME", home.join("data"))
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("VAULT_CASE", case)
        .env("VAULT_FOLDER", folder)
        .output()
        .unwrap()
}

fn expect_done(case: &str, output: &Output) {
    let text = String::from_utf8_lossy(&output.stdout);
    let noise = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.contains(&format!("case {case} done")), "{text}\n{noise}");
}

#[test]
fn without_a_session_bus_the_answer_is_prompt_and_typed() {
    let folder = tempfile::tempdir().unwrap();
    expect_done("no-bus", &run("no-bus", folder.path(), None));
}

#[test]
fn a_real_keychain_keeps_the_key_over_sessions_and_a_locked_one_says_so() {
    let present = |program: &str| Command::new(program).arg("--version").output().is_ok();
    assert!(
        present("dbus-run-session") && present("gnome-keyring-daemon"),
        "not run: install the packages dbus and gnome-keyring"
    );
    let folder = tempfile::tempdir().unwrap();
    expect_done("create", &run("create", folder.path(), Some("open-sesame")));
    expect_done("reopen", &run("reopen", folder.path(), Some("open-sesame")));
    expect_done("locked", &run("locked", folder.path(), Some("")));
}
