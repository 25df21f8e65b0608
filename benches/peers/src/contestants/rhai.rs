//! By rhai: one script, compiled once; numbers are decimals (`no_float`, `decimal`).

use rhai::{AST, Array, Dynamic, Engine, ImmutableString, Scope};
use rust_decimal::Decimal;

use crate::facts::Facts;
use crate::measure::Answer;

pub struct Rhai {
    engine: Engine,
    script: AST,
}

impl Rhai {
    pub fn new() -> Self {
        let engine = Engine::new();
        let script = engine.compile(include_str!("../../rules/segments.rhai"));
        Self {
            script: script.expect("a script"),
            engine,
        }
    }

    pub fn decide(&self, scope: &mut Scope<'static>) -> ImmutableString {
        let value = self.engine.eval_ast_with_scope(scope, &self.script);
        value.expect("a text")
    }
}

pub fn scope(facts: &Facts<'_>) -> Scope<'static> {
    let known = |number: Option<Decimal>| number.map_or(Dynamic::UNIT, Dynamic::from_decimal);
    let tags: Array = facts.tags.iter().map(|tag| Dynamic::from(tag.clone())).collect();
    let mut scope = Scope::with_capacity(10);
    scope.push_dynamic("kind", facts.kind.into());
    scope.push_dynamic("tags", Dynamic::from_array(tags));
    scope.push_dynamic("country", facts.country.into());
    scope.push_dynamic("company_country", facts.company_country.into());
    scope.push_dynamic("revenue_12m", known(facts.revenue_12m));
    scope.push_dynamic("on_time_rate_12m", known(facts.on_time_rate_12m));
    scope.push_dynamic("broken_promises_12m", i64::from(facts.broken_promises_12m).into());
    scope.push_dynamic("average_days_late", known(facts.average_days_late));
    scope.push_dynamic("oldest_overdue_days", facts.oldest_overdue_days.into());
    scope.push_dynamic("overdue", known(facts.overdue));
    scope
}

impl Answer for ImmutableString {
    fn segment(&self) -> String {
        self.to_string()
    }
}
