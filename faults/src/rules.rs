//! What the campaign's companies do: a level a day, then a call, and thanks. Rules change while it runs.

use std::collections::BTreeMap;

use relance_engine::rules::rulebook::Files;

/// Days between the due date and the first level, and between levels.
pub const SPACING: i64 = 1;
/// How many levels there are.
pub const LEVELS: i32 = 3;

const RULES: &str = r#"edition 2026

segments { everyone "Everyone" otherwise }

calendar office "Office" { closed on sunday }

scenario plain "Plain" for everyone {
  language  en
  send      on business days of office, 06:00 to 20:00, company time
  contact   main
  hold      while disputed, promised

  dunning {
    level 1 first  "First reminder"  1 day after due      { email template reminder }
    level 2 second "Second reminder" 1 day after level 1  { email template reminder }
    level 3 call   "Call"            1 day after level 2  { call script call assign collector within 2 business days }
  }

  thanks { when paid in full { email template thanks, at most once per 5 days } }
}
"#;

/// The rulebook; another `edition` says the same in other words.
pub fn rulebook(edition: u64) -> Files {
    let reminder = format!(
        "---\nsubject: Unpaid ({edition})\n---\n{{{{ table(invoices) }}}}\n\nIn all {{{{ total }}}}.\n"
    );
    let files = [
        ("rules.relance", RULES.to_owned()),
        ("templates/reminder.md", reminder),
        (
            "templates/thanks.md",
            "---\nsubject: Thank you\n---\nThank you, {{ customer.name }}.\n".to_owned(),
        ),
        (
            "templates/call.md",
            "Ask {{ contact.name }} about {{ total }}.\n".to_owned(),
        ),
    ];
    Files(
        files
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text))
            .collect::<BTreeMap<_, _>>(),
    )
}
