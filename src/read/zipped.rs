//! A zip archive of documents to the documents in it, within bounds of number, size and depth.

use encoding_rs::GB18030;

use super::archive::Archive;
use super::{Format, Limits, ReadError, Reading, Skipped, read_at};

/// How deep archives may lie in archives.
const DEEPEST: usize = 3;

/// Reads the members of an archive; their paths go on from its own: `a.zip/报告.docx`.
pub(super) fn read(
    path: &str,
    bytes: &[u8],
    limits: &Limits,
    depth: usize,
) -> Result<Reading, ReadError> {
    if depth >= DEEPEST {
        return Err(ReadError::Broken {
            format: Format::Zip,
            detail: format!("archives in archives, more than {DEEPEST} deep"),
        });
    }
    let mut archive = Archive::open(bytes, Format::Zip, limits)?;
    let mut reading = Reading::default();
    let files = archive.files();
    let all = files.len();
    for (nth, (place, name)) in files.into_iter().enumerate() {
        let name = readable(&name);
        if is_hidden(&name) {
            continue;
        }
        let path = format!("{path}/{name}");
        if nth >= limits.members {
            let reason = ReadError::TooMany {
                files: all,
                limit: limits.members,
            };
            reading.skipped.push(Skipped { path, reason });
            break;
        }
        match archive
            .at(place)
            .and_then(|bytes| read_at(&path, &bytes, limits, depth + 1))
        {
            Ok(inner) => {
                reading.documents.extend(inner.documents);
                reading.skipped.extend(inner.skipped);
            }
            Err(reason) => {
                let is_end = matches!(reason, ReadError::TooLarge { .. });
                reading.skipped.push(Skipped { path, reason });
                if is_end {
                    break;
                }
            }
        }
    }
    if reading.documents.is_empty() {
        return Err(match reading.skipped.pop() {
            Some(skipped) => skipped.reason,
            None => ReadError::NoText {
                format: Format::Zip,
            },
        });
    }
    Ok(reading)
}

/// A name as UTF-8, or as GB18030, which Chinese programs write without saying so.
fn readable(name: &[u8]) -> String {
    let text = match str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(name).0.into_owned(),
    };
    text.replace('\\', "/")
}

fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|step| step.starts_with('.') || step.starts_with("~$") || step == "__MACOSX")
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use crate::read::{Limits, ReadError, read_bytes};

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn members_are_read_and_bad_ones_named() {
        let inner = zipped(&[("乙.txt", "二、乙".as_bytes())]);
        let bytes = zipped(&[
            ("甲.txt", "一、甲".as_bytes()),
            ("空.txt", b""),
            ("内.zip", &inner),
            (".x", b"x"),
        ]);
        let reading = read_bytes("a.zip", &bytes, &Limits::default()).unwrap();
        let paths: Vec<_> = reading.documents.iter().map(|d| d.path.as_str()).collect();
        assert_eq!(paths, ["a.zip/甲.txt", "a.zip/内.zip/乙.txt"]);
        assert_eq!(reading.skipped[0].path, "a.zip/空.txt");
    }

    #[test]
    fn an_archive_that_would_unfold_without_end_is_given_up() {
        let bytes = zipped(&[("a.txt", &vec![b'0'; 1 << 20])]);
        let limits = Limits {
            unpacked_bytes: 1 << 16,
            ..Limits::default()
        };
        let error = read_bytes("a.zip", &bytes, &limits).unwrap_err();
        assert!(
            matches!(error, ReadError::TooLarge { limit: 65_536, .. }),
            "{error}"
        );
    }
}
