/// Gives memory that was freed back to the system. glibc keeps what lies below anything that is still in use, and reading a
/// day leaves megabytes of that. O(heap): a tenth of a millisecond after most jobs, up to four where a day was freed.
/// Elsewhere nothing is done.
pub(super) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[expect(unsafe_code, reason = "no crate wraps it: it takes a number and touches nothing that is in use")]
    // SAFETY: it may be called at any time, by any thread: malloc_trim(3).
    unsafe {
        libc::malloc_trim(0);
    }
}
