//! A key wrapped by a passphrase: Argon2id makes a key of the words, XChaCha20-Poly1305 wraps the data key
//! with it. Everything the unwrapping depends on is authenticated with it, so neither the cost nor the salt
//! can be exchanged; a wrong passphrase shows as a tag that does not fit.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;
use zxcvbn::Score;

use crate::error::VaultError;
use crate::key::{DataKey, from_hex, random, to_hex};

/// Shortest passphrase, in characters.
pub const SHORTEST: usize = 12;
/// Longest passphrase, in characters; beyond it nothing is gained.
pub const LONGEST: usize = 256;

/// What one guess costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// 64 MiB and three passes: the second recommendation of RFC 9106 section 4, with one lane.
    pub const STANDARD: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// The bounds outside which a key file is refused: below, it was not written by us; above, opening it
    /// would take the machine down.
    fn is_sane(self) -> bool {
        (8 * 1024..=1024 * 1024).contains(&self.memory_kib)
            && (1..=16).contains(&self.passes)
            && (1..=8).contains(&self.lanes)
    }
}

/// A data key under a passphrase, as it stands in the key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrappedKey {
    kdf: String,
    cost: Cost,
    salt: String,
    cipher: String,
    nonce: String,
    wrapped: String,
}

const KDF: &str = "argon2id-v19";
const CIPHER: &str = "xchacha20poly1305";

/// What a passphrase is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// From 0, guessed at once, to 4, out of reach (Wheeler, "zxcvbn", USENIX Security 2016).
    pub score: u8,
    /// Why it is not taken, in words that say what would make it better.
    pub refusal: Option<String>,
}

/// Rates a passphrase. `about` are words an attacker would try first: names, the company.
#[must_use]
pub fn rate(passphrase: &str, about: &[&str]) -> Rating {
    let length = passphrase.chars().count();
    if length > LONGEST {
        // The estimate takes time that grows with the length.
        return Rating {
            score: 4,
            refusal: Some(format!("it has {length} characters, {LONGEST} are the most")),
        };
    }
    let estimate = zxcvbn::zxcvbn(passphrase, about);
    let score = u8::from(estimate.score());
    if length < SHORTEST {
        let refusal = Some(format!("it has {length} characters, {SHORTEST} are the least"));
        return Rating { score, refusal };
    }
    if estimate.score() >= Score::Three {
        return Rating { score, refusal: None };
    }
    let advice =
        estimate.feedback().and_then(|feedback| feedback.suggestions().first().map(ToString::to_string));
    let otherwise = || "use four or more words that do not belong together".to_owned();
    Rating { score, refusal: Some(advice.unwrap_or_else(otherwise)) }
}

/// Refuses what would be guessed; `about` as in [`rate`].
///
/// # Errors
/// `WeakPassphrase` with what would make it better.
pub fn check_strength(passphrase: &str, about: &[&str]) -> Result<(), VaultError> {
    match rate(passphrase, about).refusal {
        None => Ok(()),
        Some(advice) => Err(VaultError::WeakPassphrase { advice }),
    }
}

impl WrappedKey {
    pub(crate) fn wrap(key: &DataKey, passphrase: &str, cost: Cost, id: &str) -> Result<Self, VaultError> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        random(&mut salt)?;
        random(&mut nonce)?;
        let mut this = Self {
            kdf: KDF.to_owned(),
            cost,
            salt: to_hex(&salt),
            cipher: CIPHER.to_owned(),
            nonce: to_hex(&nonce),
            wrapped: String::new(),
        };
        let bound = this.bound_to(id);
        let sealed = cipher(passphrase, &salt, cost)?
            .encrypt(&XNonce::from(nonce), Payload { msg: key.expose(), aad: bound.as_bytes() })
            .map_err(|_| VaultError::File { detail: "the key could not be sealed".to_owned() })?;
        this.wrapped = to_hex(&sealed);
        Ok(this)
    }

    /// `Ok(None)` when the file itself cannot have been written by us.
    pub(crate) fn unwrap(&self, passphrase: &str, id: &str) -> Result<Option<DataKey>, VaultError> {
        let parts = (from_hex(&self.salt), from_hex(&self.nonce), from_hex(&self.wrapped));
        let (Some(salt), Some(nonce), Some(sealed)) = parts else { return Ok(None) };
        let Ok(nonce) = <[u8; 24]>::try_from(nonce) else { return Ok(None) };
        let known = self.kdf == KDF && self.cipher == CIPHER && self.cost.is_sane();
        if !known || salt.len() != 16 || sealed.len() != 48 {
            return Ok(None);
        }
        let bound = self.bound_to(id);
        let opened = cipher(passphrase, &salt, self.cost)?
            .decrypt(&XNonce::from(nonce), Payload { msg: &sealed, aad: bound.as_bytes() })
            .map_err(|_| VaultError::WrongPassphrase)?;
        Ok(DataKey::from_slice(&Zeroizing::new(opened)))
    }

    /// What the tag vouches for beside the key: the database's identity and how the key was wrapped.
    fn bound_to(&self, id: &str) -> String {
        let Cost { memory_kib, passes, lanes } = self.cost;
        [id, &self.kdf, &format!("m={memory_kib},t={passes},p={lanes}"), &self.salt, &self.cipher].join("|")
    }
}

fn cipher(passphrase: &str, salt: &[u8], cost: Cost) -> Result<XChaCha20Poly1305, VaultError> {
    let failed = |error: argon2::Error| VaultError::File { detail: format!("key derivation: {error}") };
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(failed)?;
    let mut derived = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut derived[..])
        .map_err(failed)?;
    XChaCha20Poly1305::new_from_slice(&derived[..])
        .map_err(|_| VaultError::File { detail: "key length".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { memory_kib: 8 * 1024, passes: 1, lanes: 1 };

    #[test]
    fn guessable_passphrases_are_refused_with_advice() {
        for weak in ["short", "passwordpassword", "aaaaaaaaaaaaaaaa", "qwertyuiop123", "cometpictures"] {
            let refused = check_strength(weak, &["Comet", "Pictures"]);
            assert!(matches!(refused, Err(VaultError::WeakPassphrase { .. })), "{weak}");
        }
        check_strength("walrus paints seven lanterns", &[]).unwrap();
        assert!(check_strength(&"x7!".repeat(100), &[]).is_err());
    }

    #[test]
    fn only_the_same_words_for_the_same_database_unwrap() {
        let key = DataKey::fresh().unwrap();
        let wrapped = WrappedKey::wrap(&key, "walrus paints lanterns", CHEAP, "db").unwrap();
        assert_eq!(wrapped.unwrap("walrus paints lanterns", "db").unwrap(), Some(key));
        assert_eq!(wrapped.unwrap("walrus paints lantern", "db"), Err(VaultError::WrongPassphrase));
        assert_eq!(wrapped.unwrap("walrus paints lanterns", "other"), Err(VaultError::WrongPassphrase));
    }

    #[test]
    fn a_cheapened_or_ruinous_key_file_does_not_open() {
        let key = DataKey::fresh().unwrap();
        let mut wrapped = WrappedKey::wrap(&key, "walrus paints lanterns", CHEAP, "db").unwrap();
        wrapped.cost.passes = 2;
        assert_eq!(wrapped.unwrap("walrus paints lanterns", "db"), Err(VaultError::WrongPassphrase));
        wrapped.cost.memory_kib = u32::MAX;
        assert_eq!(wrapped.unwrap("walrus paints lanterns", "db"), Ok(None));
    }
}
