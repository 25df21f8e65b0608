//! What became of a message that was handed over, whatever the way.

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side took it.
    Accepted,
    /// The other side does not take it for now: send it again later.
    Delayed(String),
    /// The other side will never take it for this recipient.
    Refused(String),
    /// The other side refuses *us* (our sender, our secret, relaying) or broke off early: not the recipient's fault. The message has
    /// not left.
    Trouble(String),
    /// The other side cannot be reached or does not let us in: no other message has a chance there now. The message has not left.
    Down(String),
    /// The connection broke between the end of the message and the answer: it may have left, or not.
    Doubt(String),
}

impl Outcome {
    /// What became of it, in one word.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Delayed(_) => "delayed",
            Self::Refused(_) => "refused",
            Self::Trouble(_) => "trouble",
            Self::Down(_) => "down",
            Self::Doubt(_) => "in_doubt",
        }
    }
}
