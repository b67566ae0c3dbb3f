//! "Did you mean …?"

use rapidfuzz::distance::osa;

/// The candidate that is written most like a word, if one is like it.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().count() / 3).clamp(1, 4);
    let scorer = osa::BatchComparator::new(word.chars());
    let arguments = osa::Args::default().score_cutoff(most);
    let near = |candidate: &'a str| {
        let distance = if begins(word, candidate) || begins(candidate, word) {
            Some(2)
        } else {
            // Lengths further apart than that need no look.
            let apart = candidate.len().abs_diff(word.len());
            (apart <= 4 * most).then(|| scorer.distance_with_args(candidate.chars(), &arguments)).flatten()
        };
        distance.map(|distance| (distance, candidate))
    };
    candidates.into_iter().filter_map(near).min().map(|(_, candidate)| candidate)
}

/// Whether a word begins with another that is long enough to mean something.
fn begins(long: &str, short: &str) -> bool {
    short.len() > 3 && long.starts_with(short)
}

/// The help that a suggestion gives.
pub(crate) fn did_you_mean(suggestion: &str) -> String {
    format!("did you mean `{suggestion}`?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_finds_the_nearest_one() {
        assert_eq!(nearest("asmll", ["asml", "amd"]), Some("asml"));
        assert_eq!(nearest("samsung", ["samsara", "samsung-electronics"]), Some("samsung-electronics"));
        assert_eq!(nearest("openai", ["nvidia"]), None);
        assert_eq!(nearest("", ["a"]), Some("a"));
    }
}
