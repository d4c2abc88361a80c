//! Marks what stands below the text: closing words and the signature, issuer and date.

use super::{Item, shape};
use crate::document::LineKind;

/// How many bodies may sign one document.
const SIGNERS: usize = 12;

pub(super) fn mark(items: &mut [Item]) {
    for item in items.iter_mut().filter(|item| item.kind.is_none()) {
        if shape::is_closing(item) {
            item.kind = Some(LineKind::Closing);
        } else if item.is_plain() && shape::is_organ_with_date(item) {
            item.kind = Some(LineKind::Signature);
        }
    }
    for place in 0..items.len() {
        if items[place].kind.is_none() && shape::is_date(&items[place]) {
            mark_signature(items, place);
        }
    }
    mark_lone_issuer(items);
}

/// A date with the body that signed above it or below it, or at the end of everything.
fn mark_signature(items: &mut [Item], date: usize) {
    let above = items[..date]
        .iter()
        .rev()
        .take(SIGNERS)
        .take_while(|item| signs(item))
        .count();
    let below = usize::from(above == 0 && items.get(date + 1).is_some_and(signs));
    let content_follows = items[date + 1 + below..]
        .iter()
        .any(|item| item.kind.is_none() && !shape::may_be_title(item));
    let long_text_above = date > 0 && items[date - 1].kind != Some(LineKind::Header);
    if above + below == 0 && (content_follows || !long_text_above) {
        let annex_follows = items
            .get(date + 1)
            .is_some_and(|next| shape::may_be_title(next) && shape::ends_as_title(&next.squeezed));
        if !annex_follows {
            return;
        }
    }
    for item in &mut items[date - above..=date + below] {
        item.kind = Some(LineKind::Signature);
    }
}

fn signs(item: &Item) -> bool {
    let signs =
        shape::is_organ(item) || shape::is_speaker(item) || shape::is_officer_of_organ(item);
    item.kind.is_none() && item.is_plain() && signs
}

/// An issuer without a date as the last line of all.
fn mark_lone_issuer(items: &mut [Item]) {
    let last = items
        .iter_mut()
        .skip(2)
        .rev()
        .find(|item| item.kind != Some(LineKind::Boilerplate));
    if let Some(item) = last
        && signs(item)
        && item.length() >= 4
    {
        item.kind = Some(LineKind::Signature);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::laid_out;

    fn signatures(text: &str) -> Vec<String> {
        laid_out(text)
            .into_iter()
            .filter_map(|line| line.strip_prefix("signature  | ").map(str::to_owned))
            .collect()
    }

    #[test]
    fn issuers_and_date_sign_together_even_before_an_attached_plan() {
        let text = "某通知\n现通知如下。\n甲市财政局\n甲市民政局（盖章）\n二〇二一年三月一日\n甲市养老服务方案\n一、目标\n做好。";
        assert_eq!(
            signatures(text),
            ["甲市财政局", "甲市民政局（盖章）", "二〇二一年三月一日"]
        );
    }

    #[test]
    fn a_lone_date_signs_at_the_end_only() {
        assert_eq!(
            signatures("某总结\n有成效。\n2022年1月6日"),
            ["2022年1月6日"]
        );
        assert!(
            signatures("某大事记\n2022年1月6日\n召开会议。\n2022年1月7日\n又召开会议。").is_empty()
        );
    }
}
