//! Files for whoever asks for one.

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

/// A PDF to be saved under this name; letters that have no place in a header become lines.
pub fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || "._- ".contains(c) {
            c
        } else {
            '-'
        }
    };
    let name: String = name.chars().map(safe).collect();
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    if let Ok(disposition) = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::pdf;

    #[test]
    fn no_name_breaks_out_of_the_header() {
        let response = pdf("été\"; x=\r\n.pdf", Vec::new());
        assert_eq!(
            response.headers()["content-disposition"],
            "attachment; filename=\"-t--- x---.pdf\""
        );
    }
}
