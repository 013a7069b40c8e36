//! Lists the policies and their worked examples with their texts, so that a new file is a new entry.
#![expect(clippy::disallowed_methods, reason = "a build script reads the files that the engine embeds")]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    let home = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut text = String::new();
    for (name, folder) in [("POLICIES", "policies"), ("EXAMPLES", "examples")] {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        for country in folders(&home.join(folder))? {
            println!("cargo::rerun-if-changed={}", country.display());
            files.extend(toml_files(&country)?);
        }
        files.sort();
        let _ = writeln!(text, "pub(super) const {name}: &[(&str, &str)] = &[");
        for file in files {
            let shown = file.strip_prefix(home.join(folder)).unwrap_or(&file);
            let shown = shown.to_string_lossy().replace('\\', "/");
            let _ = writeln!(text, "    ({shown:?}, {:?}),", fs::read_to_string(&file)?);
        }
        text.push_str("];\n");
    }
    fs::write(out.join("embedded.rs"), text)
}

fn folders(of: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(of)?.collect::<io::Result<Vec<_>>>()?;
    Ok(entries.into_iter().map(|entry| entry.path()).filter(|path| path.is_dir()).collect())
}

fn toml_files(of: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(of)?.collect::<io::Result<Vec<_>>>()?;
    let files = entries.into_iter().map(|entry| entry.path());
    Ok(files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect())
}
