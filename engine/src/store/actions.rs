//! What was decided.
