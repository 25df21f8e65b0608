//! What the end of an exchange means for the message.

use hyper::StatusCode;

use super::super::outcome::Outcome;
use super::client::Ended;

/// What became of a message. `idempotent`: the receiver may be given the same message twice.
pub(super) fn outcome(webhook: &str, ended: Ended, idempotent: bool) -> Outcome {
    let doubt = |why: String| match idempotent {
        true => Outcome::Delayed(why),
        false => Outcome::Doubt(why),
    };
    match ended {
        Ended::Unreached(why) => Outcome::Down(format!("the webhook `{webhook}` cannot be reached: {why}")),
        Ended::Unfinished(why) => Outcome::Trouble(format!(
            "the webhook `{webhook}` broke off before all was posted: {why}"
        )),
        Ended::Unanswered(why) => doubt(format!("the webhook `{webhook}` did not answer: {why}")),
        Ended::Answered(status, words) => {
            let told = if words.is_empty() {
                String::new()
            } else {
                format!(": {words}")
            };
            let why = format!("the webhook `{webhook}` answered {}{told}", status.as_u16());
            match meaning(status) {
                Meaning::Taken => Outcome::Accepted,
                Meaning::NotNow => Outcome::Delayed(why),
                Meaning::NotUs => Outcome::Trouble(why),
                Meaning::Unknown => doubt(why),
                Meaning::Never => Outcome::Refused(why),
            }
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Meaning {
    Taken,
    NotNow,
    /// The address, the secret or the authorization is wrong: no message has a chance, and no recipient is to blame.
    NotUs,
    /// Somebody in between gave up waiting: the receiver may have the message.
    Unknown,
    Never,
}

fn meaning(status: StatusCode) -> Meaning {
    match status.as_u16() {
        200..=299 => Meaning::Taken,
        408 | 409 | 425 | 429 => Meaning::NotNow,
        504 => Meaning::Unknown,
        500..=599 => Meaning::NotNow,
        401 | 403 | 404 | 405 | 407 | 410 => Meaning::NotUs,
        400..=499 => Meaning::Never,
        // Another address is not followed: it is for the settings to say where messages go.
        _ => Meaning::NotUs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_of_the_message_is_the_messages_fault() {
        let meaning = |code| meaning(StatusCode::from_u16(code).unwrap());
        for code in [200, 202, 204] {
            assert_eq!(meaning(code), Meaning::Taken, "{code}");
        }
        for code in [408, 409, 425, 429, 500, 502, 503] {
            assert_eq!(meaning(code), Meaning::NotNow, "{code}");
        }
        for code in [301, 302, 307, 401, 403, 404, 405, 410] {
            assert_eq!(meaning(code), Meaning::NotUs, "{code}");
        }
        for code in [400, 413, 415, 422, 451] {
            assert_eq!(meaning(code), Meaning::Never, "{code}");
        }
        assert_eq!(meaning(504), Meaning::Unknown);
    }

    #[test]
    fn what_is_in_doubt_is_posted_again_only_to_a_receiver_that_knows_the_key() {
        let ended = || Ended::Unanswered("cut".to_owned());
        assert!(matches!(outcome("w", ended(), false), Outcome::Doubt(_)));
        assert!(matches!(outcome("w", ended(), true), Outcome::Delayed(_)));
    }
}
