//! `relance explain-code`.

use relance_rules::dsl::codes;
use relance_rules::dsl::lang::Lang;

use super::check::language;
use super::{Context, Outcome, Usage};
use crate::terminal::{out, outln};

/// Say what a code of `relance check` means, with an example and the same put right
///
/// Examples:
///   relance explain-code RL0407
///   relance explain-code RL0407 --lang fr
///   relance explain-code                     all codes with their titles
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The code, as RL0407; without it all codes are listed
    code: Option<String>,
    /// Language of the page, fr or en
    #[arg(long, value_parser = language, default_value = "en", value_name = "LANGUAGE")]
    lang: Lang,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let lang = arguments.lang;
    let Some(wanted) = &arguments.code else {
        let all: Vec<_> = codes::ALL.iter().map(|code| value(code, lang)).collect();
        if !context.json(&all)? {
            for code in codes::ALL {
                outln!("{}  {}", code.code, code.title(lang));
            }
        }
        return Ok(Outcome::Done);
    };
    let code = codes::find(&wanted.to_uppercase()).ok_or_else(|| {
        Usage(format!(
            "there is no code `{wanted}`; `relance explain-code` lists all"
        ))
    })?;
    if !context.json(&value(code, lang))? {
        out!("{}", codes::page(code, lang));
    }
    Ok(Outcome::Done)
}

fn value(code: &codes::Code, lang: Lang) -> serde_json::Value {
    serde_json::json!({
        "code": code.code,
        "title": code.title(lang),
        "what": code.what(lang),
        "why": code.why(lang),
        "bad": code.bad,
        "good": code.good,
    })
}
