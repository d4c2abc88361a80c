//! The marks and words of a question to its tree.
//!
//! `OR` joins last, then `AND` and standing side by side, then `NOT` and `-`. Never fails: what
//! cannot be an operator or a label here is text, and a note says so.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::field::{self, Reading};
use super::lexer::{self, Token};
use super::tree::{Node, Query, YearRange};

/// How many `*` one word may have; further ones are left out.
const MOST_STARS: usize = 4;

/// Reads a question. Any string is one.
///
/// ```
/// use xianli::query::{Node, parse};
/// let query = parse("国办电政函[2021]67号");
/// assert_eq!(query.root, Some(Node::Term("国办电政函[2021]67号".into())));
/// assert_eq!(parse("(跨省通办 NOT 深圳) OR 秒批").canonical(), "跨省通办 -深圳 OR 秒批");
/// assert_eq!(parse("").root, None);
/// ```
pub fn parse(text: &str) -> Query {
    let (tokens, notes) = lexer::tokens(text, field::is_field);
    let mut parser = Parser {
        tokens: tokens.into_iter().peekable(),
        notes,
    };
    let mut parts = Vec::new();
    while parser.tokens.peek().is_some() {
        parts.extend(parser.any());
        // A closing bracket without its group cannot come out of the lexer; were one here, it
        // would close nothing.
        parser.tokens.next_if_eq(&Token::Close);
    }
    Query {
        text: text.to_owned(),
        root: Node::all(parts),
        notes: parser.notes,
    }
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    notes: Vec<String>,
}

impl Parser {
    /// Parts joined by `OR`, up to a closing bracket or the end.
    fn any(&mut self) -> Option<Node> {
        let mut parts: Vec<Node> = self.all().into_iter().collect();
        while self.tokens.next_if_eq(&Token::Or).is_some() {
            if !parts.is_empty() && self.part_follows() {
                parts.extend(self.all());
            } else {
                let text = self.operator_as_text("OR");
                let rest = self.all();
                let before = parts.pop();
                parts.extend(Node::all(
                    before.into_iter().chain([text]).chain(rest).collect(),
                ));
            }
        }
        Node::any(parts)
    }

    /// Parts side by side or joined by `AND`.
    fn all(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        loop {
            if self.tokens.next_if_eq(&Token::And).is_some() {
                if parts.is_empty() || !self.part_follows() {
                    parts.push(self.operator_as_text("AND"));
                }
            } else if self.part_follows() {
                parts.extend(self.part());
            } else {
                break;
            }
        }
        Node::all(parts)
    }

    fn part_follows(&mut self) -> bool {
        !matches!(
            self.tokens.peek(),
            None | Some(Token::Close | Token::And | Token::Or)
        )
    }

    /// One part with the exclusions before it.
    fn part(&mut self) -> Option<Node> {
        let mut negated = false;
        while let Some(token) = self
            .tokens
            .next_if(|token| matches!(token, Token::Not | Token::Minus))
        {
            if token == Token::Not && !self.part_follows() {
                let text = self.operator_as_text("NOT");
                return Some(if negated { text.negated() } else { text });
            }
            negated = !negated;
        }
        let node = self.labelled()?;
        Some(if negated { node.negated() } else { node })
    }

    fn labelled(&mut self) -> Option<Node> {
        if let Some(Token::Field(name)) = self
            .tokens
            .next_if(|token| matches!(token, Token::Field(_)))
        {
            let value = self.primary()?;
            return Some(self.in_field(&name, value));
        }
        self.primary()
    }

    fn primary(&mut self) -> Option<Node> {
        match self.tokens.next()? {
            Token::Open => {
                let inner = self.any();
                self.tokens.next_if_eq(&Token::Close);
                inner
            }
            Token::Phrase { text, slop } => Some(Node::Phrase { text, slop }),
            Token::Word(word) => Some(self.word(word)),
            // The lexer puts nothing else where a value stands.
            _ => None,
        }
    }

    fn word(&mut self, word: String) -> Node {
        if matches!(
            word.as_str(),
            "AND" | "OR" | "NOT" | "ＡＮＤ" | "ＯＲ" | "ＮＯＴ"
        ) {
            return literal(word);
        }
        let parts: Vec<&str> = word
            .split(['*', '＊'])
            .filter(|part| part.chars().any(char::is_alphanumeric))
            .collect();
        let stars = word.trim_matches(['*', '＊']).contains(['*', '＊']);
        if !stars || parts.len() < 2 {
            return Node::Term(word);
        }
        if parts.len() > MOST_STARS + 1 {
            self.note(format!(
                "only the first {MOST_STARS} `*` of a word count; the rest of it was left out"
            ));
        }
        let kept = &parts[..parts.len().min(MOST_STARS + 1)];
        let joined = kept.join("*");
        let bare = joined.trim_matches(|c: char| !c.is_alphanumeric());
        Node::Wildcard(lexer::plain_word(&format!("[{bare}"), field::is_field))
    }

    /// A value in a field; each leaf of a group by itself.
    fn in_field(&mut self, name: &str, value: Node) -> Node {
        let each = |parser: &mut Self, nodes: Vec<Node>| -> Vec<Node> {
            let nodes = nodes.into_iter();
            nodes.map(|node| parser.in_field(name, node)).collect()
        };
        match value {
            Node::And(nodes) => Node::all(each(self, nodes)).expect("a conjunction has parts"),
            Node::Or(nodes) => Node::any(each(self, nodes)).expect("a disjunction has parts"),
            Node::Not(node) => self.in_field(name, *node).negated(),
            Node::Term(text) => self.leaf_in_field(name, &text.clone(), Node::Term(text)),
            Node::Wildcard(text) => self.leaf_in_field(name, &text.clone(), Node::Wildcard(text)),
            Node::Phrase { text, slop } => {
                self.leaf_in_field(name, &text.clone(), Node::Phrase { text, slop })
            }
            labelled => labelled,
        }
    }

    fn leaf_in_field(&mut self, name: &str, text: &str, leaf: Node) -> Node {
        let Some((field, reading)) = field::read(name, text) else {
            return leaf;
        };
        match (reading, YearRange::parse(text)) {
            (Reading::Words, _) => {
                let node = Box::new(leaf);
                return Node::InField { field, node };
            }
            (Reading::Year, Some(range)) => return Node::Year(range),
            (Reading::Label, _) => {
                let value = text.to_owned();
                return Node::Label { field, value };
            }
            _ => {}
        }
        self.note(format!("{}; read as text", field::unknown(field, text)));
        match leaf {
            Node::Term(_) => Node::Term(format!("{name}{text}")),
            _ => literal(format!("{name}{text}")),
        }
    }

    fn operator_as_text(&mut self, operator: &str) -> Node {
        self.note(format!("`{operator}` joins nothing here; read as text"));
        literal(operator.to_owned())
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

fn literal(text: String) -> Node {
    Node::Phrase { text, slop: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        parse(text).canonical()
    }

    fn term(text: &str) -> Node {
        Node::Term(text.to_owned())
    }

    #[test]
    fn words_join_by_and_and_operators_bind_as_usual() {
        let tree = parse("a OR b -c AND (d OR NOT e)").root.unwrap();
        let inner = Node::Or(vec![term("d"), term("e").negated()]);
        let right = Node::And(vec![term("b"), term("c").negated(), inner]);
        assert_eq!(tree, Node::Or(vec![term("a"), right]));
    }

    #[test]
    fn quotes_of_all_kinds_make_phrases_at_the_outside_of_a_word_only() {
        for text in [
            "“数字政府 建设”",
            "\"数字政府 建设\"",
            "「数字政府 建设」",
            "『数字政府 建设』",
        ] {
            assert_eq!(canonical(text), "\"数字政府 建设\"", "{text}");
        }
        for text in [
            "“放管服”改革",
            "推进“放管服”改革“双随机”",
            "\"放管服\"改革",
            "《法治政府》",
        ] {
            assert_eq!(parse(text).root, Some(term(text)), "{text}");
        }
        assert_eq!(parse("“数字").root, Some(term("数字")));
        assert_eq!(
            parse("\"医保 报销\"~8").root,
            Some(Node::Phrase {
                text: "医保 报销".into(),
                slop: Some(8)
            })
        );
    }

    #[test]
    fn a_bracket_groups_only_around_whole_words() {
        for text in [
            "（一）加强领导",
            "(2021)67号",
            "国办电政函（2021）67号",
            "领导（组长）",
        ] {
            assert_eq!(parse(text).root, Some(term(text)), "{text}");
        }
        assert_eq!(canonical("（甲 OR 乙） 丙"), "(甲 OR 乙) 丙");
        assert_eq!(canonical("((甲 OR 乙) 丙"), "甲 OR 乙 丙");
        assert_eq!(canonical("-(甲 乙)"), "-(甲 乙)");
    }

    #[test]
    fn fields_have_two_names_and_what_is_no_field_is_text() {
        assert_eq!(
            canonical("地区:广东 year:2019..2021 标题：报告"),
            "region:广东 year:2019..2021 title:报告"
        );
        assert_eq!(
            canonical("region:广东 法治 region:广西"),
            "(region:广东 OR region:广西) 法治"
        );
        assert_eq!(
            canonical("title:(甲 OR “乙 丙”)"),
            "title:甲 OR title:\"乙 丙\""
        );
        for (text, note) in [
            ("来源:龙华区", "`来源:` is not a field; read as text"),
            (
                "年份:去年",
                "`去年` is no year or range of years; read as text",
            ),
            (
                "region:某某地",
                "no region is called `某某地`; read as text",
            ),
        ] {
            let query = parse(text);
            assert_eq!(query.root, Some(term(text)), "{text}");
            assert_eq!(query.notes, [note]);
        }
    }

    #[test]
    fn operators_with_nothing_to_join_are_text() {
        assert_eq!(canonical("OR 秒批"), "\"OR\" 秒批");
        assert_eq!(canonical("秒批 NOT"), "秒批 \"NOT\"");
        assert_eq!(canonical("NOT NOT 深圳"), "深圳");
        assert_eq!(canonical("-公司"), "-公司");
        assert_eq!(canonical("--公司"), "--公司");
        assert_eq!(parse("OR").notes, ["`OR` joins nothing here; read as text"]);
    }

    #[test]
    fn punctuation_asks_for_nothing() {
        for text in ["", "  ", "。", "-", "()", "“”", "，、：", "-。"] {
            assert_eq!(parse(text).root, None, "{text}");
        }
        assert_eq!(canonical("法治 ， 政府"), "法治 政府");
    }

    #[test]
    fn stars_inside_a_word_are_wildcards() {
        assert_eq!(
            parse("跨*通办").root,
            Some(Node::Wildcard("跨*通办".into()))
        );
        assert_eq!(parse("*通办*").root, Some(term("*通办*")));
        assert_eq!(
            parse("“跨*通办”").root,
            Some(Node::Phrase {
                text: "跨*通办".into(),
                slop: None
            })
        );
    }

    #[test]
    fn depth_length_and_words_are_bounded_with_a_note() {
        let deep = format!("{}甲 OR 乙{}", "(".repeat(50), ")".repeat(50));
        assert!(
            parse(&deep)
                .notes
                .iter()
                .any(|note| note.contains("deeper than"))
        );
        let many = "甲 ".repeat(1000);
        assert_eq!(parse(&many).notes, ["only the first 200 words were read"]);
        let long = "法".repeat(40_000);
        assert_eq!(
            parse(&long).notes,
            ["only the first 10000 characters were read"]
        );
        for nasty in ["(", "“", "\"", "「『", "-", "NOT ", "title:", "(\"", "a*"] {
            parse(&nasty.repeat(100_000 / nasty.len()));
        }
    }

    /// Pieces that make a difference to the parser, with text between.
    fn nasty() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("("),
            Just(")"),
            Just("（"),
            Just("）"),
            Just("\""),
            Just("“"),
            Just("”"),
            Just("「"),
            Just("」"),
            Just("『"),
            Just("』"),
            Just(" "),
            Just("  "),
            Just("\u{3000}"),
            Just("-"),
            Just("－"),
            Just("—"),
            Just("OR"),
            Just("AND"),
            Just("NOT"),
            Just(" OR "),
            Just(" AND "),
            Just(" NOT "),
            Just("title:"),
            Just("标题："),
            Just("region:"),
            Just("year:"),
            Just("来源:"),
            Just("广东"),
            Just("2021"),
            Just("2019..2021"),
            Just("*"),
            Just("~3"),
            Just("~"),
            Just("办"),
            Just("数字"),
            Just("a"),
            Just("，"),
            Just("《"),
            Just("》"),
            Just("["),
            Just("\n"),
            Just("＂"),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn canonical_text_is_read_as_the_same_tree(text in nasty()) {
            let query = parse(&text);
            let again = parse(&query.canonical());
            prop_assert_eq!(&again.root, &query.root, "{}", query.canonical());
            prop_assert_eq!(again.canonical(), query.canonical());
        }

        #[test]
        fn any_string_is_a_query(text in "\\PC*") {
            let query = parse(&text);
            prop_assert_eq!(parse(&query.canonical()).root, query.root);
        }
    }
}
