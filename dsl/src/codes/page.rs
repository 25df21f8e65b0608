//! The page about a code, and the list of all pages, in Markdown.

use super::{ALL, Code};
use crate::lang::Lang;

impl Code {
    /// A few words.
    pub fn title(&self, lang: Lang) -> &'static str {
        lang.pick(self.title.en, self.title.fr)
    }

    /// What it says.
    pub fn what(&self, lang: Lang) -> &'static str {
        lang.pick(self.what.en, self.what.fr)
    }

    /// Why it is bad.
    pub fn why(&self, lang: Lang) -> &'static str {
        lang.pick(self.why.en, self.why.fr)
    }
}

/// The page about a code: what it says, why it is bad, an example and the same put right.
pub fn page(code: &Code, lang: Lang) -> String {
    let mut out = format!(
        "## {}{} {}\n\n{}\n{}\n",
        code.code,
        lang.pick(":", " :"),
        code.title(lang),
        code.what(lang),
        code.why(lang)
    );
    let instead = [
        (lang.pick("Not so:", "À ne pas écrire :"), code.bad),
        (lang.pick("But so:", "À écrire :"), code.good),
    ];
    for (words, example) in instead {
        if !example.is_empty() {
            let indented: String = example.lines().map(indented).collect();
            out.push_str(&format!("\n{words}\n\n{indented}"));
        }
    }
    out
}

/// An example as Markdown shows code.
fn indented(line: &str) -> String {
    if line.trim().is_empty() {
        return "\n".to_owned();
    }
    format!("    {line}\n")
}

/// All pages, in order, as the document `docs/codes.md` holds them.
pub fn document(lang: Lang) -> String {
    let mut out = lang
        .pick(
            "# Mistakes and their codes\n\n\
             Each message of `relance check` has a code; `relance explain-code RL0101` shows its page.\n",
            "# Les erreurs et leurs codes\n\n\
             Chaque message de `relance check` porte un code ; `relance explain-code RL0101 --lang fr` en montre la page. \
             Les exemples sont écrits en anglais.\n",
        )
        .to_owned();
    for code in ALL {
        out.push('\n');
        out.push_str(&page(code, lang));
    }
    out
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    reason = "a test that compares documents with what they are made from"
)]
mod tests {
    use super::*;

    #[test]
    fn the_documents_about_codes_are_made_from_the_codes() {
        for (lang, name) in [(Lang::English, "codes.md"), (Lang::French, "codes.fr.md")] {
            let path = format!("{}/../docs/{name}", env!("CARGO_MANIFEST_DIR"));
            let wanted = document(lang);
            if std::env::var_os("RELANCE_WRITE").is_some() {
                std::fs::write(&path, &wanted).unwrap();
            }
            assert!(
                std::fs::read_to_string(&path).is_ok_and(|text| text == wanted),
                "docs/{name} is stale: RELANCE_WRITE=1 cargo test -p relance-dsl documents_about_codes"
            );
        }
    }

    #[test]
    fn a_french_page_is_french_but_for_its_examples() {
        let code = super::super::find("RL0407").unwrap();
        assert_eq!(
            page(code, Lang::French),
            "## RL0407 : calendrier inconnu\n\n\
             Un calendrier est nommé que rien ne déclare.\nLes jours ouvrés ne pourraient pas être comptés.\n\n\
             À ne pas écrire :\n\n    send on business days of farnce\n\n\
             À écrire :\n\n    send on business days of france\n"
        );
    }

    #[test]
    fn a_page_says_what_why_and_what_to_write() {
        let code = super::super::find("RL0407").unwrap();
        let page = page(code, Lang::English);
        assert!(
            page.starts_with("## RL0407: unknown calendar\n\nA calendar is named"),
            "{page}"
        );
        assert!(
            page.contains("\nBut so:\n\n    send on business days of france\n"),
            "{page}"
        );
    }
}
