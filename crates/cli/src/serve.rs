//! `recoup serve`: the interface in a browser of this machine.

use clap::Args;
use recoup_app::{App, Ports};
use recoup_server::Server;

use crate::outcome::{Answer, Said, print, unreadable};

/// Serve the interface and the use cases on 127.0.0.1
///
/// Prints an address that lets one browser in, once. Stop with Ctrl-C.
#[derive(Args)]
#[command(after_help = "Example:\n  recoup serve --port 4700")]
pub(crate) struct Serve {
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
}

impl Serve {
    pub(crate) fn run(self) -> Answer {
        let runtime =
            tokio::runtime::Runtime::new().map_err(|reason| unreadable("This machine's threads", reason))?;
        runtime.block_on(async {
            let server = Server::bind(App::open(Ports::system()), self.port)
                .await
                .map_err(|reason| unreadable(&format!("Port {}", self.port), reason))?;
            print(&server.address());
            server.run(stopped()).await.map_err(|reason| unreadable("The network", reason))?;
            Ok(Said::Yes)
        })
    }
}

async fn stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without a signal to wait for, the server runs until the process is ended from outside.
        std::future::pending::<()>().await;
    }
}
