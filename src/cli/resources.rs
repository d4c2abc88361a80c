//! `--jobs` and `--max-memory`: how much of the machine indexing may take.

use clap::Args;

use crate::index::Resources;

/// The flags of every verb that indexes.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct ResourceFlags {
    /// Threads that read and threads that index, each as many
    ///
    /// Default: the number of processors, at most 8.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=8))]
    jobs: Option<u64>,

    /// Memory for texts and postings on their way into the index: 256M, 1.5G
    ///
    /// Beside it stand about 100 MB for the dictionary and the readers, 50 MB for each job, 5 kB for each file
    /// that is read, and the largest file. Pages of index files that a merge looks at are the system's to take back.
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size)]
    max_memory: usize,
}

impl ResourceFlags {
    /// What the flags grant.
    pub(super) fn resources(self) -> Resources {
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let asked = self.jobs.and_then(|jobs| usize::try_from(jobs).ok());
        Resources {
            threads: asked.unwrap_or_else(processors).clamp(1, 8),
            memory: self.max_memory,
        }
    }
}

/// A size of at least 32M.
fn size(text: &str) -> Result<usize, String> {
    const LEAST: u64 = 32 << 20;
    let size = bytes(text)?;
    let is_enough = size >= LEAST;
    let size = usize::try_from(size).ok().filter(|_| is_enough);
    size.ok_or_else(|| format!("`{text}` is too little or too much: at least 32M"))
}

/// `256M`, `1.5G`, `300MB`, `4GiB`: powers of 1024 whatever they are called.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    let trimmed = text
        .trim()
        .trim_end_matches(['b', 'B'])
        .trim_end_matches('i');
    let (digits, unit) = match trimmed.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (&trimmed[..at], 1024.0),
        Some((at, 'm' | 'M')) => (&trimmed[..at], 1024.0 * 1024.0),
        Some((at, 'g' | 'G')) => (&trimmed[..at], 1024.0 * 1024.0 * 1024.0),
        _ => (trimmed, 1.0),
    };
    let number: f64 = digits
        .trim()
        .parse()
        .map_err(|_| format!("`{text}` is not a size, as in 256M"))?;
    let bytes = number * unit;
    if bytes.is_finite() && (1.0..1e15).contains(&bytes) {
        #[expect(
            clippy::cast_sign_loss,
            clippy::cast_possible_truncation,
            reason = "bounded above"
        )]
        Ok(bytes as u64)
    } else {
        Err(format!("`{text}` is too little or too much"))
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_in_every_usual_spelling() {
        let sizes = ["256M", "256MB", "0.25GiB", "268435456", " 262144 k"];
        assert!(sizes.iter().all(|&text| size(text) == Ok(256 << 20)));
        for wrong in ["", "M", "-1G", "1M", "nan", "inf", "lots"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
