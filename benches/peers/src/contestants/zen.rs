//! By zen-expression: one expression, compiled once; numbers are decimals.

use rust_decimal::Decimal;
use zen_expression::expression::Standard;
use zen_expression::variable::{Symbol, ToVariable, Variable, VariableMap};
use zen_expression::vm::VM;
use zen_expression::{Expression, compile_expression};

use crate::facts::Facts;
use crate::measure::Answer;

pub struct Zen {
    expression: Expression<Standard>,
    vm: VM,
}

impl Zen {
    pub fn new() -> Self {
        let source = include_str!("../../rules/segments.zen");
        Self {
            expression: compile_expression(source).expect("an expression"),
            vm: VM::new(),
        }
    }

    pub fn decide(&mut self, context: Variable) -> Variable {
        let value = self.expression.evaluate_with(context, &mut self.vm);
        value.expect("a value")
    }
}

pub fn context(facts: &Facts<'_>) -> Variable {
    let known = |number: Option<Decimal>| number.map_or(Variable::Null, Variable::Number);
    let tags = facts.tags.iter().map(ToVariable::to_variable).collect();
    let customer = object([
        ("kind", facts.kind.to_variable()),
        ("tags", Variable::from_array(tags)),
        ("country", facts.country.to_variable()),
    ]);
    let account = object([
        ("revenue_12m", known(facts.revenue_12m)),
        ("on_time_rate_12m", known(facts.on_time_rate_12m)),
        ("broken_promises_12m", facts.broken_promises_12m.to_variable()),
        ("average_days_late", known(facts.average_days_late)),
        ("oldest_overdue_days", facts.oldest_overdue_days.to_variable()),
        ("overdue", known(facts.overdue)),
    ]);
    let company = object([("country", facts.company_country.to_variable())]);
    object([("customer", customer), ("account", account), ("company", company)])
}

fn object<const N: usize>(entries: [(&'static str, Variable); N]) -> Variable {
    let mut map = VariableMap::with_capacity(N);
    for (key, value) in entries {
        map.insert(Symbol::from_static(key), value);
    }
    Variable::from_object(map)
}

impl Answer for Variable {
    fn segment(&self) -> String {
        self.as_str().expect("a text").to_owned()
    }
}
