// Time, in nanoseconds.

/** Unix time. */
// @ts-ignore: decorator
@external("parigot:clock", "now_ns")
export declare function nowNs(): i64;

/** A clock that never goes back, for durations. */
// @ts-ignore: decorator
@external("parigot:clock", "monotonic_ns")
export declare function monotonicNs(): i64;

/** Waits; returns at once if negative. */
// @ts-ignore: decorator
@external("parigot:clock", "sleep_ns")
export declare function sleepNs(nanoseconds: i64): void;
