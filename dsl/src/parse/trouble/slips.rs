//! Words and marks that people often write where the language wants another.

use super::{Piece, Token, former, span, sums};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::{Lang, Text};
use crate::parse::expr::{not_a_sign, not_a_word};
use crate::parse::grammar::Rule;
use crate::parse::literal::{not_a_unit, units};
use crate::parse::words::plain;
use crate::text;

/// Comparisons in English words: the words, the sign.
const IN_ENGLISH: &[(&str, &str)] = &[
    ("more than", ">"),
    ("greater than", ">"),
    ("over", ">"),
    ("above", ">"),
    ("exceeds", ">"),
    ("less than", "<"),
    ("fewer than", "<"),
    ("under", "<"),
    ("below", "<"),
    ("at least", ">="),
    ("at most", "<="),
    ("equals", "is"),
    ("equal to", "is"),
    ("in", "is one of"),
    ("isn", "is not"),
    ("contains", "has tag"),
];

/// The same in French.
const IN_FRENCH: &[(&str, &str)] = &[
    ("plus de", ">"),
    ("plus grand que", ">"),
    ("supérieur à", ">"),
    ("supérieure à", ">"),
    ("dépasse", ">"),
    ("moins de", "<"),
    ("plus petit que", "<"),
    ("inférieur à", "<"),
    ("inférieure à", "<"),
    ("au moins", ">="),
    ("au plus", "<="),
    ("égal à", "est"),
    ("égale à", "est"),
    ("égale", "est"),
    ("dans", "est parmi"),
    ("a le tag", "porte"),
];

/// When a token is a known slip.
pub(super) fn explain(piece: &Piece<'_>, token: Token<'_>, expected: &[Rule]) -> Option<Diagnostic> {
    let rest = piece.text.get(token.at..)?;
    let condition = expected.is_empty()
        || expected.iter().any(|r| {
            matches!(
                r,
                Rule::compare_sign
                    | Rule::kw_is
                    | Rule::sum
                    | Rule::path
                    | Rule::is_tail
                    | Rule::order_tail
                    | Rule::has_tail
            )
        });
    if condition && let Some(found) = in_words(piece, token, rest) {
        return Some(found);
    }
    let seen = sums::explain(piece, token).or_else(|| listed(piece, token));
    if let Some(found) = seen.or_else(|| former::explain(piece, token)) {
        return Some(found);
    }
    if let Some(found) = articles_and_words(piece, token, expected) {
        return Some(found);
    }
    let may_be_when = expected.is_empty() || expected.iter().any(|r| matches!(r, Rule::kw_when | Rule::when));
    match token.text {
        "if" | "unless" | "quand" | "lorsque" if may_be_when => {
            let right = if token.text == "unless" {
                Text::new("when not", "si non")
            } else {
                Text::new("when", "si")
            };
            let message = text!(
                "A condition begins with `when`.",
                "Une condition commence par `si`."
            );
            Some(replace(piece, token, right, message))
        }
        "after" | "before" | "après" | "avant" | "apres" => unknown_unit(piece, token),
        "-" if touches_word(piece, token) => {
            let d = Diagnostic::error(
                &codes::HYPHEN_IN_NAME,
                piece.span_of(token),
                text!("A name has no hyphen.", "Un nom n'a pas de trait d'union."),
                text!("a hyphen", "un trait d'union"),
            );
            Some(
                d.help(text!("write `_` instead", "écrivez plutôt `_`"))
                    .fix(piece.span_of(token), Text::same("_")),
            )
        }
        ":" | "=" => {
            let message = text!("`{}` is not needed here.", "`{}` est inutile ici.", token.text);
            let at = piece.span_of(token);
            let d = Diagnostic::error(&codes::FOREIGN_SIGN, at, message, not_a_sign());
            Some(
                d.help(text!("take it away", "retirez-le"))
                    .fix(at, Text::same("")),
            )
        }
        "!" => Some(replace(
            piece,
            token,
            Text::new("not", "non"),
            text!("`!` is not a word of rules.", "`!` n'est pas un mot des règles."),
        )),
        "&" => Some(replace(
            piece,
            token,
            Text::new("and", "et"),
            text!("`&` is not a word of rules.", "`&` n'est pas un mot des règles."),
        )),
        "was" | "anciennement" => {
            let d = Diagnostic::error(
                &codes::NOT_UNDERSTOOD,
                piece.span_of(token),
                text!(
                    "`was` stands right after a name and its title.",
                    "`anciennement` se place juste après un nom et son titre."
                ),
                text!("too late for a former name", "trop tard pour un ancien nom"),
            );
            Some(d.help(text!(
                "write it as in `level 2 reminder was second 8 days after level 1`",
                "écrivez comme dans `niveau 2 rappel anciennement deuxième 8 jours après niveau 1`"
            )))
        }
        "between" | "entre" => Some(between(piece, token)),
        "#" => {
            let at = piece.span_of(token);
            let message = text!("A comment begins with `//`.", "Un commentaire commence par `//`.");
            let label = text!("not a comment", "pas un commentaire");
            let d = Diagnostic::error(&codes::FOREIGN_SIGN, at, message, label);
            Some(d.write(at, Text::same("//")))
        }
        _ => None,
    }
}

/// Numbers that are written out, without accents.
const NUMBERS: &[(&str, &str)] = &[
    ("a", "1"),
    ("an", "1"),
    ("one", "1"),
    ("un", "1"),
    ("une", "1"),
    ("two", "2"),
    ("deux", "2"),
    ("three", "3"),
    ("trois", "3"),
    ("four", "4"),
    ("quatre", "4"),
    ("five", "5"),
    ("cinq", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("sept", "7"),
    ("eight", "8"),
    ("huit", "8"),
    ("ten", "10"),
    ("dix", "10"),
    ("fifteen", "15"),
    ("quinze", "15"),
];

/// `after the level 2`, `customer.language, else fr`, `two weeks`, `small else`
fn articles_and_words(piece: &Piece<'_>, token: Token<'_>, expected: &[Rule]) -> Option<Diagnostic> {
    let can_be = |rules: &[Rule]| expected.iter().any(|r| rules.contains(r));
    let word = plain(token.text);
    let number = NUMBERS.iter().find(|(written, _)| *written == word);
    let at = piece.span_of(token);
    if let Some((_, digits)) = number
        && can_be(&[Rule::number, Rule::integer, Rule::period, Rule::timing])
    {
        let message = text!(
            "Numbers are written in digits.",
            "Les nombres s'écrivent en chiffres."
        );
        return Some(replace(piece, token, Text::same(*digits), message));
    }
    if matches!(
        word.as_str(),
        "else" | "autrement" | "default" | "others" | "autres"
    ) && can_be(&[Rule::kw_otherwise])
    {
        let message = text!(
            "What is left is taken by `otherwise`.",
            "Ce qui reste est pris par `sinon`."
        );
        return Some(replace(piece, token, Text::new("otherwise", "sinon"), message));
    }
    if token.text == "," && can_be(&[Rule::kw_else]) {
        let rest = piece.text.get(token.at + 1..)?.trim_start();
        if ["else", "sinon"].iter().any(|w| rest.starts_with(w)) {
            let message = text!("No comma stands before `else`.", "Pas de virgule devant `sinon`.");
            let d = Diagnostic::error(&codes::FOREIGN_SIGN, at, message, not_a_sign());
            return Some(
                d.help(text!("take it away", "retirez-la"))
                    .fix(at, Text::same("")),
            );
        }
    }
    // The article was read as the name of a step.
    if matches!(word.as_str(), "niveau" | "level") {
        let before = piece.text.get(..token.at)?.trim_end();
        let start = before.rfind(char::is_whitespace)? + 1;
        let article = before.get(start..)?;
        if matches!(article, "le" | "the" | "du") {
            let at = span(piece.file, piece.start + start, piece.start + token.at);
            let message = text!(
                "No article stands before `level`.",
                "Pas d'article devant `niveau`."
            );
            let d = Diagnostic::error(
                &codes::FOREIGN_SIGN,
                at,
                message,
                text!("not needed here", "inutile ici"),
            );
            return Some(
                d.help(text!("take it away", "retirez-le"))
                    .fix(at, Text::same("")),
            );
        }
    }
    None
}

/// `is FR, BE`, `is one of (FR, BE)`
fn listed(piece: &Piece<'_>, token: Token<'_>) -> Option<Diagnostic> {
    if token.text != "," {
        return None;
    }
    let before = piece.line_before(token);
    let words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    let [value, comparison, last_but_two] = words.as_slice() else {
        return None;
    };
    let in_parentheses = value.starts_with('(') && matches!(*comparison, "of" | "parmi" | "de");
    let is = matches!(*comparison, "is" | "=" | "est") || *comparison == "not" && *last_but_two == "is";
    if !in_parentheses && !is {
        return None;
    }
    let d = Diagnostic::error(
        &codes::NOT_UNDERSTOOD,
        piece.span_of(token),
        text!(
            "A list of values is written otherwise.",
            "Une liste de valeurs s'écrit autrement."
        ),
        text!("a list of values", "une liste de valeurs"),
    );
    Some(if in_parentheses {
        d.help(text!(
            "write it without parentheses: `customer.country is one of FR, BE`",
            "écrivez-la sans parenthèses : `client.pays est parmi FR, BE`"
        ))
    } else {
        d.help(text!(
            "write `is one of` before it, as in `customer.country is one of FR, BE`",
            "écrivez `est parmi` devant, comme dans `client.pays est parmi FR, BE`"
        ))
    })
}

fn between(piece: &Piece<'_>, token: Token<'_>) -> Diagnostic {
    let d = Diagnostic::error(
        &codes::COMPARISON_IN_WORDS,
        piece.span_of(token),
        text!(
            "`between` is not a comparison.",
            "`entre` n'est pas une comparaison."
        ),
        text!("between what?", "entre quoi ?"),
    );
    d.help(text!(
        "write both bounds, as in `account.overdue >= 100 EUR and account.overdue <= 500 EUR`",
        "écrivez les deux bornes, comme dans `compte.échu >= 100 EUR et compte.échu <= 500 EUR`"
    ))
}

fn in_words(piece: &Piece<'_>, token: Token<'_>, rest: &str) -> Option<Diagnostic> {
    let words = piece.lang.pick(IN_ENGLISH, IN_FRENCH);
    let (words, sign) = words.iter().find(|(words, _)| {
        rest.strip_prefix(words)
            .is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric()))
    })?;
    let start = piece.start + token.at;
    let at = span(piece.file, start, start + words.len());
    let message = text!(
        "`{words}` is not how a comparison is written.",
        "On n'écrit pas une comparaison `{words}`."
    );
    let label = text!("a comparison in words", "une comparaison en toutes lettres");
    let d = Diagnostic::error(&codes::COMPARISON_IN_WORDS, at, message, label);
    Some(d.write(at, Text::same(*sign)))
}

/// `10 dyas after`, `5 jours after`: a number and a word that is no unit.
fn unknown_unit(piece: &Piece<'_>, anchor: Token<'_>) -> Option<Diagnostic> {
    let before = piece.text.get(..anchor.at)?.trim_end();
    let at = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map(|(at, _)| at)?;
    let (number, word) = before.split_at_checked(at)?;
    if !number.trim_end().ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // `level 2 second after 8 days`: the name of the level.
    let head = number.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    if ["level", "niveau"].iter().any(|w| head.trim_end().ends_with(w)) {
        return None;
    }
    let start = piece.start + at;
    let at = span(piece.file, start, start + word.len());
    let message = text!(
        "`{word}` is not a unit of time.",
        "`{word}` n'est pas une unité de temps."
    );
    let right = match (plain(word).as_str(), piece.lang) {
        ("d" | "j" | "jour" | "jours", Lang::English) => Some("days"),
        ("w" | "semaine" | "semaines", Lang::English) => Some("weeks"),
        ("m" | "mois", Lang::English) => Some("months"),
        ("d" | "j" | "day" | "days", Lang::French) => Some("jours"),
        ("w" | "sem" | "week" | "weeks", Lang::French) => Some("semaines"),
        ("m" | "month" | "months", Lang::French) => Some("mois"),
        (_, Lang::English) => likely(word, ["day", "days", "week", "weeks", "month", "months"]),
        (_, Lang::French) => likely(word, ["jour", "jours", "semaine", "semaines", "mois"]),
    };
    let d = Diagnostic::error(&codes::UNKNOWN_UNIT, at, message, not_a_unit());
    Some(d.help(units()).suggest(at, right))
}

fn replace(piece: &Piece<'_>, token: Token<'_>, right: Text, message: Text) -> Diagnostic {
    let at = piece.span_of(token);
    Diagnostic::error(&codes::FOREIGN_SIGN, at, message, not_a_word()).write(at, right)
}

fn touches_word(piece: &Piece<'_>, token: Token<'_>) -> bool {
    let before = piece
        .whole
        .get(..piece.start + token.at)
        .and_then(|s| s.chars().next_back());
    let after = piece.text.get(token.at + 1..).and_then(|s| s.chars().next());
    [before, after]
        .iter()
        .all(|c| c.is_some_and(|c| c.is_alphanumeric() || c == '_'))
}
