//! One script file: its functions, and what they call and ask for.

use std::collections::BTreeSet;
use std::ops::Range;

use relance_dsl::span::{FileId, Span};
use rhai::{AST, ASTNode, Dynamic, Engine, Expr, ParseError, Position, Stmt};

use super::limits;
use super::profile::Profile;

/// A script that could be read.
#[derive(Debug, Clone)]
pub(super) struct Script {
    /// Its path, relative to the rulebook folder.
    pub path: String,
    pub file: FileId,
    /// Ready to be called.
    pub ast: AST,
    pub functions: Vec<Function>,
    /// The first statement that stands in no function, and so is never run.
    pub loose: Option<Span>,
}

/// A function of a script.
#[derive(Debug, Clone)]
pub(super) struct Function {
    pub name: String,
    pub parameters: usize,
    /// Where its name stands.
    pub span: Span,
    pub calls: Vec<Call>,
    /// Properties that are read or set, with their places.
    pub properties: Vec<(String, Span)>,
    /// Keys of maps that are written: they can be asked for, too.
    pub keys: BTreeSet<String>,
}

/// A call of a function.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub name: String,
    pub arguments: usize,
    pub span: Span,
    /// What it is given, when all of it stands in the script as it is.
    pub constants: Option<Vec<Constant>>,
}

/// A value that stands in the script as it is, or what a function makes of such values.
#[derive(Debug, Clone)]
pub(super) enum Constant {
    Value(Dynamic),
    Made(String, Vec<Constant>),
}

impl Constant {
    fn of(expr: &Expr) -> Option<Self> {
        match expr {
            Expr::FnCall(call, _) if call.op_token.is_none() => {
                Some(Self::Made(call.name.to_string(), Self::all(&call.args)?))
            }
            other => other.get_literal_value(None).map(Self::Value),
        }
    }

    fn all(arguments: &[Expr]) -> Option<Vec<Self>> {
        arguments.iter().map(Self::of).collect()
    }
}

/// Why a script could not be read.
pub(super) enum Unread {
    /// It is larger than a script may be.
    TooLarge,
    /// A sign in it changes the direction of writing, so that people read another script than the machine.
    Misleading(Span),
    /// Rhai does not understand it.
    NotUnderstood(ParseError, Span),
}

/// Reads a script. The syntax is the same for all kinds of hooks.
pub(super) fn read(path: &str, file: FileId, text: &str) -> Result<Script, Unread> {
    if text.len() > limits::FILE {
        return Err(Unread::TooLarge);
    }
    let lines = Lines { file, text };
    let misleading = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if let Some((at, sign)) = text.char_indices().find(|(_, c)| misleading(*c)) {
        return Err(Unread::Misleading(lines.span(at, sign.len_utf8())));
    }
    let engine: &Engine = Profile::Effects.engine();
    let ast = engine.compile(text).map_err(|error| {
        let span = lines.at(error.position());
        Unread::NotUnderstood(error, span)
    })?;
    let loose = ast
        .statements()
        .iter()
        .find(|s| !matches!(s, Stmt::Noop(..)))
        .map(|s| lines.at(s.position()));
    // Functions stand side by side: what lies between the braces of one is its own.
    let mut functions: Vec<(Range<Position>, Function)> = ast
        .iter_fn_def()
        .map(|defined| {
            let within = defined.body.start_position()..defined.body.end_position();
            let function = Function {
                name: defined.name.to_string(),
                parameters: defined.params.len(),
                span: lines.name(&defined.name, within.start),
                calls: Vec::new(),
                properties: Vec::new(),
                keys: BTreeSet::new(),
            };
            (within, function)
        })
        .collect();
    functions.sort_by_key(|(_, function)| function.span.start);
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(node) = path.last() {
            let at = node.position();
            let around = functions
                .iter_mut()
                .find(|(within, _)| within.start <= at && at <= within.end);
            if let Some((_, function)) = around {
                function.note(node, &lines);
            }
        }
        true
    });
    let functions = functions.into_iter().map(|(_, function)| function).collect();
    Ok(Script {
        path: path.to_owned(),
        file,
        ast,
        functions,
        loose,
    })
}

impl Function {
    fn note(&mut self, node: &ASTNode<'_>, lines: &Lines<'_>) {
        let (call, arguments, position, constants) = match node {
            // A key of a map comes into being when it is set.
            ASTNode::Stmt(Stmt::Assignment(set, ..)) => {
                let mut set_here = |path: &[ASTNode<'_>]| {
                    if let Some(ASTNode::Expr(Expr::Property(property, _))) = path.last() {
                        self.keys.insert(property.2.to_string());
                    }
                    true
                };
                set.1.lhs.walk(&mut Vec::new(), &mut set_here);
                return;
            }
            ASTNode::Stmt(Stmt::FnCall(call, position)) | ASTNode::Expr(Expr::FnCall(call, position)) => {
                (call, call.args.len(), *position, Constant::all(&call.args))
            }
            // What stands before the point is given first.
            ASTNode::Expr(Expr::MethodCall(call, position)) => (call, call.args.len() + 1, *position, None),
            ASTNode::Expr(Expr::Property(property, position)) => {
                let name = property.2.to_string();
                let span = lines.word(*position, name.len());
                self.properties.push((name, span));
                return;
            }
            ASTNode::Expr(Expr::Map(map, _)) => {
                self.keys
                    .extend(map.0.iter().map(|(key, _)| key.as_str().to_owned()));
                return;
            }
            ASTNode::Expr(Expr::DynamicConstant(constant, _)) => {
                if let Some(map) = constant.read_lock::<rhai::Map>() {
                    self.keys.extend(map.keys().map(ToString::to_string));
                }
                return;
            }
            _ => return,
        };
        // Operators are no calls by name.
        if call.op_token.is_none() {
            self.calls.push(Call {
                name: call.name.to_string(),
                arguments,
                span: lines.word(position, call.name.len()),
                constants,
            });
        }
    }
}

/// From Rhai's lines and columns to spans.
struct Lines<'a> {
    file: FileId,
    text: &'a str,
}

impl Lines<'_> {
    fn span(&self, start: usize, length: usize) -> Span {
        let short = |n: usize| u32::try_from(n.min(self.text.len())).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: short(start),
            end: short(start + length),
        }
    }

    /// The byte at a position; the end of the text when there is none.
    fn byte(&self, position: Position) -> usize {
        let Some(line) = position.line() else {
            return self.text.trim_end().len();
        };
        let before: usize = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        let column = position.position().unwrap_or(1).max(1) - 1;
        let line = self.text.get(before..).unwrap_or("");
        before
            + line
                .char_indices()
                .nth(column)
                .map_or(line.trim_end().len(), |(at, _)| at)
    }

    /// A span of so many bytes.
    fn word(&self, position: Position, length: usize) -> Span {
        self.span(self.byte(position), length)
    }

    /// The word or sign at a position.
    fn at(&self, position: Position) -> Span {
        let start = self.byte(position);
        let rest = self.text.get(start..).unwrap_or("");
        let word = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let sign = rest
            .chars()
            .next()
            .filter(|c| !c.is_whitespace())
            .map_or(0, char::len_utf8);
        self.span(start, word.max(sign))
    }

    /// The name of a function in its head, which stands before its body.
    fn name(&self, name: &str, body: Position) -> Span {
        let head = self.text.get(..self.byte(body)).unwrap_or("");
        let at = head
            .rfind(&format!("fn {name}"))
            .map(|at| at + 3)
            .or_else(|| head.rfind(name));
        self.span(at.unwrap_or(0), name.len())
    }
}
