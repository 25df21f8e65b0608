//! Fields that a firm adds to customers and invoices.

use super::grammar::Rule;
use super::literal::former_names;
use super::node::Node;
use super::reader::Reader;
use crate::ast::{Field, FieldType, Fields, Spanned};

impl Reader<'_> {
    /// `fields { ... }`
    pub(super) fn fields(&mut self, node: &Node<'_>) -> Fields {
        let mut fields = Vec::new();
        for part in node.parts() {
            match part.rule() {
                Rule::field => fields.extend(self.field(&part)),
                Rule::bad_field => self.bad(&part),
                _ => {}
            }
        }
        Fields {
            fields,
            span: node.first().map_or(node.span(), |word| word.span()),
        }
    }

    fn field(&mut self, node: &Node<'_>) -> Option<Field> {
        let ty = node.part(Rule::field_type)?;
        let first = ty.first()?;
        let value = match first.rule() {
            Rule::kw_yes_or_no => FieldType::YesNo,
            Rule::kw_whole_number => FieldType::Whole,
            Rule::kw_number => FieldType::Number,
            Rule::kw_percentage => FieldType::Percent,
            Rule::kw_amount => FieldType::Amount,
            Rule::kw_a_date => FieldType::Date,
            Rule::kw_text => FieldType::Text,
            _ => FieldType::OneOf(first.all(Rule::field_value).map(|n| n.word()).collect()),
        };
        Some(Field {
            path: node.part(Rule::path)?.word(),
            title: self.title(node),
            was: former_names(node),
            ty: Spanned {
                value,
                span: ty.span(),
            },
            span: node.span(),
        })
    }
}
