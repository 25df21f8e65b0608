//! A history that fails, made as small as it can be while it fails.

use super::history::{History, Period, Revision, Scenario, Step, Timing, Unit};

/// The smallest history that is still wrong.
pub fn smallest(history: History, wrong: impl Fn(&History) -> bool) -> History {
    let mut best = history;
    // A change that changes nothing would go on for ever.
    'again: for _ in 0..400 {
        for smaller in candidates(&best) {
            if wrong(&smaller) {
                best = smaller;
                continue 'again;
            }
        }
        return best;
    }
    best
}

fn candidates(history: &History) -> Vec<History> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut History)| {
        let mut smaller = history.clone();
        change(&mut smaller);
        all.push(smaller);
    };
    for n in 0..history.events.len() {
        with(&|h| {
            h.events.remove(n);
        });
    }
    if history.days > 10 {
        with(&|h| h.days = h.days * 3 / 4);
        with(&|h| h.days -= 1);
    }
    if history.people.len() > 1 {
        with(&|h| {
            h.people.pop();
        });
    }
    if history.trouble > 0 {
        with(&|h| h.trouble = 0);
    }
    if history.zone.is_some() {
        with(&|h| h.zone = None);
    }
    if history.events.iter().any(|event| event.noon) {
        with(&|h| h.events.iter_mut().for_each(|event| event.noon = false));
    }
    for (n, revision) in history.revisions.iter().enumerate() {
        for simpler in simpler_revisions(revision) {
            with(&|h| h.revisions[n] = simpler.clone());
        }
    }
    let names = history
        .revisions
        .iter()
        .flat_map(|r| [Some(&r.small), r.key.as_ref()])
        .flatten();
    let mut names: Vec<(String, usize)> = names
        .flat_map(|s| s.courtesy.iter().chain(&s.levels))
        .map(|step| (step.name.clone(), step.acts.len()))
        .collect();
    names.sort();
    names.dedup();
    for (name, acts) in names {
        if acts > 1 {
            with(&|h| each_step(h, &name, |step| step.acts.truncate(1)));
            with(&|h| each_step(h, &name, |step| drop(step.acts.remove(0))));
        }
    }
    all
}

/// Changes the step of a name in all revisions: the acts of a step stay the same.
fn each_step(history: &mut History, name: &str, change: impl Fn(&mut Step)) {
    for revision in &mut history.revisions {
        for scenario in [Some(&mut revision.small), revision.key.as_mut()]
            .into_iter()
            .flatten()
        {
            let steps = scenario.courtesy.iter_mut().chain(&mut scenario.levels);
            steps
                .filter(|step| step.name == name || step.was.iter().any(|was| was == name))
                .for_each(&change);
        }
    }
}

fn simpler_revisions(revision: &Revision) -> Vec<Revision> {
    let mut all = Vec::new();
    if revision.key.is_some() {
        all.push(Revision {
            key: None,
            ..revision.clone()
        });
    }
    if revision.grace.is_some() {
        all.push(Revision {
            grace: None,
            ..revision.clone()
        });
    }
    if revision.promises.is_some() {
        all.push(Revision {
            promises: None,
            ..revision.clone()
        });
    }
    for small in simpler(&revision.small) {
        all.push(Revision {
            small,
            ..revision.clone()
        });
    }
    for key in revision.key.iter().flat_map(simpler) {
        all.push(Revision {
            key: Some(key),
            ..revision.clone()
        });
    }
    all
}

fn simpler(scenario: &Scenario) -> Vec<Scenario> {
    let mut all = Vec::new();
    let mut with = |worth: bool, change: &dyn Fn(&mut Scenario)| {
        if worth {
            let mut smaller = scenario.clone();
            change(&mut smaller);
            all.push(smaller);
        }
    };
    with(scenario.then.is_some(), &|s| s.then = None);
    with(scenario.thanks.is_some(), &|s| s.thanks = None);
    with(scenario.limit.is_some(), &|s| s.limit = None);
    with(scenario.ignore.is_some(), &|s| s.ignore = None);
    with(scenario.by_invoice, &|s| s.by_invoice = false);
    with(scenario.cash, &|s| s.cash = false);
    with(scenario.on_plan, &|s| s.on_plan = false);
    with(scenario.promised, &|s| s.promised = false);
    with(scenario.disputed, &|s| s.disputed = false);
    with(scenario.entry > 1, &|s| s.entry = 1);
    with(!scenario.courtesy.is_empty(), &|s| {
        s.courtesy.pop();
    });
    with(scenario.levels.len() > 1 && scenario.then.is_none(), &|s| {
        s.levels.pop();
        s.entry = s.entry.min(s.levels.len());
    });
    for n in 0..scenario.courtesy.len() {
        with(scenario.courtesy[n].when.is_some(), &|s| {
            s.courtesy[n].when = None
        });
    }
    for n in 0..scenario.levels.len() {
        let step = &scenario.levels[n];
        with(step.when.is_some(), &|s| s.levels[n].when = None);
        let days = Period {
            count: 7,
            unit: Unit::Days,
        };
        let (Timing::AfterDue(p) | Timing::AfterIssue(p) | Timing::BeforeDue(p) | Timing::AfterLevel(p, _)) =
            step.timing;
        with(p.unit != Unit::Days, &|s| {
            s.levels[n].timing = match s.levels[n].timing {
                Timing::AfterLevel(_, from) => Timing::AfterLevel(days, from),
                _ => Timing::AfterDue(days),
            };
        });
    }
    all
}
