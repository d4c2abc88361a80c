//! Who of many comes first, found anew in a few comparisons when the first has changed.
//!
//! Comes in: how many there are, and which of two comes first, which has to be an order. Goes out:
//! the first of all. This is the tree of losers of Knuth, The Art of Computer Programming 3, 5.4.1.

/// Some players of whom one comes first.
pub(super) struct Tournament {
    /// Who lost each match. The players of match `m` are the winners of `2m` and `2m + 1`, or
    /// players by themselves, from the number of players on; no match is 0, where the first stands.
    losers: Vec<usize>,
}

impl Tournament {
    /// Of so many players; `is_first` tells whether one comes before another.
    pub(super) fn new(players: usize, is_first: impl Fn(usize, usize) -> bool) -> Self {
        let mut winners: Vec<usize> = (0..players).chain(0..players).collect();
        let mut losers = vec![0; players];
        for game in (1..players).rev() {
            let (one, other) = (winners[2 * game], winners[2 * game + 1]);
            let one_wins = is_first(one, other);
            (winners[game], losers[game]) = if one_wins { (one, other) } else { (other, one) };
        }
        if let (Some(first), Some(&winner)) = (losers.first_mut(), winners.get(1)) {
            *first = winner;
        }
        Self { losers }
    }

    /// Who comes first; `None` where there are no players.
    pub(super) fn first(&self) -> Option<usize> {
        self.losers.first().copied()
    }

    /// Finds out who comes first now that the one who came first has changed.
    pub(super) fn play_again(&mut self, is_first: impl Fn(usize, usize) -> bool) {
        let Some(mut winner) = self.first() else {
            return;
        };
        let mut game = (self.losers.len() + winner) / 2;
        while game > 0 {
            let loser = &mut self.losers[game];
            if is_first(*loser, winner) {
                std::mem::swap(loser, &mut winner);
            }
            game /= 2;
        }
        self.losers[0] = winner;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_that_are_in_order_come_out_in_order(
            lists in prop::collection::vec(prop::collection::vec(0_u8..20, 0..6), 0..12),
        ) {
            let mut expected: Vec<(u8, usize)> = Vec::new();
            let mut lists: Vec<Vec<u8>> = lists;
            for (place, list) in lists.iter_mut().enumerate() {
                list.sort_unstable_by(|a, b| b.cmp(a));
                expected.extend(list.iter().map(|&number| (number, place)));
            }
            expected.sort_unstable();
            let key = |lists: &[Vec<u8>], list: usize| {
                (lists[list].is_empty(), lists[list].last().copied(), list)
            };
            let mut players =
                Tournament::new(lists.len(), |a, b| key(&lists, a) < key(&lists, b));
            let mut found = Vec::new();
            while let Some(first) = players.first()
                && let Some(number) = lists[first].pop()
            {
                found.push((number, first));
                players.play_again(|a, b| key(&lists, a) < key(&lists, b));
            }
            prop_assert_eq!(found, expected);
        }
    }
}
