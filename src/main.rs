//! Starts the program: everything is in the library.

/// Many small allocations from several threads are what reading a folder and writing answers is made of.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    linchpin::app::run()
}
