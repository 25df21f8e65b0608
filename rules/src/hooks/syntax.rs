//! What Rhai says of a script that it cannot read, in both languages.

use relance_dsl::lang::Text;
use relance_dsl::text;
use rhai::{LexError, ParseError, ParseErrorType};

use super::limits;

/// What is wrong, as a part of a sentence.
pub(super) fn words(error: &ParseError) -> Text {
    match &*error.0 {
        ParseErrorType::UnexpectedEOF => text!("it ends too early", "il finit trop tôt"),
        ParseErrorType::MissingToken(token, _) => text!("`{token}` is missing", "il manque `{token}`"),
        ParseErrorType::MissingSymbol(what) => text!(
            "something is missing ({what})",
            "il manque quelque chose ({what})"
        ),
        ParseErrorType::VariableUndefined(name) => {
            text!(
                "there is no variable `{name}` here",
                "il n'y a pas de variable `{name}` ici"
            )
        }
        ParseErrorType::ExprTooDeep => {
            let most = limits::NESTING;
            text!(
                "it is nested more than {most} deep",
                "il est imbriqué sur plus de {most} niveaux"
            )
        }
        ParseErrorType::TooManyFunctions => {
            let most = limits::FUNCTIONS;
            text!(
                "it has more than {most} functions",
                "il a plus de {most} fonctions"
            )
        }
        ParseErrorType::LiteralTooLarge(..) => {
            let (text, list, map) = (limits::TEXT, limits::LIST, limits::MAP);
            text!(
                "a value is too large: a text has at most {text} bytes, a list {list} values, a map {map} entries",
                "une valeur est trop grande : un texte a au plus {text} octets, une liste {list} valeurs, un tableau {map} entrées"
            )
        }
        ParseErrorType::Reserved(word) | ParseErrorType::BadInput(LexError::ImproperSymbol(word, _)) => {
            text!(
                "`{word}` cannot be used in a hook",
                "`{word}` ne peut pas servir dans une fonction"
            )
        }
        ParseErrorType::BadInput(LexError::UnexpectedInput(sign)) => {
            text!("`{sign}` is not expected here", "`{sign}` n'est pas attendu ici")
        }
        ParseErrorType::BadInput(LexError::UnterminatedString) => {
            text!("a text is not closed", "un texte n'est pas fermé")
        }
        ParseErrorType::BadInput(LexError::StringTooLong(_)) => {
            let most = limits::TEXT;
            text!(
                "a text is longer than {most} bytes",
                "un texte dépasse {most} octets"
            )
        }
        ParseErrorType::FnDuplicatedDefinition(name, _) => {
            text!(
                "the function `{name}` is defined twice",
                "la fonction `{name}` est définie deux fois"
            )
        }
        ParseErrorType::FnDuplicatedParam(_, name) => {
            text!(
                "the parameter `{name}` stands twice",
                "le paramètre `{name}` y est deux fois"
            )
        }
        ParseErrorType::DuplicatedProperty(name) => {
            text!("the key `{name}` stands twice", "la clé `{name}` y est deux fois")
        }
        ParseErrorType::AssignmentToConstant(name) => {
            text!(
                "`{name}` is a constant and cannot be changed",
                "`{name}` est une constante et ne change pas"
            )
        }
        ParseErrorType::ExprExpected(what) => text!("{what} is expected", "il faut une expression ({what})"),
        ParseErrorType::LoopBreak => {
            text!(
                "`break` or `continue` stands outside of a loop",
                "`break` ou `continue` est hors d'une boucle"
            )
        }
        other => text!("{other}", "erreur de syntaxe (message de Rhai : {other})"),
    }
}
