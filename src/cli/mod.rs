//! Flags to calls; the only place that reads the clock, the environment or the terminal.
