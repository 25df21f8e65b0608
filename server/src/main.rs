//! Skeleton.
mod demo;
fn main() {}
