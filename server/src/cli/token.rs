//! `relance token`.

use relance_engine::store::tokens;
use relance_engine::store::users::Role;

use super::{Context, Outcome, Usage};
use crate::terminal::{errln, outln};
use crate::web::auth::secret;

/// Tokens for programs that use the API
#[derive(Debug, clap::Subcommand)]
pub enum Action {
    /// Make a token and show it, once
    Create {
        /// What it is for
        name: String,
        /// viewer, collector, credit_manager or admin
        #[arg(long, default_value = "viewer", value_parser = |text: &str| text.parse::<Role>())]
        role: Role,
    },
    /// End a token
    Revoke {
        /// What it is for
        name: String,
    },
    /// List the tokens
    List,
}

pub(super) async fn run(context: &Context, action: &Action) -> anyhow::Result<Outcome> {
    let opened = context.open().await?;
    let now = opened.engine.clock.now();
    let mut connection = opened.engine.pool.acquire().await?;
    match action {
        Action::Create { name, role } => {
            let token = secret::new_token();
            let hash = secret::hash(&token);
            let by = "command line";
            if tokens::create(&mut connection, name, &hash, *role, by, now)
                .await?
                .is_none()
            {
                return Err(Usage(format!("there is a token `{name}` already; choose another name")).into());
            }
            if !context.json(&serde_json::json!({ "name": name, "role": role, "token": token }))? {
                outln!("{token}");
                errln!("Keep it: it is not shown again. Use it as `Authorization: Bearer {token}`.");
            }
        }
        Action::Revoke { name } => {
            if !tokens::revoke(&mut connection, name, now).await? {
                return Err(Usage(format!("there is no token `{name}` that serves")).into());
            }
            if !context.json(&serde_json::json!({ "name": name, "revoked": true }))? {
                outln!("{name}: revoked");
            }
        }
        Action::List => {
            let all = tokens::list(&mut connection).await?;
            if !context.json(&all)? {
                for token in &all {
                    let state = if token.revoked_at.is_some() {
                        "  (revoked)"
                    } else {
                        ""
                    };
                    outln!("{:<20} {:<15}{state}", token.name, token.role.word());
                }
            }
        }
    }
    drop(connection);
    opened.close().await;
    Ok(Outcome::Done)
}
