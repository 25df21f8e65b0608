//! Passwords: Argon2id, in the PHC format.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

/// A password could not be hashed: the machine has no randomness to give.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct NotHashed(String);

/// Shortest password.
const SHORTEST: usize = 10;
/// Longest password, in bytes: hashing a novel is a way to keep a server busy.
const LONGEST: usize = 200;

/// Whether a password may be chosen; else what to do.
pub fn acceptable(password: &str) -> Result<(), &'static str> {
    if password.chars().count() < SHORTEST {
        Err("the password is too short: take at least 10 characters")
    } else if password.len() > LONGEST {
        Err("the password is too long: take at most 200 characters")
    } else {
        Ok(())
    }
}

/// Hashes a password with a salt of its own. Takes some 20 ms on purpose.
pub fn hash(password: &str) -> Result<String, NotHashed> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| NotHashed(error.to_string()))
}

/// Whether a password is the one that was hashed. Without a hash (no such user) it takes as long and says no, so that the time does
/// not tell which logins exist.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    if password.len() > LONGEST {
        return false;
    }
    match hash.map(PasswordHash::new) {
        Some(Ok(parsed)) => Argon2::default()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok(),
        Some(Err(_)) | None => {
            let _ = self::hash(password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_verified_against_its_hash_only() {
        let hash = hash("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify("correct horse battery", Some(&hash)));
        assert!(!verify("correct horse batter", Some(&hash)));
        assert!(!verify("correct horse battery", None));
        assert!(!verify("correct horse battery", Some("plain")));
    }

    #[test]
    fn a_short_password_is_refused() {
        assert!(acceptable("short").is_err());
        assert!(acceptable("long enough, really").is_ok());
    }
}
