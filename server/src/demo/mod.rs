//! `relance demo`: a whole firm on the screen with one command.

pub mod firm;
mod play;
mod rulebook;
