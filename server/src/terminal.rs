//! What is written to the terminal, or to what stands in its place.
//!
//! A reader may go away before all was said, as `head` does. That is no failure: what is left goes unsaid, the command finishes its
//! work and ends as it would have. Any other failure to write - a full disk - is told at the end, by [`finish`].

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::Mutex;

/// What became of standard output.
#[derive(Debug, Default)]
enum State {
    /// It is read.
    #[default]
    Open,
    /// Its reader went away.
    Left,
    /// It cannot be written.
    Failed(io::Error),
}

static STATE: Mutex<State> = Mutex::new(State::Open);

/// Writes to standard output.
macro_rules! out {
    ($($text:tt)*) => { $crate::terminal::write(format_args!($($text)*)) };
}

/// Writes a line to standard output.
macro_rules! outln {
    () => { $crate::terminal::write(format_args!("\n")) };
    ($($text:tt)*) => { $crate::terminal::write(format_args!("{}\n", format_args!($($text)*))) };
}

/// Writes to standard error.
macro_rules! err {
    ($($text:tt)*) => { $crate::terminal::write_error(format_args!($($text)*)) };
}

/// Writes a line to standard error.
macro_rules! errln {
    ($($text:tt)*) => { $crate::terminal::write_error(format_args!("{}\n", format_args!($($text)*))) };
}

pub(crate) use {err, errln, out, outln};

/// Writes to standard output; nothing any more once that went wrong.
pub(crate) fn write(text: Arguments<'_>) {
    let mut state = STATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if matches!(*state, State::Open) {
        *state = after(io::stdout().write_fmt(text));
    }
}

/// Writes to standard error, where nobody can be told that it failed.
pub(crate) fn write_error(text: Arguments<'_>) {
    let _ = io::stderr().write_fmt(text);
}

/// Whether nobody reads standard output any more.
pub(crate) fn is_left() -> bool {
    let state = STATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    matches!(*state, State::Left)
}

/// Writes out what is still held back, and gives what went wrong with standard output.
///
/// # Errors
/// When it could not be written, for another reason than that nobody reads it any more.
pub(crate) fn finish() -> io::Result<()> {
    let mut state = STATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if matches!(*state, State::Open) {
        *state = after(io::stdout().flush());
    }
    match std::mem::take(&mut *state) {
        State::Failed(error) => Err(error),
        State::Open | State::Left => Ok(()),
    }
}

fn after(written: io::Result<()>) -> State {
    match written {
        Ok(()) => State::Open,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => State::Left,
        Err(error) => State::Failed(error),
    }
}

/// Standard error as the log writes to it: the log goes on when nobody reads it.
pub(crate) struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = io::stderr().write_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let _ = io::stderr().flush();
        Ok(())
    }
}
