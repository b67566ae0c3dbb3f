//! Starts the program: everything is in the library.

fn main() -> std::process::ExitCode {
    linchpin::app::run()
}
