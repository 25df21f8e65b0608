//! The scripts, with what stops each.

mod effects;

/// A script that nobody should have to fear.
pub struct Hostile {
    pub name: &'static str,
    /// `condition`, `amount` or `text`: the kind of hook that it is, asked in a condition. `effects`: it stands as an act. `body`: it makes
    /// the body of a message.
    pub kind: &'static str,
    script: Script,
    pub stopped: Stop,
}

enum Script {
    Text(&'static str),
    Made(fn() -> String),
}

/// What stops it.
#[derive(Debug, Clone, Copy)]
pub enum Stop {
    /// The check, with this code: the rulebook is refused.
    Check(&'static str),
    /// The call, with a message that has this in it.
    Call(&'static str),
    /// Nothing: it does what it may, within the limits.
    Harmless,
}

use Stop::{Call, Check, Harmless};

/// All of them.
pub fn scripts() -> impl Iterator<Item = &'static Hostile> {
    SCRIPTS.iter().chain(effects::SCRIPTS)
}

impl Hostile {
    pub fn text(&self) -> String {
        match self.script {
            Script::Text(text) => text.to_owned(),
            Script::Made(made) => made(),
        }
    }
}

const fn is(name: &'static str, kind: &'static str, script: &'static str, stopped: Stop) -> Hostile {
    Hostile {
        name,
        kind,
        script: Script::Text(script),
        stopped,
    }
}

const fn made(name: &'static str, kind: &'static str, script: fn() -> String, stopped: Stop) -> Hostile {
    Hostile {
        name,
        kind,
        script: Script::Made(script),
        stopped,
    }
}

const OPERATIONS: Stop = Call("more than 10000 operations");
const CALLS: Stop = Call("more than 16 calls within calls");
const LARGE: Stop = Call("too large");
const VARIABLES: Stop = Call("more than 40 variables");
const TYPES: Stop = Call("cannot be done with values of these types");
const SYNTAX: Stop = Check("RL1101");
const UNKNOWN: Stop = Check("RL1105");
const PROPERTY: Stop = Check("RL1106");
const REFUSED: Stop = Check("RL1112");
const KIND: Stop = Check("RL1107");
const SHADOW: Stop = Check("RL1108");
const LOOSE: Stop = Check("RL1109");

const SCRIPTS: &[Hostile] = &[
    // Loops.
    is("endless loop", "condition", "fn h(a) { loop { } }", OPERATIONS),
    is(
        "endless while",
        "condition",
        "fn h(a) { while true { } true }",
        OPERATIONS,
    ),
    is(
        "endless do",
        "condition",
        "fn h(a) { do { } while true; true }",
        OPERATIONS,
    ),
    is(
        "endless do until",
        "condition",
        "fn h(a) { do { } until false; true }",
        OPERATIONS,
    ),
    is(
        "range to the largest number",
        "condition",
        "fn h(a) { for i in 0..9223372036854775807 { } true }",
        OPERATIONS,
    ),
    is(
        "inclusive range to the largest number",
        "condition",
        "fn h(a) { for i in 0..=9223372036854775807 { } true }",
        OPERATIONS,
    ),
    is(
        "range from the smallest number",
        "condition",
        "fn h(a) { for i in -9223372036854775807..9223372036854775807 { } true }",
        OPERATIONS,
    ),
    is(
        "loops in loops",
        "condition",
        "fn h(a) { for i in 0..1000 { for j in 0..1000 { for k in 0..1000 { } } } true }",
        OPERATIONS,
    ),
    is(
        "continue for ever",
        "condition",
        "fn h(a) { loop { continue; } }",
        OPERATIONS,
    ),
    is(
        "a loop that counts back",
        "amount",
        "fn h(a) { let n = 1; while n != 0 { n += 1; n -= 1; } n }",
        OPERATIONS,
    ),
    is(
        "a loop over a list that grows",
        "amount",
        "fn h(a) { let l = [1]; for x in l { push(l, x); } len(l) }",
        Harmless,
    ),
    is(
        "a while over a list that grows",
        "amount",
        "fn h(a) { let l = [1]; let i = 0; while i < len(l) { push(l, i); i += 1; } i }",
        Call("a list has at most 100 values"),
    ),
    is(
        "a loop of an expression",
        "amount",
        "fn h(a) { let x = loop { if false { break 1; } }; x }",
        OPERATIONS,
    ),
    is(
        "an empty range",
        "condition",
        "fn h(a) { for i in 5..1 { return false; } true }",
        Harmless,
    ),
    is(
        "a range with a step",
        "condition",
        "fn h(a) { for i in range(0, 10, 0) { } true }",
        UNKNOWN,
    ),
    is(
        "invoices without end",
        "amount",
        "fn h(a) { let n = 0; loop { for i in a.invoices { n += 1; } } }",
        OPERATIONS,
    ),
    // Recursion.
    is("recursion", "condition", "fn h(a) { h(a) }", CALLS),
    is(
        "recursion of two",
        "condition",
        "fn h(a) { g(a) } fn g(a) { h(a) }",
        CALLS,
    ),
    is(
        "recursion in arguments",
        "amount",
        "fn h(a) { g(g(g(1))) } fn g(n) { g(n + 1) }",
        CALLS,
    ),
    is(
        "recursion that doubles",
        "amount",
        "fn h(a) { g(14) } fn g(n) { if n == 0 { 1 } else { g(n - 1) + g(n - 1) } }",
        OPERATIONS,
    ),
    is(
        "Ackermann",
        "amount",
        "fn h(a) { k(3, 3) } fn k(m, n) { if m == 0 { n + 1 } else if n == 0 { k(m - 1, 1) } else { k(m - 1, k(m, n - 1)) } }",
        CALLS,
    ),
    is(
        "recursion with lists",
        "amount",
        "fn h(a) { g([1,2,3,4,5,6,7,8,9,10]) } fn g(l) { let m = [l]; g(m) }",
        CALLS,
    ),
    is(
        "recursion as a method",
        "amount",
        "fn h(a) { 1.g() } fn g(n) { n.g() }",
        Call("`g"),
    ),
    is("deep return", "amount", "fn h(a) { return h(a); }", CALLS),
    // Texts.
    is(
        "a text that doubles",
        "text",
        "fn h(a) { let s = \"x\"; loop { s += s; } }",
        LARGE,
    ),
    is(
        "a text that grows",
        "text",
        "fn h(a) { let s = \"\"; loop { s += \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"; } }",
        LARGE,
    ),
    is(
        "an interpolated text that grows",
        "text",
        "fn h(a) { let s = \"x\"; loop { s = `${s}${s}`; } }",
        LARGE,
    ),
    is(
        "a text of replaced letters",
        "text",
        "fn h(a) { let s = \"aaaaaaaaaaaaaaaa\"; loop { s = replace(s, \"a\", \"aaaaaaaaaaaaaaaa\"); } }",
        LARGE,
    ),
    is(
        "a text replaced to nothing",
        "text",
        "fn h(a) { let s = \"x\"; for i in 0..12 { s += s; } for i in 0..100000 { s = replace(s, \"y\", \"\"); } s }",
        OPERATIONS,
    ),
    is(
        "an empty text replaced",
        "text",
        "fn h(a) { replace(\"abc\", \"\", \"xxxxxxxxxxxxxxxx\") }",
        Harmless,
    ),
    is(
        "a text split into too many",
        "text",
        "fn h(a) { let s = \",\"; for i in 0..12 { s += s; } join(split(s, \",\"), \"-\") }",
        LARGE,
    ),
    is(
        "a text split at nothing",
        "text",
        "fn h(a) { join(split(\"abc\", \"\"), \"-\") }",
        Harmless,
    ),
    is(
        "joined texts",
        "text",
        "fn h(a) { let s = \"x\"; for i in 0..11 { s += s; } join([s, s, s, s, s], s) }",
        LARGE,
    ),
    is(
        "a list of long texts",
        "text",
        "fn h(a) { let s = \"x\"; for i in 0..12 { s += s; } let l = [s, s, s]; \"x\" }",
        LARGE,
    ),
    is(
        "a list that gets long texts",
        "text",
        "fn h(a) { let s = \"x\"; for i in 0..12 { s += s; } let l = []; loop { push(l, s); } }",
        LARGE,
    ),
    is(
        "a map of long texts",
        "text",
        "fn h(a) { let s = \"x\"; for i in 0..12 { s += s; } let m = #{}; m.a = s; m.b = s; m.c = s; \"x\" }",
        LARGE,
    ),
    is(
        "upper and lower for ever",
        "text",
        "fn h(a) { let s = \"ß\"; for i in 0..11 { s += s; } loop { s = lower(upper(s)); } }",
        OPERATIONS,
    ),
    is(
        "letters that become longer",
        "text",
        "fn h(a) { let s = \"ŉ\"; for i in 0..11 { s += s; } loop { s = upper(s); } }",
        Call(""),
    ),
    is(
        "parts with huge numbers",
        "text",
        "fn h(a) { part(\"abc\", 9223372036854775807, 9223372036854775807) }",
        Harmless,
    ),
    is(
        "parts with negative numbers",
        "text",
        "fn h(a) { part(\"abc\", -1, 5) }",
        REFUSED,
    ),
    is(
        "a place outside of a text",
        "text",
        "fn h(a) { let s = \"abc\"; `${s[10]}` }",
        Call("nothing at this place"),
    ),
    is(
        "JSON of JSON",
        "text",
        "fn h(a) { let s = \"\\\"\"; loop { s = json(s); } }",
        LARGE,
    ),
    is(
        "JSON of signs that are written long",
        "text",
        "fn h(a) { let s = \"\\x01\"; for i in 0..12 { s += s; } json(s) }",
        LARGE,
    ),
    is(
        "a pad of the host that does not exist",
        "text",
        "fn h(a) { let s = \"x\"; s.pad(1000000000, \"x\"); s }",
        UNKNOWN,
    ),
    is("a repeated text", "text", "fn h(a) { \"x\" * 1000000000 }", TYPES),
    made(
        "a literal of a mebibyte",
        "text",
        || format!("fn h(a) {{ \"{}\" }}", "x".repeat(1 << 20)),
        Check("RL0001"),
    ),
    made(
        "a literal over the limit",
        "text",
        || format!("fn h(a) {{ \"{}\" }}", "x".repeat(9_000)),
        SYNTAX,
    ),
    made(
        "many literals added",
        "text",
        || {
            format!(
                "fn h(a) {{ let s = \"\"; {} s }}",
                format!("s += \"{}\";", "x".repeat(1_000)).repeat(20)
            )
        },
        LARGE,
    ),
    // Lists and maps.
    is(
        "a list that doubles",
        "amount",
        "fn h(a) { let l = [1]; loop { push(l, l); } }",
        LARGE,
    ),
    is(
        "a list that is pushed to for ever",
        "amount",
        "fn h(a) { let l = []; loop { push(l, 1); } }",
        Call("a list has at most 100 values"),
    ),
    is(
        "a list added to itself",
        "amount",
        "fn h(a) { let l = [1]; loop { l += l; } }",
        Call(""),
    ),
    is(
        "lists in lists",
        "amount",
        "fn h(a) { let l = []; for i in 0..1000 { l = [l]; } len(l) }",
        LARGE,
    ),
    is(
        "lists in lists twice",
        "amount",
        "fn h(a) { let l = [0]; for i in 0..100 { l = [l, l]; } len(l) }",
        LARGE,
    ),
    is(
        "maps in maps",
        "amount",
        "fn h(a) { let m = #{}; for i in 0..1000 { m = #{ a: m }; } 1 }",
        LARGE,
    ),
    is(
        "maps in maps twice",
        "amount",
        "fn h(a) { let m = #{}; for i in 0..100 { m = #{ a: m, b: m }; } 1 }",
        LARGE,
    ),
    is(
        "a map with ever more keys",
        "amount",
        "fn h(a) { let m = #{}; let k = \"k\"; loop { m[k] = 1; k += \"k\"; } }",
        OPERATIONS,
    ),
    is(
        "a list set into itself",
        "amount",
        "fn h(a) { let l = [1, 2]; for i in 0..18 { l[0] = l; l[1] = l; } len(l) }",
        LARGE,
    ),
    is(
        "a map set into itself",
        "amount",
        "fn h(a) { let m = #{ a: 1, b: 2 }; for i in 0..18 { m.a = m; m.b = m; } 1 }",
        LARGE,
    ),
    is(
        "a map set into itself by keys",
        "amount",
        "fn h(a) { let m = #{ a: 1 }; for i in 0..18 { m[\"a\"] = m; m[\"b\"] = m; } 1 }",
        LARGE,
    ),
    is(
        "a text set into a list",
        "text",
        "fn h(a) { let l = [1]; let s = \"x\"; for i in 0..18 { l[0] = s; s = l[0] + l[0]; } s }",
        LARGE,
    ),
    is(
        "lists of texts set",
        "text",
        "fn h(a) { let s = \"x\"; for i in 0..12 { s += s; } let l = []; for i in 0..90 { push(l, 1); } for i in 0..90 { l[i] = s + \"y\"; } \"x\" }",
        Harmless,
    ),
    made(
        "many lists of long texts",
        "text",
        || lists_of_texts("l[i] = s + `${i}`;"),
        OPERATIONS,
    ),
    made(
        "many maps of long texts",
        "text",
        || lists_of_texts("m[`${i}`] = s + `${i}`;"),
        OPERATIONS,
    ),
    made(
        "texts in calls within calls",
        "text",
        || {
            let keep = "let l = []; for i in 0..99 { push(l, 0); } for i in 0..99 { l[i] = s + `${i}`; }";
            format!(
                "fn h(a) {{ let s = \"x\"; for i in 0..12 {{ s += s; }} g(s) }} fn g(s) {{ {keep} g(s) }}"
            )
        },
        OPERATIONS,
    ),
    is(
        "lists copied for ever",
        "amount",
        "fn h(a) { let l = []; for i in 0..90 { push(l, i); } loop { let m = l; } }",
        OPERATIONS,
    ),
    is(
        "maps copied for ever",
        "amount",
        "fn h(a) { let m = #{}; for i in 0..45 { m[`k${i}`] = i; } loop { let n = m; } }",
        OPERATIONS,
    ),
    is(
        "lists of texts copied for ever",
        "amount",
        "fn h(a) { let l = []; for i in 0..90 { push(l, `text number ${i} of many that are long enough`); } loop { let m = [l]; } }",
        OPERATIONS,
    ),
    is(
        "tags copied for ever",
        "amount",
        "fn h(a) { let n = 0; loop { n += len(a.invoices); } }",
        OPERATIONS,
    ),
    is(
        "a list searched for ever",
        "condition",
        "fn h(a) { let l = []; for i in 0..99 { push(l, `some text that is rather long ${i}`); } loop { if \"x\" in l { return true; } } }",
        OPERATIONS,
    ),
    is(
        "a text searched for ever",
        "condition",
        "fn h(a) { let s = \"aaaaaaaaaaaaaaaa\"; for i in 0..8 { s += s; } let p = part(s, 0, 2000) + \"b\"; loop { if s.contains(p) { return true; } } }",
        OPERATIONS,
    ),
    is(
        "a place outside of a list",
        "amount",
        "fn h(a) { let l = [1]; l[1000000] }",
        Call("nothing at this place"),
    ),
    is(
        "a place far outside is set",
        "amount",
        "fn h(a) { let l = [1]; l[1000000] = 5; 1 }",
        Call("nothing at this place"),
    ),
    is(
        "a list is sorted",
        "amount",
        "fn h(a) { let l = [3, 1, 2]; l.sort(); l[0] }",
        UNKNOWN,
    ),
    is(
        "a list is filled by the host",
        "amount",
        "fn h(a) { let l = []; l.pad(1000000, 0); len(l) }",
        UNKNOWN,
    ),
    is(
        "a blob",
        "amount",
        "fn h(a) { let b = blob(1000000000, 0); len(b) }",
        UNKNOWN,
    ),
    made(
        "a literal list over the limit",
        "amount",
        || format!("fn h(a) {{ let l = [{}]; len(l) }}", "1,".repeat(200)),
        SYNTAX,
    ),
    made(
        "a literal map over the limit",
        "amount",
        || {
            let keys: String = (0..60).map(|n| format!("k{n}: {n},")).collect();
            format!("fn h(a) {{ let m = #{{ {keys} }}; 1 }}")
        },
        SYNTAX,
    ),
    // Variables and functions.
    made(
        "many variables",
        "amount",
        || {
            let all: String = (0..60).map(|n| format!("let v{n} = {n};")).collect();
            format!("fn h(a) {{ {all} v1 }}")
        },
        VARIABLES,
    ),
    is(
        "variables in a loop",
        "amount",
        "fn h(a) { loop { let v = 1; } }",
        OPERATIONS,
    ),
    made(
        "many functions",
        "amount",
        || {
            let all: String = (0..150).map(|n| format!("fn f{n}() {{ {n} }}\n")).collect();
            format!("{all} fn h(a) {{ f1() }}")
        },
        SYNTAX,
    ),
    made(
        "functions that call each other in a row",
        "amount",
        || {
            let all: String = (0..40)
                .map(|n| format!("fn f{n}() {{ f{}() }}\n", n + 1))
                .collect();
            format!("{all} fn f40() {{ 1 }} fn h(a) {{ f0() }}")
        },
        CALLS,
    ),
    made(
        "each function calls the next twice",
        "amount",
        || {
            let all: String = (0..14)
                .map(|n| format!("fn f{n}() {{ f{}() + f{}() }}\n", n + 1, n + 1))
                .collect();
            format!("{all} fn f14() {{ 1 }} fn h(a) {{ f0() }}")
        },
        OPERATIONS,
    ),
    // Nesting.
    made(
        "nested parentheses",
        "amount",
        || format!("fn h(a) {{ {}1{} }}", "(".repeat(5_000), ")".repeat(5_000)),
        SYNTAX,
    ),
    made(
        "nested blocks",
        "amount",
        || format!("fn h(a) {{ {}1{} }}", "{".repeat(5_000), "}".repeat(5_000)),
        SYNTAX,
    ),
    made(
        "nested lists",
        "amount",
        || {
            format!(
                "fn h(a) {{ let l = {}1{}; 1 }}",
                "[".repeat(5_000),
                "]".repeat(5_000)
            )
        },
        SYNTAX,
    ),
    made(
        "nested conditions",
        "amount",
        || {
            format!(
                "fn h(a) {{ {} 1 {} }}",
                "if true {".repeat(2_000),
                "}".repeat(2_000)
            )
        },
        SYNTAX,
    ),
    made(
        "a long chain of else",
        "amount",
        || format!("fn h(a) {{ {} {{ 1 }} }}", "if false { 0 } else ".repeat(2_000)),
        SYNTAX,
    ),
    made(
        "a long sum",
        "amount",
        || format!("fn h(a) {{ 0 {} }}", "+ 1".repeat(10_000)),
        SYNTAX,
    ),
    made(
        "many signs",
        "amount",
        || format!("fn h(a) {{ {}1 }}", "-".repeat(20_000)),
        SYNTAX,
    ),
    made(
        "many negations",
        "condition",
        || format!("fn h(a) {{ {}true }}", "!".repeat(20_000)),
        SYNTAX,
    ),
    made(
        "a long chain of properties",
        "amount",
        || format!("fn h(a) {{ a{} }}", ".invoices".repeat(3_000)),
        SYNTAX,
    ),
    made(
        "interpolation in interpolation",
        "text",
        || format!("fn h(a) {{ {}x{} }}", "`${".repeat(300), "}`".repeat(300)),
        SYNTAX,
    ),
    // Switches.
    made(
        "a switch of many cases",
        "amount",
        || {
            let cases: String = (0..3_000).map(|n| format!("{n} => {n},")).collect();
            format!("fn h(a) {{ switch 5 {{ {cases} _ => 0 }} }}")
        },
        Harmless,
    ),
    is(
        "a switch over huge ranges",
        "amount",
        "fn h(a) { switch 5 { 0..9223372036854775807 => 1, -9223372036854775807..0 => 2, _ => 3 } }",
        Harmless,
    ),
    made(
        "a switch of many ranges in a loop",
        "amount",
        || {
            let cases: String = (0..500)
                .map(|n| format!("{}..{} => {n},", n * 10 + 1_000, n * 10 + 1_009))
                .collect();
            format!("fn h(a) {{ let n = 0; loop {{ n = switch 5 {{ {cases} _ => 0 }}; }} }}")
        },
        OPERATIONS,
    ),
    // Types and numbers.
    is(
        "a number plus nothing",
        "amount",
        "fn h(a) { 1 + () }",
        Call("a fact that is not known"),
    ),
    is(
        "overflow of whole numbers",
        "amount",
        "fn h(a) { 9223372036854775807 + 1 }",
        Call("Addition overflow"),
    ),
    is(
        "overflow by multiplying",
        "amount",
        "fn h(a) { let n = 2; loop { n *= n; } }",
        Call("overflow"),
    ),
    is(
        "overflow of decimals",
        "amount",
        "fn h(a) { let n = 2.5; loop { n *= n; } }",
        Call("overflow"),
    ),
    is(
        "division by zero",
        "amount",
        "fn h(a) { 1 / 0 }",
        Call("divide by zero"),
    ),
    is(
        "division of decimals by zero",
        "amount",
        "fn h(a) { 1.0 / 0.0 }",
        Call("divide by zero"),
    ),
    is(
        "remainder by zero",
        "amount",
        "fn h(a) { 1 % 0 }",
        Call("divide by zero"),
    ),
    is(
        "the smallest number without its sign",
        "amount",
        "fn h(a) { abs(-9223372036854775807 - 1) }",
        Call("too large"),
    ),
    is(
        "the smallest number by minus one",
        "amount",
        "fn h(a) { (-9223372036854775807 - 1) / -1 }",
        Call("cannot be calculated"),
    ),
    is(
        "a huge power",
        "amount",
        "fn h(a) { 2 ** 1000000000 }",
        Call("cannot be calculated"),
    ),
    is(
        "a huge power of a decimal",
        "amount",
        "fn h(a) { (1.5 ** 100.5) ** 100.5 }",
        Call("cannot be calculated"),
    ),
    is("a huge shift", "amount", "fn h(a) { 1 << 1000000 }", Harmless),
    is(
        "not a number",
        "condition",
        "fn h(a) { let n = 0.0 / 0.0; n != n }",
        Call("divide by zero"),
    ),
    is(
        "an amount that overflows",
        "condition",
        "fn h(a) { let m = money(10, \"EUR\"); loop { m = m * 10; } }",
        Call("too large"),
    ),
    is(
        "an amount divided by zero",
        "condition",
        "fn h(a) { a.overdue / 0 > a.overdue }",
        Call("divide by zero"),
    ),
    is(
        "amounts of two currencies",
        "condition",
        "fn h(a) { a.overdue > money(1, \"USD\") }",
        Call("cannot be taken together"),
    ),
    is(
        "an amount that is no amount",
        "condition",
        "fn h(a) { money(\"1e400\", \"EUR\") > a.overdue }",
        REFUSED,
    ),
    is(
        "an amount of a thousand digits",
        "condition",
        "fn h(a) { let s = \"9\"; for i in 0..10 { s += s; } money(s, \"EUR\") > a.overdue }",
        Call("cannot be read as an amount"),
    ),
    is(
        "a day beyond all calendars",
        "condition",
        "fn h(a) { date(262143, 1, 1) > a.today }",
        REFUSED,
    ),
    is(
        "days without end",
        "condition",
        "fn h(a) { let d = a.today; loop { d = d + days(3660); } }",
        OPERATIONS,
    ),
    is(
        "a stretch of negative days",
        "condition",
        "fn h(a) { a.today + days(-1) > a.today }",
        REFUSED,
    ),
    is(
        "rounded to a thousand digits",
        "amount",
        "fn h(a) { round(1.5, 1000) }",
        REFUSED,
    ),
    is(
        "a text for a number",
        "amount",
        "fn h(a) { \"1\" }",
        Call("it must give a whole number"),
    ),
    is(
        "a list for yes or no",
        "condition",
        "fn h(a) { [true] }",
        Call("it must give yes or no"),
    ),
    is(
        "the account itself",
        "text",
        "fn h(a) { a }",
        Call("it must give a text"),
    ),
    is(
        "a type that is asked for",
        "text",
        "fn h(a) { type_of(a) }",
        SYNTAX,
    ),
    // What is not there.
    is("eval", "amount", "fn h(a) { eval(\"1\") }", SYNTAX),
    is("print", "amount", "fn h(a) { print(\"x\"); 1 }", SYNTAX),
    is("debug", "amount", "fn h(a) { debug(\"x\"); 1 }", SYNTAX),
    is(
        "import",
        "amount",
        "fn h(a) { import \"/etc/passwd\" as p; 1 }",
        SYNTAX,
    ),
    is(
        "a function pointer",
        "amount",
        "fn h(a) { let f = Fn(\"h\"); f.call(a) }",
        SYNTAX,
    ),
    is("curry", "amount", "fn h(a) { curry(1, 2) }", SYNTAX),
    is("a closure", "amount", "fn h(a) { let f = |x| x; 1 }", SYNTAX),
    is(
        "limits caught",
        "amount",
        "fn h(a) { try { loop { } } catch { 1 } }",
        SYNTAX,
    ),
    is(
        "the clock",
        "amount",
        "fn h(a) { let t = timestamp(); 1 }",
        UNKNOWN,
    ),
    is("sleep", "amount", "fn h(a) { sleep(1000000); 1 }", UNKNOWN),
    is(
        "a file",
        "amount",
        "fn h(a) { open_file(\"/etc/passwd\"); 1 }",
        UNKNOWN,
    ),
    is("chance", "amount", "fn h(a) { rand() }", UNKNOWN),
    is(
        "the environment",
        "amount",
        "fn h(a) { env(\"HOME\"); 1 }",
        UNKNOWN,
    ),
    is(
        "the list of all functions",
        "amount",
        "fn h(a) { len(get_fn_metadata_list()) }",
        UNKNOWN,
    ),
    is("exit", "amount", "fn h(a) { exit(1) }", UNKNOWN),
    is(
        "an effect in a condition",
        "condition",
        "fn h(a) { note(\"x\"); true }",
        KIND,
    ),
    is(
        "a webhook in an amount",
        "amount",
        "fn h(a) { webhook(\"x\", \"y\"); 1 }",
        KIND,
    ),
    is(
        "JSON in a condition",
        "condition",
        "fn h(a) { json(a) == \"\" }",
        KIND,
    ),
    is(
        "a property that is not there",
        "amount",
        "fn h(a) { a.secret }",
        PROPERTY,
    ),
    is(
        "a fact of another object",
        "condition",
        "fn h(a) { a.email == \"\" }",
        PROPERTY,
    ),
    is(
        "a key that is not there",
        "amount",
        "fn h(a) { let m = #{ x: 1 }; m.y = 2; m.z }",
        PROPERTY,
    ),
    is(
        "a key of another map",
        "amount",
        "fn h(a) { let m = #{ x: 1 }; let n = #{}; n.x }",
        Call("there is no property `x`"),
    ),
    is(
        "a fact that is set",
        "condition",
        "fn h(a) { a.overdue = money(0, \"EUR\"); true }",
        Call(""),
    ),
    is(
        "an indexed fact",
        "condition",
        "fn h(a) { a[\"overdue\"] == 0 }",
        Call(""),
    ),
    // Taking the place of others.
    is(
        "a host function shadowed",
        "condition",
        "fn h(a) { money(1, \"EUR\") == 5 } fn money(a, b) { 5 }",
        SHADOW,
    ),
    is(
        "a host function with other parameters",
        "condition",
        "fn h(a) { true } fn known(a, b, c) { 5 }",
        SHADOW,
    ),
    is(
        "an operator as a name",
        "condition",
        "fn h(a) { true } fn +(a, b) { 5 }",
        SYNTAX,
    ),
    is(
        "an operator in quotes",
        "condition",
        "fn h(a) { `+`(1, 2) == 5 }",
        SYNTAX,
    ),
    is(
        "code outside of functions",
        "condition",
        "loop { } fn h(a) { true }",
        LOOSE,
    ),
    is(
        "a constant outside of functions",
        "condition",
        "const X = 1; fn h(a) { true }",
        LOOSE,
    ),
    is("this", "amount", "fn h(a) { this }", Call("")),
    is(
        "a getter called by its name",
        "condition",
        "fn h(a) { get$overdue(a) == 1 }",
        SYNTAX,
    ),
    // Text of the script itself.
    made(
        "a comment of a mebibyte",
        "condition",
        || format!("/*{}*/ fn h(a) {{ true }}", "x".repeat(1 << 20)),
        Check("RL0001"),
    ),
    made(
        "nested comments",
        "condition",
        || {
            format!(
                "{}{} fn h(a) {{ true }}",
                "/*".repeat(10_000),
                "*/".repeat(10_000)
            )
        },
        Harmless,
    ),
    made(
        "a comment that is not closed",
        "condition",
        || format!("fn h(a) {{ true }} {}", "/*".repeat(10_000)),
        Harmless,
    ),
    made(
        "many empty lines",
        "condition",
        || format!("{} fn h(a) {{ true }}", "\n".repeat(60_000)),
        Harmless,
    ),
    is(
        "writing turned around",
        "condition",
        "fn h(a) { /* \u{202e} */ true }",
        SYNTAX,
    ),
    is(
        "writing turned around by isolates",
        "condition",
        "fn h(a) { /* \u{2066} */ true }",
        SYNTAX,
    ),
    is("letters that look alike", "condition", "fn h(а) { a }", SYNTAX),
    is("a zero byte", "condition", "fn h(a) { true }\0", SYNTAX),
    made(
        "marks upon marks",
        "text",
        || format!("fn h(a) {{ upper(\"z{}\") }}", "\u{301}".repeat(3_000)),
        Harmless,
    ),
    made(
        "many statements",
        "amount",
        || format!("fn h(a) {{ {} 1 }}", "1;".repeat(30_000)),
        OPERATIONS,
    ),
];

/// Lists and maps that are filled place by place, which nothing but the number of operations bounds.
fn lists_of_texts(fill: &str) -> String {
    format!(
        "fn h(a) {{ let s = \"x\"; for i in 0..12 {{ s += s; }} s += part(s, 0, 1900); let all = []; let m = #{{}}; \
         loop {{ let l = []; for i in 0..99 {{ push(l, 0); }} for i in 0..99 {{ {fill} }} for i in 0..99 {{ all = l; }} }} }}"
    )
}
