//! Roles as types, so that a route says in its signature who may use it.

use relance_engine::store::users::Role;

/// A role that a route asks for.
pub trait Rank: Send + Sync + 'static {
    /// The least role that may pass.
    const ROLE: Role;
}

/// May read.
#[derive(Debug)]
pub struct Viewer;
/// May work the to-do list.
#[derive(Debug)]
pub struct Collector;
/// May set holds and settle doubts.
#[derive(Debug)]
pub struct CreditManager;
/// May manage users and tokens.
#[derive(Debug)]
pub struct Admin;

impl Rank for Viewer {
    const ROLE: Role = Role::Viewer;
}
impl Rank for Collector {
    const ROLE: Role = Role::Collector;
}
impl Rank for CreditManager {
    const ROLE: Role = Role::CreditManager;
}
impl Rank for Admin {
    const ROLE: Role = Role::Admin;
}
