use std::sync::Arc;

use mongodb::Client;
use mongodb::bson::{Bson, doc};
use mongodb::options::ClientOptions;
use serde::{Deserialize, Serialize};

use crate::documents::DATABASE_NAME;
use crate::effort::{Effort, measured};
use crate::failure::{Result, fail};
use crate::scenarios::{Calls, Scenario};
use crate::slice::{Made, Slice};

const POOL_SIZE: u32 = 100;

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "lowercase")]
pub enum Request {
    Connect {
        uri: String,
        scenario: String,
        collection: String,
    },
    /// Without a bound where it is null.
    Run {
        callers: usize,
        seconds: Option<f64>,
        calls: Option<u64>,
    },
    Close,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    #[serde(flatten)]
    effort: Effort,
    calls: usize,
    p50_ms: f64,
    p99_ms: f64,
}

#[derive(Serialize)]
#[serde(untagged)]
pub enum Answer {
    Effort(Effort),
    Figures(Figures),
}

/// The driver with the options it comes with, but for a pool of 100, where its own default is 10.
#[derive(Default)]
pub struct Rival {
    connected: Option<(Client, Arc<Calls>)>,
}

impl Rival {
    pub async fn obey(&mut self, request: Request) -> Result<Answer> {
        match request {
            Request::Connect {
                uri,
                scenario,
                collection,
            } => {
                self.close().await;
                let (effort, connected) = measured(connect(&uri, &scenario, &collection)).await;
                self.connected = Some(connected?);
                Ok(Answer::Effort(effort))
            }
            Request::Run {
                callers,
                seconds,
                calls,
            } => Ok(Answer::Figures(
                self.run(callers, Slice::new(seconds, calls)).await?,
            )),
            Request::Close => Ok(Answer::Effort(measured(self.close()).await.0)),
        }
    }

    async fn run(&self, callers: usize, slice: Slice) -> Result<Figures> {
        let Some((client, calls)) = &self.connected else {
            return fail("not connected");
        };
        let before = count(client, calls).await?;
        let (effort, made) = measured(slice.run_all(callers, calls.clone())).await;
        let mut made = made?;
        check(&made, calls)?;
        let inserted = count(client, calls).await? - before;
        let expected = (calls.scenario.inserts() * made.latencies.len()) as i64;
        if inserted != expected {
            return fail(format!(
                "the server counts {inserted} inserts, {expected} were made"
            ));
        }
        let calls = made.latencies.len();
        let percentile = made.percentiles();
        Ok(Figures {
            effort,
            calls,
            p50_ms: percentile(0.5),
            p99_ms: percentile(0.99),
        })
    }

    async fn close(&mut self) {
        if let Some((client, _)) = self.connected.take() {
            client.shutdown().await;
        }
    }
}

/// Waits for the server, as the drivers in JavaScript do.
async fn connect(uri: &str, scenario: &str, collection: &str) -> Result<(Client, Arc<Calls>)> {
    let scenario = Scenario::named(scenario)?;
    let mut options = ClientOptions::parse(uri).await?;
    options.max_pool_size.get_or_insert(POOL_SIZE);
    let client = Client::with_options(options)?;
    let database = client.database(DATABASE_NAME);
    client
        .database("admin")
        .run_command(doc! { "ping": 1 })
        .await?;
    Ok((
        client,
        Arc::new(Calls::new(scenario, database.collection(collection))),
    ))
}

/// Looks at the last outcome of each caller.
fn check(made: &Made, calls: &Calls) -> Result<()> {
    made.outcomes
        .iter()
        .try_for_each(|outcome| calls.scenario.verify(outcome))
}

/// How many documents the collection holds, where a scenario inserts some.
async fn count(client: &Client, calls: &Calls) -> Result<i64> {
    if calls.scenario.inserts() == 0 {
        return Ok(0);
    }
    let command = doc! { "count": calls.collection.name() };
    let reply = client.database(DATABASE_NAME).run_command(command).await?;
    match reply.get("n") {
        Some(Bson::Int32(count)) => Ok(i64::from(*count)),
        Some(Bson::Int64(count)) => Ok(*count),
        other => fail(format!("the server counts {other:?}")),
    }
}
