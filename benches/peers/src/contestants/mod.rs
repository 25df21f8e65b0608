//! The same decision, by one engine a file.

pub mod cel;
pub mod hand;
pub mod regorus;
pub mod relance;
pub mod rhai;
pub mod zen;
