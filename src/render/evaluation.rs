//! How good rankings are: a line for each tier and one over all, and a table of every question.

use crate::search::{Evaluation, Measures};

/// The measures of each tier and over all, in columns.
pub fn evaluation_text(evaluation: &Evaluation) -> String {
    let mut out = format!(
        "{:<8} {:>9} {:>8} {:>8} {:>11}\n",
        "tier", "questions", "nDCG@10", "MRR@10", "recall@100"
    );
    let tiers = ["exact", "all", "any", "none"];
    let rows = tiers
        .iter()
        .filter_map(|&tier| Some((tier, evaluation.tiers.get(tier)?)));
    for (name, measures) in rows.chain([("overall", &evaluation.overall)]) {
        let Measures {
            questions,
            ndcg_at_10,
            mrr_at_10,
            recall_at_100,
        } = measures;
        out.push_str(&format!(
            "{name:<8} {questions:>9} {ndcg_at_10:>8.4} {mrr_at_10:>8.4} {recall_at_100:>11.4}\n"
        ));
    }
    out
}

/// Every question with its measures, tab-separated, with a header row.
pub fn questions_table(evaluation: &Evaluation) -> String {
    let mut out = "question\tndcg@10\tmrr@10\trecall@100\n".to_owned();
    for (question, measures) in &evaluation.questions {
        out.push_str(&format!(
            "{question}\t{:.4}\t{:.4}\t{:.4}\n",
            measures.ndcg_at_10, measures.mrr_at_10, measures.recall_at_100
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn tiers_stand_from_close_to_loose_and_the_mean_last() {
        let measures = Measures {
            questions: 2,
            ndcg_at_10: 0.5,
            mrr_at_10: 0.25,
            recall_at_100: 1.0,
        };
        let evaluation = Evaluation {
            overall: measures,
            tiers: BTreeMap::from([("any", measures), ("exact", measures)]),
            questions: vec![("q1".into(), measures)],
        };
        assert_eq!(
            evaluation_text(&evaluation),
            "\
tier     questions  nDCG@10   MRR@10  recall@100
exact            2   0.5000   0.2500      1.0000
any              2   0.5000   0.2500      1.0000
overall          2   0.5000   0.2500      1.0000
"
        );
        assert_eq!(
            questions_table(&evaluation),
            "question\tndcg@10\tmrr@10\trecall@100\nq1\t0.5000\t0.2500\t1.0000\n"
        );
    }
}
