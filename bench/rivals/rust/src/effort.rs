use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};
use serde::Serialize;

/// Processor time is that of the whole process, user and system.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effort {
    pub wall_ms: f64,
    pub cpu_ms: f64,
}

pub async fn measured<T>(work: impl Future<Output = T>) -> (Effort, T) {
    let (started, before) = (Instant::now(), cpu_ms());
    let done = work.await;
    let wall_ms = started.elapsed().as_secs_f64() * 1000.0;
    (
        Effort {
            wall_ms,
            cpu_ms: cpu_ms() - before,
        },
        done,
    )
}

pub fn cpu_ms() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("a process knows its own usage");
    let ms = |time: TimeVal| time.num_microseconds() as f64 / 1000.0;
    ms(usage.user_time()) + ms(usage.system_time())
}
