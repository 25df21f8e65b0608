//! The standard templates: `<name>.<language>[.<tone>].md`.

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../templates/", $name)))),*]
    };
}

/// File name and text of each, in alphabetical order.
pub const TEMPLATES: &[(&str, &str)] = templates![
    "call_courtesy.de.md",
    "call_courtesy.en.md",
    "call_courtesy.es.md",
    "call_courtesy.fr.md",
    "call_courtesy.it.md",
    "call_reminder.de.firm.md",
    "call_reminder.de.md",
    "call_reminder.en.firm.md",
    "call_reminder.en.md",
    "call_reminder.es.firm.md",
    "call_reminder.es.md",
    "call_reminder.fr.firm.md",
    "call_reminder.fr.md",
    "call_reminder.it.firm.md",
    "call_reminder.it.md",
    "courtesy_reminder.de.md",
    "courtesy_reminder.de.warm.md",
    "courtesy_reminder.en.md",
    "courtesy_reminder.en.warm.md",
    "courtesy_reminder.es.md",
    "courtesy_reminder.es.warm.md",
    "courtesy_reminder.fr.md",
    "courtesy_reminder.fr.warm.md",
    "courtesy_reminder.it.md",
    "courtesy_reminder.it.warm.md",
    "final_reminder.de.firm.md",
    "final_reminder.de.formal.md",
    "final_reminder.de.md",
    "final_reminder.en.firm.md",
    "final_reminder.en.formal.md",
    "final_reminder.en.md",
    "final_reminder.es.firm.md",
    "final_reminder.es.formal.md",
    "final_reminder.es.md",
    "final_reminder.fr.firm.md",
    "final_reminder.fr.formal.md",
    "final_reminder.fr.md",
    "final_reminder.it.firm.md",
    "final_reminder.it.formal.md",
    "final_reminder.it.md",
    "reminder.de.firm.md",
    "reminder.de.md",
    "reminder.de.warm.md",
    "reminder.en.firm.md",
    "reminder.en.md",
    "reminder.en.warm.md",
    "reminder.es.firm.md",
    "reminder.es.md",
    "reminder.es.warm.md",
    "reminder.fr.firm.md",
    "reminder.fr.md",
    "reminder.fr.warm.md",
    "reminder.it.firm.md",
    "reminder.it.md",
    "reminder.it.warm.md",
    "second_reminder.de.firm.md",
    "second_reminder.de.md",
    "second_reminder.de.warm.md",
    "second_reminder.en.firm.md",
    "second_reminder.en.md",
    "second_reminder.en.warm.md",
    "second_reminder.es.firm.md",
    "second_reminder.es.md",
    "second_reminder.es.warm.md",
    "second_reminder.fr.firm.md",
    "second_reminder.fr.md",
    "second_reminder.fr.warm.md",
    "second_reminder.it.firm.md",
    "second_reminder.it.md",
    "second_reminder.it.warm.md",
    "statement.de.firm.md",
    "statement.de.md",
    "statement.en.firm.md",
    "statement.en.md",
    "statement.es.firm.md",
    "statement.es.md",
    "statement.fr.firm.md",
    "statement.fr.md",
    "statement.it.firm.md",
    "statement.it.md",
    "thanks.de.md",
    "thanks.de.warm.md",
    "thanks.en.md",
    "thanks.en.warm.md",
    "thanks.es.md",
    "thanks.es.warm.md",
    "thanks.fr.md",
    "thanks.fr.warm.md",
    "thanks.it.md",
    "thanks.it.warm.md",
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
    fn every_template_is_there_in_every_language_and_tone() {
        const LANGUAGES: [&str; 5] = ["de", "en", "es", "fr", "it"];
        let has = |name: &str| TEMPLATES.iter().any(|(file, _)| *file == name);
        for (file, text) in TEMPLATES {
            let mut parts = file.split('.');
            let (name, language) = (parts.next().unwrap(), parts.next().unwrap());
            assert!(LANGUAGES.contains(&language), "{file}");
            for other in LANGUAGES {
                let other = file.replacen(&format!("{name}.{language}"), &format!("{name}.{other}"), 1);
                assert!(has(&other), "{other}");
            }
            // The one without a tone serves all tones that have none of their own.
            assert!(has(&format!("{name}.{language}.md")), "{file}");
            assert!(text.starts_with("---\nsubject: \""), "{file}");
        }
    }
}
