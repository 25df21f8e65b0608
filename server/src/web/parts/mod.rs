//! Pieces that several pages show.

pub mod ageing;
pub mod chosen;
pub mod fields;
pub mod pager;
pub mod reasons;
pub mod titles;
