//! The key of the database file: 32 random bytes, handed to SQLCipher as they are.
//!
//! A raw key skips SQLCipher's own password derivation (some 200 ms per connection); where the key
//! comes from (keychain, passphrase) is the business of `recoup-vault`.

use std::fmt;

use zeroize::Zeroizing;

/// A 256-bit database key. Wiped from memory when dropped, never printed.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// Takes over 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A key nobody knows, for a database that lives only in memory.
    #[must_use]
    pub fn throw_away() -> Self {
        let mut bytes = Zeroizing::new([0_u8; 32]);
        bytes[..16].copy_from_slice(uuid::Uuid::new_v4().as_bytes());
        bytes[16..].copy_from_slice(uuid::Uuid::new_v4().as_bytes());
        Self(bytes)
    }

    /// The value of `PRAGMA key` for a raw key: a blob literal inside a string.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        use std::fmt::Write as _;
        let mut text = Zeroizing::new(String::with_capacity(70));
        text.push_str("\"x'");
        for byte in self.0.iter() {
            let _ = write!(text, "{byte:02x}");
        }
        text.push_str("'\"");
        text
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_hex_for_sqlcipher_and_nothing_for_a_log() {
        let key = Key::from_bytes([0xab; 32]);
        assert_eq!(*key.pragma(), format!("\"x'{}'\"", "ab".repeat(32)));
        assert_eq!(format!("{key:?}"), "Key(..)");
    }
}
