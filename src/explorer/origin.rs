//! The address by which a client knows this server.

use actix_web::HttpRequest;

/// Scheme and host as the request has them, or as the proxy before this server says. A host that no address can have is
/// left out: addresses are relative then.
pub fn origin(request: &HttpRequest) -> String {
    let connection = request.connection_info();
    let (scheme, host) = (connection.scheme(), connection.host());
    match ["http", "https"].contains(&scheme) && is_host(host) {
        true => format!("{scheme}://{}", host.to_ascii_lowercase()),
        false => String::new(),
    }
}

/// Whether this may be a host and a port.
fn is_host(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_:[]".contains(&b))
}
