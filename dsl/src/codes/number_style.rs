//! RL0015: number in another style.

use super::Code;

/// RL0015: number in another style.
pub const NUMBER_STYLE: Code = Code {
    code: "RL0015",
    title: "number in another style",
    what: "A number has its decimals or thousands marked in another style, or too many digits.",
    why: "`1.000` is a thousand in Paris and one in London.",
    bad: "key when account.overdue >= 1.000,00 EUR",
    good: "key when account.overdue >= 1 000.00 EUR",
};
