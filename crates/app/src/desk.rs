//! The opened application: what use cases share between calls.

use std::sync::Arc;

use crate::Ports;

/// The opened application. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    ports: Ports,
}

impl App {
    /// Opens the application over what the host supplies.
    pub fn open(ports: Ports) -> Self {
        Self { inner: Arc::new(Inner { ports }) }
    }

    /// Milliseconds since 1970 by the host's clock.
    pub fn now_ms(&self) -> i64 {
        self.inner.ports.clock.now_ms()
    }
}
