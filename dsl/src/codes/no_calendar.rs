//! RL0505: business days without a calendar.

use super::Code;

/// RL0505: business days without a calendar.
pub const NO_CALENDAR: Code = Code {
    code: "RL0505",
    title: "business days without a calendar",
    what: "Business days are counted in a scenario that names no calendar.",
    why: "Holidays differ from country to country.",
    bad: "courtesy { step hello 5 business days before due { email template courtesy_reminder } }",
    good: "send on business days of france
courtesy { step hello 5 business days before due { email template courtesy_reminder } }",
};
