//! Bytes to text, whatever encoding they are in.
//!
//! In this order: a byte order mark; the charset that a page declares, if the bytes follow it;
//! strict UTF-8; UTF-16 without a mark; UTF-8 with a few bytes spoilt; detection without a country
//! hint (a hint of `cn` would rule out Big5); GB18030, which nearly every byte sequence fits.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::{ReadError, format};

/// Text and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without its byte order mark.
    pub text: String,
    /// The WHATWG name of the encoding.
    pub encoding: &'static str,
    /// How many byte sequences could not be decoded and stand as U+FFFD.
    pub replaced: usize,
}

/// Of a hundred characters, at most this many may be control characters or undecodable.
const NOISE_PER_CENT: usize = 10;

/// A file of so many bytes is judged by some of them first: to decode all of a film in each way that
/// there is takes seconds.
const LARGE: usize = 1 << 20;

/// The pieces by which a large file is judged, and how many bytes each has.
const PIECES: usize = 16;
const PIECE: usize = 4096;

/// Of a hundred characters of those pieces, more than so many say that the whole is no text.
const NOISE_OF_PIECES: usize = 2 * NOISE_PER_CENT;

/// Decodes bytes that are no binary format.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, ReadError> {
    if bytes.len() >= LARGE
        && let Some(at) = first_noise(&decode_somehow(&pieces(bytes)).text, NOISE_OF_PIECES)
    {
        return Err(ReadError::NotText { at });
    }
    let decoded = decode_somehow(bytes);
    match first_noise(&decoded.text, NOISE_PER_CENT) {
        Some(at) => Err(ReadError::NotText { at }),
        None => Ok(decoded),
    }
}

/// Pieces from all over a file, the first from its beginning, each at an even place.
fn pieces(bytes: &[u8]) -> Vec<u8> {
    let steps = (0..PIECES).map(|piece| (piece * (bytes.len() / PIECES)) & !1);
    let pieces = steps.filter_map(|start| bytes.get(start..start + PIECE));
    pieces.collect::<Vec<_>>().concat()
}

/// The text of bytes that are known to be text: the parts of an archive of XML.
#[cfg(feature = "office")]
pub(super) fn lossy(bytes: &[u8]) -> String {
    decode_somehow(bytes).text
}

fn decode_somehow(bytes: &[u8]) -> Decoded {
    if let Some(rest) = bytes.strip_prefix(b"\x84\x31\x95\x33") {
        return decode_as(rest, GB18030);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(&bytes[mark..], encoding);
    }
    if let Some(decoded) = declared(bytes)
        .map(|encoding| decode_as(bytes, encoding))
        .filter(|decoded| decoded.replaced == 0)
    {
        return decoded;
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            encoding: UTF_8.name(),
            replaced: 0,
        };
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(bytes, encoding);
    }
    spoilt_utf8(bytes).unwrap_or_else(|| detected(bytes))
}

/// Decodes and counts what could not be; GBK is named GB18030 where it needs its four-byte forms.
fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let replaced = if errors {
        text.matches('\u{fffd}').count()
    } else {
        0
    };
    let name = if (encoding == GBK || encoding == GB18030) && !errors {
        if GBK.encode(&text).2 { GB18030 } else { GBK }.name()
    } else {
        encoding.name()
    };
    Decoded {
        text: text.into_owned(),
        encoding: name,
        replaced,
    }
}

/// The charset that a page or an XML file declares in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    if head.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'<') {
        return None;
    }
    let head = head.to_ascii_lowercase();
    ["charset=".as_bytes(), b"encoding="]
        .iter()
        .find_map(|key| format::find(&head, key).map(|at| at + key.len()))
        .and_then(|start| {
            let rest = &head[start..];
            let rest = rest
                .strip_prefix(b"\"")
                .or(rest.strip_prefix(b"'"))
                .unwrap_or(rest);
            let end = rest
                .iter()
                .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:".contains(byte))?;
            Encoding::for_label(&rest[..end])
        })
        .filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

/// UTF-16 by the zero bytes of its line ends and Latin letters, or by where its Han bytes stand.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(8192) & !1];
    if head.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let count = |parity: usize, test: fn(u8) -> bool| {
        head.iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| test(**byte))
            .count()
    };
    // The high byte of ASCII, of CJK punctuation, and of Han characters and full-width forms.
    let high =
        |byte: u8| byte == 0 || byte == 0x30 || (0x4e..=0x9f).contains(&byte) || byte == 0xff;
    let (even, odd, all) = (count(0, high), count(1, high), head.len() / 2);
    let zeros = count(0, |byte| byte == 0) + count(1, |byte| byte == 0);
    let encoding = if odd * 20 >= all * 19 && even * 4 < odd * 3 {
        UTF_16LE
    } else if even * 20 >= all * 19 && odd * 4 < even * 3 {
        UTF_16BE
    } else {
        return None;
    };
    let (text, errors) = encoding.decode_without_bom_handling(bytes);
    let plain = text.chars().filter(|c| is_expected(*c)).count();
    (!errors && (zeros > 0 || all >= 16) && plain * 20 >= text.chars().count() * 19)
        .then_some(encoding)
}

/// UTF-8 in which at most one character in fifty is spoilt: a cut file, a bad byte.
fn spoilt_utf8(bytes: &[u8]) -> Option<Decoded> {
    let decoded = decode_as(bytes, UTF_8);
    let wide = decoded.text.chars().filter(|c| !c.is_ascii()).count();
    (decoded.replaced * 50 <= wide).then_some(decoded)
}

/// Detection; whatever is not Chinese in the end is read as GB18030 or Big5, whichever has more of
/// the characters that people use.
fn detected(bytes: &[u8]) -> Decoded {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == BIG5 {
        let big5 = decode_as(bytes, BIG5);
        if big5.replaced == 0 {
            return big5;
        }
    }
    let gb18030 = decode_as(bytes, GB18030);
    if guess == GBK || guess == GB18030 {
        return gb18030;
    }
    let big5 = decode_as(bytes, BIG5);
    let score = |decoded: &Decoded, lead: std::ops::RangeInclusive<u8>| {
        let common = bytes
            .windows(2)
            .filter(|pair| lead.contains(&pair[0]))
            .count();
        common as i64 - 20 * decoded.replaced as i64
    };
    if score(&big5, 0xa4..=0xc6) > score(&gb18030, 0xb0..=0xd7) {
        big5
    } else {
        gb18030
    }
}

/// A character that is expected in a Chinese document.
fn is_expected(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{2000}'..='\u{33ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{ffee}' | '\u{20000}'..)
}

/// The offset of the first character that is no text, if more than so many of a hundred are none. NUL
/// bytes alone are forgiven: damaged disks and careless programs leave runs of them in good text.
fn first_noise(text: &str, per_cent: usize) -> Option<usize> {
    let is_noise = |c: char| {
        c == '\u{fffd}'
            || (c.is_control() && !matches!(c, '\0' | '\t' | '\n' | '\r' | '\x0c' | '\x1a'))
    };
    let noise = text.chars().filter(|c| is_noise(*c)).count();
    let all = text.chars().filter(|c| *c != '\0').count();
    (noise * 100 > all * per_cent)
        .then(|| text.find(is_noise))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一、工作成效\n数字政府建设有序推进,办结率98.6%。\n";

    fn decoded(bytes: &[u8]) -> (String, &'static str, usize) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.encoding, decoded.replaced)
    }

    fn utf16(text: &str, to: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to).collect()
    }

    #[test]
    fn utf8_with_and_without_a_mark_is_the_same_text() {
        assert_eq!(decoded(TEXT.as_bytes()), (TEXT.into(), "UTF-8", 0));
        let marked = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
        assert_eq!(decoded(&marked), (TEXT.into(), "UTF-8", 0));
    }

    #[test]
    fn utf16_is_read_with_and_without_a_mark() {
        let little = utf16(TEXT, u16::to_le_bytes);
        let big = utf16(TEXT, u16::to_be_bytes);
        assert_eq!(decoded(&little), (TEXT.into(), "UTF-16LE", 0));
        assert_eq!(decoded(&big), (TEXT.into(), "UTF-16BE", 0));
        assert_eq!(
            decoded(&[b"\xff\xfe", &*little].concat()),
            (TEXT.into(), "UTF-16LE", 0)
        );
        assert_eq!(
            decoded(&[b"\xfe\xff", &*big].concat()),
            (TEXT.into(), "UTF-16BE", 0)
        );
    }

    #[test]
    fn gbk_and_gb18030_are_told_by_their_characters() {
        let bytes = GBK.encode(TEXT).0;
        assert_eq!(decoded(&bytes), (TEXT.into(), "GBK", 0));
        let rare = "䶮𠮷两字只在四字节区,县政务服务局负责同志介绍了情况。";
        let bytes = GB18030.encode(rare).0;
        assert_eq!(decoded(&bytes), (rare.into(), "gb18030", 0));
    }

    #[test]
    fn twenty_bytes_of_gbk_are_enough() {
        let short = "政务服务数据管理局。";
        let bytes = GBK.encode(short).0;
        assert_eq!(bytes.len(), 20);
        assert_eq!(decoded(&bytes), (short.into(), "GBK", 0));
    }

    #[test]
    fn big5_is_told_from_gbk_without_a_hint() {
        let text = "法務部行政執行署為處理內部單位之分工職掌,訂定本細則。";
        let bytes = BIG5.encode(text).0;
        assert_eq!(decoded(&bytes), (text.into(), "Big5", 0));
    }

    #[test]
    fn a_page_that_declares_gb2312_may_hold_gb18030() {
        let page = "<html><meta charset=\"gb2312\"><p>𠮷祥县</p>";
        let bytes = GB18030.encode(page).0;
        assert_eq!(decoded(&bytes), (page.into(), "gb18030", 0));
    }

    #[test]
    fn a_declared_charset_that_the_bytes_contradict_is_not_believed() {
        let page = "<html><meta charset=gb2312><p>政务服务数据管理局,二〇二一年。</p>";
        assert_eq!(decoded(page.as_bytes()), (page.into(), "UTF-8", 0));
    }

    #[test]
    fn one_bad_byte_is_replaced_and_counted() {
        let text = TEXT.repeat(4);
        let mut bytes = text.clone().into_bytes();
        bytes.push(0xe4);
        assert_eq!(decoded(&bytes), (format!("{text}\u{fffd}"), "UTF-8", 1));
    }

    #[test]
    fn binary_noise_is_not_text() {
        let noise: Vec<u8> = (0..2000_u32).map(|n| (n * n % 251) as u8).collect();
        assert!(matches!(decode(&noise), Err(ReadError::NotText { .. })));
    }

    /// Numbers that look like chance, as in what is packed.
    fn noise(bytes: usize) -> Vec<u8> {
        let numbers = std::iter::successors(Some(1_u32), |n| {
            Some(n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223))
        });
        numbers.take(bytes).map(|n| (n >> 24) as u8).collect()
    }

    #[test]
    fn a_large_binary_is_known_by_pieces_of_it() {
        let noise = noise(LARGE + 1);
        assert!(first_noise(&decode_somehow(&pieces(&noise)).text, NOISE_OF_PIECES).is_some());
        assert!(matches!(decode(&noise), Err(ReadError::NotText { .. })));
    }

    #[test]
    fn large_texts_are_read_in_every_encoding_though_a_run_of_them_is_spoilt() {
        let text = TEXT.repeat(2 * LARGE / TEXT.len());
        let utf16 = utf16(&text, u16::to_le_bytes);
        assert_eq!(decoded(&utf16), (text.clone(), "UTF-16LE", 0));
        for (encoding, spoilt) in [(UTF_8, 200), (GBK, 10)] {
            let good = encoding.encode(&text).0;
            let spoilt = [&noise(good.len() / spoilt), &*good].concat();
            let (decoded, _, replaced) = decoded(&spoilt);
            assert!(decoded.ends_with(&TEXT.repeat(9)));
            assert!(replaced > 0);
        }
    }
}
