//! Why: reasons as sentences, with the facts that were read, and the line of the rules that says so.

use maud::{Markup, html};
use relance_engine::store::companies::Company;
use relance_rules::reason::Reason;
use relance_rules::words;

use crate::web::paths;
use crate::web::words::Words;

/// Reasons as a list; `revision` makes the rules' lines into links to that revision's files.
pub fn list(w: &Words, company: &Company, revision: Option<i64>, reasons: &[Reason]) -> Markup {
    html! {
        ul .reasons {
            @for reason in reasons {
                li {
                    (words::reason(reason, company.time_zone, w.language))
                    @if let Some(source) = &reason.source {
                        span .source {
                            @match revision {
                                Some(revision) => {
                                    a href=(paths::rule_line(&company.code, revision, &source.file, source.line)) {
                                        (source.file) ":" (source.line)
                                    }
                                }
                                None => { (source.file) ":" (source.line) }
                            }
                            " " code { (source.text) }
                        }
                    }
                }
            }
        }
    }
}

/// The same, folded away under "why".
pub fn folded(w: &Words, company: &Company, revision: Option<i64>, reasons: &[Reason]) -> Markup {
    html! {
        @if !reasons.is_empty() {
            details .why {
                summary { (w.why) }
                (list(w, company, revision, reasons))
            }
        }
    }
}

/// The first reason alone, as a short explanation beside a figure.
pub fn first(w: &Words, company: &Company, reasons: &[Reason]) -> String {
    reasons.first().map_or_else(String::new, |reason| {
        words::reason(reason, company.time_zone, w.language)
    })
}
