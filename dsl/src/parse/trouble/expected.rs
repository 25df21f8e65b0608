//! What could have stood in a place, in words.

use crate::lang::{Lang, Text};
use crate::parse::grammar::Rule;
use crate::parse::words::{keyword, phrase};

/// Most things named in one message.
const MOST: usize = 5;

/// Most keywords named, when nothing but keywords could stand there.
const MOST_KEYWORDS: usize = 12;

/// What rules stand for, in words of both languages, as a list to be read; nothing when they say nothing to an author.
pub(super) fn list(rules: &[Rule]) -> Option<Text> {
    let in_lang = |lang| joined(&names(rules, lang), lang);
    let (en, fr) = (in_lang(Lang::English), in_lang(Lang::French));
    Some(Text::new(en?, fr?))
}

/// What rules stand for, each once; rules that say nothing to an author are left out.
fn names(rules: &[Rule], lang: Lang) -> Vec<String> {
    let mut names: Vec<String> = rules.iter().filter_map(|r| name(*r, lang)).collect();
    names.sort();
    names.dedup();
    if names.len() > MOST {
        // A long list says less than a short one: values and marks stay, keywords go, when anything stays.
        let is_keyword = |n: &String| n.starts_with('`') && !n.contains('{') && !n.contains('}');
        if names.iter().all(is_keyword) {
            names.truncate(MOST_KEYWORDS);
        } else {
            names.retain(|n| !is_keyword(n));
        }
    }
    names
}

/// The keywords among the rules, as a language writes them.
pub(super) fn keywords(rules: &[Rule], lang: Lang) -> Vec<&'static str> {
    rules.iter().filter_map(|r| word(*r, lang)).collect()
}

/// `a, b or c`
fn joined(names: &[String], lang: Lang) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(one.clone()),
        [start @ .., last] => Some(format!("{} {} {last}", start.join(", "), lang.pick("or", "ou"))),
    }
}

fn name(rule: Rule, lang: Lang) -> Option<String> {
    let (en, fr) = match rule {
        Rule::name
        | Rule::quoted_name
        | Rule::user_role
        | Rule::contact_role
        | Rule::tone_name
        | Rule::department => ("a name", "un nom"),
        Rule::invoice_name => ("the name of an invoice", "le nom d'une facture"),
        Rule::call_outcome => ("an outcome such as `reached`", "une issue comme `joint`"),
        Rule::path
        | Rule::expr
        | Rule::sum
        | Rule::factor
        | Rule::product
        | Rule::and_expr
        | Rule::not_expr => ("a fact or a value", "une donnée ou une valeur"),
        Rule::comparison
        | Rule::compare_sign
        | Rule::kw_is
        | Rule::kw_has
        | Rule::is_not
        | Rule::has_tag
        | Rule::is_tail
        | Rule::order_tail
        | Rule::has_tail => ("a comparison", "une comparaison"),
        Rule::number | Rule::integer | Rule::bare_amount => ("a number", "un nombre"),
        Rule::amount => ("an amount", "un montant"),
        Rule::period | Rule::per_period => ("a period such as `3 days`", "une durée comme `3 jours`"),
        Rule::unit | Rule::day_word | Rule::week_word | Rule::unit_slip | Rule::business => {
            ("a unit such as `days`", "une unité comme `jours`")
        }
        Rule::string | Rule::text => ("a text in quotes", "un texte entre guillemets"),
        Rule::brace_open | Rule::acts | Rule::thanks_acts | Rule::properties => ("`{`", "`{`"),
        Rule::brace_close => ("`}`", "`}`"),
        Rule::paren_open => ("`(`", "`(`"),
        Rule::paren_close => ("`)`", "`)`"),
        Rule::arrow => ("`->`", "`->`"),
        Rule::equals => ("`=`", "`=`"),
        Rule::percent => ("a percentage such as `13.15 %`", "un pourcentage comme `13,15 %`"),
        Rule::date | Rule::day => ("a day such as `2026-03-31`", "un jour comme `2026-03-31`"),
        Rule::comma | Rule::list_mark | Rule::comma_and | Rule::comma_only => ("`,`", "`,`"),
        Rule::when => ("`when`", "`si`"),
        Rule::timing => (
            "a time such as `3 days after due`",
            "un moment comme `3 jours après échéance`",
        ),
        Rule::time | Rule::send_time => (
            "a time such as `09:00 to 17:30`",
            "un horaire comme `09:00 à 17:30`",
        ),
        Rule::zone | Rule::send_zone => ("a time zone", "un fuseau horaire"),
        Rule::module => ("a module such as `std.france`", "un module comme `std.france`"),
        Rule::anchor => (
            "`due` or `level` and its number",
            "`échéance`, ou `niveau` et son numéro",
        ),
        Rule::contact_choice => (
            "`role` and a role, or `main`",
            "`rôle` et un rôle, ou `principal`",
        ),
        Rule::hold_kind => (
            "`disputed`, `promised`, `on plan` or `unallocated cash covers it`",
            "`contestée`, `promise`, `échelonnée` ou `couverte par un encaissement non lettré`",
        ),
        Rule::channel | Rule::message | Rule::plain_message => {
            ("a medium such as `email`", "un média comme `email`")
        }
        Rule::hook_type => (
            "what it gives, such as `whole number`",
            "ce qu'elle donne, comme `nombre entier`",
        ),
        Rule::field_type => (
            "a type such as `text` or `amount`",
            "un type comme `texte` ou `montant`",
        ),
        Rule::field_value => ("a value of the list", "une valeur de la liste"),
        Rule::happening => (
            "what happens, such as `pay F1`: `pay`, `receive`, `credit`, `dispute`, `promise`, `plan`, `hold`, `call gives`, `approve`, `bounce` ...",
            "ce qui arrive, comme `payer F1` : `payer`, `encaisser`, `créditer`, `litige`, `promesse`, `échéancier`, `suspendre`, `appel donne`, `valider`, `rejet` ...",
        ),
        Rule::expected => (
            "what is expected, such as `level 1 of F1`",
            "ce qui est attendu, comme `niveau 1 de F1`",
        ),
        Rule::fixed_day => ("a day such as `on 14 july`", "un jour comme `le 14 juillet`"),
        Rule::weekday_of => (
            "a day such as `on first monday of may`",
            "un jour comme `le premier lundi de mai`",
        ),
        Rule::which => (
            "`first`, `second`, `third`, `fourth` or `last`",
            "`premier`, `deuxième`, `troisième`, `quatrième` ou `dernier`",
        ),
        Rule::attachment => ("`statement` or `invoices`", "`relevé` ou `factures`"),
        Rule::unreached => (
            "`bounced`, `not opened in 3 days` or `no_answer`",
            "`rejeté`, `non ouvert sous 3 jours` ou `sans_réponse`",
        ),
        Rule::percent_sign => ("`%`", "`%`"),
        Rule::charge_kind => (
            "`late_interest` or `recovery_fee`",
            "`intérêts_de_retard` ou `indemnité_de_recouvrement`",
        ),
        Rule::weekday => ("a day of the week", "un jour de la semaine"),
        Rule::month => ("a month", "un mois"),
        Rule::aggregate => ("a sum over invoices", "une somme sur les factures"),
        Rule::hook_call => ("a hook", "une fonction"),
        Rule::band => ("a band", "une tranche"),
        Rule::kw_and | Rule::kw_or | Rule::kw_not | Rule::kw_of | Rule::semicolon | Rule::at_most => {
            return None;
        }
        other => {
            let word = phrase(other, lang).or_else(|| word(other, lang))?;
            return Some(format!("`{word}`"));
        }
    };
    Some(lang.pick(en, fr).to_owned())
}

fn word(rule: Rule, lang: Lang) -> Option<&'static str> {
    keyword(rule).and_then(|k| k.written(lang))
}
