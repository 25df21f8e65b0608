//! What was typed into a form that was refused: its page is shown again with the reason, the form open and filled in.

use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use maud::{Markup, html};

use super::state::App;

/// Fields of a form as they were typed.
pub type Fields = Vec<(String, String)>;

/// Where the fields of a form are kept while it is answered: filled once the form's token was found good.
#[derive(Debug, Clone, Default)]
pub struct Slot(Arc<OnceLock<Fields>>);

impl Slot {
    /// Keeps what was typed, but for secrets: those are typed again.
    pub fn keep(&self, fields: Fields) {
        let shown = |(name, _): &(String, String)| name != "csrf" && !name.contains("password");
        // A form is read once: there is nothing to keep a second time.
        let _kept = self.0.set(fields.into_iter().filter(shown).collect());
    }

    /// What was kept.
    pub fn fields(&self) -> Option<Fields> {
        self.0.get().cloned()
    }
}

/// A form that was refused.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The address that it was posted to.
    pub action: String,
    /// What was typed.
    pub fields: Fields,
    /// Why it was refused, in the visitor's language.
    pub why: String,
}

/// The form that was refused, when the page is shown because of that.
#[derive(Debug, Clone, Default)]
pub struct Draft(Option<Refused>);

impl FromRequestParts<App> for Draft {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Refused>().cloned()))
    }
}

impl Draft {
    /// What was typed into the form that is posted to this address; nothing, when it was not that one which was refused.
    pub fn of(&self, action: &str) -> Typed<'_> {
        Typed(self.0.as_ref().filter(|refused| refused.action == action))
    }

    /// Says at the top of the page that a form of it was refused.
    pub fn told(&self) -> Markup {
        html! { @if let Some(refused) = &self.0 { p .alert role="alert" { (refused.why) } } }
    }
}

/// What was typed into one form.
#[derive(Debug, Clone, Copy, Default)]
pub struct Typed<'a>(Option<&'a Refused>);

impl<'a> Typed<'a> {
    /// Whether this is the form that was refused.
    pub fn refused(self) -> bool {
        self.0.is_some()
    }

    /// Why it was refused, for the head of the form.
    pub fn why(self) -> Markup {
        html! { @if let Some(refused) = self.0 { p .alert { (refused.why) } } }
    }

    /// What was typed into a field.
    pub fn value(self, name: &str) -> Option<&'a str> {
        let fields = &self.0?.fields;
        fields
            .iter()
            .find(|(of, _)| of == name)
            .map(|(_, value)| value.as_str())
    }

    /// What was typed into a field, else what it holds at the beginning.
    pub fn or(self, name: &str, begin: &'a str) -> &'a str {
        if self.refused() {
            self.value(name).unwrap_or_default()
        } else {
            begin
        }
    }

    /// Whether this was the choice of a field; else whether it is the choice at the beginning.
    pub fn chose(self, name: &str, value: &str, begin: bool) -> bool {
        self.value(name).map_or(begin, |chosen| chosen == value)
    }
}

/// The page on which the form that is posted to an address stands.
pub fn page_of(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        [
            "c",
            company,
            kind @ ("customers" | "tasks" | "messages"),
            one,
            _,
            ..,
        ] => Some(format!("/c/{company}/{kind}/{one}")),
        ["c", company, "sending", ..] => Some(format!("/c/{company}/sending")),
        ["admin", ..] => Some("/admin/users".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_shown_on_the_page_that_it_stands_on() {
        for (form, page) in [
            ("/c/ALFR/customers/C%2F1/promise", Some("/c/ALFR/customers/C%2F1")),
            ("/c/ALFR/customers/C1/plan/3/cancel", Some("/c/ALFR/customers/C1")),
            ("/c/ALFR/tasks/7/close", Some("/c/ALFR/tasks/7")),
            ("/c/ALFR/sending/stop", Some("/c/ALFR/sending")),
            ("/admin/tokens/revoke", Some("/admin/users")),
            ("/c/ALFR/customers/C1", None),
            ("/login", None),
        ] {
            assert_eq!(page_of(form).as_deref(), page, "{form}");
        }
    }

    #[test]
    fn what_was_typed_is_shown_in_its_own_form_only_and_passwords_never() {
        let slot = Slot::default();
        let typed = [
            ("csrf", "x"),
            ("password", "secret"),
            ("name", "Anne"),
            ("note", ""),
        ];
        slot.keep(
            typed
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .to_vec(),
        );
        let draft = Draft(Some(Refused {
            action: "/a".to_owned(),
            fields: slot.fields().unwrap(),
            why: "taken".to_owned(),
        }));
        let form = draft.of("/a");
        assert_eq!(
            (form.value("name"), form.value("password"), form.value("csrf")),
            (Some("Anne"), None, None)
        );
        assert_eq!(
            (form.or("note", "begin"), draft.of("/b").or("note", "begin")),
            ("", "begin")
        );
        assert!(form.chose("name", "Anne", false) && draft.of("/b").chose("name", "Bob", true));
        assert!(!draft.of("/b").refused());
    }
}
