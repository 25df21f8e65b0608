//! Scripts held against the declarations: each declared hook has its function, each function calls what there is for its kind.

use std::collections::BTreeSet;
use std::sync::Arc;

use relance_dsl::checked::{CheckedRulebook, Field, Hook};
use relance_dsl::codes;
use relance_dsl::diagnostic::{Diagnostic, likely};
use relance_dsl::lang::Text;
use relance_dsl::span::{FileId, Span};
use relance_dsl::text;
use rhai::{AST, Dynamic, EvalAltResult, FnPtr};

use super::profile::Profile;
use super::script::{Call, Constant, Function, Script, Unread};
use super::snapshot::Plan;
use super::{Callable, Hooks, failure, host, limits, objects, syntax};

/// Properties of amounts and days.
const OF_VALUES: [&str; 6] = ["amount", "currency", "year", "month", "day", "weekday"];

/// Why a script could not be read, as a diagnostic.
pub(super) fn unread(file: FileId, why: &Unread) -> Diagnostic {
    match why {
        Unread::TooLarge => {
            let most = limits::FILE / 1024;
            Diagnostic::error(
                &codes::FILE_TOO_LARGE,
                start(file),
                text!("This script is larger than {most} KiB.", "Ce script dépasse {most} Kio."),
                text!("this file", "ce fichier"),
            )
        }
        Unread::Misleading(span) => Diagnostic::error(
            &codes::SCRIPT_NOT_UNDERSTOOD,
            *span,
            text!(
                "A sign here turns the direction of writing: people would read another script than the one that runs.",
                "Un signe inverse ici le sens de l'écriture : on lirait un autre script que celui qui s'exécute."
            ),
            text!("an invisible sign", "un signe invisible"),
        )
        .help(text!("take it away", "retirez-le")),
        Unread::NotUnderstood(error, span) => {
            let Text { en, fr } = syntax::words(error);
            Diagnostic::error(
                &codes::SCRIPT_NOT_UNDERSTOOD,
                *span,
                text!("Rhai does not understand this script: {en}.", "Rhai ne comprend pas ce script : {fr}."),
                text!("here", "ici"),
            )
        }
    }
}

/// All that is wrong with scripts and declarations, and the hooks that can be called.
pub(super) fn check(rulebook: &CheckedRulebook, scripts: Vec<Script>) -> (Hooks, Vec<Diagnostic>) {
    let mut found = Vec::new();
    for script in &scripts {
        found.extend(by_itself(script));
    }
    let mut callable = Vec::new();
    for hook in &rulebook.hooks {
        let Some((place, function)) = function_of(hook, &scripts, &mut found) else {
            continue;
        };
        let Some(script) = scripts.get(place) else {
            continue;
        };
        let reached = reached(script, function);
        let profile = Profile::of(&hook.gives);
        for function in &reached {
            found.extend(
                function
                    .calls
                    .iter()
                    .filter_map(|call| wrong_call(call, script, profile)),
            );
        }
        found.extend(unknown_properties(&reached, &rulebook.fields));
        let named = reached
            .iter()
            .flat_map(|f| &f.properties)
            .map(|(name, _)| name.as_str());
        callable.push(Callable {
            name: hook.name.name.clone(),
            parameters: hook.parameters.clone(),
            gives: hook.gives.clone(),
            profile,
            script: place,
            plan: Arc::new(Plan::of(named, &rulebook.fields)),
            span: function.span,
        });
    }
    let declared = |f: &Function| rulebook.hooks.iter().any(|h| h.name.name == f.name);
    let unused = scripts.iter().filter(|s| !s.functions.iter().any(declared));
    found.extend(unused.map(|script| unused_script(script, rulebook)));
    // Functions that several hooks share are looked at once for each.
    let mut told = Vec::new();
    found.retain(|d| {
        let new = !told.contains(&(d.code, d.primary.span));
        told.push((d.code, d.primary.span));
        new
    });
    callable.sort_by(|a, b| a.name.cmp(&b.name));
    (Hooks { scripts, callable }, found)
}

/// What is wrong with a script whatever the rules declare.
fn by_itself(script: &Script) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(script.loose.map(|span| {
        Diagnostic::error(
            &codes::SCRIPT_LOOSE_STATEMENT,
            span,
            text!(
                "This stands in no function: it would never be run.",
                "Ceci n'est dans aucune fonction : ce ne serait jamais exécuté."
            ),
            text!("outside of all functions", "hors de toute fonction"),
        )
        .help(text!(
            "move it into the function that needs it",
            "déplacez-le dans la fonction qui en a besoin"
        ))
    }));
    for function in &script.functions {
        let name = &function.name;
        if host::functions().any(|host| host.name == name) {
            found.push(Diagnostic::error(
                &codes::SCRIPT_SHADOWS_HOST,
                function.span,
                text!(
                    "`{name}` is a function that all scripts have: it cannot be defined again.",
                    "`{name}` est une fonction que tous les scripts ont : elle ne peut pas être redéfinie."
                ),
                text!("takes the place of another", "prend la place d'une autre"),
            ).help(text!("give it another name", "donnez-lui un autre nom")));
        }
    }
    found
}

/// The function of a hook, with the place of its script.
fn function_of<'s>(
    hook: &Hook,
    scripts: &'s [Script],
    found: &mut Vec<Diagnostic>,
) -> Option<(usize, &'s Function)> {
    let name = hook.name.name.as_str();
    let all = scripts.iter().enumerate();
    let mut named = all
        .flat_map(|(place, s)| s.functions.iter().map(move |f| (place, f)))
        .filter(|(_, f)| f.name == name);
    let Some((place, function)) = named.next() else {
        found.push(missing(hook, scripts));
        return None;
    };
    let declared = || text!("declared here", "déclarée ici");
    if let Some((_, again)) = named.next() {
        found.push(
            Diagnostic::error(
                &codes::SCRIPT_FUNCTION_TWICE,
                again.span,
                text!(
                    "The function of the hook `{name}` is defined twice.",
                    "La fonction `{name}` est définie deux fois."
                ),
                text!("the second one", "la deuxième"),
            )
            .also(function.span, text!("the first one", "la première")),
        );
        return None;
    }
    let (wanted, written) = (hook.parameters.len(), function.parameters);
    if wanted != written {
        let given = parameters(hook);
        found.push(
            Diagnostic::error(
                &codes::SCRIPT_PARAMETERS,
                function.span,
                text!(
                    "The hook `{name}` is given {wanted} values, and its function takes {written}.",
                    "La fonction `{name}` reçoit {wanted} valeurs, et en prend {written} ici."
                ),
                text!("takes {written}", "en prend {written}"),
            )
            .also(hook.span, declared())
            .help(text!(
                "write `fn {name}({given})`",
                "écrivez `fn {name}({given})`"
            )),
        );
        return None;
    }
    Some((place, function))
}

/// Names for the parameters of a hook, as a script can have them: `case` is a word of Rhai's own.
pub(super) fn parameters(hook: &Hook) -> String {
    let names = hook.parameters.iter().map(|p| match objects::word(*p) {
        "case" => "kase",
        word => word,
    });
    names.collect::<Vec<_>>().join(", ")
}

fn missing(hook: &Hook, scripts: &[Script]) -> Diagnostic {
    let name = &hook.name.name;
    let given = parameters(hook);
    let others = scripts.iter().flat_map(|s| &s.functions).map(|f| f.name.as_str());
    let d = Diagnostic::error(
        &codes::SCRIPT_MISSING,
        hook.name.span,
        text!(
            "No script has the function of the hook `{name}`.",
            "Aucun script n'a la fonction `{name}`."
        ),
        text!("declared, and not written", "déclarée, mais pas écrite"),
    );
    match likely(name, others) {
        Some(meant) => d.help(text!(
            "a script has `{meant}`: is it the one?",
            "un script a `{meant}` : est-ce elle ?"
        )),
        None => d.help(text!(
            "write `fn {name}({given}) {{ ... }}` in `hooks/{name}.rhai`",
            "écrivez `fn {name}({given}) {{ ... }}` dans `hooks/{name}.rhai`"
        )),
    }
}

/// A function and all that it calls in its script.
fn reached<'s>(script: &'s Script, from: &'s Function) -> Vec<&'s Function> {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(function) = reached.get(next) {
        next += 1;
        for call in &function.calls {
            let called = script
                .functions
                .iter()
                .find(|f| f.name == call.name && f.parameters == call.arguments);
            if let Some(called) = called
                && !reached.iter().any(|f| f.span == called.span)
            {
                reached.push(called);
            }
        }
    }
    reached
}

fn wrong_call(call: &Call, script: &Script, profile: Profile) -> Option<Diagnostic> {
    let name = call.name.as_str();
    let own: Vec<&Function> = script.functions.iter().filter(|f| f.name == name).collect();
    if own.iter().any(|f| f.parameters == call.arguments) {
        return None;
    }
    let of_host: Vec<_> = host::functions().filter(|f| f.name == name).collect();
    let allowed = of_host.iter().any(|f| f.profiles.contains(&profile));
    if !of_host.is_empty() && !allowed {
        return Some(not_allowed(call, profile));
    }
    if of_host.iter().any(|f| f.arities().any(|n| n == call.arguments)) {
        return refused(call, profile);
    }
    let forms: Vec<&str> = of_host.iter().flat_map(|f| f.forms).copied().collect();
    if !own.is_empty() || !forms.is_empty() {
        let given = call.arguments;
        let d = Diagnostic::error(
            &codes::SCRIPT_UNKNOWN_CALL,
            call.span,
            text!(
                "`{name}` is not called with {given} values.",
                "`{name}` ne s'appelle pas avec {given} valeurs."
            ),
            text!("other values", "d'autres valeurs"),
        );
        let list = |or: &str| {
            forms
                .iter()
                .map(|f| format!("`{f}`"))
                .collect::<Vec<_>>()
                .join(or)
        };
        return Some(if forms.is_empty() {
            d
        } else {
            let (en, fr) = (list(" or "), list(" ou "));
            d.help(text!("write {en}", "écrivez {fr}"))
        });
    }
    let names = script.functions.iter().map(|f| f.name.as_str());
    let hosts = host::functions()
        .filter(|f| f.profiles.contains(&profile))
        .map(|f| f.name);
    Some(
        Diagnostic::error(
            &codes::SCRIPT_UNKNOWN_CALL,
            call.span,
            text!(
                "There is no function `{name}`.",
                "Il n'y a pas de fonction `{name}`."
            ),
            text!("unknown function", "fonction inconnue"),
        )
        .help(text!(
            "define it in this file, or take one of `docs/hooks.md`",
            "définissez-la dans ce fichier, ou prenez-en une de `docs/hooks.md`"
        ))
        .suggest(call.span, likely(name, names.chain(hosts))),
    )
}

/// What a function of the host says of values that stand in the script as they are: it would say the same each time, so it is asked now.
fn refused(call: &Call, profile: Profile) -> Option<Diagnostic> {
    let constants = call.constants.as_ref()?;
    // What goes wrong within what it is given is told where that stands.
    let given: Vec<Dynamic> = constants
        .iter()
        .map(|c| made(c, profile))
        .collect::<Option<_>>()?;
    let error = asked(&call.name, given, profile).err()?;
    let (Text { en, fr }, _) = failure::told(&error);
    let d = Diagnostic::error(
        &codes::SCRIPT_WRONG_VALUE,
        call.span,
        text!(
            "This call fails each time: {en}.",
            "Cet appel échoue à chaque fois : {fr}."
        ),
        text!("given a wrong value", "reçoit une valeur fausse"),
    );
    Some(d.help(text!("write another value", "écrivez une autre valeur")))
}

/// What a constant is worth; `None` when it cannot be made, or only by a function of the script.
fn made(constant: &Constant, profile: Profile) -> Option<Dynamic> {
    match constant {
        Constant::Value(value) => Some(value.clone()),
        Constant::Made(name, given) => {
            let given = given.iter().map(|c| made(c, profile)).collect::<Option<_>>()?;
            host::functions()
                .any(|f| f.name == name)
                .then(|| asked(name, given, profile).ok())?
        }
    }
}

/// Calls a function of the host. None of them does anything but calculate.
fn asked(name: &str, given: Vec<Dynamic>, profile: Profile) -> Result<Dynamic, Box<EvalAltResult>> {
    FnPtr::new(name)?.call(profile.engine(), &AST::empty(), given)
}

fn not_allowed(call: &Call, profile: Profile) -> Diagnostic {
    let name = &call.name;
    let (en, fr) = match profile {
        Profile::Condition => ("yes or no", "oui ou non"),
        Profile::Amount => ("a number or an amount", "un nombre ou un montant"),
        Profile::Text => ("a text", "un texte"),
        Profile::Effects => ("effects", "des effets"),
    };
    Diagnostic::error(
        &codes::SCRIPT_NOT_ALLOWED,
        call.span,
        text!("A hook that gives {en} has no `{name}`.", "Une fonction qui donne {fr} n'a pas `{name}`."),
        text!("not for this kind of hook", "pas pour ce genre de fonction"),
    )
    .help(text!(
        "effects are given by a hook that is declared with `-> effects`, texts are written by one with `-> text`",
        "les effets sont donnés par une fonction déclarée avec `-> effets`, les textes écrits par une avec `-> texte`"
    ))
}

/// Properties that nothing has.
fn unknown_properties(reached: &[&Function], fields: &[Arc<Field>]) -> Vec<Diagnostic> {
    let known: Vec<&str> = objects::properties()
        .iter()
        .map(|p| p.name)
        .chain(OF_VALUES)
        .chain(fields.iter().map(|field| field.name.name.as_str()))
        .collect();
    let keys: BTreeSet<&str> = reached.iter().flat_map(|f| &f.keys).map(String::as_str).collect();
    let unknown =
        |(name, _): &&(String, Span)| !known.contains(&name.as_str()) && !keys.contains(name.as_str());
    let named = reached.iter().flat_map(|f| &f.properties).filter(unknown);
    let tell = |(name, span): &(String, Span)| {
        Diagnostic::error(
            &codes::SCRIPT_UNKNOWN_PROPERTY,
            *span,
            text!(
                "There is no property `{name}`.",
                "Il n'y a pas de propriété `{name}`."
            ),
            text!("unknown property", "propriété inconnue"),
        )
        .help(text!(
            "properties are in `docs/hooks.md`",
            "les propriétés sont dans `docs/hooks.md`"
        ))
        .suggest(
            *span,
            likely(name, known.iter().copied().chain(keys.iter().copied())),
        )
    };
    named.map(tell).collect()
}

fn unused_script(script: &Script, rulebook: &CheckedRulebook) -> Diagnostic {
    let path = &script.path;
    let functions = script.functions.iter().map(|f| f.name.as_str());
    let declared = || rulebook.hooks.iter().map(|h| h.name.name.as_str());
    let meant = functions
        .clone()
        .find_map(|name| likely(name, declared()).map(|meant| (name, meant)));
    let d = Diagnostic::warning(
        &codes::SCRIPT_UNUSED,
        start(script.file),
        text!(
            "No hook that is declared stands in `{path}`.",
            "Aucune fonction déclarée n'est dans `{path}`."
        ),
        text!("this file", "ce fichier"),
    );
    match (meant, functions.clone().next()) {
        (Some((name, meant)), _) => d.help(text!(
            "is `{name}` meant for `{meant}`?",
            "`{name}` est-elle destinée à `{meant}` ?"
        )),
        (None, Some(name)) => d.help(text!(
            "declare it in a rule file, as in `hook {name}(account) -> yes or no`, or take the file away",
            "déclarez-la dans un fichier de règles, comme `fonction {name}(compte) -> oui ou non`, ou retirez le fichier"
        )),
        (None, None) => d.help(text!("it has no function: take it away", "il n'a pas de fonction : retirez-le")),
    }
}

/// A warning about a script outside of `hooks/`.
pub(super) fn misplaced(file: FileId, path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    Diagnostic::warning(
        &codes::SCRIPT_MISPLACED,
        start(file),
        text!(
            "`{path}` is a script and does not stand in `hooks/`: it is not read.",
            "`{path}` est un script et n'est pas dans `hooks/` : il n'est pas lu."
        ),
        text!("this file", "ce fichier"),
    )
    .help(text!(
        "move it to `hooks/{name}`",
        "déplacez-le vers `hooks/{name}`"
    ))
}

/// The start of a file: what is wrong is the file as a whole.
fn start(file: FileId) -> Span {
    Span {
        file,
        start: 0,
        end: 0,
    }
}
