//! Puts the lines of a plain text together again where a program broke them: lines wrapped at a
//! fixed width, pieces of one sentence on lines of their own, a whole page on one line.

use super::layout::{self, Hint, RawLine};
use super::table::table;
use crate::text::{fold, is_han};

/// Marks after which a line is at its end.
const STOPS: [char; 8] = ['。', '！', '？', '：', '；', ':', ';', '!'];

/// The lines as they were before they were broken.
pub(super) fn mend(lines: Vec<RawLine>) -> Vec<RawLine> {
    if let Some(lines) = page(&lines) {
        return lines;
    }
    glue(unwrap(lines))
}

/// The columns that a text takes: a Han character is two wide.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if (c as u32) < 0x2000 { 1 } else { 2 })
        .sum()
}

/// How wide a line is for its margin: whole, or beside the label of an article, which some printers
/// set outside the column of text.
type Measure = fn(&str) -> usize;

const MEASURES: [Measure; 2] = [width, |text| width(layout::without_article(text))];

/// Joins lines that were wrapped at a fixed width.
fn unwrap(lines: Vec<RawLine>) -> Vec<RawLine> {
    let found = MEASURES
        .into_iter()
        .filter_map(|measure| margin(&lines, measure).map(|(cut, margin)| (cut, margin, measure)))
        .max_by_key(|&(cut, ..)| cut);
    let Some((_, margin, measure)) = found else {
        return lines;
    };
    let mut joined: Vec<RawLine> = Vec::with_capacity(lines.len());
    let mut last = 0;
    for line in lines {
        let this = measure(&line.text);
        match joined.last_mut() {
            Some(before)
                if last + 3 >= margin
                    && !before.text.ends_with(STOPS)
                    && !starts_anew(&line.text)
                    && follows(before, &line) =>
            {
                before.text.push_str(&line.text);
            }
            _ => joined.push(line),
        }
        last = this;
    }
    joined
}

/// The width at which a text was wrapped, if it was: different lines end there in the middle of a
/// sentence, and hardly any goes beyond. Goes out with the number of lines cut there before it.
fn margin(lines: &[RawLine], measure: Measure) -> Option<(usize, usize)> {
    let mut full: Vec<(usize, &str)> = lines
        .iter()
        .map(|line| line.text.as_str())
        .filter(|text| !text.contains("://"))
        .map(|text| (measure(text), text))
        .collect();
    full.sort_unstable_by(|a, b| b.cmp(a));
    full.dedup();
    let beyond = lines.len() / 50;
    let widest = full.iter().take(beyond + 1).map(|(margin, _)| *margin);
    widest
        .filter(|margin| (40..=120).contains(margin))
        .find_map(|margin| {
            let is_cut = |&&(width, text): &&(usize, &str)| {
                width <= margin && width + 3 >= margin && !text.ends_with(STOPS)
            };
            let cut = full.iter().filter(is_cut).count();
            (cut >= 3 && cut * 20 >= lines.len()).then_some((cut, margin))
        })
}

/// Whether a line begins something new: a number, an article, a fact about the document.
fn starts_anew(text: &str) -> bool {
    layout::has_marker(text) || layout::is_header(text)
}

/// Whether one line comes right after another, no empty line between.
fn follows(before: &RawLine, line: &RawLine) -> bool {
    line.number <= before.number + 1 + before.text.chars().count() / 20
}

/// Joins the pieces of sentences that spans of a web page left on lines of their own: `工信部〔` /
/// `2010` / `〕217号`. Only where a text does so three times at least.
fn glue(lines: Vec<RawLine>) -> Vec<RawLine> {
    let evidence = lines
        .windows(2)
        .filter(|pair| is_torn(&pair[0].text, &pair[1].text))
        .count();
    if evidence < 3 {
        return lines;
    }
    let mut joined: Vec<RawLine> = Vec::with_capacity(lines.len());
    let mut rest = lines.into_iter().peekable();
    let mut after_piece = false;
    while let Some(line) = rest.next() {
        let next = rest.peek().map(|next| next.text.as_str());
        let before = joined.last().map_or("", |before| before.text.as_str());
        let is_piece = is_piece(before, &line.text, next);
        let goes_on = after_piece && line.text.starts_with(is_han) && !starts_anew(&line.text);
        match joined.last_mut() {
            Some(before)
                if is_piece
                    || goes_on
                    || is_torn(&before.text, &line.text)
                    || goes_on_within(&before.text, &line.text) =>
            {
                before.text.push_str(&line.text);
            }
            _ => joined.push(line),
        }
        after_piece = is_piece;
    }
    joined
}

/// Whether a sentence is torn between two lines: an open bracket, or a mark that begins no line.
fn is_torn(before: &str, line: &str) -> bool {
    before.ends_with(['〔', '﹝', '［', '（', '《', '“', '、', '，', '('])
        || line.starts_with([
            '〕', '﹞', '］', '）', '》', '”', '，', '。', '、', '；', '％', ')',
        ])
        || is_dashed(before, line)
        || (before.len() <= 8
            && before.bytes().all(|byte| byte.is_ascii_digit())
            && line.starts_with([
                '年', '月', '日', '号', '个', '项', '家', '万', '亿', '人', '元',
            ]))
        || (before.ends_with(|c: char| c.is_ascii_digit())
            && before.chars().count() <= 20
            && ["年", "月", "日", "号"].contains(&line))
        || (before.ends_with(['年', '月'])
            && before.chars().count() <= 12
            && before.starts_with(|c: char| c.is_ascii_digit())
            && line.chars().count() <= 2
            && line.chars().all(|c| c.is_ascii_digit()))
}

/// Whether a short line goes on with the one before it, in a text that is torn elsewhere: inside a
/// bracket that is still open, or in a sentence that has a comma and no end.
fn goes_on_within(before: &str, line: &str) -> bool {
    /// The longest such piece, in characters.
    const PIECE: usize = 12;
    /// The longest paragraph that is put together of such pieces, in bytes: each is looked through.
    const LONGEST: usize = 6000;
    if before.len() > LONGEST || line.chars().take(PIECE + 1).count() > PIECE {
        return false;
    }
    let opens = |open: char, close: char| {
        before.matches(open).count() > before.matches(close).count()
            && before
                .rfind(open)
                .is_some_and(|at| before[at..].chars().count() <= 40)
    };
    let is_open = !before.ends_with('。') && (opens('（', '）') || opens('《', '》'));
    let is_unended = before.contains('，')
        && before.ends_with(is_han)
        && line.starts_with(is_han)
        && !layout::reads_as_organ(line)
        && !layout::reads_as_title(line);
    (is_open || is_unended) && !starts_anew(line)
}

/// Whether a line of digits or letters is a piece of the sentence around it.
fn is_piece(before: &str, line: &str, next: Option<&str>) -> bool {
    let is_bare = |text: &str| !text.is_empty() && text.len() <= 16 && text.is_ascii();
    let goes_on = |text: &str| {
        text.chars().count() >= 12 && !text.ends_with(STOPS) && text.chars().any(is_han)
    };
    let is_amid = goes_on(before) && next.is_some_and(|next| !starts_anew(next));
    is_bare(line) && (is_amid || next.is_some_and(|next| is_dashed(line, next)))
}

/// Whether a number was cut off before its dash: `2030` / `-“新一代人工智能”`.
fn is_dashed(before: &str, line: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit())
        && line
            .strip_prefix('-')
            .is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
}

/// The longest piece that navigation consists of, in characters.
const SHORT: usize = 80;

/// A whole page on one line, cut where its blocks met, its navigation marked as such.
fn page(lines: &[RawLine]) -> Option<Vec<RawLine>> {
    let long = lines.iter().find(|line| line.text.chars().count() > 400)?;
    let table = table();
    let squeezed: String = fold(&long.text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let signs = table.furniture_part.iter().chain(&table.furniture_start);
    if lines.len() > 3 || signs.filter(|sign| squeezed.contains(**sign)).count() < 3 {
        return None;
    }
    let pieces: Vec<String> = lines.iter().flat_map(|line| pieces(&line.text)).collect();
    let start = text_start(&pieces);
    let end = text_end(&pieces, start);
    let lines = pieces.into_iter().enumerate().map(|(place, text)| RawLine {
        number: place + 1,
        text,
        hint: if (start..end).contains(&place) {
            Hint::None
        } else {
            Hint::Furniture
        },
    });
    Some(lines.collect())
}

/// A line cut at its spaces, pieces that belong together put together again.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for word in line.split([' ', '\u{a0}']).filter(|word| !word.is_empty()) {
        match pieces.last_mut() {
            Some(before) if belongs(before, word) => {
                before.push(' ');
                before.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
    }
    pieces
}

/// Whether a word goes on with the piece before it.
fn belongs(before: &str, word: &str) -> bool {
    let is_latin = |text: &str| text.chars().all(|c| !is_han(c));
    let label = before.strip_suffix(['：', ':']).unwrap_or_default();
    let label = label.rsplit(' ').next().unwrap_or(label);
    let counts = before.ends_with(['是', '要']) && before.chars().count() <= 4;
    let is_time = word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit());
    (!label.is_empty() && table().header.contains(&*fold(label)))
        || counts
        || is_time
        || matches!(label, "问" | "答")
        || (is_latin(word) && is_latin(before))
        || (layout::has_marker(before) && before.chars().count() <= 5)
}

/// Where the text begins: at the second coming of the title that the window bears.
fn text_start(pieces: &[String]) -> usize {
    let window = pieces
        .first()
        .map_or("", |first| first.split('_').next().unwrap_or_default());
    let again = pieces.iter().skip(1).position(|piece| {
        !window.is_empty()
            && (piece == window
                || window.starts_with(piece.as_str()) && piece.chars().count() >= 10)
    });
    again.map_or(0, |place| place + 1)
}

/// Where the text ends: at the navigation after which no sentence comes.
fn text_end(pieces: &[String], start: usize) -> usize {
    let is_sentence = |piece: &String| piece.chars().count() > SHORT || piece.ends_with('。');
    let last = pieces
        .iter()
        .rposition(is_sentence)
        .map_or(start, |place| place + 1);
    pieces[last.max(start)..]
        .iter()
        .position(|piece| layout::is_furniture(piece))
        .map_or(pieces.len(), |place| last.max(start) + place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> Vec<String> {
        mend(super::super::plain::lines(text))
            .into_iter()
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn a_fact_under_a_full_line_is_no_part_of_it() {
        let line = |what: &str| {
            format!(
                "受某某症候群影響發生營運困難之{what}產業及醫療機構之貸款紓困輔導暨補償施行辦法"
            )
        };
        let [title, one, two] = ["觀光", "運輸", "百貨"].map(line);
        let text = format!("{title}\n法規性質：命令\n{one}\n續行文字。\n{two}\n續行文字。\n");
        let mended = mended(&text);
        assert_eq!(mended[..2], [title, "法規性質：命令".to_owned()]);
        assert_eq!(mended[2], format!("{one}續行文字。"));
    }

    #[test]
    fn lines_wrapped_at_a_width_are_joined() {
        let wrapped = "第 1 條　本會為處理內部單位之分工職掌，並依法律之規定辦理各項業務，訂定本\n細則。\n\
                       第 2 條　主任委員綜理會務，並指揮監督所屬之人員，並依法律之規定辦理各項業\n務。\n\
                       第 3 條　監察小組委員依法執行選舉罷免及公民投票之監察事項，並且辦理各項業\n務。\n第 4 條　本會設四組。";
        assert_eq!(
            mended(wrapped),
            [
                "第 1 條　本會為處理內部單位之分工職掌，並依法律之規定辦理各項業務，訂定本細則。",
                "第 2 條　主任委員綜理會務，並指揮監督所屬之人員，並依法律之規定辦理各項業務。",
                "第 3 條　監察小組委員依法執行選舉罷免及公民投票之監察事項，並且辦理各項業務。",
                "第 4 條　本會設四組。",
            ]
        );
    }

    #[test]
    fn pieces_of_a_sentence_are_put_together() {
        let torn = "根据技术创新示范企业认定管理办法（工信部联科〔\n2010\n〕\n540\n号）的规定，开展复核评价工作，并于\n5\n月\n10\n日前报送。\n2019\n年\n3\n月\n28\n日";
        assert_eq!(
            mended(torn),
            [
                "根据技术创新示范企业认定管理办法（工信部联科〔2010〕540号）的规定，开展复核评价工作，并于5月10日前报送。",
                "2019年3月28日",
            ]
        );
    }

    #[test]
    fn short_pieces_go_on_inside_a_bracket_or_an_unended_sentence() {
        let torn = "现将科技创新\n2030\n-“新材料”项目指南（国科发资﹝\n2020\n﹞\n76号）转发你们。\n现将《\n某某考核评估办法（暂行）\n》印发你们，请\n认真\n遵照执行。\n某市科技局\n2020\n年\n4\n月\n17\n日\n（联系人及电话：高技术处\n唐雷\n010\n-\n68205237\n）\n附件";
        assert_eq!(
            mended(torn),
            [
                "现将科技创新2030-“新材料”项目指南（国科发资﹝2020﹞76号）转发你们。",
                "现将《某某考核评估办法（暂行）》印发你们，请认真遵照执行。",
                "某市科技局",
                "2020年4月17日",
                "（联系人及电话：高技术处唐雷010-68205237）",
                "附件",
            ]
        );
    }

    #[test]
    fn a_page_on_one_line_is_cut_into_its_blocks() {
        let body = "为规范自媒体医疗科普行为，维护人民群众健康权益，现就有关事项通知如下，请遵照执行并做好监督检查工作。".repeat(8);
        let page = format!(
            "关于规范自媒体的通知_某办公室 设为首页 加入收藏 当前位置： 首页 > 正文 关于规范自媒体的通知 \
             2025年08月01日 17:26 来源： 中国网信网 【打印】 各省网信办： {body} 三是 建立制度。 某办秘书局 2025年7月28日 \
             关闭 © 版权所有 联系我们 京ICP备14042428号"
        );
        let kept: Vec<_> = mend(super::super::plain::lines(&page))
            .into_iter()
            .filter(|line| line.hint == Hint::None)
            .map(|line| line.text)
            .collect();
        assert_eq!(
            kept,
            [
                "关于规范自媒体的通知",
                "2025年08月01日 17:26",
                "来源： 中国网信网",
                "【打印】",
                "各省网信办：",
                body.as_str(),
                "三是 建立制度。",
                "某办秘书局",
                "2025年7月28日",
            ]
        );
    }
}
