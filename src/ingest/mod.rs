//! Makes the index equal to the folder: manifest, changes, report.
