//! Numbers as people write them.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::grammar::Rule;
use super::node::Node;
use super::reader::Reader;
use crate::ast::Spanned;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::text;

/// How a number was written.
#[derive(Debug, PartialEq, Eq)]
enum Style {
    /// As the language writes it.
    Good(String),
    /// Otherwise, but with one meaning.
    Other(String),
    /// `1.000`: a thousand or one?
    Ambiguous(String),
}

impl Reader<'_> {
    /// Reads a `number`. In another style than the language's it is reported, and read as it was probably meant.
    pub(super) fn number(&mut self, node: &Node<'_>) -> Spanned<Decimal> {
        let span = node.span();
        let (plain, complaint) = match style_in(node.text(), self.lang) {
            Style::Good(plain) => (plain, None),
            Style::Other(plain) => {
                let shown = self.shown(&plain);
                let message = text!(
                    "`{}` is not how a number is written here.",
                    "On n'écrit pas un nombre `{}` ici.",
                    node.text()
                );
                let label = text!("number in another style", "nombre dans un autre style");
                let d = Diagnostic::error(&codes::NUMBER_STYLE, span, message, label)
                    .help(text!(
                        "write `{shown}`: a point before the decimals, spaces between groups of three digits",
                        "écrivez `{shown}` : une virgule avant les décimales, des espaces entre les groupes de trois chiffres"
                    ))
                    .fix(span, shown);
                (plain, Some(d))
            }
            Style::Ambiguous(plain) => {
                let shown = self.shown(&plain);
                let message = text!(
                    "`{}` can be read in two ways.",
                    "`{}` peut se lire de deux façons.",
                    node.text()
                );
                let label = text!("thousands or decimals?", "milliers ou décimales ?");
                let d = Diagnostic::error(&codes::NUMBER_STYLE, span, message, label)
                    .help(text!(
                        "write `{shown}` for the large number, or give one or two decimals for the small one",
                        "écrivez `{shown}` pour le grand nombre, ou donnez une ou deux décimales pour le petit"
                    ))
                    .fix(span, shown);
                (plain, Some(d))
            }
        };
        if let Some(complaint) = complaint {
            self.report(complaint);
        }
        let value = Decimal::from_str(&plain)
            .ok()
            .filter(|_| plain.len() <= MOST_DIGITS);
        if value.is_none() {
            let d = Diagnostic::error(
                &codes::NUMBER_STYLE,
                span,
                text!(
                    "This number has too many digits.",
                    "Ce nombre a trop de chiffres."
                ),
                text!("too long", "trop long"),
            );
            self.report(d.help(text!(
                "a number has at most {MOST_DIGITS} digits",
                "un nombre a au plus {MOST_DIGITS} chiffres"
            )));
        }
        Spanned {
            value: value.unwrap_or_default(),
            span,
        }
    }

    /// A number as the file's language writes it.
    pub(super) fn shown(&self, plain: &str) -> String {
        let shown = grouped(plain);
        self.lang.pick(shown.clone(), shown.replace('.', ","))
    }

    /// Reads an `integer`: a number that may have a minus sign.
    pub(super) fn integer(&mut self, node: &Node<'_>) -> Spanned<Decimal> {
        let span = node.span();
        let value = node
            .part(Rule::number)
            .map(|n| self.number(&n).value)
            .unwrap_or_default();
        let value = if node.has(Rule::minus) { -value } else { value };
        Spanned { value, span }
    }
}

/// Most digits of a number. Products of two such numbers still fit a decimal.
const MOST_DIGITS: usize = 14;

/// How a number was written in a file of a language: French has a comma before the decimals, and is let pass with a point.
fn style_in(text: &str, lang: Lang) -> Style {
    if lang == Lang::English || !text.contains(',') {
        return style(text);
    }
    let swapped: String = text
        .chars()
        .map(|c| match c {
            ',' => '.',
            '.' => ',',
            c => c,
        })
        .collect();
    style(&swapped)
}

fn style(text: &str) -> Style {
    let digits: String = text
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’'))
        .collect();
    let has_spaces = digits.len() != text.len();
    let marks: Vec<char> = digits.chars().filter(|c| !c.is_ascii_digit()).collect();
    let only_digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    let Some(&last) = marks.last() else {
        return Style::Good(digits);
    };
    let (before, after) = digits.rsplit_once(last).unwrap_or((&digits, ""));
    let alone = marks.len() == 1;
    let three = after.len() == 3 && before.len() <= 3 && before != "0" && !has_spaces;
    match last {
        '.' if alone && three => Style::Ambiguous(only_digits(&digits)),
        '.' if alone => Style::Good(digits),
        ',' if alone && three => Style::Other(only_digits(&digits)),
        ',' if alone => Style::Other(format!("{before}.{after}")),
        '.' | ',' if marks.iter().filter(|m| **m == last).count() == 1 => {
            Style::Other(format!("{}.{after}", only_digits(before)))
        }
        _ => Style::Other(only_digits(&digits)),
    }
}

/// `1234567.5` as `1 234 567.5`.
pub(super) fn grouped(plain: &str) -> String {
    let (whole, rest) = plain
        .split_once('.')
        .map_or((plain, String::new()), |(w, r)| (w, format!(".{r}")));
    let length = whole.chars().count();
    let mut out = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (length - i) % 3 == 0 && length > 3 {
            out.push(' ');
        }
        out.push(digit);
    }
    out + &rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_of_numbers_are_told_apart() {
        let good = |s: &str| Style::Good(s.to_owned());
        let other = |s: &str| Style::Other(s.to_owned());
        assert_eq!(style("500 000"), good("500000"));
        assert_eq!(style("12.5"), good("12.5"));
        assert_eq!(style("0.125"), good("0.125"));
        assert_eq!(style("1 000.125"), good("1000.125"));
        assert_eq!(style("1.000"), Style::Ambiguous("1000".to_owned()));
        assert_eq!(style("1,000"), other("1000"));
        assert_eq!(style("1,5"), other("1.5"));
        assert_eq!(style("1.000,00"), other("1000.00"));
        assert_eq!(style("1,234,567.89"), other("1234567.89"));
        assert_eq!(style("1.234.567"), other("1234567"));
        assert_eq!(style("1'234.50"), other("1234.50"));
    }

    #[test]
    fn french_writes_a_comma_before_the_decimals() {
        let good = |s: &str| Style::Good(s.to_owned());
        assert_eq!(style_in("12,5", Lang::French), good("12.5"));
        assert_eq!(style_in("12.5", Lang::French), good("12.5"));
        assert_eq!(style_in("1 000,50", Lang::French), good("1000.50"));
        assert_eq!(
            style_in("1,000", Lang::French),
            Style::Ambiguous("1000".to_owned())
        );
        assert_eq!(
            style_in("1.000", Lang::French),
            Style::Ambiguous("1000".to_owned())
        );
        assert_eq!(
            style_in("1.234,50", Lang::French),
            Style::Other("1234.50".to_owned())
        );
    }

    #[test]
    fn groups_of_three_digits_are_set_apart() {
        assert_eq!(grouped("999"), "999");
        assert_eq!(grouped("1000"), "1 000");
        assert_eq!(grouped("1234567.5"), "1 234 567.5");
    }
}
