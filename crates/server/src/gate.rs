//! Who may speak to the server: one browser, let in by a one-time token.

use std::{
    fmt::Write,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use rand::TryRngCore;

/// The token of the printed address, the session it buys, and the port both belong to.
#[derive(Clone)]
pub struct Gate {
    port: u16,
    token: Arc<Mutex<Option<String>>>,
    session: Arc<str>,
}

const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; \
                      font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

impl Gate {
    /// A gate for the server on `port`, with fresh secrets from the system's random source.
    pub fn new(port: u16) -> std::io::Result<Self> {
        Ok(Self { port, token: Arc::new(Mutex::new(Some(secret()?))), session: secret()?.into() })
    }

    /// The token still to be exchanged, if it has not been.
    pub fn token(&self) -> Option<String> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    // Browsers send cookies to every port of a host, so the name carries ours.
    fn cookie(&self) -> String {
        format!("recoup_{}", self.port)
    }

    fn is_ours(&self, headers: &HeaderMap) -> bool {
        let own = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let host_is_ours =
            text(headers, header::HOST).is_some_and(|host| own.iter().any(|name| name == host));
        let origin_is_ours = match headers.get(header::ORIGIN) {
            None => true,
            Some(origin) => own.iter().any(|name| origin.as_bytes() == format!("http://{name}").as_bytes()),
        };
        host_is_ours && origin_is_ours
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie();
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(key, value)| key == name && same(value, &self.session))
    }

    fn exchange(&self, offered: &str) -> bool {
        let mut token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        let right = token.as_deref().is_some_and(|token| same(offered, token));
        if right {
            *token = None;
        }
        right
    }

    fn admission(&self) -> Response {
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie(), self.session);
        (StatusCode::SEE_OTHER, [(header::LOCATION, "/".to_owned()), (header::SET_COOKIE, cookie)])
            .into_response()
    }
}

/// Lets a request through or answers it, and puts the security headers on every answer.
pub(crate) async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let mut response = if !gate.is_ours(request.headers()) {
        (StatusCode::FORBIDDEN, "This address is not the one Recoup is served under.").into_response()
    } else if let Some(offered) = entry(&request) {
        if gate.exchange(offered) {
            gate.admission()
        } else {
            (StatusCode::UNAUTHORIZED, "This address has been used. Start Recoup again for a new one.")
                .into_response()
        }
    } else if gate.knows(request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::UNAUTHORIZED, "Open the address that Recoup printed when it started.").into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

fn entry(request: &Request) -> Option<&str> {
    if request.uri().path() != "/enter" {
        return None;
    }
    Some(request.uri().query().and_then(|query| query.strip_prefix("token=")).unwrap_or_default())
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Equality whose time does not depend on where two secrets differ.
fn same(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && left.bytes().zip(right.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

/// 256 bits from the system's random source, in hexadecimal.
fn secret() -> std::io::Result<String> {
    let mut bytes = [0_u8; 32];
    rand::rngs::OsRng.try_fill_bytes(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    }))
}
