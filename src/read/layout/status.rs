//! Validity that stands in brackets on the line of a title: 【失效】某办法, 某办法（已废止）.

use super::{RawLine, reads_as_title};
use crate::read::table::table;
use crate::text::fold;

/// The longest status in brackets, in characters.
const LONGEST: usize = 12;

/// The line, or the status and the title that it is made of, in their order.
pub(super) fn apart(raw: RawLine) -> Vec<RawLine> {
    let parts = before(&raw.text).or_else(|| behind(&raw.text));
    let Some(parts) = parts else {
        return vec![raw];
    };
    let part = |text: &str| RawLine {
        text: text.trim().to_owned(),
        ..raw.clone()
    };
    let [first, second] = parts;
    vec![part(first), part(second)]
}

fn before(text: &str) -> Option<[&str; 2]> {
    let inner = text.strip_prefix(OPENING)?;
    let (close, mark) = inner.char_indices().find(|(_, c)| CLOSING.contains(c))?;
    let end = text.len() - inner.len() + close + mark.len_utf8();
    is_apart(&inner[..close], &text[end..]).then(|| [&text[..end], &text[end..]])
}

fn behind(text: &str) -> Option<[&str; 2]> {
    let inner = text.trim_end().strip_suffix(CLOSING)?;
    let open = inner.rfind(OPENING)?;
    let mark = inner[open..].chars().next().map_or(0, char::len_utf8);
    is_apart(&inner[open + mark..], &text[..open]).then(|| [&text[..open], &text[open..]])
}

const OPENING: [char; 5] = ['【', '[', '（', '(', '〔'];
const CLOSING: [char; 5] = ['】', ']', '）', ')', '〕'];

fn is_apart(status: &str, title: &str) -> bool {
    let short = status.chars().take(LONGEST + 1).count() <= LONGEST;
    let status = || -> String {
        fold(status)
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect()
    };
    short && table().status.contains(status().as_str()) && reads_as_title(title)
}

#[cfg(test)]
mod tests {
    use super::super::tests::laid_out;

    #[test]
    fn a_status_on_the_line_of_a_title_is_a_line_of_its_own() {
        let text =
            |title: &str| format!("{title}\n某政发〔2006〕15号\n各区人民政府：\n现印发给你们。");
        assert_eq!(
            laid_out(&text("【失效】某市人民政府关于印发某办法的通知"))[..2],
            [
                "status  | 【失效】",
                "title  | 某市人民政府关于印发某办法的通知"
            ]
        );
        assert_eq!(
            laid_out(&text("某市人民政府关于印发某办法的通知（已废止）"))[..2],
            [
                "title  | 某市人民政府关于印发某办法的通知",
                "status  | （已废止）"
            ]
        );
        assert_eq!(
            laid_out(&text("某市人民政府关于印发某办法（试行）的通知"))[..1],
            ["title  | 某市人民政府关于印发某办法（试行）的通知"]
        );
    }
}
