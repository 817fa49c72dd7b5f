//! Packs a text by run lengths, with slices, errors and a fixed buffer of Zig's.
const std = @import("std");

var buffer: [1 << 15]u8 = undefined;
var fixed = std.heap.FixedBufferAllocator.init(&buffer);

export fn parigot_alloc(length: u32) ?[*]u8 {
    const room = fixed.allocator().alignedAlloc(u8, 8, length) catch return null;
    return room.ptr;
}

fn pack(text: []const u8) ![]u8 {
    var out = std.ArrayList(u8).init(fixed.allocator());
    var i: usize = 0;
    while (i < text.len) {
        var j = i;
        while (j < text.len and text[j] == text[i]) : (j += 1) {}
        try out.writer().print("{c}{d}", .{ text[i], j - i });
        i = j;
    }
    return out.items;
}

export fn run(at: [*]const u8, length: u32) u64 {
    const answer = pack(at[0..length]) catch return 1 << 31;
    return @as(u64, @intFromPtr(answer.ptr)) << 32 | answer.len;
}
