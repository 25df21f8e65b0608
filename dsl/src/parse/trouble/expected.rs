//! What could have stood in a place, in words.

use std::collections::BTreeSet;

use crate::parse::grammar::Rule;

/// Most things named in one message.
const MOST: usize = 5;

/// What rules stand for, in words, each once; rules that say nothing to an author are left out.
pub(super) fn names(rules: &[Rule]) -> Vec<String> {
    let set: BTreeSet<String> = rules.iter().filter_map(|r| name(*r)).collect();
    let mut names: Vec<String> = set.into_iter().collect();
    if names.len() > MOST {
        // A long list says less than a short one: values and marks stay, keywords go.
        names.retain(|n| !n.starts_with('`') || n.contains('{') || n.contains('}'));
    }
    names
}

/// The keywords among the rules.
pub(super) fn keywords(rules: &[Rule]) -> Vec<&'static str> {
    rules.iter().filter_map(|r| keyword(*r)).collect()
}

/// `a, b or c`
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] => format!("{} or {last}", start.join(", ")),
    }
}

fn name(rule: Rule) -> Option<String> {
    let words = match rule {
        Rule::name | Rule::quoted_name => "a name",
        Rule::path
        | Rule::expr
        | Rule::sum
        | Rule::factor
        | Rule::product
        | Rule::and_expr
        | Rule::not_expr => "a fact or a value",
        Rule::comparison | Rule::compare_sign | Rule::kw_is | Rule::kw_has => "a comparison",
        Rule::number | Rule::integer | Rule::bare_amount => "a number",
        Rule::amount => "an amount",
        Rule::period | Rule::per_period => "a period such as `3 days`",
        Rule::unit | Rule::day_word | Rule::week_word => "a unit such as `days`",
        Rule::string | Rule::text => "a text in quotes",
        Rule::brace_open => "`{`",
        Rule::brace_close => "`}`",
        Rule::paren_close => "`)`",
        Rule::comma | Rule::list_mark | Rule::comma_and | Rule::comma_only => "`,`",
        Rule::when => "`when`",
        Rule::timing => "a time such as `3 days after due`",
        Rule::time | Rule::send_time => "a time such as `09:00 to 17:30`",
        Rule::zone => "a time zone",
        Rule::module => "a module such as `std.france`",
        Rule::anchor => "`due` or `level` and its number",
        Rule::contact_choice => "`role` and a role, or `main`",
        Rule::hold_kind => "`disputed`, `promised`, `on plan` or `unallocated cash covers it`",
        Rule::fixed_day => "a day such as `on 14 july`",
        Rule::weekday_of => "a day such as `on first monday of may`",
        Rule::which => "`first`, `second`, `third`, `fourth` or `last`",
        Rule::acts | Rule::thanks_acts => "`{`",
        Rule::band => "a band",
        other => return keyword(other).map(|word| format!("`{word}`")),
    };
    Some(words.to_owned())
}

fn keyword(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::kw_otherwise => "otherwise",
        Rule::kw_when => "when",
        Rule::kw_else => "else",
        Rule::kw_of => "of",
        Rule::kw_from => "from",
        Rule::kw_to => "to",
        Rule::kw_start => "start",
        Rule::kw_per => "per",
        Rule::kw_at => "at",
        Rule::kw_most => "most",
        Rule::kw_on => "on",
        Rule::kw_next => "next",
        Rule::kw_easter => "easter",
        Rule::kw_before => "before",
        Rule::kw_after => "after",
        Rule::kw_for => "for",
        Rule::kw_tone => "tone",
        Rule::kw_every => "every",
        Rule::kw_day => "day",
        Rule::kw_business => "business",
        Rule::kw_time => "time",
        Rule::kw_role => "role",
        Rule::kw_main => "main",
        Rule::kw_by => "by",
        Rule::kw_invoices => "invoices",
        Rule::kw_under => "under",
        Rule::kw_message => "messages",
        Rule::kw_level => "level",
        Rule::kw_while => "while",
        Rule::kw_disputed => "disputed",
        Rule::kw_promised => "promised",
        Rule::kw_plan => "plan",
        Rule::kw_cash => "cash",
        Rule::kw_covers => "covers",
        Rule::kw_it => "it",
        Rule::kw_due => "due",
        Rule::kw_template => "template",
        Rule::kw_script => "script",
        Rule::kw_assign => "assign",
        Rule::kw_within => "within",
        Rule::kw_paid => "paid",
        Rule::kw_in => "in",
        Rule::kw_full => "full",
        Rule::kw_once => "once",
        Rule::kw_tag => "tag",
        _ => return None,
    })
}
