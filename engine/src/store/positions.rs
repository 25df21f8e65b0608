//! Where each invoice stands.
