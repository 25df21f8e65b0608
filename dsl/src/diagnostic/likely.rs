//! "Did you mean".

/// Words longer than this are not compared.
const LONGEST: usize = 60;

/// More candidates than any honest rulebook has; the rest is not looked at.
const MOST_CANDIDATES: usize = 1000;

/// The candidate that most resembles a word, when one is close enough to be meant.
pub fn likely<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let length = wanted.chars().count();
    if length > LONGEST {
        return None; // not a slip of the pen, and the comparison costs length times length
    }
    let letters = Letters::of(&wanted);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.into_iter().take(MOST_CANDIDATES) {
        let longest = length.max(candidate.chars().count());
        let allowed = (longest / 3).max(1).min(length.saturating_sub(1));
        // Only a better one takes the place of one that was found.
        let most = match best {
            None => allowed,
            Some((0, _)) => break,
            Some((mistakes, _)) => allowed.min(mistakes - 1),
        };
        let lower = candidate.to_lowercase();
        if candidate == word || letters.differ_from(&lower) > most {
            continue;
        }
        let mistakes = strsim::damerau_levenshtein(&wanted, &lower);
        if mistakes <= most {
            best = Some((mistakes, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How often each letter stands in a word, in whichever order. Words that differ much in this differ at least as much as words, and
/// counting takes a small part of the time that comparing takes.
struct Letters([i32; 64]);

impl Letters {
    fn of(lower: &str) -> Self {
        let mut counts = [0; 64];
        lower.chars().for_each(|c| Self::count(&mut counts, c, 1));
        Self(counts)
    }

    /// The least number of letters by which the two words differ.
    fn differ_from(&self, lower: &str) -> usize {
        let mut counts = self.0;
        lower.chars().for_each(|c| Self::count(&mut counts, c, -1));
        let sum = |sign: i32| counts.iter().map(|n| (n * sign).max(0)).sum::<i32>();
        usize::try_from(sum(1).max(sum(-1))).unwrap_or(0)
    }

    /// Letters that share a place are taken for the same: the difference only gets smaller.
    fn count(counts: &mut [i32; 64], letter: char, by: i32) {
        if let Some(count) = counts.get_mut(letter as usize % 64) {
            *count += by;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, by comparing with every candidate.
    fn slowly<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
        let wanted = word.to_lowercase();
        let length = wanted.chars().count();
        let compared = candidates.iter().filter(|c| **c != word).map(|candidate| {
            let mistakes = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
            (mistakes, *candidate)
        });
        let close = compared.filter(|(mistakes, candidate)| {
            let allowed = length.max(candidate.chars().count()) / 3;
            *mistakes <= allowed.max(1) && *mistakes < length.max(1)
        });
        close
            .min_by_key(|(mistakes, _)| *mistakes)
            .map(|(_, candidate)| candidate)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_passed_over_would_not_have_been_chosen(
            word in "[a-cA-Cé_]{0,7}",
            candidates in prop::collection::vec("[a-cA-Cé_]{0,8}", 0..12),
        ) {
            let candidates: Vec<&str> = candidates.iter().map(String::as_str).collect();
            prop_assert_eq!(likely(&word, candidates.iter().copied()), slowly(&word, &candidates));
        }
    }
}
