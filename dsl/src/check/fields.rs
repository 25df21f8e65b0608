//! Declarations of the firm's own fields.

use std::sync::Arc;

use super::Checker;
use crate::ast::{self, Word};
use crate::checked::{Field, FieldOwner, FieldType, Name};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::span::Span;
use crate::text;

/// Words that are values of `yes or no`, and so of no list.
const ANSWERS: [&str; 4] = ["yes", "no", "oui", "non"];

impl Checker<'_> {
    /// All declarations of fields; they are looked up by what follows.
    pub(super) fn fields(&mut self) {
        let declared = self.names.fields.clone();
        for field in declared {
            let Some((of, name)) = self.field_path(&field.path) else {
                continue;
            };
            let field = Field {
                of,
                name: Name {
                    name: name.value,
                    title: field.title.as_ref().map(|t| t.value.clone()),
                    span: name.span,
                    was: field.was.iter().map(|w| w.value.clone()).collect(),
                },
                ty: self.field_type(&field.ty.value),
                span: field.span,
            };
            let same = |other: &&Arc<Field>| other.of == of && other.name.name == field.name.name;
            match self.fields.iter().find(same) {
                Some(first) => {
                    let first = first.span;
                    self.field_twice(&field, first);
                }
                None => self.fields.push(Arc::new(field)),
            }
        }
    }

    /// Whose field a declared path names, and its name. A path of the other language is reported and understood.
    fn field_path(&mut self, path: &Word) -> Option<(FieldOwner, Word)> {
        let lang = self.lang(path.span.file);
        let found = FieldOwner::of_path(&path.value, lang);
        let (owner, name) = match found.or_else(|| FieldOwner::of_path(&path.value, lang.other())) {
            Some(read) => read,
            None => {
                self.not_a_field(path);
                return None;
            }
        };
        if found.is_none() {
            let Text { en, fr } = owner.path_of(name);
            let right = lang.pick(en, fr);
            self.other_language(&path.value, &right, path.span);
        }
        let length = u32::try_from(name.len()).unwrap_or(0);
        let span = Span {
            start: path.span.end.saturating_sub(length),
            ..path.span
        };
        let value = name.to_owned();
        Some((owner, Word { value, span }))
    }

    fn not_a_field(&mut self, path: &Word) {
        let word = &path.value;
        let name = word.rsplit('.').next().unwrap_or(word);
        let d = Diagnostic::error(
            &codes::NOT_A_FIELD,
            path.span,
            text!(
                "`{word}` cannot be a field of your own.",
                "`{word}` ne peut pas être un champ à vous."
            ),
            text!("not a field of one's own", "pas un champ à soi"),
        );
        self.report(d.help(text!(
            "customers and invoices have fields: `customer.custom.{name}` or `invoice.custom.{name}`",
            "les clients et les factures ont des champs : `client.libre.{name}` ou `facture.libre.{name}`"
        )));
    }

    fn field_type(&mut self, ty: &ast::FieldType) -> FieldType {
        match ty {
            ast::FieldType::YesNo => FieldType::YesNo,
            ast::FieldType::Whole => FieldType::Whole,
            ast::FieldType::Number => FieldType::Number,
            ast::FieldType::Percent => FieldType::Percent,
            ast::FieldType::Amount => FieldType::Amount,
            ast::FieldType::Date => FieldType::Date,
            ast::FieldType::Text => FieldType::Text,
            ast::FieldType::OneOf(values) => FieldType::OneOf(self.field_values(values)),
        }
    }

    fn field_values(&mut self, words: &[Word]) -> Vec<String> {
        let mut values: Vec<String> = Vec::new();
        for word in words {
            let value = &word.value;
            if ANSWERS.contains(&value.as_str()) {
                let d = Diagnostic::error(
                    &codes::VALUE_OF_A_FIELD,
                    word.span,
                    text!(
                        "`{value}` is an answer and no value of a list.",
                        "`{value}` est une réponse et non une valeur d'une liste."
                    ),
                    text!("not in a list", "pas dans une liste"),
                );
                self.report(d.help(text!(
                    "declare the field as `yes or no`, or choose another word",
                    "déclarez le champ comme `oui ou non`, ou choisissez un autre mot"
                )));
            } else if values.contains(value) {
                let d = Diagnostic::error(
                    &codes::VALUE_OF_A_FIELD,
                    word.span,
                    text!(
                        "`{value}` stands twice in the list.",
                        "`{value}` figure deux fois dans la liste."
                    ),
                    text!("the same value again", "encore la même valeur"),
                );
                self.report(d.help(text!("keep one of them", "gardez-en une")));
            }
            values.push(value.clone());
        }
        values
    }

    fn field_twice(&mut self, field: &Field, first: Span) {
        let Text { en, fr } = field.path();
        let d = Diagnostic::error(
            &codes::DUPLICATE_NAME,
            field.name.span,
            text!(
                "The field `{en}` is declared twice.",
                "Le champ `{fr}` est déclaré deux fois."
            ),
            text!("the same name again", "encore le même nom"),
        )
        .also(
            first,
            text!("first declared here", "déclaré une première fois ici"),
        );
        self.report(d.help(text!("keep one of them", "gardez-en un")));
    }
}
