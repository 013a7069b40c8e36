//! Who is let in, and what every answer carries.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, header},
};
use recoup_app::{App, Ports};
use recoup_server::{Gate, guarded};
use tower::ServiceExt;

const PORT: u16 = 4700;

fn served() -> (Router, String) {
    let gate = Gate::new(PORT).unwrap();
    let token = gate.token().unwrap();
    (guarded(App::open(Ports::at(&std::env::temp_dir().join("recoup-gate"))), gate), token)
}

async fn ask(router: &Router, path: &str, headers: &[(header::HeaderName, &str)]) -> Response<Body> {
    let mut request = Request::builder().uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

const HOST: (header::HeaderName, &str) = (header::HOST, "127.0.0.1:4700");

async fn admitted(router: &Router, token: &str) -> String {
    let answer = ask(router, &format!("/enter?token={token}"), &[HOST]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_token_lets_one_browser_in_once() {
    let (router, token) = served();
    assert_eq!(ask(&router, "/api/v1/about", &[HOST]).await.status(), StatusCode::UNAUTHORIZED);
    let cookie = admitted(&router, &token).await;
    let answer = ask(&router, "/api/v1/about", &[HOST, (header::COOKIE, &cookie)]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let again = ask(&router, &format!("/enter?token={token}"), &[HOST]).await;
    assert_eq!(again.status(), StatusCode::UNAUTHORIZED);
    let second = ask(&router, "/enter?token=", &[HOST]).await;
    assert_eq!(second.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn another_name_or_origin_is_refused_even_with_the_session() {
    let (router, token) = served();
    let cookie = admitted(&router, &token).await;
    for (host, origin, expected) in [
        ("127.0.0.1:4700", None, StatusCode::OK),
        ("localhost:4700", Some("http://localhost:4700"), StatusCode::OK),
        ("film.example:4700", None, StatusCode::FORBIDDEN),
        ("127.0.0.1:4701", None, StatusCode::FORBIDDEN),
        ("127.0.0.1:4700", Some("http://film.example"), StatusCode::FORBIDDEN),
        ("127.0.0.1:4700", Some("null"), StatusCode::FORBIDDEN),
    ] {
        let mut headers = vec![(header::HOST, host), (header::COOKIE, cookie.as_str())];
        headers.extend(origin.map(|origin| (header::ORIGIN, origin)));
        assert_eq!(ask(&router, "/api/v1/about", &headers).await.status(), expected, "{host} {origin:?}");
    }
    let nameless = ask(&router, "/api/v1/about", &[(header::COOKIE, &cookie)]).await;
    assert_eq!(nameless.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let (router, token) = served();
    let cookie = admitted(&router, &token).await;
    for (path, with) in [("/", true), ("/api/v1/about", true), ("/api/v1/nothing", true), ("/", false)] {
        let cookie = if with { cookie.as_str() } else { "" };
        let answer = ask(&router, path, &[HOST, (header::COOKIE, cookie)]).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'self'"), "{path}");
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers()["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn a_page_of_the_interface_is_the_interface() {
    let (router, token) = served();
    let cookie = admitted(&router, &token).await;
    for (path, expected) in [
        ("/", StatusCode::OK),
        ("/waterfall", StatusCode::OK),
        ("/no-such-file.js", StatusCode::NOT_FOUND),
        ("/api/v1/nothing", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(ask(&router, path, &[HOST, (header::COOKIE, &cookie)]).await.status(), expected, "{path}");
    }
}

/// A backup of a database in use is several megabytes long.
#[tokio::test]
async fn a_large_request_reaches_its_use_case() {
    let (router, token) = served();
    let cookie = admitted(&router, &token).await;
    let content = format!(r#"{{"content": "{}", "passphrase": ""}}"#, "!".repeat(8 << 20));
    let request = Request::post("/api/v1/library/restore")
        .header(HOST.0, HOST.1)
        .header(header::COOKIE, cookie)
        .body(Body::from(content));
    let answer = router.oneshot(request.unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
}
