//! The ways out of the house: mail. And a mail server that catches everything, for the demo and for tests.
//!
//! [`email`] writes a mail and names the way to the server; `connect` goes that way, [`smtp`] talks to the server and
//! says what became of the mail;
//! [`catcher`] is a server.

pub mod catcher;
mod connect;
pub mod email;
pub mod smtp;
