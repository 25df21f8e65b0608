//! The head of a template: lines between two `---`, of which one is `subject: "..."`.

use relance_rules::dsl::lang::Text;
use relance_rules::dsl::text;

/// A template taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Front<'a> {
    /// The subject, itself a template.
    pub subject: Option<Subject>,
    /// What follows the head.
    pub body: &'a str,
    /// Byte at which the body starts in the file.
    pub body_start: usize,
    /// Line on which the body starts, from 1.
    pub body_line: u32,
}

/// The subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// Without its quotes.
    pub text: String,
    /// Line, from 1.
    pub line: u32,
}

/// What is wrong with a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    /// Line, from 1.
    pub line: u32,
    /// What, and what to write instead.
    pub what: Text,
}

/// Takes a template apart. A template without a head has no subject.
pub(super) fn split(text: &str) -> Result<Front<'_>, Problem> {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let mut lines = text.get(start..).unwrap_or("").split_inclusive('\n');
    let mut at = start;
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return Ok(Front {
            subject: None,
            body: text.get(start..).unwrap_or(""),
            body_start: start,
            body_line: 1,
        });
    };
    at += first.len();
    let mut subject = None;
    for (line, number) in lines.zip(2u32..) {
        at += line.len();
        let line = line.trim();
        if line == "---" {
            let body = text.get(at..).unwrap_or("");
            return Ok(Front {
                subject,
                body,
                body_start: at,
                body_line: number + 1,
            });
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once(':') {
            Some((key, value)) if key.trim() == "subject" => {
                if subject.is_some() {
                    return Err(Problem {
                        line: number,
                        what: text!(
                            "the subject is given twice: keep one",
                            "l'objet figure deux fois : gardez-en un"
                        ),
                    });
                }
                subject = Some(Subject {
                    text: unquoted(value.trim(), number)?,
                    line: number,
                });
            }
            _ => {
                return Err(Problem {
                    line: number,
                    what: text!(
                        "only `subject: \"...\"` can stand here, before the second `---`",
                        "seul `subject: \"...\"` peut figurer ici, avant le second `---`"
                    ),
                });
            }
        }
    }
    Err(Problem {
        line: 1,
        what: text!(
            "the head has no end: write a second line `---` after the subject",
            "l'en-tête n'a pas de fin : écrivez une seconde ligne `---` après l'objet"
        ),
    })
}

/// A text in double or single quotes, or without any.
fn unquoted(value: &str, line: u32) -> Result<String, Problem> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            let inner = rest.strip_suffix(quote).ok_or_else(|| Problem {
                line,
                what: text!(
                    "the subject starts with {quote} and does not end with it",
                    "l'objet commence par {quote} et ne finit pas par lui"
                ),
            })?;
            return Ok(if quote == '"' {
                inner.replace("\\\"", "\"")
            } else {
                inner.replace("''", "'")
            });
        }
    }
    Ok(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_subject_and_body_apart() {
        let front = split("---\nsubject: \"A \\\"b\\\" {{ c }}\"\n---\nBody\n").unwrap();
        assert_eq!(
            front.subject,
            Some(Subject {
                text: "A \"b\" {{ c }}".to_owned(),
                line: 2
            })
        );
        assert_eq!((front.body, front.body_line), ("Body\n", 4));
    }

    #[test]
    fn a_template_without_a_head_is_all_body() {
        let front = split("Hello").unwrap();
        assert_eq!((front.subject, front.body), (None, "Hello"));
    }

    #[test]
    fn reads_windows_line_breaks() {
        let front = split("---\r\nsubject: Hello\r\n---\r\nBody").unwrap();
        assert_eq!(front.subject.unwrap().text, "Hello");
        assert_eq!(front.body, "Body");
    }

    #[test]
    fn a_head_without_end_or_with_something_else_is_refused() {
        assert_eq!(split("---\nsubject: x\n").unwrap_err().line, 1);
        assert_eq!(split("---\nto: x\n---\n").unwrap_err().line, 2);
        assert_eq!(split("---\nsubject: \"x\n---\n").unwrap_err().line, 2);
    }
}
