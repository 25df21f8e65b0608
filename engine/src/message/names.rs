//! Finds names in templates that messages do not have, in branches that are never taken too: by reading the template, not by
//! filling it in.
//!
//! Each variable is followed as far as its value in a sample tells: `invoice` in `{% for invoice in invoices %}` is an invoice. Of what
//! cannot be followed, as what a macro is given, nothing is said.

use std::collections::HashMap;

use minijinja::Error;
use minijinja::machinery::ast::{CallArg, Expr, Stmt};
use minijinja::machinery::{Span, parse};
use minijinja::value::Value;
use relance_rules::dsl::diagnostic::likely;

use super::known::{self, attribute, filtered, first, keys};

/// Names that MiniJinja gives by itself where they make sense.
const GIVEN: &[&str] = &["self", "super", "caller", "varargs", "kwargs"];

/// What kind of name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A variable, a part of one, a function or macro.
    Name,
    /// After `|`.
    Filter,
    /// After `is`.
    Test,
    /// `include`, `import`, `extends`: each template stands alone.
    OtherTemplate,
}

/// A name that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unknown {
    pub kind: Kind,
    /// As it is written, with what it is a part of: `customer.nam`.
    pub name: String,
    /// Where it stands in the source, in bytes.
    pub start: usize,
    pub end: usize,
    /// What was most likely meant.
    pub likely: Option<String>,
    /// What is known in its place; empty when that would not help.
    pub known: Vec<String>,
}

/// All unknown names of a template, in the order of their places, each once. `names` is what messages have, by a sample.
pub(super) fn unknown(source: &str, names: &Value) -> Result<Vec<Unknown>, Error> {
    let tree = parse(source, "template", Default::default())?;
    let mut walk = Walk {
        source,
        names,
        scopes: vec![HashMap::new()],
        found: Vec::new(),
    };
    walk.statement(&tree);
    let mut found = walk.found;
    found.sort_by(|a, b| (a.start, &a.name).cmp(&(b.start, &b.name)));
    let mut told: Vec<Unknown> = Vec::new();
    for one in found {
        if !told.iter().any(|t| t.kind == one.kind && t.name == one.name) {
            told.push(one);
        }
    }
    Ok(told)
}

/// A value as far as it is known: `None` may be anything.
type Sample = Option<Value>;

struct Walk<'a> {
    source: &'a str,
    names: &'a Value,
    scopes: Vec<HashMap<&'a str, Sample>>,
    found: Vec<Unknown>,
}

impl<'a> Walk<'a> {
    fn statements(&mut self, statements: &[Stmt<'a>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    /// Statements whose variables end with them.
    fn block(&mut self, assigned: Vec<(&'a str, Sample)>, statements: &[Stmt<'a>]) {
        self.scopes.push(assigned.into_iter().collect());
        self.statements(statements);
        self.scopes.pop();
    }

    fn statement(&mut self, statement: &Stmt<'a>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitExpr(emit) => {
                self.expr(&emit.expr);
            }
            Stmt::ForLoop(each) => {
                let item = self.expr(&each.iter).and_then(|list| first(&list));
                self.scopes.push(HashMap::from([("loop", None)]));
                self.assign(&each.target, item);
                self.optional(each.filter_expr.as_ref());
                self.statements(&each.body);
                self.scopes.pop();
                self.block(Vec::new(), &each.else_body);
            }
            Stmt::IfCond(condition) => {
                self.expr(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            Stmt::WithBlock(with) => {
                self.scopes.push(HashMap::new());
                for (target, expr) in &with.assignments {
                    let value = self.expr(expr);
                    self.assign(target, value);
                }
                self.statements(&with.body);
                self.scopes.pop();
            }
            Stmt::Set(set) => {
                let value = self.expr(&set.expr);
                self.assign(&set.target, value);
            }
            Stmt::SetBlock(set) => {
                self.block(Vec::new(), &set.body);
                self.optional(set.filter.as_ref());
                self.assign(&set.target, None);
            }
            Stmt::AutoEscape(escape) => {
                self.expr(&escape.enabled);
                self.statements(&escape.body);
            }
            Stmt::FilterBlock(filtered) => {
                self.block(Vec::new(), &filtered.body);
                self.expr(&filtered.filter);
            }
            Stmt::Block(block) => self.block(Vec::new(), &block.body),
            Stmt::Macro(one) => {
                self.known(one.name, None);
                self.parameters(&one.args, &one.defaults, &one.body);
            }
            Stmt::CallBlock(call) => {
                self.call(&call.call.expr, &call.call.args);
                let declared = &call.macro_decl;
                self.parameters(&declared.args, &declared.defaults, &declared.body);
            }
            Stmt::Do(act) => {
                self.call(&act.call.expr, &act.call.args);
            }
            Stmt::Include(other) => self.other_template("include", other.span()),
            Stmt::Import(other) => self.other_template("import", other.span()),
            Stmt::FromImport(other) => self.other_template("import", other.span()),
            Stmt::Extends(other) => self.other_template("extends", other.span()),
            Stmt::EmitRaw(_) => {}
        }
    }

    fn parameters(&mut self, parameters: &[Expr<'a>], defaults: &[Expr<'a>], body: &[Stmt<'a>]) {
        for default in defaults {
            self.expr(default);
        }
        self.scopes.push(HashMap::new());
        for parameter in parameters {
            self.assign(parameter, None);
        }
        self.statements(body);
        self.scopes.pop();
    }

    /// Gives a variable, or each of several, a value from here on.
    fn assign(&mut self, target: &Expr<'a>, value: Sample) {
        match target {
            Expr::Var(variable) => self.known(variable.id, value),
            Expr::List(list) => list.items.iter().for_each(|item| self.assign(item, None)),
            Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| self.assign(item, None)),
            _ => {}
        }
    }

    fn known(&mut self, name: &'a str, value: Sample) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name, value);
        }
    }

    fn optional(&mut self, expr: Option<&Expr<'a>>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn all(&mut self, exprs: &[Expr<'a>]) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    /// Looks into an expression; gives its value as far as it is known.
    fn expr(&mut self, expr: &Expr<'a>) -> Sample {
        match expr {
            Expr::Var(variable) => return self.variable(variable.id, variable.span()),
            Expr::GetAttr(part) => {
                let parent = self.expr(&part.expr)?;
                return self.part(&parent, &part.expr, part.name, part.span());
            }
            Expr::GetItem(item) => {
                self.expr(&item.subscript_expr);
                let list = self.expr(&item.expr)?;
                return first(&list);
            }
            Expr::Filter(filter) => {
                let value = filter.expr.as_ref().and_then(|expr| self.expr(expr));
                self.arguments(&filter.args);
                self.filter(filter.name, filter.span());
                return filtered(filter.name, value);
            }
            Expr::Test(test) => {
                self.expr(&test.expr);
                self.arguments(&test.args);
                self.test(test.name, test.span());
            }
            Expr::Call(call) => self.call(&call.expr, &call.args),
            Expr::Slice(slice) => {
                self.optional(slice.start.as_ref());
                self.optional(slice.stop.as_ref());
                self.optional(slice.step.as_ref());
                return self.expr(&slice.expr);
            }
            Expr::UnaryOp(operation) => {
                self.expr(&operation.expr);
            }
            Expr::BinOp(operation) => {
                self.expr(&operation.left);
                self.expr(&operation.right);
            }
            Expr::Compare(compare) => {
                self.expr(&compare.expr);
                compare.ops.iter().for_each(|operand| {
                    self.expr(&operand.expr);
                });
            }
            Expr::IfExpr(choice) => {
                self.expr(&choice.test_expr);
                self.expr(&choice.true_expr);
                self.optional(choice.false_expr.as_ref());
            }
            Expr::List(list) => self.all(&list.items),
            Expr::Tuple(tuple) => self.all(&tuple.items),
            Expr::Map(map) => {
                self.all(&map.keys);
                self.all(&map.values);
            }
            Expr::Const(_) => {}
        }
        None
    }

    fn call(&mut self, called: &Expr<'a>, arguments: &[CallArg<'a>]) {
        self.expr(called);
        self.arguments(arguments);
    }

    fn arguments(&mut self, arguments: &[CallArg<'a>]) {
        for argument in arguments {
            let (CallArg::Pos(expr)
            | CallArg::Kwarg(_, expr)
            | CallArg::PosSplat(expr)
            | CallArg::KwargSplat(expr)) = argument;
            self.expr(expr);
        }
    }

    fn variable(&mut self, name: &'a str, span: Span) -> Sample {
        if let Some(value) = self.scopes.iter().rev().find_map(|scope| scope.get(name)) {
            return value.clone();
        }
        if let Some(value) = attribute(self.names, name) {
            return Some(value);
        }

        if !GIVEN.contains(&name) && !known::globals().any(|global| global == name) {
            let known = keys(self.names);
            let local = self.scopes.iter().flat_map(|scope| scope.keys().copied());
            let candidates = known
                .iter()
                .map(String::as_str)
                .chain(local)
                .chain(known::globals());
            let likely = likely(name, candidates).map(str::to_owned);
            self.tell(Kind::Name, name.to_owned(), span, likely, known);
        }
        None
    }

    fn part(&mut self, parent: &Value, whole: &Expr<'a>, name: &'a str, span: Span) -> Sample {
        if let Some(value) = attribute(parent, name) {
            return Some(value);
        }
        let prefix = path(whole).map_or_else(String::new, |path| format!("{path}."));
        let named = |key: &str| format!("{prefix}{key}");
        let keys = keys(parent);
        let likely = likely(name, keys.iter().map(String::as_str)).map(named);
        let known = keys.iter().map(|key| named(key)).collect();
        self.tell(Kind::Name, named(name), span, likely, known);
        None
    }

    fn filter(&mut self, name: &str, span: Span) {
        if !known::is_filter(name) {
            let likely = likely(name, known::filters()).map(str::to_owned);
            self.tell(Kind::Filter, name.to_owned(), span, likely, Vec::new());
        }
    }

    fn test(&mut self, name: &str, span: Span) {
        if !known::is_test(name) {
            let likely = likely(name, known::tests()).map(str::to_owned);
            self.tell(Kind::Test, name.to_owned(), span, likely, Vec::new());
        }
    }

    fn other_template(&mut self, word: &str, span: Span) {
        self.tell(Kind::OtherTemplate, word.to_owned(), span, None, Vec::new());
    }

    fn tell(&mut self, kind: Kind, name: String, span: Span, likely: Option<String>, known: Vec<String>) {
        let (start, end) = (span.start_offset as usize, span.end_offset as usize);
        // The span is that of the whole expression; the name stands last in it, but for arguments.
        let covered = self.source.get(start..end).unwrap_or("");
        let (start, end) = match covered.rfind(&name) {
            Some(at) => (start + at, start + at + name.len()),
            None => (start, end.max(start)),
        };
        self.found.push(Unknown {
            kind,
            name,
            start,
            end,
            likely,
            known,
        });
    }
}

/// `customer.name`, for an expression that is written so.
fn path(expr: &Expr<'_>) -> Option<String> {
    match expr {
        Expr::Var(variable) => Some(variable.id.to_owned()),
        Expr::GetAttr(part) => Some(format!("{}.{}", path(&part.expr)?, part.name)),
        _ => None,
    }
}
