//! Which templates the rules name.

use crate::span::Span;

/// A place at which the rules name a template or script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateUse {
    /// Its name.
    pub name: String,
    /// Where it is named.
    pub span: Span,
    /// The scenario, when it is named in one.
    pub scenario: Option<String>,
    /// Whether the language is asked of contact or customer, and so may be any.
    pub open_language: bool,
}
