//! What the past of a firm may show, for tests of programs that know no SQL.

use crate::TestDb;

/// What is counted, and how.
const SHOWN: [(&str, &str); 8] = [
    ("approvals that were given", "select count(*) from tasks where kind = 'approval' and outcome = 'approved'"),
    ("approvals that wait", "select count(*) from tasks where kind = 'approval' and state = 'open'"),
    ("broken promises", "select count(*) from promises where state = 'broken'"),
    (
        "answers to them",
        "select count(*) from action_items where step like 'on promise_broken%'",
    ),
    (
        "disputes that nobody answered in time",
        "select count(*) from action_items where step like 'on dispute_late%'",
    ),
    ("payment plans", "select count(*) from payment_plans"),
    (
        "notices with interest, and a fee of 40 EUR",
        "select count(*) from action_items i join actions a on a.company_id = i.company_id and a.id = i.action_id
         where a.state = 'done' and (i.claim #>> '{fee,amount}')::numeric = 40 and i.claim #> '{lines,0,rate}' is not null",
    ),
    (
        "what a hook gave",
        "select count(*) from accounts where reasons::text like '%hook_gave%'",
    ),
];

/// Each thing with how many of it there are.
pub async fn counts(db: &TestDb) -> Vec<(&'static str, i64)> {
    let mut counts = Vec::with_capacity(SHOWN.len());
    for (what, query) in SHOWN {
        counts.push((what, db.count(query).await));
    }
    counts
}
