//! What scripts can call and read, told for people and for editors: made from the same tables as the engines.

use super::host::{self, HostFunction, OPERATORS};
use super::limits;
use super::objects::{OBJECTS, properties};
use super::profile::{PROFILES, Profile};

/// The reference of functions, objects, operators and limits in Markdown: the second half of `docs/hooks.md`.
pub fn reference() -> String {
    let mut page = String::from(
        "## Functions\n\nThe types are `whole` (a whole number), `number`, `amount`, `text`, `bool`, `date`, `period`, `list`, `map`, `effect`, `any`; `()` is \
         nothing. \"For\" says which kinds of hooks have a function.\n\n| call | for | does | fait |\n|---|---|---|---|\n",
    );
    for function in host::functions() {
        let forms: Vec<String> = function.forms.iter().map(|form| format!("`{form}`")).collect();
        row(
            &mut page,
            &[
                &forms.join("<br>"),
                &kinds(function),
                function.doc,
                function.doc_fr,
            ],
        );
    }
    page.push_str("\n## Operators\n\n| form | gives | donne |\n|---|---|---|\n");
    for (form, en, fr) in OPERATORS {
        row(&mut page, &[&format!("`{form}`"), en, fr]);
    }
    page.push_str(
        "\nThose on whole numbers, numbers, texts and yes or no are Rhai's own. Numbers are decimals and exact: there are no binary fractions.\n",
    );
    page.push_str("\n## Objects\n");
    let all = properties();
    for object in OBJECTS {
        page.push_str(&format!(
            "\n### `{object}`\n\n| property | type | meaning | sens |\n|---|---|---|---|\n"
        ));
        for property in all.iter().filter(|p| p.object == object) {
            let name = format!("`{}`", property.name);
            row(&mut page, &[&name, property.ty, property.doc, property.doc_fr]);
        }
    }
    page.push_str(
        "\nThe properties of an `amount` are `amount` (a number) and `currency` (a text); those of a `date` are `year`, `month`, `day` (whole numbers) and \
         `weekday` (`\"monday\"` to `\"sunday\"`). A fact that is not known is `()`.\n",
    );
    page.push_str("\n## Limits\n\nWhat a script does is counted, never the time: the same call ends in the same way on any machine.\n\n| of one call | at most |\n|---|---|\n");
    for (what, most) in most() {
        row(&mut page, &[what, &most]);
    }
    page
}

fn row(page: &mut String, cells: &[&str]) {
    page.push('|');
    for cell in cells {
        page.push_str(&format!(" {} |", cell.replace('|', "\\|")));
    }
    page.push('\n');
}

/// The kinds of hooks that have a function.
fn kinds(function: &HostFunction) -> String {
    if PROFILES.iter().all(|profile| function.profiles.contains(profile)) {
        return "all".to_owned();
    }
    let named = function.profiles.iter().map(|profile| match profile {
        Profile::Condition => "yes or no",
        Profile::Amount => "numbers and amounts",
        Profile::Text => "texts",
        Profile::Effects => "effects",
    });
    named.collect::<Vec<_>>().join(", ")
}

fn most() -> [(&'static str, String); 11] {
    [
        ("operations", limits::OPERATIONS.to_string()),
        (
            "calls within calls of a script's own functions",
            limits::CALLS.to_string(),
        ),
        ("depth of statements and expressions", limits::NESTING.to_string()),
        ("length of a text, in bytes", limits::TEXT.to_string()),
        ("values of a list", limits::LIST.to_string()),
        ("entries of a map", limits::MAP.to_string()),
        ("variables of a function at a time", limits::VARIABLES.to_string()),
        ("effects", limits::EFFECTS.to_string()),
        ("functions of a file", limits::FUNCTIONS.to_string()),
        ("size of a file, in KiB", (limits::FILE / 1024).to_string()),
        (
            "characters of an input or output that are kept with the reasons",
            limits::KEPT.to_string(),
        ),
    ]
}

/// The same as definitions for editors that know Rhai: `docs/hooks.d.rhai`.
pub fn definitions() -> String {
    let mut file = String::from("module static;\n");
    for function in host::functions() {
        for form in function.forms {
            file.push_str(&format!("\n/// {}\n///\n/// {}\n", function.doc, function.doc_fr));
            file.push_str(&format!("{};\n", signature(form)));
        }
    }
    for property in properties() {
        let (object, name) = (property.object, property.name);
        file.push_str(&format!(
            "\n/// {}\n///\n/// {}\nfn get {name}({object}: {object}) -> {};\n",
            property.doc,
            property.doc_fr,
            rhai_type(property.ty)
        ));
    }
    for (object, name, ty) in [
        ("amount", "amount", "number"),
        ("amount", "currency", "text"),
        ("date", "year", "whole"),
        ("date", "month", "whole"),
        ("date", "day", "whole"),
        ("date", "weekday", "text"),
    ] {
        let ty = rhai_type(ty);
        file.push_str(&format!("\nfn get {name}({object}: {object}) -> {ty};\n"));
    }
    file
}

/// `money(amount: number, currency: text) -> amount` as editors read it.
fn signature(form: &str) -> String {
    let (head, gives) = form.rsplit_once(" -> ").unwrap_or((form, "()"));
    let (name, parameters) = head.split_once('(').unwrap_or((head, ")"));
    let parameters: Vec<String> = parameters
        .trim_end_matches(')')
        .split(", ")
        .filter_map(|parameter| parameter.split_once(": "))
        .map(|(name, ty)| format!("{name}: {}", rhai_type(ty)))
        .collect();
    format!("fn {name}({}) -> {}", parameters.join(", "), rhai_type(gives))
}

/// A type of the reference as Rhai names it.
fn rhai_type(ty: &str) -> &str {
    match ty {
        "whole" => "int",
        "number" => "Decimal",
        "text" => "String",
        "list" | "list of text" => "Array",
        "map" => "Map",
        "any" => "?",
        other => other,
    }
}

#[cfg(test)]
#[allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test compares files of the tree with these tables"
)]
mod tests {
    use super::*;

    /// What stands before the part of the page that is made.
    const MADE: &str = "<!-- From here on made from the tables of the code: RELANCE_WRITE=1 cargo test -p relance-rules hooks::reference -->\n\n";

    fn docs(name: &str) -> String {
        format!("{}/../docs/{name}", env!("CARGO_MANIFEST_DIR"))
    }

    fn is_made(path: &str, wanted: &str) {
        if std::env::var_os("RELANCE_WRITE").is_some() {
            std::fs::write(path, wanted).unwrap();
        }
        assert!(
            std::fs::read_to_string(path).unwrap() == wanted,
            "{path} is stale: RELANCE_WRITE=1 cargo test -p relance-rules hooks::reference"
        );
    }

    #[test]
    fn the_page_of_hooks_is_made_from_the_tables_that_scripts_run_on() {
        let page = std::fs::read_to_string(docs("hooks.md")).unwrap();
        let (told, _) = page.split_once(MADE).unwrap();
        is_made(&docs("hooks.md"), &format!("{told}{MADE}{}", reference()));
    }

    #[test]
    fn the_definitions_for_editors_are_made_from_the_same_tables() {
        is_made(&docs("hooks.d.rhai"), &definitions());
    }

    #[test]
    fn forms_become_signatures() {
        assert_eq!(signature("skip() -> effect"), "fn skip() -> effect");
        assert_eq!(
            signature("push(list: list, value: any) -> ()"),
            "fn push(list: Array, value: ?) -> ()"
        );
        assert_eq!(
            signature("round(x: number, digits: whole) -> number"),
            "fn round(x: Decimal, digits: int) -> Decimal"
        );
    }
}
