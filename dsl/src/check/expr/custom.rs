//! Fields of the firm's own in expressions: `customer.custom.region`.

use std::sync::Arc;

use super::{Checker, Origin, Typed};
use crate::ast::BrokenKind;
use crate::checked::field::own_name;
use crate::checked::{self, Field, FieldOwner, FieldType};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::{Lang, Text};
use crate::span::Span;
use crate::text;
use crate::vocabulary::{Context, FieldId, Type};

impl Checker<'_> {
    /// Whose field a path names, and which one. A path of the other language is reported and understood.
    pub(super) fn custom_path<'p>(&mut self, path: &'p str, span: Span) -> Option<(FieldOwner, &'p str)> {
        let lang = self.lang(span.file);
        let read = |lang: Lang| {
            // Inside of an aggregate, a fact of the invoice goes without its group.
            let short = || own_name(path, lang).map(|name| (FieldOwner::Invoice, name));
            FieldOwner::of_path(path, lang).or_else(|| self.in_invoices.then(short).flatten())
        };
        if let Some(found) = read(lang) {
            return Some(found);
        }
        let (owner, name) = read(lang.other())?;
        let Text { en, fr } = owner.path_of(name);
        let right = lang.pick(en, fr);
        self.other_language(path, &right, span);
        Some((owner, name))
    }

    /// The value of a field; nothing when it was reported.
    pub(super) fn custom(
        &mut self,
        owner: FieldOwner,
        name: &str,
        span: Span,
        context: Context,
    ) -> Option<Typed> {
        let (field, ty) = self.declared_field(owner, name, span)?;
        let known = match owner {
            FieldOwner::Customer => Context::Segment,
            FieldOwner::Invoice => Context::Step,
        };
        if known > context {
            self.fact_not_here(&field.path(), known, span, context);
            return None;
        }
        Some(Typed::new(
            checked::ExprKind::Custom(field),
            span,
            ty,
            Origin::Facts,
        ))
    }

    /// A field that the rulebook declares, and the type of its values; reported when it declares none of this name.
    pub(in crate::check) fn declared_field(
        &mut self,
        owner: FieldOwner,
        name: &str,
        span: Span,
    ) -> Option<(Arc<Field>, Type)> {
        let found = self
            .fields
            .iter()
            .zip(0..)
            .find(|(f, _)| f.of == owner && f.name.name == name);
        if let Some((field, at)) = found {
            return Some((Arc::clone(field), type_of(&field.ty, FieldId(at))));
        }
        if self.may_be_hidden(&[BrokenKind::Declaration]) {
            return None;
        }
        let path = owner.path_of(name);
        let (en, fr) = (&path.en, &path.fr);
        let d = Diagnostic::error(
            &codes::UNKNOWN_FACT,
            span,
            text!(
                "No field `{en}` is declared.",
                "Aucun champ `{fr}` n'est déclaré."
            ),
            text!("unknown field", "champ inconnu"),
        );
        let lang = self.lang(span.file);
        let paths = self.fields.iter().map(|f| {
            let Text { en, fr } = f.path();
            lang.pick(en, fr)
        });
        let paths: Vec<String> = paths.collect();
        let written = lang.pick(en, fr);
        let alike = likely(written, paths.iter().map(String::as_str));
        let d = match alike {
            Some(_) => d,
            None => d.help(text!(
                "declare it, as in `fields {{ {en} text }}`",
                "déclarez-le, comme dans `champs {{ {fr} texte }}`"
            )),
        };
        self.report(d.suggest(span, alike));
        None
    }
}

/// The type of the values of a field.
pub(in crate::check) fn type_of(ty: &FieldType, id: FieldId) -> Type {
    match ty {
        FieldType::YesNo => Type::YesNo,
        FieldType::Whole => Type::Whole,
        FieldType::Number => Type::Decimal,
        FieldType::Percent => Type::Percent,
        FieldType::Amount => Type::Money,
        FieldType::Date => Type::Date,
        FieldType::Text => Type::Text,
        FieldType::OneOf(_) => Type::Choice(id),
    }
}
