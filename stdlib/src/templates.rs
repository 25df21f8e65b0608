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
    "call_final.de.md",
    "call_final.en.md",
    "call_final.es.md",
    "call_final.fr.md",
    "call_final.it.md",
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
    "call_satisfaction.de.md",
    "call_satisfaction.en.md",
    "call_satisfaction.es.md",
    "call_satisfaction.fr.md",
    "call_satisfaction.it.md",
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
    "dispute_closed.de.md",
    "dispute_closed.en.md",
    "dispute_closed.es.md",
    "dispute_closed.fr.md",
    "dispute_closed.it.md",
    "export_reminder.de.firm.md",
    "export_reminder.de.md",
    "export_reminder.en.firm.md",
    "export_reminder.en.md",
    "export_reminder.es.firm.md",
    "export_reminder.es.md",
    "export_reminder.fr.firm.md",
    "export_reminder.fr.md",
    "export_reminder.it.firm.md",
    "export_reminder.it.md",
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
    "formal_notice.de.formal.md",
    "formal_notice.de.md",
    "formal_notice.en.formal.md",
    "formal_notice.en.md",
    "formal_notice.es.formal.md",
    "formal_notice.es.md",
    "formal_notice.fr.formal.md",
    "formal_notice.fr.md",
    "formal_notice.it.formal.md",
    "formal_notice.it.md",
    "interest_notice.de.md",
    "interest_notice.en.md",
    "interest_notice.es.md",
    "interest_notice.fr.md",
    "interest_notice.it.md",
    "new_contact.de.md",
    "new_contact.en.md",
    "new_contact.es.md",
    "new_contact.fr.md",
    "new_contact.it.md",
    "nudge.de.md",
    "nudge.en.md",
    "nudge.es.md",
    "nudge.fr.md",
    "nudge.it.md",
    "plan_missed.de.firm.md",
    "plan_missed.de.md",
    "plan_missed.en.firm.md",
    "plan_missed.en.md",
    "plan_missed.es.firm.md",
    "plan_missed.es.md",
    "plan_missed.fr.firm.md",
    "plan_missed.fr.md",
    "plan_missed.it.firm.md",
    "plan_missed.it.md",
    "promise_broken.de.firm.md",
    "promise_broken.de.md",
    "promise_broken.en.firm.md",
    "promise_broken.en.md",
    "promise_broken.es.firm.md",
    "promise_broken.es.md",
    "promise_broken.fr.firm.md",
    "promise_broken.fr.md",
    "promise_broken.it.firm.md",
    "promise_broken.it.md",
    "public_reminder.de.formal.md",
    "public_reminder.de.md",
    "public_reminder.en.formal.md",
    "public_reminder.en.md",
    "public_reminder.es.formal.md",
    "public_reminder.es.md",
    "public_reminder.fr.formal.md",
    "public_reminder.fr.md",
    "public_reminder.it.formal.md",
    "public_reminder.it.md",
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
    "small_reminder.de.firm.md",
    "small_reminder.de.md",
    "small_reminder.en.firm.md",
    "small_reminder.en.md",
    "small_reminder.es.firm.md",
    "small_reminder.es.md",
    "small_reminder.fr.firm.md",
    "small_reminder.fr.md",
    "small_reminder.it.firm.md",
    "small_reminder.it.md",
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
