//! The ways out of the house: mail, and posts to addresses of the settings. And a mail server that catches everything, for the demo
//! and for tests.
//!
//! [`email`] writes a mail and names the way to the server; `connect` goes that way, [`smtp`] talks to the server and
//! says what became of the mail;
//! [`webhook`] posts; [`catcher`] is a mail server.

pub mod catcher;
mod connect;
pub mod email;
pub mod outcome;
pub mod smtp;
pub mod webhook;
