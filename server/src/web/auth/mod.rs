//! Who may do what: passwords, sessions, tokens, roles, and the token on every form.

pub mod form;
pub mod password;
pub mod rank;
pub mod secret;
pub mod session_store;
pub mod throttle;
pub mod visitor;
