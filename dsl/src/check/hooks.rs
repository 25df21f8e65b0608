//! Hooks: their declarations and their calls.

use super::Checker;
use super::declarations::name;
use super::listed::List;
use crate::ast::{self, BrokenKind, Word};
use crate::checked::{Hook, HookArgument, HookCall, HookType};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::Text;
use crate::span::Span;
use crate::text;
use crate::vocabulary::{Context, Type};

/// What a hook can be given: English, French, what it is.
pub(crate) const ARGUMENTS: [(&str, &str, HookArgument); 6] = [
    ("company", "société", HookArgument::Company),
    ("customer", "client", HookArgument::Customer),
    ("account", "compte", HookArgument::Account),
    ("contact", "contact", HookArgument::Contact),
    ("invoice", "facture", HookArgument::Invoice),
    ("case", "dossier", HookArgument::Case),
];

impl<'a> Checker<'a> {
    /// All declarations of hooks.
    pub(super) fn hooks(&mut self) -> Vec<Hook> {
        let declared = self.names.hooks.clone();
        self.distinct(&text!("hooks", "fonctions"), declared.iter().map(|h| &h.declared));
        declared
            .iter()
            .map(|hook| Hook {
                name: name(&hook.declared),
                parameters: self.arguments(&hook.parameters),
                gives: hook.gives.value.clone(),
                span: hook.span,
            })
            .collect()
    }

    fn arguments(&mut self, words: &[Word]) -> Vec<HookArgument> {
        let mut arguments = Vec::new();
        for word in words {
            let value = &word.value;
            let list = List {
                values: ARGUMENTS.iter().map(|(en, fr, _)| (*en, *fr)).collect(),
                code: &codes::HOOK_ARGUMENTS,
                message: text!(
                    "A hook cannot be given `{value}`.",
                    "Une fonction ne peut pas recevoir `{value}`."
                ),
                label: text!(
                    "not something that a hook is given",
                    "pas une chose qu'une fonction reçoit"
                ),
                these: text!("a hook is given:", "une fonction reçoit :"),
            };
            let found = self.listed(word, &list);
            arguments
                .extend(found.and_then(|en| ARGUMENTS.iter().find(|(e, _, _)| *e == en).map(|(_, _, a)| *a)));
        }
        arguments
    }

    /// A call of a hook, with what its declaration says; nothing when it was reported.
    fn called(&mut self, call: &ast::HookCall, gives: &Text) -> Option<(HookCall, &'a ast::Hook)> {
        let word = &call.name.value;
        let Some(hook) = self
            .names
            .hooks
            .iter()
            .find(|h| h.declared.name.value == *word)
            .copied()
        else {
            if !self.may_be_hidden(&[BrokenKind::Declaration]) {
                let (en, fr) = (&gives.en, &gives.fr);
                let names = self.names.hooks.iter().map(|h| h.declared.name.value.as_str());
                let d = Diagnostic::error(
                    &codes::UNKNOWN_HOOK,
                    call.name.span,
                    text!("There is no hook `{word}`.", "Il n'y a pas de fonction `{word}`."),
                    text!("unknown hook", "fonction inconnue"),
                )
                .help(text!(
                    "declare it, as in `hook {word}(account) -> {en}`, and write it in a file of `hooks/`",
                    "déclarez-la, comme dans `fonction {word}(compte) -> {fr}`, et écrivez-la dans un fichier de `hooks/`"
                ))
                .suggest(call.name.span, likely(word, names));
                self.report(d);
            }
            return None;
        };
        let declared = self.quietly(|c| c.arguments(&hook.parameters));
        let given = if call.arguments.is_empty() {
            declared.clone()
        } else {
            self.arguments(&call.arguments)
        };
        if given != declared {
            let d = Diagnostic::error(
                &codes::HOOK_ARGUMENTS,
                call.name.span,
                text!(
                    "`{word}` is given something else than its declaration says.",
                    "`{word}` reçoit autre chose que ce que dit sa déclaration."
                ),
                text!("other arguments", "d'autres arguments"),
            );
            let label = text!("declared here", "déclarée ici");
            self.report(d.also(hook.span, label).help(text!(
                "write the same words in both places",
                "écrivez les mêmes mots aux deux endroits"
            )));
            return None;
        }
        let call = HookCall {
            name: word.clone(),
            arguments: declared,
            span: call.name.span,
        };
        Some((call, hook))
    }

    /// A hook that stands where effects are done.
    pub(super) fn effects(&mut self, call: &ast::HookCall) -> Option<HookCall> {
        let (checked, hook) = self.called(call, &text!("effects", "effets"))?;
        if hook.gives.value == HookType::Effects {
            return Some(checked);
        }
        let wanted = text!("effects", "des effets");
        self.wrong_hook_type(call.name.span, hook, &wanted);
        None
    }

    /// A hook that stands in the score.
    pub(super) fn points_of_hook(&mut self, call: &ast::HookCall) -> Option<HookCall> {
        let (checked, hook) = self.called(call, &text!("whole number", "nombre entier"))?;
        if matches!(hook.gives.value, HookType::Whole(_)) && self.hook_is_in_time(&checked, Context::Score) {
            return Some(checked);
        }
        let wanted = text!("a whole number", "un nombre entier");
        self.wrong_hook_type(call.name.span, hook, &wanted);
        None
    }

    /// A hook that stands in an expression, and the type of what it gives.
    pub(super) fn hook_value(&mut self, call: &ast::HookCall, context: Context) -> Option<(HookCall, Type)> {
        let (checked, hook) = self.called(call, &text!("yes or no", "oui ou non"))?;
        let ty = match &hook.gives.value {
            HookType::YesNo => Type::YesNo,
            HookType::Whole(_) => Type::Whole,
            HookType::Number(_) => Type::Decimal,
            HookType::Percent => Type::Percent,
            HookType::Amount => Type::Money,
            HookType::Text => Type::Text,
            HookType::Effects => {
                let wanted = text!("a value", "une valeur");
                self.wrong_hook_type(call.name.span, hook, &wanted);
                return None;
            }
        };
        self.hook_is_in_time(&checked, context).then_some((checked, ty))
    }

    /// That a hook is not given what is not known yet.
    fn hook_is_in_time(&mut self, call: &HookCall, context: Context) -> bool {
        let late = call.arguments.iter().find(|argument| {
            let from = match argument {
                HookArgument::Company | HookArgument::Customer | HookArgument::Account => Context::Segment,
                HookArgument::Invoice | HookArgument::Contact | HookArgument::Case => Context::Step,
            };
            from > context
        });
        let Some(late) = late else { return true };
        let Some((en, fr, _)) = ARGUMENTS.iter().find(|(_, _, a)| a == late) else {
            return true;
        };
        let d = Diagnostic::error(
            &codes::HOOK_ARGUMENTS,
            call.span,
            text!(
                "`{en}` is not known yet here.",
                "`{fr}` n'est pas encore connu ici."
            ),
            text!("not known here", "pas connu ici"),
        );
        self.report(d.help(text!(
            "give it `account` or `customer`, or call it in a step",
            "donnez-lui `compte` ou `client`, ou appelez-la dans une étape"
        )));
        false
    }

    fn wrong_hook_type(&mut self, span: Span, hook: &ast::Hook, wanted: &Text) {
        let (en, fr) = (&wanted.en, &wanted.fr);
        let d = Diagnostic::error(
            &codes::HOOK_TYPE,
            span,
            text!(
                "Here a hook must give {en}.",
                "Ici une fonction doit donner {fr}."
            ),
            text!("gives something else", "donne autre chose"),
        );
        let label = text!(
            "what it gives is declared here",
            "ce qu'elle donne est déclaré ici"
        );
        self.report(d.also(hook.gives.span, label));
    }
}
