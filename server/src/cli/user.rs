//! `relance user`.

use std::io::BufRead as _;

use relance_engine::store::users::{self, NewUser, Role};

use super::{Context, Outcome, Usage};
use crate::terminal::outln;
use crate::web::auth::{password, secret};

/// People who may sign in to the pages
#[derive(Debug, clap::Subcommand)]
pub enum Action {
    /// Add a user
    Add(Add),
    /// Give a user a new password
    Passwd {
        /// The user's login
        login: String,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// List the users
    List,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  relance user add claire --name \"Claire Petit\" --role credit_manager")]
pub struct Add {
    /// What is typed to sign in
    login: String,
    /// Name, as colleagues read it; the login when it is not given
    #[arg(long)]
    name: Option<String>,
    /// viewer, collector, credit_manager or admin
    #[arg(long, value_parser = |text: &str| text.parse::<Role>())]
    role: Role,
    /// Language of the pages: fr or en
    #[arg(long, default_value = "fr", value_parser = ["fr", "en"])]
    language: String,
    #[command(flatten)]
    password: PasswordSource,
}

/// Where the password comes from. Not a flag: other users of the machine can read those.
#[derive(Debug, clap::Args)]
pub struct PasswordSource {
    /// Read the password from standard input; without it RELANCE_PASSWORD is taken, or one is made and shown once
    #[arg(long)]
    password_stdin: bool,
}

impl PasswordSource {
    /// The password, and whether it was made here.
    fn read(&self) -> anyhow::Result<(String, bool)> {
        let given = if self.password_stdin {
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            Some(line.trim_end_matches(['\r', '\n']).to_owned())
        } else {
            std::env::var("RELANCE_PASSWORD").ok()
        };
        match given {
            Some(text) => {
                password::acceptable(&text).map_err(|why| Usage(why.to_owned()))?;
                Ok((text, false))
            }
            None => Ok((secret::random_text(18), true)),
        }
    }
}

pub(super) async fn run(context: &Context, action: &Action) -> anyhow::Result<Outcome> {
    let opened = context.open().await?;
    let mut connection = opened.engine.pool.acquire().await?;
    match action {
        Action::Add(add) => {
            let (text, made) = add.password.read()?;
            let new = NewUser {
                login: &add.login,
                name: add.name.as_deref().unwrap_or(&add.login),
                password_hash: &password::hash(&text)?,
                role: add.role,
                language: &add.language,
            };
            let created = users::create(&mut connection, &new, opened.engine.clock.now()).await?;
            if created.is_none() {
                return Err(Usage(format!("there is a user `{}` already", add.login)).into());
            }
            report(context, &add.login, made.then_some(text.as_str()))?;
        }
        Action::Passwd {
            login,
            password: source,
        } => {
            let (text, made) = source.read()?;
            if !users::set_password(&mut connection, login, &password::hash(&text)?).await? {
                return Err(Usage(format!("there is no user `{login}`")).into());
            }
            report(context, login, made.then_some(text.as_str()))?;
        }
        Action::List => {
            let all = users::list(&mut connection).await?;
            if !context.json(&all)? {
                for user in &all {
                    let state = if user.active { "" } else { "  (may not sign in)" };
                    outln!("{:<16} {:<15} {}{state}", user.login, user.role.word(), user.name);
                }
            }
        }
    }
    drop(connection);
    opened.close().await;
    Ok(Outcome::Done)
}

fn report(context: &Context, login: &str, made: Option<&str>) -> anyhow::Result<()> {
    if !context.json(&serde_json::json!({ "login": login, "password": made }))? {
        match made {
            Some(password) => outln!("{login}: the password is {password} (it is not shown again)"),
            None => outln!("{login}: done"),
        }
    }
    Ok(())
}
