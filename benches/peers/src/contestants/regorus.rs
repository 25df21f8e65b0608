//! By regorus: one policy, compiled once for its virtual machine. Rego has no decimals, so amounts, percentages and averages are in
//! hundredths.

use std::collections::BTreeMap;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Value};
use rust_decimal::Decimal;

use crate::facts::{Facts, hundredths};
use crate::measure::Answer;

const ANSWER: &str = "data.segments.segment";

pub struct Regorus {
    vm: RegoVM,
}

impl Regorus {
    pub fn new() -> Self {
        let mut engine = Engine::new();
        let source = include_str!("../../rules/segments.rego");
        engine
            .add_policy("segments.rego".into(), source.into())
            .expect("a policy");
        let policy = engine.compile_with_entrypoint(&ANSWER.into()).expect("a policy");
        let program = Compiler::compile_from_policy(&policy, &[ANSWER]).expect("a program");
        let mut vm = RegoVM::new();
        vm.load_program(program);
        Self { vm }
    }

    pub fn decide(&mut self, input: Value) -> Value {
        self.vm.set_input(input);
        self.vm.execute().expect("a value")
    }
}

pub fn input(facts: &Facts<'_>) -> Value {
    let known = |number: Option<Decimal>| number.map_or(Value::Null, |n| hundredths(n).into());
    let tags: Vec<Value> = facts.tags.iter().map(|tag| tag.as_str().into()).collect();
    let customer = object([
        ("kind", facts.kind.into()),
        ("tags", tags.into()),
        ("country", facts.country.into()),
    ]);
    let account = object([
        ("revenue_12m", known(facts.revenue_12m)),
        ("on_time_rate_12m", known(facts.on_time_rate_12m)),
        ("broken_promises_12m", facts.broken_promises_12m.into()),
        ("average_days_late", known(facts.average_days_late)),
        ("oldest_overdue_days", facts.oldest_overdue_days.into()),
        ("overdue", known(facts.overdue)),
    ]);
    let company = object([("country", facts.company_country.into())]);
    object([("customer", customer), ("account", account), ("company", company)])
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let entries = entries.map(|(key, value)| (Value::from(key), value));
    Value::from(BTreeMap::from(entries))
}

impl Answer for Value {
    fn segment(&self) -> String {
        self.as_string().expect("a text").to_string()
    }
}
