//! Listening, and the address that is printed.

use std::{future::Future, net::Ipv4Addr};

use axum::{Router, middleware};
use recoup_app::App;
use tokio::net::TcpListener;

use crate::{Gate, assets, gate, routes};

/// A server bound to a port of this machine, not yet answering.
pub struct Server {
    listener: TcpListener,
    gate: Gate,
    app: App,
}

impl Server {
    /// Binds 127.0.0.1 at `port`; port 0 takes a free one.
    pub async fn bind(app: App, port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let gate = Gate::new(listener.local_addr()?.port())?;
        Ok(Self { listener, gate, app })
    }

    /// The address to open, good for one browser.
    pub fn address(&self) -> String {
        let token = self.gate.token().unwrap_or_default();
        self.listener
            .local_addr()
            .map_or_else(|_| String::new(), |address| format!("http://{address}/enter?token={token}"))
    }

    /// Answers until `stop` resolves.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
        let Self { listener, gate, app } = self;
        let served = axum::serve(listener, guarded(app.clone(), gate)).with_graceful_shutdown(stop).await;
        app.close().await;
        served
    }
}

/// The use cases and the interface behind the gate.
pub fn guarded(app: App, gate: Gate) -> Router {
    routes::router(app).fallback(assets::interface).layer(middleware::from_fn_with_state(gate, gate::guard))
}
