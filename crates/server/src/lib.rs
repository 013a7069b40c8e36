//! The loopback server: the same use cases over HTTP and the same interface in a browser.
//!
//! It listens on 127.0.0.1 only and answers one browser: whoever holds the one-time token of the printed
//! address exchanges it, once, for a session cookie. Every other request is refused, as is one whose
//! `Host` or `Origin` is not this server's own (a page elsewhere cannot reach it by rebinding a name).
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use recoup_app::{App, Ports};
//! let server = recoup_server::Server::bind(App::open(Ports::system()), 0).await?;
//! println!("{}", server.address());
//! server.run(std::future::pending()).await
//! # }
//! ```

mod assets;
mod gate;
mod routes;
mod serve;

pub use gate::Gate;
pub use routes::router;
pub use serve::{Server, guarded};
