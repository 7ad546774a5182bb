import CSystemd

/// Keeps the C library from giving each thread a heap of its own, whose freed memory then stays resident.
///
/// The unit sets `MALLOC_ARENA_MAX=2`, which has the same meaning; with this the daemon is no larger when it is started
/// by hand. Called once, before there are threads.
public func boundMallocArenas() {
    mallopt(M_ARENA_MAX, 2)
}
