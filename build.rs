//! The data set is built into the program: build it again when a file is added to the folder.

fn main() {
    println!("cargo::rerun-if-changed=graph");
}
