//! All diagnostic codes, one file each: what it says, why it is bad, what to write instead.

/// A diagnostic code and its documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Stable, as `RL0101`; never used again for something else.
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// What it says.
    pub what: &'static str,
    /// Why it is bad.
    pub why: &'static str,
    /// An example that is refused.
    pub bad: &'static str,
    /// The same, put right.
    pub good: &'static str,
}

/// All codes, in order.
pub const ALL: &[Code] = &[];
