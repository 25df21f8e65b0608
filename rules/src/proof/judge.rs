//! What was expected against what came.

use chrono::NaiveDate;
use relance_dsl::checked::{Expect, ExpectKind, Expected, Tone};
use relance_dsl::lang::Lang;
use relance_dsl::span::Span;

use super::act::{Done, Seen, Why, medium};
use super::play::Course;
use super::{Failure, Rewritten, nearest};
use crate::decide::thanks;
use crate::decision::Decision;
use crate::ids::InvoiceId;
use crate::reason::{Reason, ReasonKind};
use crate::rulebook::{Rulebook, tone_name};
use crate::words::{self, Language};

/// Judges the expectations of one test.
pub(super) struct Judge<'a> {
    pub rulebook: &'a Rulebook,
    pub course: &'a Course,
    /// In which failures are said.
    pub lang: Lang,
    /// In which timelines and reasons are expected.
    pub file_lang: Lang,
}

/// An act that is expected, with all that is said of it.
pub(super) struct Wanted<'e> {
    what: &'e Expected,
    pub of: &'e [String],
    pub alone: bool,
    on: Option<NaiveDate>,
    language: Option<&'e str>,
    tone: Option<Tone>,
    because: Option<&'e str>,
}

impl Judge<'_> {
    /// What is wrong with an expectation.
    pub(super) fn expect(&self, expect: &Expect) -> Option<Failure> {
        let (instead, why) = match &expect.kind {
            ExpectKind::Nothing { of, from, to } => self.nothing(of.as_deref(), *from, *to)?,
            ExpectKind::Segment(name, on) => {
                let came = |d: &Decision| d.segment.as_ref().map(|s| s.name.clone());
                self.standing(("segment", "segment"), name, *on, came)?
            }
            ExpectKind::Band(name, on) => {
                let came = |d: &Decision| d.score.as_ref().map(|s| s.band.name.clone());
                self.standing(("score", "score"), name, *on, came)?
            }
            ExpectKind::Points(points, on) => {
                let came = |d: &Decision| d.score.as_ref().map(|s| s.points.to_string());
                self.standing(("score", "score"), &points.to_string(), *on, came)?
            }
            ExpectKind::Charged { what, amount, of, on } => {
                self.charged(*what, *amount, of.as_deref(), *on)?
            }
            ExpectKind::Act {
                what,
                of,
                alone,
                on,
                language,
                tone,
                because,
            } => self.act(&Wanted {
                what,
                of,
                alone: *alone,
                on: *on,
                language: language.as_deref(),
                tone: *tone,
                because: because.as_deref(),
            })?,
            ExpectKind::Timeline { lines, to, .. } => (self.timeline(lines, *to)?, Vec::new()),
        };
        Some(self.failure(expect.span, instead, why))
    }

    /// The first failure of a hook, whatever is expected: that nothing was sent because of it is no proof of anything.
    pub(super) fn hook_failed(&self, test: Span) -> Option<Failure> {
        let mut days = self.course.decisions.iter();
        let (day, reason) = days.find_map(|(day, decision)| {
            let mut attention = decision.attention.iter();
            let failed = attention.find(|r| matches!(r.kind, ReasonKind::HookFailed(_)))?;
            Some((day, self.reason(failed, self.lang)))
        })?;
        let told = match self.lang {
            Lang::English => format!("On {day}: {reason}."),
            Lang::French => format!("Le {day} : {reason}."),
        };
        Some(self.failure(test, vec![told], Vec::new()))
    }

    /// A failure at a place of the source.
    pub(super) fn failure(&self, span: Span, instead: Vec<String>, why: Vec<String>) -> Failure {
        let sources = &self.rulebook.checked.sources;
        let words: Vec<&str> = sources.slice(span).split_whitespace().collect();
        Failure {
            place: sources.place(span),
            written: words.join(" "),
            instead,
            why,
        }
    }

    /// A timeline that came otherwise than it is written.
    pub(super) fn rewritten(&self, expect: &Expect) -> Option<Rewritten> {
        match &expect.kind {
            ExpectKind::Timeline { lines, to, braces } => {
                self.timeline(lines, *to)?;
                Some(Rewritten {
                    braces: *braces,
                    lines: self.lines_to(*to),
                })
            }
            _ => None,
        }
    }

    fn nothing(
        &self,
        of: Option<&str>,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let of = of.map(|name| self.id(name));
        let within = |day| from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to);
        let came: Vec<&Done> = self
            .course
            .done
            .iter()
            .filter(|done| within(done.day) && done.concerns(of))
            .collect();
        let first = came.first()?;
        let mut instead = vec![self.lang.pick("This was done:", "Ceci a été fait :").to_owned()];
        instead.extend(came.iter().map(|done| format!("  {}", done.line)));
        let why = first.action.reasons.iter().map(|r| self.reason(r, self.lang));
        Some((instead, why.collect()))
    }

    fn standing(
        &self,
        (english, french): (&str, &str),
        wanted: &str,
        on: Option<NaiveDate>,
        came: impl Fn(&Decision) -> Option<String>,
    ) -> Option<(Vec<String>, Vec<String>)> {
        let day = on.unwrap_or(self.course.last);
        let decision = self.course.decisions.get(&day);
        let came = decision.and_then(came);
        if came.as_deref() == Some(wanted) {
            return None;
        }
        let instead = match (came, self.lang) {
            (Some(came), Lang::English) => format!("On {day} the {english} was {came}."),
            (Some(came), Lang::French) => format!("Le {day}, le {french} était {came}."),
            (None, Lang::English) => format!("On {day} there was no {english}."),
            (None, Lang::French) => format!("Le {day}, il n'y avait pas de {french}."),
        };
        let reasons = decision.map(|d| d.reasons.as_slice()).unwrap_or_default();
        let why = reasons.iter().map(|r| self.reason(r, self.lang)).collect();
        Some((vec![instead], why))
    }

    fn act(&self, wanted: &Wanted<'_>) -> Option<(Vec<String>, Vec<String>)> {
        let of = wanted.of.first().map(|name| self.id(name));
        let alike: Vec<&Done> = self
            .course
            .done
            .iter()
            .filter(|done| self.is(done, wanted.what, of))
            .collect();
        let on_day: Vec<&Done> = alike
            .iter()
            .copied()
            .filter(|done| wanted.on.is_none_or(|day| day == done.day))
            .collect();
        let objections: Vec<Vec<String>> = on_day.iter().map(|done| self.objections(done, wanted)).collect();
        if objections.iter().any(Vec::is_empty) {
            return None;
        }
        if !on_day.is_empty() {
            let mut instead = Vec::new();
            for (done, objections) in on_day.iter().zip(objections) {
                let line = &done.line;
                instead.push(match self.lang {
                    Lang::English => format!("It came, but otherwise: {line}"),
                    Lang::French => format!("C'est venu, mais autrement : {line}"),
                });
                instead.extend(objections.into_iter().map(|o| format!("  {o}")));
            }
            return Some((instead, Vec::new()));
        }
        let mut instead = vec![self.missing(wanted.on, of)];
        if let Some(day) = wanted.on {
            let others = self.course.done.iter();
            let others = others.filter(|done| done.day == day && done.concerns(of));
            instead.extend(others.map(|done| format!("  {}", done.line)));
            instead.extend(nearest::around(&alike, day).into_iter().map(|done| {
                let line = &done.line;
                match self.lang {
                    Lang::English => format!("It came on another day: {line}"),
                    Lang::French => format!("C'est venu un autre jour : {line}"),
                }
            }));
        }
        let end = || self.course.decisions.keys().next_back().copied();
        let day = wanted.on.or_else(end).unwrap_or(self.course.last);
        Some((instead, self.why_not(day, of)))
    }

    fn missing(&self, on: Option<NaiveDate>, of: Option<InvoiceId>) -> String {
        let of = of.map(|id| self.number(id));
        let other = |day: NaiveDate| {
            let mut done = self.course.done.iter();
            done.any(|done| done.day == day && of.is_none_or(|n| self.numbers(done).contains(&n)))
        };
        let (for_it, pour) = of.map_or((String::new(), String::new()), |n| {
            (format!(" for {n}"), format!(" pour {n}"))
        });
        match (on, self.lang) {
            (None, Lang::English) => "It never came.".to_owned(),
            (None, Lang::French) => "Ce n'est jamais venu.".to_owned(),
            (Some(day), Lang::English) if other(day) => format!("{day}: something else{for_it}:"),
            (Some(day), Lang::French) if other(day) => format!("{day} : autre chose{pour} :"),
            (Some(day), Lang::English) => format!("{day}: nothing{for_it}."),
            (Some(day), Lang::French) => format!("{day} : rien{pour}."),
        }
    }

    /// What an act that came lacks of what is said of it.
    fn objections(&self, done: &Done, wanted: &Wanted<'_>) -> Vec<String> {
        let mut objections = Vec::new();
        self.object_to_group(done, wanted, &mut objections);
        let voice = done.voice();
        if let Some(wanted) = wanted.language
            && voice.is_none_or(|(language, _)| language != wanted)
        {
            objections.push(match self.lang {
                Lang::English => format!("not in {wanted}"),
                Lang::French => format!("pas en {wanted}"),
            });
        }
        if let Some(wanted) = wanted.tone
            && voice.is_none_or(|(_, tone)| tone != wanted)
        {
            objections.push(match self.lang {
                Lang::English => format!("not in the tone {}", tone_name(wanted)),
                Lang::French => format!("pas sur un ton {}", words::tone(wanted, Language::Fr)),
            });
        }
        if let Some(wanted) = wanted.because {
            let plain = plain(wanted);
            let said = |(_, reason): &Why| self::plain(&self.reason(reason, self.file_lang)).contains(&plain);
            if !done.reasons.iter().any(said) {
                objections.push(match self.lang {
                    Lang::English => format!("none of its reasons says \"{wanted}\"; they are:"),
                    Lang::French => format!("aucune de ses raisons ne dit \"{wanted}\" ; les voici :"),
                });
                let all = done.reasons.iter().map(|(_, r)| self.reason(r, self.file_lang));
                objections.extend(all.map(|reason| format!("  {reason}")));
            }
        }
        objections
    }

    /// Whether an act is of the kind that is expected.
    fn is(&self, done: &Done, what: &Expected, of: Option<InvoiceId>) -> bool {
        let seen = done.seen();
        let named = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|w| w == name);
        let mut items = done
            .action
            .items
            .iter()
            .filter(|i| of.is_none_or(|id| i.invoice == id));
        let tells = matches!(seen, Seen::Note(_) | Seen::Notice(_));
        let mut has = |fits: &dyn Fn(&crate::decision::ActionItem) -> bool| {
            !done.expired && done.action.moves() && !tells && items.any(fits)
        };
        let fits = match what {
            Expected::Level(level) => return has(&|item| item.level == Some(*level)),
            Expected::Step(step) => return has(&|item| item.step == *step),
            Expected::Thanks => return has(&|item| item.step == thanks::STEP),
            Expected::Call(script) => match seen {
                Seen::Call(called) => script.as_deref().is_none_or(|s| called == Some(s)),
                _ => false,
            },
            Expected::Task(name) => matches!(seen, Seen::Task(task) if named(name, task)),
            Expected::Approval => seen == Seen::Approval,
            Expected::Note(text) => {
                let has = |note: &str| {
                    text.as_deref()
                        .is_none_or(|text| plain(note).contains(&plain(text)))
                };
                matches!(seen, Seen::Note(note) if has(note))
            }
            Expected::Notice(name) => matches!(seen, Seen::Notice(to) if named(name, to)),
            Expected::HandOver => seen == Seen::HandOver,
            Expected::Message(channel, template) => {
                matches!(seen, Seen::Message(by, sent) if by == medium(channel) && named(template, sent))
            }
        };
        fits && done.concerns(of)
    }

    /// The reasons of the decision of a day, for one invoice or all that are open.
    fn why_not(&self, day: NaiveDate, of: Option<InvoiceId>) -> Vec<String> {
        let Some(decision) = self.course.decisions.get(&day) else {
            return Vec::new();
        };
        let mut why = Vec::new();
        let outlook = decision.outlook.iter();
        for line in outlook.filter(|o| of.is_none_or(|id| o.invoice == id)) {
            let number = self.number(line.invoice);
            let reasons = line.reasons.iter().map(|r| self.reason(r, self.lang));
            let colon = self.lang.pick(":", " :");
            why.extend(reasons.map(|reason| format!("{number}{colon} {reason}")));
        }
        if why.is_empty() {
            why.extend(decision.reasons.iter().map(|r| self.reason(r, self.lang)));
        }
        why
    }

    /// How things stand on the last day that the test names.
    pub(super) fn outlook(&self) -> Vec<String> {
        let day = self.course.last;
        let why = self.why_not(day, None);
        if why.is_empty() {
            return Vec::new();
        }
        let head = self.lang.pick("as of", "au");
        let mut lines = vec![format!("{head} {day}:")];
        lines.extend(why.iter().map(|line| format!("    {line}")));
        lines
    }

    fn timeline(&self, lines: &[String], to: Option<NaiveDate>) -> Option<Vec<String>> {
        let came = self.lines_to(to);
        let wanted: Vec<String> = lines.iter().map(|line| plain_spaces(line)).collect();
        if came == wanted {
            return None;
        }
        let mut instead = vec![
            self.lang
                .pick(
                    "It came otherwise (- expected, + came):",
                    "Le déroulé diffère (- attendu, + venu) :",
                )
                .to_owned(),
        ];
        instead.extend(nearest::difference(&wanted, &came));
        Some(instead)
    }

    fn lines_to(&self, to: Option<NaiveDate>) -> Vec<String> {
        let done = self.course.done.iter();
        done.filter(|done| to.is_none_or(|to| done.day <= to))
            .map(|done| plain_spaces(&done.line))
            .collect()
    }

    /// Why something was done, one reason a line; those of one invoice among several begin with its number.
    pub(super) fn why(&self, done: &Done) -> Vec<String> {
        let colon = self.lang.pick(":", " :");
        let told = |(of, reason): &Why| match of {
            Some(id) if done.action.items.len() > 1 => {
                format!("{}{colon} {}", self.number(*id), self.reason(reason, self.lang))
            }
            _ => self.reason(reason, self.lang),
        };
        done.reasons.iter().map(told).collect()
    }

    pub(super) fn reason(&self, reason: &Reason, lang: Lang) -> String {
        words::reason(reason, self.course.facts.company.time_zone, lang.into())
    }

    /// An invoice by its name in the test. The check knows them all; one that was refused is none of the account's.
    pub(super) fn id(&self, name: &str) -> InvoiceId {
        self.course.names.get(name).copied().unwrap_or(InvoiceId(0))
    }

    pub(super) fn number(&self, id: InvoiceId) -> &str {
        let invoice = self.course.facts.invoices.iter().find(|i| i.id == id);
        invoice.map_or("?", |i| i.number.as_str())
    }

    fn numbers(&self, done: &Done) -> Vec<&str> {
        done.action.items.iter().map(|i| self.number(i.invoice)).collect()
    }
}

/// As people compare texts: capitals and kinds of spaces make no difference.
fn plain(text: &str) -> String {
    plain_spaces(text).to_lowercase()
}

/// One plain space wherever there is any.
fn plain_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
