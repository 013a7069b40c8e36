//! What this process holds and this thread has used.

/// Resident kilobytes, where the system tells; nought elsewhere.
pub(super) fn kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

/// Nanoseconds that this thread has computed, where the system tells: what others do on the machine is not ours.
pub(super) fn computed() -> Option<u64> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    spent.split_whitespace().next()?.parse().ok()
}
