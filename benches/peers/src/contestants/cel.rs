//! By cel: one expression, compiled once. CEL has no decimals, so amounts, percentages and averages are in hundredths. Values borrow
//! texts from the account. Facts are resolved when they are asked for, which is faster here than giving all of them before.

use std::sync::Arc;

use cel::common::types::{CelInt, CelList, CelNull, CelString};
use cel::common::value::{CowVal, Val};
use cel::context::VariableResolver;
use cel::{Context, Env, Program, Value};
use chrono::NaiveDate;
use relance_rules::facts::AccountFacts;
use rust_decimal::Decimal;

use crate::facts::{self, Facts, hundredths};
use crate::measure::Answer;

pub struct Cel {
    env: Arc<Env>,
    program: Program,
}

impl Cel {
    pub fn new() -> Self {
        let env = Arc::new(Env::stdlib());
        let program = env.compile(include_str!("../../rules/segments.cel"));
        Self {
            program: program.expect("a program"),
            env,
        }
    }

    /// Over an account.
    pub fn decide(&self, account: &AccountFacts, today: NaiveDate) -> Value {
        let resolver = Resolver { account, today };
        let mut context = Context::with_env(Arc::clone(&self.env));
        context.set_variable_resolver(&resolver);
        self.decide_in(&context)
    }

    /// Over a context that has all facts.
    pub fn decide_in(&self, context: &Context<'_, '_>) -> Value {
        self.program.execute(context).expect("a value")
    }

    /// All facts of an account.
    pub fn context<'f>(&self, facts: &Facts<'f>) -> Context<'f, 'f> {
        let mut context = Context::with_env(Arc::clone(&self.env));
        context.add_variable_as_val("kind", text(facts.kind));
        context.add_variable_as_val("tags", list(facts.tags));
        context.add_variable_as_val("country", text(facts.country));
        context.add_variable_as_val("company_country", text(facts.company_country));
        context.add_variable_as_val("revenue_12m", known(facts.revenue_12m));
        context.add_variable_as_val("on_time_rate_12m", known(facts.on_time_rate_12m));
        context.add_variable_as_val("broken_promises_12m", whole(facts.broken_promises_12m));
        context.add_variable_as_val("average_days_late", known(facts.average_days_late));
        context.add_variable_as_val("oldest_overdue_days", whole(facts.oldest_overdue_days));
        context.add_variable_as_val("overdue", known(facts.overdue));
        context
    }
}

/// Facts of an account by their names.
struct Resolver<'f> {
    account: &'f AccountFacts,
    today: NaiveDate,
}

impl VariableResolver for Resolver<'_> {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        let (account, today) = (self.account, self.today);
        Some(CowVal::Owned(match name {
            "kind" => text(facts::kind(account)),
            "tags" => list(&account.customer.tags),
            "country" => text(&account.customer.country),
            "company_country" => text(&account.company.country),
            "revenue_12m" => known(facts::revenue_12m(account, today)),
            "on_time_rate_12m" => known(facts::on_time_rate_12m(account)),
            "broken_promises_12m" => whole(account.history.broken_promises_12m),
            "average_days_late" => known(account.history.average_days_late),
            "oldest_overdue_days" => whole(facts::oldest_overdue_days(account, today)),
            "overdue" => known(facts::overdue(account, today)),
            _ => return None,
        }))
    }
}

fn text<'f>(text: &'f str) -> Box<dyn Val + 'f> {
    Box::new(CelString::from(text))
}

fn list<'f>(texts: &'f [String]) -> Box<dyn Val + 'f> {
    let texts: Vec<_> = texts.iter().map(|t| text(t)).collect();
    Box::new(CelList::from(texts))
}

fn whole(number: impl Into<i64>) -> Box<dyn Val> {
    Box::new(CelInt::from(number.into()))
}

fn known(number: Option<Decimal>) -> Box<dyn Val> {
    match number {
        Some(number) => whole(hundredths(number)),
        None => Box::new(CelNull),
    }
}

impl Answer for Value {
    fn segment(&self) -> String {
        match self {
            Value::String(text) => text.to_string(),
            other => panic!("not a text: {other:?}"),
        }
    }
}
