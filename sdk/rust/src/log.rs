//! The app's log, line by line.

mod import {
    #[link(wasm_import_module = "parigot:log")]
    extern "C" {
        pub fn write(level: i32, ptr: *const u8, len: usize);
    }
}

fn write(level: i32, line: &str) {
    unsafe { import::write(level, line.as_ptr(), line.len()) }
}

pub fn trace(line: &str) {
    write(0, line);
}

pub fn debug(line: &str) {
    write(1, line);
}

pub fn info(line: &str) {
    write(2, line);
}

pub fn warn(line: &str) {
    write(3, line);
}

pub fn error(line: &str) {
    write(4, line);
}
