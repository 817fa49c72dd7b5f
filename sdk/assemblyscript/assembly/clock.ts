// Time.

/** Unix time in nanoseconds. */
// @ts-ignore: decorator
@external("parigot:clock", "now_ns")
export declare function nowNs(): i64;

/** Nanoseconds on a clock that never goes back. */
// @ts-ignore: decorator
@external("parigot:clock", "monotonic_ns")
export declare function monotonicNs(): i64;

// @ts-ignore: decorator
@external("parigot:clock", "sleep_ns")
export declare function sleepNs(nanoseconds: i64): void;
