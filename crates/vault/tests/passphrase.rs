//! A database under a passphrase, from the first key to the lost key file.
#![allow(clippy::unwrap_used, reason = "a test stops where it cannot go on")]

use recoup_vault::{Cost, Protection, Vault, VaultError};

const CHEAP: Cost = Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 };
const WORDS: &str = "walrus paints seven lanterns";

#[test]
fn a_passphrase_changes_and_the_key_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::of(&folder.path().join("deals.db")).with_cost(CHEAP);
    assert!(matches!(vault.create_with_passphrase("too short", &[]), Err(VaultError::WeakPassphrase { .. })));
    let key = vault.create_with_passphrase(WORDS, &[]).unwrap();
    assert_eq!(vault.protection(), Ok(Protection::Passphrase));
    let next = "nine marble kites under rain";
    assert_eq!(vault.change_passphrase("not the words", next, &[]), Err(VaultError::WrongPassphrase));
    vault.change_passphrase(WORDS, next, &[]).unwrap();
    assert_eq!(vault.unlock_with_passphrase(next).unwrap(), key);
    assert_eq!(vault.unlock_with_passphrase(WORDS), Err(VaultError::WrongPassphrase));
    assert_eq!(vault.unlock_from_keychain(), Err(VaultError::KeyMissing));
}

#[test]
fn no_key_stands_in_the_key_file_and_only_its_owner_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::of(&folder.path().join("deals.db")).with_cost(CHEAP);
    let key = vault.create_with_passphrase(WORDS, &[]).unwrap();
    let bytes = std::fs::read(vault.key_file()).unwrap();
    let hex: String = key.expose().iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(!String::from_utf8(bytes).unwrap().contains(&hex));
    assert_eq!(format!("{key:?}"), "DataKey(..)");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(vault.key_file()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn an_existing_database_never_gets_a_new_key() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("deals.db");
    std::fs::write(&database, b"something precious").unwrap();
    let vault = Vault::of(&database).with_cost(CHEAP);
    assert!(matches!(vault.protection(), Err(VaultError::KeyFileMissing { .. })));
    assert!(matches!(vault.create_with_passphrase(WORDS, &[]), Err(VaultError::DatabaseExists { .. })));
    assert!(matches!(vault.create_in_keychain(), Err(VaultError::DatabaseExists { .. })));
    std::fs::write(vault.key_file(), b"{\"format\":\"other/9\"}").unwrap();
    assert!(matches!(vault.protection(), Err(VaultError::KeyFileDamaged { .. })));
    assert!(matches!(vault.unlock_with_passphrase(WORDS), Err(VaultError::KeyFileDamaged { .. })));
}

#[test]
fn a_damaged_key_file_gives_way_to_the_one_of_a_backup_and_is_kept_as_it_is() {
    let (home, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let vault = |folder: &tempfile::TempDir| Vault::of(&folder.path().join("deals.db")).with_cost(CHEAP);
    let (here, backup) = (vault(&home), vault(&safe));
    here.create_with_passphrase("walrus paints seven lanterns", &[]).unwrap();
    let key = backup.create_with_passphrase("nine violet tugboats hum", &[]).unwrap();
    std::fs::write(here.key_file(), "{ no key file").unwrap();
    assert!(matches!(here.protection(), Err(VaultError::KeyFileDamaged { .. })));

    let old = home.path().join("replaced-key.json");
    here.take_key_file(backup.key_file(), Some(&old)).unwrap();
    assert_eq!(here.unlock_with_passphrase("nine violet tugboats hum").unwrap(), key);
    assert_eq!(std::fs::read_to_string(old).unwrap(), "{ no key file");
}
