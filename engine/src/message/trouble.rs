//! What goes wrong while a template is filled in, in the words of both languages.

use std::error::Error as _;

use minijinja::{Error, ErrorKind};
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::text;

/// A complaint of our own filters and functions, which MiniJinja carries in one language only.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.en)]
struct Complaint(Text);

/// Refuses what a filter or a function was given.
pub(super) fn refused(what: Text) -> Error {
    Error::new(ErrorKind::InvalidOperation, what.en.clone()).with_source(Complaint(what))
}

/// What went wrong, in words. Of MiniJinja's own explanations, the French text quotes the name they are about, or all of them.
pub(super) fn words(error: &Error) -> Text {
    let kind = error.kind();
    let french = in_french(kind);
    let own = error
        .source()
        .and_then(|source| source.downcast_ref::<Complaint>());
    if let Some(Complaint(Text { en, fr })) = own {
        return text!("{kind}: {en}", "{french} : {fr}");
    }
    if kind == ErrorKind::OutOfFuel {
        return text!(
            "this template takes far too many steps: is there a loop in a loop?",
            "ce modèle demande beaucoup trop d'étapes : y a-t-il une boucle dans une boucle ?"
        );
    }
    let english = match kind {
        ErrorKind::UndefinedError => "a name is not known here".to_owned(),
        kind => kind.to_string(),
    };
    match error.detail() {
        None => Text::new(english, french),
        Some(detail) => {
            let fr = match name_of(detail) {
                Some(name) => format!("{french} : {name}"),
                None => format!("{french} ; MiniJinja dit : {detail}"),
            };
            Text::new(format!("{english}: {detail}"), fr)
        }
    }
}

/// The name that an explanation is about, when that is all that it says: "filter mony is unknown".
fn name_of(detail: &str) -> Option<String> {
    let said = detail
        .strip_suffix(" is undefined")
        .or_else(|| detail.strip_suffix(" is unknown"))?;
    let name = said.rsplit(' ').next()?.trim_matches('`');
    Some(format!("`{name}`"))
}

fn in_french(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidOperation => "opération impossible",
        ErrorKind::SyntaxError => "erreur de syntaxe",
        ErrorKind::TemplateNotFound => "modèle introuvable",
        ErrorKind::TooManyArguments => "trop d'arguments",
        ErrorKind::MissingArgument => "il manque un argument",
        ErrorKind::UnknownFilter => "filtre inconnu",
        ErrorKind::UnknownFunction => "fonction inconnue",
        ErrorKind::UnknownTest => "test inconnu",
        ErrorKind::UnknownMethod => "méthode inconnue",
        ErrorKind::BadEscape => "échappement incorrect dans un texte",
        ErrorKind::UndefinedError => "un nom n'est pas connu ici",
        ErrorKind::CannotUnpack => "cette valeur ne se décompose pas",
        _ => "ce modèle ne peut pas être rempli",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_complaints_are_told_in_both_languages() {
        let error = refused(text!("an amount is needed", "il faut un montant"));
        assert_eq!(
            words(&error),
            text!(
                "invalid operation: an amount is needed",
                "opération impossible : il faut un montant"
            )
        );
    }

    #[test]
    fn what_the_library_says_is_quoted() {
        let of = |kind, detail: &'static str| words(&Error::new(kind, detail));
        assert_eq!(
            of(ErrorKind::UnknownFilter, "filter mony is unknown"),
            text!(
                "unknown filter: filter mony is unknown",
                "filtre inconnu : `mony`"
            )
        );
        assert_eq!(
            of(ErrorKind::SyntaxError, "unexpected end of input"),
            text!(
                "syntax error: unexpected end of input",
                "erreur de syntaxe ; MiniJinja dit : unexpected end of input"
            )
        );
    }
}
