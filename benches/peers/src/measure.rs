//! Contestants in turn, in one thread: each answers all accounts, in several rounds, so that whatever else the machine does meets
//! all of them alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// One way to decide, over what it is given for each account.
pub trait Contestant {
    fn name(&self) -> &'static str;
    /// What it answers, for each account.
    fn answers(&mut self) -> Vec<String>;
    /// How long it takes for all accounts.
    fn pass(&mut self) -> Duration;
}

/// What an engine answers.
pub trait Answer {
    /// The name of the segment.
    fn segment(&self) -> String;
}

/// A contestant by its function.
pub struct Deciding<I, F> {
    pub name: &'static str,
    /// One for each account.
    pub inputs: Vec<I>,
    /// Decides; this is what is measured.
    pub decide: F,
}

impl<I, A: Answer, F: FnMut(&mut I) -> A> Contestant for Deciding<I, F> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn answers(&mut self) -> Vec<String> {
        let decide = &mut self.decide;
        self.inputs
            .iter_mut()
            .map(|input| decide(input).segment())
            .collect()
    }

    fn pass(&mut self) -> Duration {
        let start = Instant::now();
        for input in &mut self.inputs {
            black_box((self.decide)(black_box(input)));
        }
        start.elapsed()
    }
}

/// Least and median nanoseconds of one decision.
pub struct Figures {
    pub least: f64,
    pub median: f64,
}

/// Measures all in interleaved rounds; a round is as many passes as make its time readable, of which the mean counts.
pub fn measure(contestants: &mut [Box<dyn Contestant + '_>], decisions: usize) -> Vec<Figures> {
    const ROUNDS: usize = 31;
    const ROUND: Duration = Duration::from_millis(10);
    let mut samples = vec![Vec::with_capacity(ROUNDS); contestants.len()];
    // The first round only warms up.
    for round in 0..=ROUNDS {
        for (contestant, samples) in contestants.iter_mut().zip(&mut samples) {
            let (mut spent, mut passes) = (Duration::ZERO, 0);
            while spent < ROUND {
                spent += contestant.pass();
                passes += 1;
            }
            if round > 0 {
                samples.push(spent.as_secs_f64() * 1e9 / f64::from(passes) / decisions as f64);
            }
        }
    }
    let figures = |mut samples: Vec<f64>| {
        samples.sort_by(f64::total_cmp);
        Figures {
            least: samples[0],
            median: samples[samples.len() / 2],
        }
    };
    samples.into_iter().map(figures).collect()
}
