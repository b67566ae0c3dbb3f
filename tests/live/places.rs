//! A folder that is another one by now: what is served is what stands there in the end.

use std::fs;
use std::os::unix::fs::symlink;

use crate::client::{Client, wait_until};
use crate::folder::{Scratch, company, file, put, relink, write};
use crate::server::Server;

fn serve(folder: &std::path::Path) -> (Server, Client) {
    let server = Server::start(&["--graph", folder.to_str().unwrap(), "--watch", "--workers", "1"]);
    let client = Client::new(&server);
    (server, client)
}

fn is_titled(client: &mut Client, title: &str) -> bool {
    client.json("/v1")["title"] == title
}

#[test]
fn an_editor_that_writes_another_file_and_renames_it_is_heard() {
    let scratch = Scratch::new();
    write(&scratch.path(""), "A", 2);
    let (_server, mut client) = serve(&scratch.path(""));
    for round in ["B", "C", "D"] {
        let (beside, place) = (scratch.path("companies/.c000.json.swp"), scratch.path(&file(0)));
        fs::write(&beside, company(round, 0, 2).to_string()).unwrap();
        fs::rename(&place, scratch.path("companies/c000.json~")).unwrap();
        fs::rename(&beside, &place).unwrap();
        wait_until("the edit is served", || client.json("/v1/companies/c000")["name"] == format!("{round} 0"));
    }
}

#[test]
fn a_link_that_leads_to_another_folder_is_followed_and_so_are_edits_there() {
    let scratch = Scratch::new();
    write(&scratch.path("one"), "A", 2);
    write(&scratch.path("two"), "B", 5);
    symlink("one", scratch.path("current")).unwrap();
    let (_server, mut client) = serve(&scratch.path("current"));
    assert!(is_titled(&mut client, "A"));
    relink(&scratch.path("current"), "two");
    wait_until("the other folder is served", || is_titled(&mut client, "B"));
    put(&scratch.path("two"), &file(0), &company("edited", 0, 5));
    wait_until("its edit is served", || client.json("/v1/companies/c000")["name"] == "edited 0");
    relink(&scratch.path("current"), "one");
    wait_until("the first folder is served again", || is_titled(&mut client, "A"));
}

#[test]
fn a_mounted_volume_that_switches_its_inner_link_is_followed() {
    let scratch = Scratch::new();
    let switch = |title: &str, companies| {
        write(&scratch.path(&format!("..{title}")), title, companies);
        relink(&scratch.path("..data"), &format!("..{title}"));
    };
    switch("A", 2);
    for name in ["dataset.json", "layers.json", "roles.json", "companies"] {
        symlink(format!("..data/{name}"), scratch.path(name)).unwrap();
    }
    let (_server, mut client) = serve(&scratch.path(""));
    assert_eq!(client.json("/v1")["companies"], 2);
    for (title, companies) in [("B", 4), ("C", 3), ("D", 6)] {
        switch(title, companies);
        wait_until("the new content is served", || is_titled(&mut client, title));
        wait_until("all of it is", || client.json("/v1")["companies"] == companies);
    }
}

#[test]
fn a_folder_that_goes_away_for_a_moment_is_served_on_and_then_as_it_comes_back() {
    let scratch = Scratch::new();
    let folder = scratch.path("graph");
    write(&folder, "A", 2);
    let (_server, mut client) = serve(&folder);
    fs::rename(&folder, scratch.path("aside")).unwrap();
    wait_until("it is missed", || client.json("/health/ready")["reload"]["outcome"] == "failed");
    assert!(is_titled(&mut client, "A"));
    write(&folder, "B", 3);
    wait_until("the new one is served", || is_titled(&mut client, "B") && client.json("/v1")["companies"] == 3);
    fs::remove_dir_all(&folder).unwrap();
    write(&folder, "C", 4);
    wait_until("the newest one is served", || is_titled(&mut client, "C") && client.json("/v1")["companies"] == 4);
    put(&folder, &file(1), &company("edited", 1, 4));
    wait_until("its edits are served", || client.json("/v1/companies/c001")["name"] == "edited 1");
}
