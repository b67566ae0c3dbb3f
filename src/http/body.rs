//! The body of a request.

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;

use super::problem::{Problem, ProblemKind};

/// The media type of the body, in lower case and without its parameters; empty if none is named.
pub fn body_type(request: &HttpRequest) -> String {
    let given = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The whole body.
///
/// # Errors
/// If it is larger than `most` bytes, or does not arrive whole.
pub async fn read_body(mut payload: web::Payload, most: usize) -> Result<web::BytesMut, Problem> {
    let mut body = web::BytesMut::new();
    while let Some(part) = payload.next().await {
        let broken = |error| Problem::new(ProblemKind::InvalidBody, format!("the body did not arrive whole: {error}"));
        let part = part.map_err(broken)?;
        if body.len() + part.len() > most {
            let problem = Problem::new(ProblemKind::BodyTooLarge, format!("the body is larger than {most} bytes"));
            return Err(problem.taking(format!("at most {most} bytes")));
        }
        body.extend_from_slice(&part);
    }
    Ok(body)
}
