//! RL0025: template name in quotes.

use super::Code;

/// RL0025: template name in quotes.
pub const QUOTED_NAME: Code = Code {
    code: "RL0025",
    title: "template name in quotes",
    what: "The name of a template stands in quotes.",
    why: "Quotes are for titles and texts; names stand without.",
    bad: r#"level 1 reminder 8 days after due { email template "reminder" }"#,
    good: "level 1 reminder 8 days after due { email template reminder }",
};
