//! The committed TypeScript is what the list generates.

use std::{fs, path::Path};

#[test]
fn bindings_are_current() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/api/bindings.ts");
    let generated = std::env::temp_dir().join(format!("recoup-bindings-{}.ts", std::process::id()));
    recoup_desktop::write_bindings(&generated).unwrap();
    let fresh = fs::read_to_string(&generated).unwrap();
    fs::remove_file(&generated).unwrap();
    if std::env::var_os("RECOUP_WRITE").is_some() {
        fs::create_dir_all(committed.parent().unwrap()).unwrap();
        fs::write(&committed, &fresh).unwrap();
    }
    let kept = fs::read_to_string(&committed).unwrap_or_default();
    assert!(kept == fresh, "ui/src/api/bindings.ts is out of date; run: cargo xtask bindings");
}
