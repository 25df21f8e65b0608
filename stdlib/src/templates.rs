//! The standard templates: `<name>.<language>[.<tone>].md`.

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../templates/", $name)))),*]
    };
}

/// File name and text of each, in alphabetical order.
pub const TEMPLATES: &[(&str, &str)] = templates![
    "call_courtesy.en.md",
    "call_courtesy.fr.md",
    "call_reminder.en.firm.md",
    "call_reminder.en.md",
    "call_reminder.fr.firm.md",
    "call_reminder.fr.md",
    "courtesy_reminder.en.md",
    "courtesy_reminder.en.warm.md",
    "courtesy_reminder.fr.md",
    "courtesy_reminder.fr.warm.md",
    "final_reminder.en.firm.md",
    "final_reminder.en.formal.md",
    "final_reminder.en.md",
    "final_reminder.fr.firm.md",
    "final_reminder.fr.formal.md",
    "final_reminder.fr.md",
    "reminder.en.firm.md",
    "reminder.en.md",
    "reminder.en.warm.md",
    "reminder.fr.firm.md",
    "reminder.fr.md",
    "reminder.fr.warm.md",
    "second_reminder.en.firm.md",
    "second_reminder.en.md",
    "second_reminder.en.warm.md",
    "second_reminder.fr.firm.md",
    "second_reminder.fr.md",
    "second_reminder.fr.warm.md",
    "statement.en.firm.md",
    "statement.en.md",
    "statement.fr.firm.md",
    "statement.fr.md",
    "thanks.en.md",
    "thanks.en.warm.md",
    "thanks.fr.md",
    "thanks.fr.warm.md",
];

#[cfg(test)]
mod tests {
    use super::TEMPLATES;

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test that looks into the folder")]
    fn every_file_of_the_folder_is_in_the_table() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let mut found: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort();
        assert_eq!(
            found,
            TEMPLATES
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn every_template_is_there_in_french_and_english() {
        let has = |name: &str| TEMPLATES.iter().any(|(file, _)| *file == name);
        for (file, text) in TEMPLATES {
            let mut parts = file.split('.');
            let (name, language) = (parts.next().unwrap(), parts.next().unwrap());
            assert!(["fr", "en"].contains(&language), "{file}");
            let other = if language == "fr" { "en" } else { "fr" };
            assert!(
                has(&file.replacen(&format!("{name}.{language}"), &format!("{name}.{other}"), 1)),
                "{file}"
            );
            // The one without a tone serves all tones that have none of their own.
            assert!(has(&format!("{name}.{language}.md")), "{file}");
            assert!(text.starts_with("---\nsubject: \""), "{file}");
        }
    }
}
