//! What hooks want done with a step, or with the answer to an event, that they stand in. They are asked when it comes due, before anything
//! of it is done; what they gave then is done once. Tone and contact are asked for again whenever something of it is tried once more.

use chrono::NaiveDate;
use relance_dsl::checked::{Act, ActKind, HookCall, Tone};
use relance_dsl::lang::Text;
use relance_dsl::period::{Period, PeriodUnit};
use relance_dsl::text;

use super::bearings::title;
use super::case::Case;
use super::{body, contact, voice};
use crate::days::plus_days;
use crate::decision::{effect_at, effect_place};
use crate::facts::{Invoice, Reach};
use crate::hooks::{Effect, Given, HookFailure};
use crate::reason::{Reason, ReasonKind};
use crate::rulebook::tone_name;
use crate::stops::{Stops, after};
use crate::words::{self, Language};

/// Longest delay of a step, in days, however its period is counted.
const LONGEST_DELAY: i64 = 366;

/// Where a hook stands: it decides which effects have a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    Courtesy,
    /// In this level.
    Level(u8),
    /// After the last level.
    Then,
    Thanks,
    /// In the answer to an event.
    Answer,
}

/// What hooks gave.
#[derive(Clone, Default)]
pub(crate) struct Hooked<'a> {
    /// Those that have not been asked before: what they want is to be done.
    new: Vec<Asked<'a>>,
    /// For whom and how messages speak.
    pub asks: Asks<'a>,
    /// What becomes of the step.
    pub end: Option<(&'a str, End)>,
    /// The calls.
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Copy)]
struct Asked<'a> {
    place: u16,
    hook: &'a str,
    effects: &'a [Effect],
}

/// How messages and calls speak, and to whom, when hooks say so.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asks<'a> {
    pub tone: Option<Tone>,
    /// A contact in this role, when one can be reached.
    pub role: Option<&'a str>,
}

/// What becomes of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Skip,
    Delay(Period),
    Jump(u8),
}

/// Asks the hooks among the acts of a step, by its name, and those that make the bodies of the messages that leave now; `open` are those of
/// the acts that are to be done.
pub(super) fn ask<'a>(
    case: &Case<'a>,
    (invoice, step): (&'a Invoice, &str),
    site: Site,
    acts: &'a [Act],
    open: &[u16],
) -> Result<Hooked<'a>, HookFailure> {
    let mut hooked = Hooked::default();
    for (act, place) in acts.iter().zip(0_u16..) {
        if let ActKind::Hook(call) = &act.kind {
            hooked.one(case, invoice, site, call, place, open.contains(&place))?;
            if hooked.asks.tone.is_some() {
                hooked.is_written(case, call, acts)?;
            }
        }
    }
    // Of a step that is left out nothing leaves.
    if !matches!(hooked.end, Some((_, End::Skip | End::Jump(_)))) {
        body::can_be_made(case, (invoice, step), acts, open, hooked.asks)?;
    }
    Ok(hooked)
}

impl<'a> Hooked<'a> {
    fn one(
        &mut self,
        case: &Case<'a>,
        invoice: &'a Invoice,
        site: Site,
        call: &'a HookCall,
        place: u16,
        new: bool,
    ) -> Result<(), HookFailure> {
        let scope = case.scope(Some(invoice));
        let Some(calls) = scope.calls else { return Ok(()) };
        let Some(given) = calls.effects(call, &scope) else {
            return Ok(());
        };
        let Given { effects, reason } = given.map_err(HookFailure::clone)?;
        let refused = |why: Text| match calls.refused(call, why) {
            Some(failure) => Err(failure),
            None => Ok(()),
        };
        self.reasons.extend(reason);
        for effect in effects {
            if let Some(why) = wrong(case, site, effect) {
                refused(why)?;
            }
            let again = match effect {
                Effect::Tone { tone } => self.asks.tone.replace(*tone).is_some(),
                Effect::Contact { role } => self.asks.role.replace(role).is_some(),
                Effect::Skip if new => self.end(call, End::Skip),
                Effect::Delay { by } if new => self.end(call, End::Delay(*by)),
                Effect::Jump { level } if new => self.end(call, End::Jump(*level)),
                _ => false,
            };
            if again {
                let word = effect.name();
                refused(text!(
                    "another hook of the same step says otherwise: `{word}` cannot be done beside it",
                    "une autre fonction de la même étape en décide autrement : `{word}` ne peut pas se faire avec"
                ))?;
            }
        }
        if new {
            self.new.push(Asked {
                place,
                hook: &call.name,
                effects,
            });
        }
        Ok(())
    }

    /// Notes what becomes of the step; gives whether that was said before.
    fn end(&mut self, call: &'a HookCall, end: End) -> bool {
        self.end.replace((&call.name, end)).is_some()
    }

    /// That all messages of the step have words in the tone that was asked for.
    fn is_written(&self, case: &Case<'_>, call: &HookCall, acts: &[Act]) -> Result<(), HookFailure> {
        let Some(tone) = self.asks.tone else { return Ok(()) };
        let contacts = [
            contact::asked(case, self.asks.role, |c| c.email == Reach::Usable),
            contact::asked(case, self.asks.role, |_| true),
        ];
        for template in acts.iter().flat_map(templates) {
            for contact in contacts {
                let language = voice::of(case, contact, Some(template), Some(tone)).language;
                if case.rulebook.template(template, &language, tone).is_some() {
                    continue;
                }
                let (en, fr) = (tone_name(tone), words::tone(tone, Language::Fr));
                let why = text!(
                    "there is no template `{template}` in `{language}` for the tone {en}",
                    "il n'y a pas de modèle `{template}` en `{language}` pour le ton {fr}"
                );
                if let Some(failure) = case.scope(None).calls.and_then(|calls| calls.refused(call, why)) {
                    return Err(failure);
                }
            }
        }
        Ok(())
    }

    /// The acts with what their hooks want done, each at its place.
    pub fn with_effects(&self, open: &[u16]) -> Vec<u16> {
        let mut all = Vec::with_capacity(open.len());
        for place in open {
            all.push(*place);
            for asked in self.new.iter().filter(|asked| asked.place == *place) {
                let work = asked
                    .effects
                    .iter()
                    .enumerate()
                    .filter(|(_, effect)| effect.may_repeat());
                all.extend(work.filter_map(|(which, _)| effect_place(*place, which)));
            }
        }
        all
    }

    /// The hooks themselves with what they want done: all of a step that is left out.
    pub fn alone(&self) -> Vec<u16> {
        let hooks: Vec<u16> = self.new.iter().map(|asked| asked.place).collect();
        self.with_effects(&hooks)
    }

    /// The hook at a place, and what it gave.
    pub fn at(&self, place: u16) -> Option<(&'a str, &'a [Effect])> {
        let asked = self.new.iter().find(|asked| asked.place == place)?;
        Some((asked.hook, asked.effects))
    }

    /// What a hook wants done at a place.
    pub fn effect(&self, place: u16) -> Option<&'a Effect> {
        let (act, which) = effect_at(place)?;
        self.at(act)?.1.get(which)
    }

    /// The places of all that hooks want done.
    pub fn places(&self) -> impl Iterator<Item = u16> {
        let work = self
            .new
            .iter()
            .flat_map(|asked| (0..asked.effects.len()).map(|which| (asked.place, which)));
        work.filter_map(|(place, which)| effect_place(place, which))
    }
}

/// What is wrong with an effect where it stands.
fn wrong(case: &Case<'_>, site: Site, effect: &Effect) -> Option<Text> {
    let fits = match effect {
        Effect::Skip => site != Site::Answer,
        Effect::Delay { .. } => matches!(site, Site::Courtesy | Site::Level(_) | Site::Then),
        Effect::Jump { .. } => matches!(site, Site::Level(_)),
        _ => true,
    };
    let word = effect.name();
    let (en, fr) = match site {
        Site::Courtesy => ("a step before the due date", "une étape avant échéance"),
        Site::Level(_) => ("a level", "un niveau"),
        Site::Then => ("what follows the last level", "ce qui suit le dernier niveau"),
        Site::Thanks => ("thanks", "un remerciement"),
        Site::Answer => ("the answer to an event", "la réponse à un événement"),
    };
    if !fits {
        return Some(text!(
            "`{word}` cannot be done with {en}",
            "`{word}` est impossible avec {fr}"
        ));
    }
    match (effect, site) {
        (Effect::Jump { level }, Site::Level(own)) => {
            let last = case.scenario.levels.len();
            (*level <= own || usize::from(*level) > last).then(|| {
                text!(
                    "`jump({level})` leads to no later level: this is level {own} of {last}",
                    "`jump({level})` ne mène à aucun niveau ultérieur : ceci est le niveau {own} sur {last}"
                )
            })
        }
        _ => None,
    }
}

/// The templates that an act speaks with, what stands after `else` included.
fn templates(act: &Act) -> Vec<&str> {
    let mut all = Vec::new();
    for link in act.chain() {
        all.extend(match &link.kind {
            ActKind::Message(message) => Some(message.template.as_str()),
            ActKind::Call(call) => call.script.as_deref(),
            _ => None,
        });
    }
    all
}

/// The day to which a hook delays a step of this day: an open one. Days on hold are no days of a delay, and without them it is never longer
/// than a year.
pub(super) fn delayed(case: &Case<'_>, stops: &Stops, day: NaiveDate, by: Period) -> NaiveDate {
    let plain = after(day, by, &case.business).min(plus_days(day, LONGEST_DELAY));
    let days = Period {
        count: u16::try_from((plain - day).num_days()).unwrap_or(u16::MAX),
        unit: PeriodUnit::Days,
    };
    let until = stops
        .after(day, days, &case.business)
        .map_or(plain, |reached| reached.day);
    case.window.days.on_or_after(until)
}

/// What a hook did to a step, as a reason.
pub(super) fn ended(
    case: &Case<'_>,
    hook: &str,
    step: String,
    site: Site,
    end: End,
    until: NaiveDate,
) -> Reason {
    let hook = hook.to_owned();
    Reason::plain(match (end, site) {
        (End::Delay(_), _) => ReasonKind::HookDelays { hook, step, until },
        (End::Jump(level), Site::Level(own)) => {
            let levels = case.scenario.levels.iter();
            let between = usize::from(level).saturating_sub(usize::from(own) + 1);
            let left_out = levels.skip(usize::from(own)).take(between);
            ReasonKind::HookJumps {
                hook,
                step,
                level,
                left_out: left_out.map(|step| title(&step.name)).collect(),
            }
        }
        _ => ReasonKind::HookSkips { hook, step },
    })
}
