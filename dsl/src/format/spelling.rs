//! White space between the tokens of a line.

use super::tokens::Token;
use crate::parse::grammar::Rule;

/// Tokens as one text.
pub(super) fn joined(tokens: &[Token]) -> String {
    let mut out = String::new();
    let mut last: Option<&Token> = None;
    for token in tokens.iter().filter(|t| !t.text.is_empty()) {
        if last.is_some_and(|last| !touch(last, token)) {
            out.push(' ');
        }
        out.push_str(&token.text);
        last = Some(token);
    }
    out
}

/// Do two tokens stand next to each other without a blank?
fn touch(left: &Token, right: &Token) -> bool {
    match (left.rule, right.rule) {
        (_, Rule::comma | Rule::semicolon | Rule::paren_close) | (Rule::paren_open | Rule::minus, _) => true,
        (Rule::name, Rule::paren_open) => right.parent == Rule::parameters,
        // `d'échéance`
        _ => left.text.ends_with(['\'', '’']),
    }
}
