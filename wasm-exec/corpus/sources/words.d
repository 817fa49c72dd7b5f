/// Finds the longest word, with slices, structs and templates of D's.
module words;

import ldc.attributes;

extern (C):

private __gshared ubyte[1 << 15] room;
private __gshared size_t used;

struct Longest(T)
{
    size_t at, length, current;

    void put(size_t where, T each)
    {
        current = each == ' ' ? 0 : current + 1;
        if (current > length)
        {
            length = current;
            at = where + 1 - current;
        }
    }
}

@llvmAttr("wasm-export-name", "parigot_alloc") ubyte* parigot_alloc(uint length)
{
    const at = (used + 7) & ~cast(size_t) 7;
    if (length > room.length - at) return null;
    used = at + length;
    return room.ptr + at;
}

@llvmAttr("wasm-export-name", "run") ulong run(const(ubyte)* at, uint length)
{
    Longest!ubyte longest;
    foreach (i, each; at[0 .. length]) longest.put(i, each);
    auto answer = parigot_alloc(cast(uint) longest.length);
    foreach (i; 0 .. longest.length) answer[i] = at[longest.at + i];
    return cast(ulong) cast(size_t) answer << 32 | longest.length;
}
