//! Makes the index equal to the folder: manifest, changes, report.
//!
//! Comes in: files and folders. Goes out: an index of exactly these, and a report of what was done.
//! Reads no clock and no environment: times, limits and the place of the index are passed in.
//!
//! A run ([`update`]) takes the lock, looks at what lies under the roots, compares it with the
//! manifest of the last commit, reads what may have changed, and lets the index follow in one
//! commit that names the new manifest.

mod archive;
mod audit;
mod base;
mod beside;
mod census;
mod check;
mod error;
mod ledger;
mod lock;
mod manifest;
mod memory;
mod moment;
mod optimize;
mod options;
mod path_text;
mod pool;
mod reading;
mod report;
mod run;
mod selection;
mod status;
mod survey;
mod tally;
mod update;
mod watch;

pub use archive::{ArchiveReport, Asking, backup, restore};
pub use audit::{Audited, audit};
pub use beside::{Beside, METADATA_FILES, MetadataReport, is_metadata_file};
pub use census::{Census, Replaced};
pub use check::{CheckReport, check};
pub use error::IngestError;
pub use memory::index_in_memory;
pub use moment::utc;
pub use optimize::{OptimizeReport, optimize};
pub use options::{Comparison, Rebuild, UpdateOptions, Vanished};
pub use report::{Change, Event, SkippedFile, UpdateReport};
pub use selection::Selection;
pub use status::{RunRecord, SegmentStatus, Status, remember_run, status};
pub use update::{rehearse, update};
pub use watch::{Watched, watch};
