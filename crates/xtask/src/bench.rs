//! How fast and how large: measured on this machine, printed beside what is aimed at, never a test.

mod instructions;
mod peers;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, bail};

use crate::{
    package,
    process::{cargo, must, root, target},
    setup, window,
};

/// Runs of which the median counts.
const RUNS: usize = 7;

/// `cargo xtask bench`, `bench peers` and `bench counts`; otherwise the arguments say of which programs, as those of `cargo xtask package` do. The empty window is
/// built like them: as a debug build only where `--debug` says that they are one.
pub(crate) fn bench(arguments: &[String]) -> Result<bool> {
    match arguments.first().map(String::as_str) {
        Some("peers") => return peers::peers(&arguments[1..]),
        Some("counts") => return instructions::counts(&arguments[1..]),
        _ => {}
    }
    let debug = arguments.iter().any(|argument| argument == "--debug");
    setup::everything()?;
    let programs = package::programs(arguments)?;
    println!("{} build\n\n== a whole recomputation, aimed at 5 ms", if debug { "debug" } else { "release" });
    must(cargo("run --release --quiet -p recoup-model --example recompute --").args(example_deals()?))?;
    println!("\n== a closing of sixty months and twenty-five instruments, aimed at 3 ms");
    must(&mut cargo("bench --quiet -p recoup-capital --bench closing"))?;
    println!("\n== a recoupment of thirty tiers, eight sources and seven years, aimed at 0.3 ms");
    must(&mut cargo("bench --quiet -p recoup-waterfall --bench recoupment"))?;
    println!("\n== every program on a deal, aimed at 2 ms; the best of twelve, aimed at 10 ms");
    must(
        cargo("run --release --quiet -p recoup-incentives --example evaluate_all --").args(example_deals()?),
    )?;
    println!("\n== the pack, both files, aimed at 2 s");
    pack(&programs)?;
    println!("\n== an edit to the pixel, served, aimed at 50 ms");
    must(window::script("measure-edit").env("RECOUP", programs.join("recoup")))?;
    if cfg!(target_os = "linux") {
        println!(
            "\n== the window: first paint against an empty one (1.5), an edit (50 ms), memory (150 MiB)"
        );
        let empty = empty_window(debug)?;
        must(
            window::on_a_screen("measure-window")
                .env("RECOUP_DESKTOP", programs.join("recoup-desktop"))
                .env("RECOUP_EMPTY", empty),
        )?;
    }
    Ok(true)
}

fn example_deals() -> Result<Vec<PathBuf>> {
    let mut deals = Vec::new();
    for entry in fs::read_dir(root().join("examples"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".deal.json") {
            deals.push(path);
        }
    }
    deals.sort();
    Ok(deals)
}

fn pack(programs: &Path) -> Result<()> {
    let out = target().join("bench/packs");
    for deal in example_deals()? {
        let mut taken = Vec::with_capacity(RUNS);
        for _ in 0..RUNS {
            let start = Instant::now();
            let output = Command::new(programs.join("recoup"))
                .arg("pack")
                .arg(&deal)
                .arg("--out")
                .arg(&out)
                .output()?;
            taken.push(start.elapsed().as_secs_f64());
            if !output.status.success() {
                bail!("{}: {}", deal.display(), String::from_utf8_lossy(&output.stderr));
            }
        }
        taken.sort_by(f64::total_cmp);
        let median = taken.get(RUNS / 2).copied().unwrap_or_default();
        let name = deal.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("{median:7.3} s  {:4.2} of what is aimed at  {name}", median / 2.0);
    }
    Ok(())
}

/// A window with one heading and nothing behind it, built with the same framework, profile and embedding: what
/// the product's first paint is held against.
fn empty_window(debug: bool) -> Result<PathBuf> {
    let folder = target().join("bench/empty-window");
    let write = |name: &str, text: &str| -> Result<()> {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        // An unchanged file keeps its time, so that a second run builds nothing.
        if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            return Ok(());
        }
        Ok(fs::write(path, text)?)
    };
    write("Cargo.toml", &manifest()?)?;
    write("build.rs", "fn main() {\n    tauri_build::build();\n}\n")?;
    write("src/main.rs", EMPTY_MAIN)?;
    write("tauri.conf.json", EMPTY_CONFIG)?;
    write("dist/index.html", EMPTY_PAGE)?;
    let icon = folder.join("icon.png");
    if !icon.exists() {
        fs::copy(root().join("src-tauri/icons/icon.png"), icon)?;
    }
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(root().join("Cargo.lock"), lock)?;
    }
    let profile = if debug { "" } else { "--release" };
    must(
        cargo(&format!("build --quiet {profile}"))
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", target().join("bench/target")),
    )?;
    let kind = if debug { "debug" } else { "release" };
    Ok(target().join("bench/target").join(kind).join("empty-window"))
}

/// The product's own profiles, so that both are compiled alike.
fn manifest() -> Result<String> {
    let ours = fs::read_to_string(root().join("Cargo.toml")).context("Cargo.toml")?;
    let profiles: String = ours
        .split("\n[")
        .filter(|part| part.starts_with("profile."))
        .map(|part| format!("\n[{part}\n"))
        .collect();
    Ok(format!("{EMPTY_MANIFEST}{profiles}"))
}

const EMPTY_MANIFEST: &str = r#"[package]
name = "empty-window"
version = "0.0.0"
edition = "2024"
publish = false

[workspace]

[build-dependencies]
tauri-build = "2"

[dependencies]
tauri = { version = "2", features = ["custom-protocol"] }
"#;

const EMPTY_MAIN: &str = r#"fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
"#;

const EMPTY_CONFIG: &str = r#"{
  "productName": "Empty",
  "version": "0.0.0",
  "identifier": "app.recoup.empty",
  "build": { "frontendDist": "dist" },
  "app": { "windows": [{ "label": "main", "title": "Empty", "width": 1440, "height": 900 }] },
  "bundle": { "active": false, "icon": ["icon.png"] }
}
"#;

const EMPTY_PAGE: &str = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Empty</title></head>\
                          <body><h1>Empty</h1></body></html>\n";
