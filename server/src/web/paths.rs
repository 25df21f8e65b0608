//! Addresses of the pages, written in one place.

/// One segment of a path, or one value of a query, with everything but letters, digits and `-._~` escaped.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A page of a company.
pub fn company(code: &str, page: &str) -> String {
    match page {
        "" => format!("/c/{}", encode(code)),
        page => format!("/c/{}/{page}", encode(code)),
    }
}

/// A customer's page.
pub fn customer(code: &str, number: &str) -> String {
    format!("/c/{}/customers/{}", encode(code), encode(number))
}

/// A message.
pub fn message(code: &str, id: impl std::fmt::Display) -> String {
    format!("/c/{}/messages/{id}", encode(code))
}

/// A document that went with a message.
pub fn attachment(code: &str, message: impl std::fmt::Display, place: i32) -> String {
    format!("/c/{}/messages/{message}/attachments/{place}", encode(code))
}

/// A customer's statement of account.
pub fn statement(code: &str, number: &str) -> String {
    format!("{}/statement.pdf", customer(code, number))
}

/// A task.
pub fn task(code: &str, id: impl std::fmt::Display) -> String {
    format!("/c/{}/tasks/{id}", encode(code))
}

/// A line of a rule file as it was in a revision.
pub fn rule_line(code: &str, revision: i64, file: &str, line: u32) -> String {
    let file: Vec<String> = file.split('/').map(encode).collect();
    format!("/c/{}/rules/{revision}/{}#L{line}", encode(code), file.join("/"))
}

/// An address to go back to, when it is one of ours; else the first page.
pub fn local(next: Option<&str>) -> &str {
    match next {
        Some(path)
            if path.starts_with('/')
                && !path.starts_with("//")
                && !path.contains(['\\', '\r', '\n', '\t']) =>
        {
            path
        }
        _ => "/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_escaped() {
        assert_eq!(customer("ALFR", "C/1 é"), "/c/ALFR/customers/C%2F1%20%C3%A9");
        assert_eq!(
            rule_line("A", 3, "a/b c.relance", 12),
            "/c/A/rules/3/a/b%20c.relance#L12"
        );
    }

    #[test]
    fn nobody_is_led_to_another_site() {
        assert_eq!(local(Some("/c/A?x=1")), "/c/A?x=1");
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:x",
            "/\t/evil.example",
        ] {
            assert_eq!(local(Some(bad)), "/");
        }
        assert_eq!(local(None), "/");
    }
}
