//! Roles of users, and departments that answer disputes.

use super::Checker;
use super::listed::List;
use crate::ast::Word;
use crate::codes;
use crate::text;

/// Departments that can answer a dispute, beside the roles of users: English and French.
pub(crate) const DEPARTMENTS: [(&str, &str); 6] = [
    ("production", "production"),
    ("logistics", "logistique"),
    ("billing", "facturation"),
    ("quality", "qualité"),
    ("purchasing", "achats"),
    ("legal", "juridique"),
];

impl Checker<'_> {
    /// The English name of a role; the word itself when there is no such role, which is reported.
    pub(super) fn role(&mut self, role: &Word) -> String {
        let word = &role.value;
        let list = List {
            values: self.vocabulary.roles.to_vec(),
            code: &codes::UNKNOWN_ROLE,
            message: text!("There is no role `{word}`.", "Il n'y a pas de rôle `{word}`."),
            label: text!("unknown role", "rôle inconnu"),
            these: text!("the roles are:", "les rôles sont :"),
        };
        self.listed(role, &list).unwrap_or(word).to_owned()
    }

    /// The English name of a department, which can also be a role of users.
    pub(super) fn department(&mut self, department: &Word) -> String {
        let word = &department.value;
        let list = List {
            values: DEPARTMENTS.iter().chain(self.vocabulary.roles).copied().collect(),
            code: &codes::NOT_A_DEPARTMENT,
            message: text!(
                "There is no department `{word}`.",
                "Il n'y a pas de service `{word}`."
            ),
            label: text!("unknown department", "service inconnu"),
            these: text!("the departments are:", "les services sont :"),
        };
        self.listed(department, &list).unwrap_or(word).to_owned()
    }
}
