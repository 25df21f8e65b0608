//! The HTML part of a message.

use pulldown_cmark::html::push_html;

use super::markdown;

const STYLE: &str = "body{font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;color:#222;max-width:42em;\
margin:1.5em auto;padding:0 1em}table{border-collapse:collapse;margin:1em 0}th,td{padding:.3em .8em;border-bottom:1px solid \
#ccc;text-align:left}";

/// A whole document: many mail programs show nothing else.
pub(super) fn document(body: &str, title: &str, language: &str) -> String {
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n",
        escaped(language),
        escaped(title)
    );
    push_html(&mut html, markdown::events(body));
    html.push_str("</body>\n</html>\n");
    html
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
