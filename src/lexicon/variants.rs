//! Traditional to simplified characters, the pairs that keep their UTF-8 length.
