//! The ways out of the house: mail. And a mail server that catches everything, for the demo and for tests.

pub mod catcher;
pub mod email;
