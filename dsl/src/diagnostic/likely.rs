//! "Did you mean".

/// Words longer than this are not compared.
const LONGEST: usize = 60;

/// More candidates than any honest rulebook has; the rest is not looked at.
const MOST_CANDIDATES: usize = 1000;

/// The candidate that most resembles a word, when one is close enough to be meant.
pub fn likely<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let longest = wanted.chars().count();
    if longest > LONGEST {
        return None; // not a slip of the pen, and the comparison costs length times length
    }
    candidates
        .into_iter()
        .take(MOST_CANDIDATES)
        .filter(|candidate| *candidate != word)
        .map(|candidate| {
            let mistakes = strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase());
            (mistakes, candidate)
        })
        .filter(|(mistakes, candidate)| {
            let allowed = longest.max(candidate.chars().count()) / 3;
            *mistakes <= allowed.max(1) && *mistakes < longest.max(1)
        })
        .min_by_key(|(mistakes, _)| *mistakes)
        .map(|(_, candidate)| candidate)
}
