//! Runs of the import, with what they refused.
