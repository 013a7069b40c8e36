//! Where the key of the database is kept: in the system keychain, under a passphrase, or both.
//!
//! The database is encrypted with 32 random bytes, the data key. Beside it stands a small JSON file that says
//! where the key is: the name of a keychain entry, the key wrapped by a passphrase (Argon2id and
//! XChaCha20-Poly1305), or both. Changing the passphrase wraps the same key again.
//!
//! Invariants:
//! - A key is never on the plain disk, not even for a moment; in memory it is wiped when dropped.
//! - A new key is made only where no database exists, and a keychain is believed only after it has given
//!   back what it was given. An existing database without its key is an error, never a new key.
//! - No call waits for the keychain longer than three seconds.
//!
//! ```
//! use recoup_vault::{Cost, Protection, Vault};
//!
//! let folder = std::env::temp_dir().join(format!("vault-example-{}", std::process::id()));
//! let cheap = Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 };
//! let vault = Vault::of(&folder.join("deals.db")).with_cost(cheap);
//! assert_eq!(vault.protection()?, Protection::New);
//! let key = vault.create_with_passphrase("walrus paints seven lanterns", &[])?;
//! assert_eq!(vault.unlock_with_passphrase("walrus paints seven lanterns")?, key);
//! assert!(vault.unlock_with_passphrase("walrus paints six lanterns").is_err());
//! # std::fs::remove_dir_all(folder).ok();
//! # Ok::<(), recoup_vault::VaultError>(())
//! ```
#![deny(missing_docs)]

mod error;
mod key;
mod key_file;
mod keychain;
mod passphrase;
mod vault;

pub use error::VaultError;
pub use key::DataKey;
pub use passphrase::{Cost, LONGEST, Rating, SHORTEST, check_strength, rate};
pub use vault::{Protection, Vault};
