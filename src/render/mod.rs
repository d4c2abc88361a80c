//! Values to bytes: terminal, JSON, …; one file per format.
