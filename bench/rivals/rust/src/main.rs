//! The official Rust driver in the benchmarks. It does what bench/child.ts does: it takes requests and gives answers, a
//! line of JSON each, one at a time, and measures itself.

mod documents;
mod effort;
mod failure;
mod rival;
mod scenarios;
mod slice;

use std::io::stdin;
use std::sync::Arc;
use std::time::Instant;

use serde_json::json;
use tokio::runtime::Runtime;
use tokio::sync::Mutex;

use effort::{Effort, cpu_ms};
use rival::{Answer, Rival};

/// Reads while a request is obeyed, too: what is read then is the end, when the parent lets go of this process.
fn main() {
    let started = Instant::now();
    let runtime = Runtime::new().expect("threads to run on");
    let rival = Arc::new(Mutex::new(Rival::default()));
    let wall_ms = started.elapsed().as_secs_f64() * 1000.0;
    say(Ok(Answer::Effort(Effort {
        wall_ms,
        cpu_ms: cpu_ms(),
    })));
    for line in stdin().lines().map_while(Result::ok) {
        runtime.spawn(obey(rival.clone(), line));
    }
    std::process::exit(0);
}

async fn obey(rival: Arc<Mutex<Rival>>, line: String) {
    let answer = match serde_json::from_str(&line) {
        Ok(request) => rival.lock().await.obey(request).await,
        Err(error) => Err(error.into()),
    };
    say(answer);
}

fn say(answer: failure::Result<Answer>) {
    match answer {
        Ok(answer) => println!("{}", json!(answer)),
        Err(error) => println!("{}", json!({ "error": error.to_string() })),
    }
}
