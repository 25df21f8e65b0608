//! The demo's dice: a small generator of pseudo-random numbers whose sequence never changes.
//!
//! A library's generator may change its sequence with a new version, and the firm would be another one. This is splitmix64
//! (a counter that advances by the golden ratio, mixed by shifts and multiplications): good enough to scatter names and
//! amounts, and not meant for anything else. Nothing secret may come from it.

/// A sequence of pseudo-random numbers, given by its seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of that seed.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included; `low` when the range is empty. The slight bias of the remainder does not
    /// matter here.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).saturating_add(1);
        match u64::try_from(width) {
            Ok(width) if width > 0 => low + i64::try_from(self.roll() % width).unwrap_or(0),
            _ => low,
        }
    }

    /// True in so many cases of a hundred.
    pub fn percent(&mut self, chance: i64) -> bool {
        self.between(1, 100) <= chance
    }

    /// One of these; the default value when there are none.
    pub fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        let last = i64::try_from(items.len()).unwrap_or(1) - 1;
        usize::try_from(self.between(0, last))
            .ok()
            .and_then(|index| items.get(index))
            .copied()
            .unwrap_or_default()
    }

    /// An index chosen by weights; 0 when there are none.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut left = self.between(1, weights.iter().sum::<i64>().max(1));
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left <= 0 {
                return index;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_sequence_of_a_seed_never_changes() {
        let mut dice = Dice::seeded(2026);
        let first: Vec<i64> = (0..6).map(|_| dice.between(0, 999)).collect();
        let mut again = Dice::seeded(2026);
        assert_eq!(first, (0..6).map(|_| again.between(0, 999)).collect::<Vec<_>>());
        assert_ne!(first, {
            let mut other = Dice::seeded(2027);
            (0..6).map(|_| other.between(0, 999)).collect::<Vec<_>>()
        });
    }

    #[test]
    fn ranges_and_choices_keep_their_bounds() {
        let mut dice = Dice::seeded(1);
        for _ in 0..2_000 {
            assert!((-3..=4).contains(&dice.between(-3, 4)));
            assert!([5, 7].contains(&dice.pick(&[5, 7])));
            assert!(dice.weighted(&[1, 0, 3]) != 1);
        }
        assert_eq!(dice.between(5, 1), 5);
        assert_eq!(dice.pick::<i64>(&[]), 0);
        assert_eq!(dice.weighted(&[]), 0);
    }
}
