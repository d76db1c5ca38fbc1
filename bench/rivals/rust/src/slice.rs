use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::failure::Result;
use crate::scenarios::{Calls, Outcome};

/// A number of callers, tasks, each making its next call when its last has ended.
pub struct Slice {
    count: AtomicU64,
    calls: u64,
    end: Option<Instant>,
}

/// What a caller, or all of them, has to show for a slice.
#[derive(Default)]
pub struct Made {
    /// In milliseconds.
    pub latencies: Vec<f64>,
    /// The last of each caller that made a call.
    pub outcomes: Vec<Outcome>,
}

impl Slice {
    /// Without a bound where there is none.
    pub fn new(seconds: Option<f64>, calls: Option<u64>) -> Self {
        Self {
            count: AtomicU64::new(0),
            calls: calls.unwrap_or(u64::MAX),
            end: seconds.map(|seconds| Instant::now() + Duration::from_secs_f64(seconds)),
        }
    }

    pub async fn run_all(self, callers: usize, calls: Arc<Calls>) -> Result<Made> {
        let slice = Arc::new(self);
        let mut running = JoinSet::new();
        for _ in 0..callers {
            running.spawn(slice.clone().run(calls.clone()));
        }
        let mut all = Made::default();
        while let Some(made) = running.join_next().await {
            let made = made??;
            all.latencies.extend(made.latencies);
            all.outcomes.extend(made.outcomes);
        }
        Ok(all)
    }

    async fn run(self: Arc<Self>, calls: Arc<Calls>) -> Result<Made> {
        let mut latencies = Vec::with_capacity(1024);
        let mut last = None;
        let mut now = Instant::now();
        while self.is_open(now) {
            last = Some(calls.make().await?);
            let ended = Instant::now();
            latencies.push((ended - now).as_secs_f64() * 1000.0);
            self.count.fetch_add(1, Ordering::Relaxed);
            now = ended;
        }
        Ok(Made {
            latencies,
            outcomes: last.into_iter().collect(),
        })
    }

    fn is_open(&self, now: Instant) -> bool {
        self.end.is_none_or(|end| now < end) && self.count.load(Ordering::Relaxed) < self.calls
    }
}

impl Made {
    /// Gives, for a share of all calls, the latency that this share did not exceed.
    pub fn percentiles(&mut self) -> impl Fn(f64) -> f64 {
        self.latencies.sort_by(f64::total_cmp);
        let sorted = &self.latencies;
        |share| {
            let rank = (share * sorted.len() as f64).ceil() as usize;
            sorted.get(rank.max(1) - 1).copied().unwrap_or(0.0)
        }
    }
}
