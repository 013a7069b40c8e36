//! The two adapters answer alike: every listed use case through the window's commands and through HTTP,
//! once as meant and once malformed, with the same JSON. Also here, because this is the only test that
//! links the webview: what is generated from the list is current, and nothing more is granted than it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

#[path = "parity/bindings.rs"]
mod bindings;
#[path = "parity/grants.rs"]
mod grants;
#[path = "parity/refusals.rs"]
mod refusals;
#[path = "parity/sample.rs"]
mod sample;

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use recoup_app::with_use_cases;
use serde_json::{Map, Value, json};
use tauri::{
    WebviewWindow,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets},
    webview::InvokeRequest,
};
use tower::ServiceExt;

struct Listed {
    name: &'static str,
    method: &'static str,
    path: &'static str,
}

macro_rules! listed {
    ($( $kind:ident $method:ident $path:literal $area:ident :: $name:ident ( $req:ident ) -> $res:ident
        $effect:ident [ $( $tag:ident ),* ] ; )*) => {
        &[ $( Listed { name: stringify!($name), method: stringify!($method), path: $path } ),* ]
    };
}
const USE_CASES: &[Listed] = with_use_cases!(listed);

/// One answer: whether it succeeded, and its JSON.
type Answer = (bool, Value);

fn window(app: recoup_app::App) -> (tauri::App<MockRuntime>, WebviewWindow<MockRuntime>) {
    window_under(mock_context(noop_assets()), app)
}

fn window_under(
    context: tauri::Context<MockRuntime>,
    app: recoup_app::App,
) -> (tauri::App<MockRuntime>, WebviewWindow<MockRuntime>) {
    let host = mock_builder()
        .manage(app)
        .invoke_handler(recoup_desktop::builder::<MockRuntime>().invoke_handler())
        .build(context)
        .unwrap();
    let window = tauri::WebviewWindowBuilder::new(&host, "main", Default::default()).build().unwrap();
    (host, window)
}

fn through_the_window(window: &WebviewWindow<MockRuntime>, command: &str, request: &Value) -> Answer {
    let response = get_ipc_response(
        window,
        InvokeRequest {
            cmd: command.into(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" }.parse().unwrap(),
            body: InvokeBody::Json(json!({ "request": request })),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_string(),
        },
    );
    match response {
        Ok(body) => (true, body.deserialize().unwrap()),
        Err(error) => (false, error),
    }
}

fn over_http(router: &Router, use_case: &Listed, request: &Value) -> Answer {
    let mut fields: Map<String, Value> = request.as_object().cloned().unwrap_or_default();
    let path: String = use_case
        .path
        .split('/')
        .map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(field) => escaped(fields.remove(field).as_ref().and_then(Value::as_str).unwrap_or("none")),
            None => part.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/");
    let mut address = format!("/api/v1{path}");
    let mut body = Body::empty();
    if use_case.method == "GET" {
        let query: Vec<String> = fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| format!("{name}={}", escaped(value.as_str().unwrap())))
            .collect();
        if !query.is_empty() {
            address = format!("{address}?{}", query.join("&"));
        }
    } else {
        body = Body::from(Value::Object(fields).to_string());
    }
    let request = Request::builder().method(use_case.method).uri(address).body(body).unwrap();
    tauri::async_runtime::block_on(async {
        let response = router.clone().oneshot(request).await.unwrap();
        let succeeded = response.status() == StatusCode::OK;
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (succeeded, serde_json::from_slice(&bytes).unwrap())
    })
}

fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[test]
fn every_use_case_answers_alike_when_asked_as_meant() {
    for use_case in USE_CASES {
        let name = use_case.name;
        let (left, right) = (sample::known(name), sample::known(name));
        let (_host, window) = window(left.app.clone());
        let router = recoup_server::router(right.app.clone());
        let (ok, answer) = through_the_window(&window, name, &sample::request(name, &left));
        assert!(ok, "{name}: {answer}");
        let (over, other) = over_http(&router, use_case, &sample::request(name, &right));
        let (answer, other) = (sample::neutral(name, &left, answer), sample::neutral(name, &right, other));
        assert_eq!((ok, answer), (over, other), "{name}");
        left.close();
        right.close();
    }
}

#[test]
fn every_use_case_refuses_alike() {
    for use_case in USE_CASES {
        let name = use_case.name;
        let known = sample::known(name);
        let (_host, window) = window(known.app.clone());
        let router = recoup_server::router(known.app.clone());
        let mut malformed = sample::request(name, &known);
        malformed["no_such_field"] = json!("x");
        let mut refused = vec![malformed];
        refused.extend(refusals::refused(name, &known));
        for request in refused {
            let (ok, answer) = through_the_window(&window, name, &request);
            assert!(!ok, "{name} accepted {request}: {answer}");
            assert!(answer["error"]["code"].is_string(), "{name}: {answer}");
            assert_eq!((ok, answer), over_http(&router, use_case, &request), "{name}");
        }
        known.close();
    }
}
