//! What holds of the answers about every data set, tried on random ones.

use std::collections::BTreeSet;

use linchpin::dataset::Folder;
use linchpin::model::Status;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::drawn::{Asked, Drawn, asked, drawn};
use crate::site::Site;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(future)
}

/// The parameters of a view.
fn view(asked: &Asked) -> String {
    let status = asked.status.map(|status| if status == Status::Reported { "reported" } else { "confirmed" });
    let source = asked.source.map(|source| format!("&source={source}")).unwrap_or_default();
    format!("as_of={}{source}{}", asked.day, status.map(|status| format!("&status={status}")).unwrap_or_default())
}

async fn pages_are_cut_from_one_list(drawn: &Drawn, asked: &Asked) {
    let (site, view) = (Site::of(&Folder::memory(drawn.files())).await, view(asked));
    let mut lists: Vec<String> =
        ["layers", "roles", "companies", "dependencies", "figures", "stakes", "sources", "changes"]
            .map(str::to_owned)
            .into();
    lists.push("companies?sort=-founded".into());
    lists.push("search?q=a".into());
    let companies = site.texts(&format!("/v1/companies?{view}"), "/id").await;
    for company in &companies {
        let walks = ["dependencies", "dependents", "dependencies?depth=all", "dependents?depth=all", "roles"];
        lists.extend(walks.map(|walk| format!("companies/{company}/{walk}")));
    }
    for list in lists {
        let joint = if list.contains('?') { '&' } else { '?' };
        let all = site.all(&format!("/v1/{list}{joint}{view}&limit=1000")).await;
        for limit in [1, 3] {
            assert_eq!(site.all(&format!("/v1/{list}{joint}{view}&limit={limit}")).await, all, "{list} {view} {limit}");
        }
        for company in all.iter().filter(|_| list.contains("depth")).map(|found| &found["company"]["id"]) {
            assert!(
                companies.iter().any(|known| company == known),
                "{company} of {list} is not in the graph of the day"
            );
        }
    }
    let overview = site.json(&format!("/v1?{view}")).await;
    for list in ["companies", "dependencies", "layers", "roles", "sources"] {
        assert_eq!(overview[list], site.json(&format!("/v1/{list}?{view}")).await["total"], "{list} {view}");
    }
    if asked.source.is_none() {
        for source in ["dated", "seen", "undated"] {
            let shown = site.json(&format!("/v1/sources/{source}?{view}")).await;
            for list in ["dependencies", "figures", "stakes"] {
                let listed = site.all(&format!("/v1/{list}?{view}&source={source}&limit=1000")).await;
                assert_eq!(shown[list], json!(listed), "{list} of {source} {view}");
            }
        }
    }
    for company in companies {
        let counts = site.json(&format!("/v1/companies/{company}?{view}")).await["counts"].clone();
        for list in ["dependencies", "dependents"] {
            assert_eq!(counts[list], site.json(&format!("/v1/companies/{company}/{list}?{view}")).await["total"]);
        }
    }
}

/// The changes up to a day, one after the other, make what holds on the day.
async fn changes_add_up(drawn: &Drawn, asked: &Asked) {
    // Who had not been founded has no dependencies: that is no change of a fact.
    let files = drawn.files().into_iter().map(|(name, text)| {
        let mut value: Value = serde_json::from_str(&text).unwrap();
        if value.get("founded").is_some() {
            value["founded"] = json!(null);
        }
        (name, value.to_string())
    });
    let site = Site::of(&Folder::memory(files)).await;
    let held = |day: String| {
        let site = &site;
        async move {
            let ids = site.texts(&format!("/v1/dependencies?as_of={day}&limit=1000"), "/id").await;
            ids.into_iter().collect::<BTreeSet<_>>()
        }
    };
    let mut replayed = held("0001".into()).await;
    for change in site.all(&format!("/v1/changes?until={}&limit=1000", asked.day)).await {
        let Some(id) = change["dependency"].as_str() else { continue };
        let changed = match change["change"].as_str() {
            Some("began") => replayed.insert(id.to_owned()),
            _ => replayed.remove(id),
        };
        assert!(changed, "{change}");
    }
    assert_eq!(replayed, held(asked.day.to_string()).await, "{}", asked.day);
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn every_list_is_the_same_in_pages_and_as_long_as_it_is_counted(drawn in drawn(), asked in asked()) {
        run(pages_are_cut_from_one_list(&drawn, &asked));
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn changes_up_to_a_day_make_what_holds_on_it(drawn in drawn(), asked in asked()) {
        run(changes_add_up(&drawn, &asked));
    }
}
