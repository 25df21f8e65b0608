//! What an import noticed, in words.

use relance_engine::import::Notice;
use relance_rules::dsl::checked::FieldOwner;
use relance_rules::dsl::lang::Lang;
use relance_rules::words::Language;

use super::Words;

impl Words {
    /// A notice as one sentence.
    pub fn notice(&self, notice: &Notice) -> String {
        match notice {
            Notice::Undeclared { field, file } => {
                let field = self.field(field);
                match self.language {
                    Language::Fr => format!(
                        "{file}\u{a0}: aucune règle ne déclare le champ {field}\u{a0}; ses valeurs sont gardées, et rien ne les lit"
                    ),
                    Language::En => {
                        format!(
                            "{file}: no rulebook declares the field {field}; its values are kept, and nothing reads them"
                        )
                    }
                }
            }
            Notice::Unreadable {
                field,
                file,
                lines,
                line,
                value,
            } => {
                let field = self.field(field);
                match self.language {
                    Language::Fr => format!(
                        "{file}\u{a0}: le champ {field} n'est pas lisible dans {lines} ligne(s), d'abord ligne {line}\u{a0}: \
                         «\u{a0}{value}\u{a0}»\u{a0}; les règles le tiennent pour inconnu"
                    ),
                    Language::En => format!(
                        "{file}: the field {field} cannot be read in {lines} line(s), first in line {line}: \"{value}\"; \
                         the rules take it as unknown"
                    ),
                }
            }
        }
    }

    /// The path of a field of the firm's own.
    fn field(&self, path: &str) -> String {
        match (self.language, FieldOwner::of_path(path, Lang::English)) {
            (Language::Fr, Some((owner, name))) => owner.path_of(name).fr,
            _ => path.to_owned(),
        }
    }
}
