//! Without the standard library: matches, slices, 128-bit arithmetic and a panic handler.
#![no_std]

static mut ROOM: [u8; 1 << 15] = [0; 1 << 15];
static mut USED: usize = 0;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

/// # Safety
/// One thread.
#[no_mangle]
pub unsafe extern "C" fn parigot_alloc(length: u32) -> *mut u8 {
    let at = (USED + 7) & !7;
    if length as usize > (1 << 15) - at {
        return core::ptr::null_mut();
    }
    USED = at + length as usize;
    raw_room().add(at)
}

unsafe fn raw_room() -> *mut u8 {
    core::ptr::addr_of_mut!(ROOM) as *mut u8
}

fn mix(state: u128, byte: u8) -> u128 {
    let turned = match byte {
        b'a'..=b'z' => state.rotate_left(9),
        b'0'..=b'9' => state.rotate_right(23),
        b' ' => !state,
        _ => state ^ 0x5bd1_e995,
    };
    turned.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c834).wrapping_add(byte as u128)
}

/// # Safety
/// The caller gives a range of this memory.
#[no_mangle]
pub unsafe extern "C" fn run(at: *const u8, length: u32) -> u64 {
    let mut state = 1;
    for i in 0..length as usize {
        state = mix(state, *at.add(i));
    }
    let answer = parigot_alloc(16);
    if answer.is_null() {
        return 1 << 31;
    }
    core::ptr::copy_nonoverlapping(state.to_le_bytes().as_ptr(), answer, 16);
    (answer as u64) << 32 | 16
}
