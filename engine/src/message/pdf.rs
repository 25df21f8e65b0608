//! A plain PDF: lines of text on A4, in Helvetica, which every reader has. Lengths are thousandths of a point (1/72 inch).

use encoding_rs::WINDOWS_1252;

/// Width of the page.
pub(super) const WIDTH: i64 = 595_000;
/// Height of the page.
pub(super) const HEIGHT: i64 = 842_000;

/// What a font can show of a text: one byte for each letter, in the encoding of Western Europe (Windows 1252).
fn encoded(text: &str) -> Vec<u8> {
    text.chars().map(byte).collect()
}

/// Letters of other alphabets lose their accents; what has no likeness at all is a question mark.
fn byte(letter: char) -> u8 {
    const LIKE: [(&str, u8); 36] = [
        ("ĀĂĄ", b'A'),
        ("āăą", b'a'),
        ("ĆĈĊČ", b'C'),
        ("ćĉċč", b'c'),
        ("ĎĐ", b'D'),
        ("ďđ", b'd'),
        ("ĒĔĖĘĚ", b'E'),
        ("ēĕėęě", b'e'),
        ("ĜĞĠĢ", b'G'),
        ("ĝğġģ", b'g'),
        ("ĤĦ", b'H'),
        ("ĥħ", b'h'),
        ("ĨĪĬĮİ", b'I'),
        ("ĩīĭįı", b'i'),
        ("Ĵ", b'J'),
        ("ĵ", b'j'),
        ("Ķ", b'K'),
        ("ķ", b'k'),
        ("ĹĻĽŁ", b'L'),
        ("ĺļľł", b'l'),
        ("ŃŅŇ", b'N'),
        ("ńņň", b'n'),
        ("ŌŎŐ", b'O'),
        ("ōŏő", b'o'),
        ("ŔŖŘ", b'R'),
        ("ŕŗř", b'r'),
        ("ŚŜŞȘ", b'S'),
        ("śŝşș", b's'),
        ("ŢŤŦȚ", b'T'),
        ("ţťŧț", b't'),
        ("ŨŪŬŮŰŲ", b'U'),
        ("ũūŭůűų", b'u'),
        ("Ŵ", b'W'),
        ("ŵ", b'w'),
        ("ŹŻ", b'Z'),
        ("źż", b'z'),
    ];
    let mut utf8 = [0; 4];
    let (bytes, _, unknown) = WINDOWS_1252.encode(letter.encode_utf8(&mut utf8));
    if !unknown {
        return bytes
            .first()
            .copied()
            .filter(|byte| *byte >= b' ')
            .unwrap_or(b' ');
    }
    match letter {
        '\u{2009}' | '\u{202F}' => 0xA0,
        '\u{2010}' | '\u{2011}' | '\u{2212}' => b'-',
        _ => LIKE
            .iter()
            .find(|(of, _)| of.contains(letter))
            .map_or(b'?', |(_, byte)| *byte),
    }
}

/// Widths of Helvetica from the space to the tilde, in thousandths of the size (Adobe's metrics of the fourteen standard fonts).
const WIDTHS: [i64; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// How wide a text is at a size in points. Letters with an accent are as wide as those without; the few others count as a digit.
pub(super) fn width(text: &str, size: i64) -> i64 {
    let of = |byte: u8| match byte {
        0xA0 => 278,
        b' '..=b'~' => WIDTHS.get(usize::from(byte - b' ')).copied().unwrap_or(556),
        0xC0..=0xC5 => 667,
        0xC8..=0xCB => 667,
        0xCC..=0xCF | 0xEC..=0xEF => 278,
        _ => 556,
    };
    encoded(text).into_iter().map(of).sum::<i64>() * size
}

/// The part of a text that has room, with three points at its end when it is not all.
pub(super) fn fitted(text: &str, size: i64, room: i64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut short: String = text.to_owned();
    while short.pop().is_some() {
        let cut = format!("{}…", short.trim_end());
        if width(&cut, size) <= room {
            return cut;
        }
    }
    String::new()
}

/// Thousandths of a point as PDF writes numbers.
fn points(length: i64) -> String {
    format!("{}.{:03}", length / 1000, length.rem_euclid(1000))
}

/// A page that is being written.
#[derive(Debug, Default)]
pub(super) struct Page(String);

impl Page {
    /// A text that begins at a place, counted from the left and from below.
    pub(super) fn text(&mut self, (x, y): (i64, i64), size: i64, bold: bool, text: &str) {
        if text.is_empty() {
            return;
        }
        let font = if bold { "F2" } else { "F1" };
        let bytes: String = encoded(text).iter().map(|byte| format!("{byte:02X}")).collect();
        let (x, y) = (points(x), points(y));
        self.0
            .push_str(&format!("BT /{font} {size} Tf {x} {y} Td <{bytes}> Tj ET\n"));
    }

    /// A text that ends at a place.
    pub(super) fn right(&mut self, (x, y): (i64, i64), size: i64, text: &str) {
        self.text((x - width(text, size), y), size, false, text);
    }

    /// A thin line.
    pub(super) fn rule(&mut self, y: i64, from: i64, to: i64) {
        let (from, to, y) = (points(from), points(to), points(y));
        self.0.push_str(&format!("0.5 w {from} {y} m {to} {y} l S\n"));
    }
}

/// The whole document. The same pages give the same bytes.
pub(super) fn document(title: &str, language: &str, pages: &[Page]) -> Vec<u8> {
    let hex: String = encoded(title).iter().map(|byte| format!("{byte:02X}")).collect();
    let language: String = language.chars().filter(char::is_ascii_alphabetic).collect();
    // Five objects stand before the pages, and each page has two.
    let first = 6;
    let kids: String = (0..pages.len())
        .map(|page| format!("{} 0 R ", first + 2 * page))
        .collect();
    let font = |name: &str| {
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
    };
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R /Lang ({language}) >>"),
        format!("<< /Type /Pages /Kids [ {kids}] /Count {} >>", pages.len()),
        font("Helvetica"),
        font("Helvetica-Bold"),
        format!("<< /Title <{hex}> /Producer (relance) >>"),
    ];
    let (width, height) = (points(WIDTH), points(HEIGHT));
    for (n, page) in pages.iter().enumerate() {
        let content = first + 2 * n + 1;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 {width} {height} ] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {content} 0 R >>"
        ));
        objects.push(format!(
            "<< /Length {} >>\nstream\n{}endstream",
            page.0.len(),
            page.0
        ));
    }
    let mut out = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (n, object) in objects.iter().enumerate() {
        places.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let (table, count) = (out.len(), objects.len() + 1);
    out.push_str(&format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{table}\n%%EOF\n"
    ));
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_western_europe_stay_and_others_keep_their_likeness() {
        assert_eq!(encoded("Été à 5 €"), b"\xC9t\xE9 \xE0 5 \x80");
        assert_eq!(encoded("Łódź, Dvořák"), b"L\xF3dz, Dvor\xE1k");
        assert_eq!(encoded("1\u{202F}234"), b"1\xA0234");
        assert_eq!(encoded("Ελλάδα"), b"??????");
    }

    #[test]
    fn amounts_are_as_wide_as_their_digits() {
        assert_eq!(width("10,00", 10), (4 * 556 + 278) * 10);
        assert_eq!(fitted("F1", 10, 100_000), "F1");
        let cut = fitted("INVOICE-WITH-A-VERY-LONG-NUMBER", 10, 60_000);
        assert!(cut.ends_with('…') && width(&cut, 10) <= 60_000, "{cut}");
    }

    #[test]
    fn the_table_of_places_leads_to_each_object() {
        let mut page = Page::default();
        page.text((50_000, 800_000), 10, false, "(one)");
        page.rule(700_000, 50_000, 545_500);
        let bytes = document("Été", "fr", &[page, Page::default()]);
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let (_, end) = text.rsplit_once("startxref\n").unwrap();
        let table: usize = end.lines().next().unwrap().parse().unwrap();
        assert!(text[table..].starts_with("xref\n0 10\n"));
        for (n, line) in text[table..].lines().skip(3).take(9).enumerate() {
            let place: usize = line[..10].parse().unwrap();
            assert!(text[place..].starts_with(&format!("{} 0 obj\n", n + 1)), "{line}");
        }
        assert!(text.contains("/Count 2"));
    }
}
