//! The catalogue of facts.

use relance_dsl::vocabulary::Vocabulary;

/// What the language may talk about.
pub static VOCABULARY: Vocabulary = Vocabulary {
    facts: &[],
    enumerations: &[],
    roles: &[],
    contact_roles: &[],
};
