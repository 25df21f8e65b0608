//! The log: one line a failure, to standard error.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::settings::LogSettings;
use crate::terminal;

/// Starts logging. Without a level in the settings, commands that go on for long tell what happens, and those that answer a
/// question only what is wrong. A filter that cannot be read falls back to `info` and says so.
pub fn start(settings: &LogSettings, goes_on: bool) {
    let usual = if goes_on { "info,sqlx=warn" } else { "warn" };
    let level = settings.level.as_deref().unwrap_or(usual);
    let (filter, problem) = match EnvFilter::try_new(level) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    let builder = fmt().with_env_filter(filter).with_writer(|| terminal::Log);
    // A second start in one process (tests) keeps the first.
    let _ = if settings.json {
        builder.json().try_init()
    } else {
        builder.with_target(false).compact().try_init()
    };
    if let Some(error) = problem {
        tracing::warn!(
            level,
            "`log.level` cannot be read, `info` serves instead: {error}"
        );
    }
}

/// A failure with all its causes on one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
