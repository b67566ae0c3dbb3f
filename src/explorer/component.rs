//! The web component: a company's card as an element of another site's page.

use actix_web::get;

use crate::http::Given;
use crate::model::Lang;

/// The file that defines the element.
#[get("/embed/linchpin.js")]
pub async fn show() -> Given {
    // Its address stays, so that a page that holds it need not change: its tag says whether it did.
    Given::of_kind(include_str!("assets/linchpin.js").as_bytes(), "text/javascript; charset=utf-8", Lang::EN)
}
