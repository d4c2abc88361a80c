//! One file to one [`Document`](crate::document::Document): walk, decode, formats, layout of headings.
