//! The calls of hooks of one decision. Each is made once, however often the rules ask for it, and kept: with what it was given, what
//! it gave, or why it failed.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use relance_dsl::checked::{HookArgument, HookCall};
use relance_dsl::lang::Text;
use rhai::{CallFnOptions, FnArgsVec};

use super::failure::{HookFailure, told};
use super::host::Effect;
use super::output::Output;
use super::snapshot::Snapshot;
use super::{Callable, Hooks, objects};
use crate::decision::Decision;
use crate::eval::Trace;
use crate::ids::{ContactId, InvoiceId};
use crate::reason::{FactRead, Reason, ReasonKind, SourceRef, bounded};
use crate::rulebook::Rulebook;
use crate::value::Value;
use crate::vocabulary::Scope;

/// The first piece of the kept calls has this many places; each further one twice as many.
const FIRST: usize = 8;

/// More pieces than any decision fills.
const PIECES: usize = 24;

/// The calls of one decision.
pub struct Calls<'a> {
    rulebook: &'a Rulebook,
    kept: [OnceCell<Box<[OnceCell<Call>]>>; PIECES],
    places: RefCell<BTreeMap<Key, usize>>,
}

impl std::fmt::Debug for Calls<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.all().map(|call| &call.outcome))
            .finish()
    }
}

/// What distinguishes calls within one decision: the hook, and the invoice and contact if it is given them.
type Key = (usize, Option<InvoiceId>, Option<ContactId>);

/// One call.
pub(crate) struct Call {
    hook: usize,
    /// The invoice that it is about; none when it is about the account.
    pub invoice: Option<InvoiceId>,
    facts: Arc<Snapshot>,
    pub outcome: Result<Output, HookFailure>,
}

impl<'a> Calls<'a> {
    /// No call is made yet.
    pub fn of(rulebook: &'a Rulebook) -> Self {
        Self {
            rulebook,
            kept: [const { OnceCell::new() }; PIECES],
            places: RefCell::default(),
        }
    }

    /// The same, when the rulebook has hooks at all.
    pub(crate) fn needed(rulebook: &'a Rulebook) -> Option<Self> {
        (!rulebook.hooks.is_empty()).then(|| Self::of(rulebook))
    }

    fn hooks(&self) -> &'a Hooks {
        &self.rulebook.hooks
    }

    /// Calls a hook, or gives what the same call gave before. `None` when there is no such hook, which the check excludes.
    fn call(&self, call: &HookCall, scope: &Scope<'_>) -> Option<&Call> {
        let (hook, callable) = self.hooks().find(&call.name)?;
        let about_invoice = callable
            .parameters
            .iter()
            .any(|p| matches!(p, HookArgument::Invoice | HookArgument::Case));
        let about_contact = callable
            .parameters
            .iter()
            .any(|p| matches!(p, HookArgument::Contact | HookArgument::Case));
        let invoice = scope.invoice.filter(|_| about_invoice).map(|i| i.id);
        let key = (
            hook,
            invoice,
            scope.contact.filter(|_| about_contact).map(|c| c.id),
        );
        let mut places = self.places.borrow_mut();
        if let Some(place) = places.get(&key) {
            return self.kept(*place);
        }
        let facts = Snapshot::of(&callable.plan, scope);
        let outcome = self
            .hooks()
            .run(callable, &facts)
            .map_err(|(message, line)| self.failure(callable, message, line));
        let place = places.len();
        places.insert(key, place);
        self.keep(
            place,
            Call {
                hook,
                invoice,
                facts,
                outcome,
            },
        )
    }

    fn failure(&self, callable: &Callable, message: Text, line: u32) -> HookFailure {
        let place = self.rulebook.checked.sources.place(callable.span);
        HookFailure {
            hook: callable.name.clone(),
            file: place.file,
            line: if line == 0 { place.line } else { line },
            message,
        }
    }

    fn keep(&self, place: usize, call: Call) -> Option<&Call> {
        let (piece, within) = piece(place);
        let made = self.kept.get(piece)?;
        let made = made.get_or_init(|| (0..FIRST << piece).map(|_| OnceCell::new()).collect());
        Some(made.get(within)?.get_or_init(|| call))
    }

    fn kept(&self, place: usize) -> Option<&Call> {
        let (piece, within) = piece(place);
        self.kept.get(piece)?.get()?.get(within)?.get()
    }

    /// All calls, in the order in which they were made.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Call> {
        self.kept
            .iter()
            .map_while(OnceCell::get)
            .flatten()
            .map_while(OnceCell::get)
    }

    /// The first failure of a call about the account as a whole.
    pub(crate) fn account_failure(&self) -> Option<&HookFailure> {
        let about_account = self.all().filter(|call| call.invoice.is_none());
        about_account
            .filter_map(|call| call.outcome.as_ref().err())
            .next()
    }

    /// Tells a decision what was called, with what it read and gave: in `reasons` what is about the account as a whole, in the outlook
    /// what is about an invoice. What failed needs a person's attention.
    pub(crate) fn tell(&self, reasons: &mut Vec<Reason>, decision: &mut Decision) {
        let mut about_invoices: BTreeMap<InvoiceId, Vec<Reason>> = BTreeMap::new();
        for call in self.all() {
            let reason = self.reason(call);
            if let Err(failure) = &call.outcome {
                let attention = Reason::plain(failed(failure));
                if !decision.attention.contains(&attention) {
                    decision.attention.push(attention);
                }
            }
            match call.invoice {
                None => reasons.extend(reason),
                Some(invoice) => about_invoices.entry(invoice).or_default().extend(reason),
            }
        }
        for outlook in &mut decision.outlook {
            outlook
                .reasons
                .extend(about_invoices.remove(&outlook.invoice).into_iter().flatten());
        }
    }

    fn reason(&self, call: &Call) -> Option<Reason> {
        let callable = self.hooks().callable.get(call.hook)?;
        Some(match &call.outcome {
            Ok(output) => {
                let kind = ReasonKind::HookGave {
                    hook: callable.name.clone(),
                    output: bounded(output.to_string()),
                };
                let source = SourceRef::of(&self.rulebook.checked.sources, callable.span);
                Reason::said_by(kind, source).with_facts(call.facts.read())
            }
            Err(failure) => Reason::plain(failed(failure)).with_facts(call.facts.read()),
        })
    }
}

/// Effects that a hook gave, with its call as a reason.
pub(crate) struct Given<'a> {
    pub effects: &'a [Effect],
    pub reason: Option<Reason>,
}

impl<'a> Calls<'a> {
    /// Asks a hook for effects: what it gave, or why it failed.
    pub(crate) fn effects(
        &'a self,
        call: &HookCall,
        scope: &Scope<'_>,
    ) -> Option<Result<Given<'a>, &'a HookFailure>> {
        let made = self.call(call, scope)?;
        let effects = match &made.outcome {
            Ok(Output::Effects(effects)) => effects.as_slice(),
            Ok(_) => &[],
            Err(failure) => return Some(Err(failure)),
        };
        let reason = self.reason(made);
        Some(Ok(Given { effects, reason }))
    }

    /// Asks a hook for a text: what it gave, or why it failed.
    pub(crate) fn text(
        &'a self,
        call: &HookCall,
        scope: &Scope<'_>,
    ) -> Option<Result<&'a str, &'a HookFailure>> {
        let made = self.call(call, scope)?;
        Some(match &made.outcome {
            Ok(Output::Text(text)) => Ok(text),
            Ok(_) => Ok(""),
            Err(failure) => Err(failure),
        })
    }

    /// What a hook gave cannot be done: it failed as much as if it had broken off.
    pub(crate) fn refused(&self, call: &HookCall, why: Text) -> Option<HookFailure> {
        let (_, callable) = self.hooks().find(&call.name)?;
        Some(self.failure(callable, why, 0))
    }
}

/// The piece of a place, and the place within it.
fn piece(place: usize) -> (usize, usize) {
    let piece = (place / FIRST + 1).ilog2();
    let before = FIRST * ((1 << piece) - 1);
    (piece as usize, place - before)
}

/// A hook that failed, as a reason.
pub(crate) fn failed(failure: &HookFailure) -> ReasonKind {
    ReasonKind::HookFailed(failure.clone())
}

/// The value of a call in an expression; unknown when it failed, which the trace tells.
pub(crate) fn value<'a>(call: &HookCall, scope: &Scope<'a>, trace: &mut Trace) -> Value<'a> {
    let Some(made) = scope.calls.and_then(|calls| calls.call(call, scope)) else {
        return Value::Unknown;
    };
    match &made.outcome {
        Ok(output) => {
            trace.give(&call.name, output);
            output.value()
        }
        Err(failure) => {
            trace.failed.get_or_insert_with(|| failure.clone());
            Value::Unknown
        }
    }
}

impl Trace {
    /// Notes what a hook gave, beside the facts that were read.
    fn give(&mut self, hook: &str, output: &Output) {
        let fact = format!("hook {hook}");
        if !self.facts.iter().any(|f| f.fact == fact) {
            let value = bounded(output.to_string());
            self.facts.push(FactRead { fact, value });
        }
    }
}

impl Hooks {
    /// Runs a hook; or what went wrong, with the line of the script.
    fn run(&self, callable: &Callable, facts: &Arc<Snapshot>) -> Result<Output, (Text, u32)> {
        let Some(script) = self.scripts.get(callable.script) else {
            return Err((Text::default(), 0));
        };
        let arguments: FnArgsVec<_> = callable
            .parameters
            .iter()
            .map(|p| objects::argument(*p, facts))
            .collect();
        let given = callable.profile.engine().call_fn_with_options::<rhai::Dynamic>(
            // What stands in no function is never run.
            CallFnOptions::new().eval_ast(false),
            &mut rhai::Scope::new(),
            &script.ast,
            &callable.name,
            arguments.into_vec(),
        );
        let given = given.map_err(|error| told(&error))?;
        Output::of(&callable.gives, given).map_err(|why| (why, 0))
    }
}
