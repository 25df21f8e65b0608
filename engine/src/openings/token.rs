//! The token of a message: signed, and without anything that could be read in it.

use hmac::{Hmac, KeyInit, Mac};
use relance_rules::ids::{CompanyId, DeliveryId};
use sha2::Sha256;

/// Bytes of a key: a block of SHA-256.
pub(super) const KEY: usize = 64;
/// Bytes of the signature, and of what is signed.
const HALF: usize = 16;

/// What tokens are signed with.
pub(super) struct Key([u8; KEY]);

impl Key {
    /// None when there are more or fewer bytes than a key has.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The token of a message, always the same: 64 hexadecimal digits. The first half signs company and message; the second half is
    /// both, covered by a mask that follows from the first, so that nobody sees how many messages there are.
    pub(super) fn token(&self, company: CompanyId, delivery: DeliveryId) -> String {
        let mut ids = [0; HALF];
        let (first, second) = ids.split_at_mut(HALF / 2);
        first.copy_from_slice(&company.0.to_be_bytes());
        second.copy_from_slice(&delivery.0.to_be_bytes());
        let tag = self.half(b"relance opening tag", &ids);
        let covered = xor(ids, self.half(b"relance opening mask", &tag));
        tag.iter()
            .chain(&covered)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// Of which message a token is; none when it is not ours.
    pub(super) fn read_token(&self, token: &str) -> Option<(CompanyId, DeliveryId)> {
        let bytes = bytes(token)?;
        let (tag, covered) = bytes.split_at(HALF);
        let (tag, covered): ([u8; HALF], [u8; HALF]) = (tag.try_into().ok()?, covered.try_into().ok()?);
        let ids = xor(covered, self.half(b"relance opening mask", &tag));
        // Compared in a time that says nothing of how much of it is right.
        let mut mac = self.mac(b"relance opening tag");
        mac.update(&ids);
        mac.verify_truncated_left(&tag).ok()?;
        let (first, second) = ids.split_at(HALF / 2);
        let number = |bytes: &[u8]| bytes.try_into().ok().map(i64::from_be_bytes);
        Some((CompanyId(number(first)?), DeliveryId(number(second)?)))
    }

    fn mac(&self, purpose: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new(&self.0.into());
        mac.update(purpose);
        mac
    }

    fn half(&self, purpose: &[u8], text: &[u8; HALF]) -> [u8; HALF] {
        let mut mac = self.mac(purpose);
        mac.update(text);
        let code = mac.finalize().into_bytes();
        let mut half = [0; HALF];
        for (to, from) in half.iter_mut().zip(code) {
            *to = from;
        }
        half
    }
}

fn xor(mut left: [u8; HALF], right: [u8; HALF]) -> [u8; HALF] {
    for (l, r) in left.iter_mut().zip(right) {
        *l ^= r;
    }
    left
}

/// The bytes of 64 hexadecimal digits.
fn bytes(token: &str) -> Option<[u8; 2 * HALF]> {
    let digits = token.as_bytes();
    let mut bytes = [0; 2 * HALF];
    if digits.len() != 2 * bytes.len() || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> Key {
        Key::read(&[seed; KEY]).unwrap()
    }

    #[test]
    fn a_token_leads_back_to_its_message_under_its_own_key_only() {
        let token = key(1).token(CompanyId(1), DeliveryId(42));
        assert_eq!(token.len(), 64);
        assert_eq!(key(1).read_token(&token), Some((CompanyId(1), DeliveryId(42))));
        assert_eq!(key(2).read_token(&token), None);
        assert_eq!(token, key(1).token(CompanyId(1), DeliveryId(42)));
    }

    #[test]
    fn neighbours_have_nothing_in_common_that_can_be_seen() {
        let (one, next) = (
            key(1).token(CompanyId(1), DeliveryId(42)),
            key(1).token(CompanyId(1), DeliveryId(43)),
        );
        let same = one.bytes().zip(next.bytes()).filter(|(a, b)| a == b).count();
        assert!(same < 16, "{same} of 64 digits are the same");
    }

    #[test]
    fn one_wrong_digit_anywhere_is_no_token() {
        let key = key(1);
        let token = key.token(CompanyId(7), DeliveryId(9));
        for place in 0..token.len() {
            let mut wrong: Vec<u8> = token.clone().into_bytes();
            wrong[place] = if wrong[place] == b'0' { b'1' } else { b'0' };
            assert_eq!(
                key.read_token(std::str::from_utf8(&wrong).unwrap()),
                None,
                "{place}"
            );
        }
        for wrong in [
            "",
            "0",
            &token[1..],
            &format!("{token}0"),
            &"é".repeat(32),
            &"g".repeat(64),
        ] {
            assert_eq!(key.read_token(wrong), None, "{wrong}");
        }
    }
}
