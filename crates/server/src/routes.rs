//! The use-case list as routes under `/api/v1`.

use std::{collections::HashMap, future::Future};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};
use recoup_app::{App, AppError, ErrorBody, ErrorCode, wire, with_use_cases};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// A backup comes in one piece, as Base64; axum's own limit of two megabytes is a small database.
const LARGEST_BODY: usize = 512 << 20;

type Fields = HashMap<String, String>;

macro_rules! http_routes {
    ($( $kind:ident $method:ident $path:literal $area:ident :: $name:ident ( $req:ident ) -> $res:ident
        $effect:ident [ $( $tag:ident ),* ] ; )*) => {
        /// Every listed use case over HTTP; no route is written by hand.
        pub fn router(app: App) -> Router {
            Router::new()
                $(
                    .route(concat!("/api/v1", $path), on(MethodFilter::$method, $name))
                )*
                .layer(DefaultBodyLimit::max(LARGEST_BODY))
                .with_state(app)
        }

        $(
            async fn $name(
                State(app): State<App>,
                method: Method,
                Path(path): Path<Fields>,
                Query(query): Query<Fields>,
                body: Bytes,
            ) -> Response {
                answer(asked(&method, path, query, &body), |request: wire::$req| async move {
                    recoup_app::$area::$name(&app, request).await
                })
                .await
            }
        )*
    };
}
with_use_cases!(http_routes);

/// The request as one JSON object: the body (or, for a GET, the query) and the fields of the path.
fn asked(method: &Method, path: Fields, query: Fields, body: &[u8]) -> Result<Value, AppError> {
    let mut fields = if *method == Method::GET {
        texts(query).collect()
    } else if body.is_empty() {
        Map::new()
    } else {
        serde_json::from_slice::<Map<String, Value>>(body).map_err(|reason| {
            AppError::new(ErrorCode::InvalidRequest, "The body of the request is not a JSON object.")
                .with("reason", reason)
        })?
    };
    fields.extend(texts(path));
    Ok(Value::Object(fields))
}

fn texts(fields: Fields) -> impl Iterator<Item = (String, Value)> {
    fields.into_iter().map(|(name, text)| (name, Value::String(text)))
}

async fn answer<Q, R, F>(asked: Result<Value, AppError>, use_case: impl FnOnce(Q) -> F) -> Response
where
    Q: DeserializeOwned,
    R: Serialize,
    F: Future<Output = Result<R, AppError>>,
{
    let request = match asked.and_then(|value| wire::Asked::<Q>::from_value(value).into_request()) {
        Ok(request) => request,
        Err(error) => return refusal(error),
    };
    match use_case(request).await {
        Ok(response) => Json(response).into_response(),
        Err(error) => refusal(error),
    }
}

fn refusal(error: AppError) -> Response {
    (status(&error), Json(ErrorBody::from(error))).into_response()
}

/// The one table from codes to HTTP statuses; what is not named here is a refusal of what was sent.
fn status(error: &AppError) -> StatusCode {
    let known = [
        (ErrorCode::NotFound, StatusCode::NOT_FOUND),
        (ErrorCode::Conflict, StatusCode::CONFLICT),
        (ErrorCode::Internal, StatusCode::INTERNAL_SERVER_ERROR),
    ];
    known.into_iter().find(|(code, _)| error.is(*code)).map_or(StatusCode::BAD_REQUEST, |(_, status)| status)
}
