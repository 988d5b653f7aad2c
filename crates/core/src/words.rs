//! Numbers and durations in words.

use rollcast_rollout::Range;

/// Whole seconds that hold the range: "28–46 s", "8 s", "under 1 s". The input is in milliseconds.
pub(crate) fn seconds(range: Range<u64>) -> String {
    let (from, to) = (range.earliest / 1_000, range.latest.div_ceil(1_000));
    if to <= 1 && range.earliest < 1_000 {
        return if range.latest == 0 { "0 s" } else { "under 1 s" }.to_owned();
    }
    if from == to {
        return format!("{to} s");
    }
    format!("{from}–{to} s")
}

/// The same for what may never end: "28 s or longer", "for ever".
pub(crate) fn open_seconds(range: Range<Option<u64>>) -> String {
    match (range.earliest, range.likely, range.latest) {
        (Some(earliest), Some(likely), Some(latest)) => seconds(Range {
            earliest,
            likely,
            latest,
        }),
        (Some(earliest), ..) => format!("{} s or for ever", earliest / 1_000),
        _ => "for ever".to_owned(),
    }
}

/// The same with its preposition: "for 28 s", "for ever".
pub(crate) fn during(range: Range<Option<u64>>) -> String {
    match range.earliest {
        Some(_) => format!("for {}", open_seconds(range)),
        None => "for ever".to_owned(),
    }
}

/// The likely length of a range, when it has a width worth naming: " (likely 33 s)".
pub(crate) fn likely(range: Range<Option<u64>>) -> String {
    match (range.earliest, range.likely, range.latest) {
        (Some(earliest), Some(likely), Some(latest)) if latest.saturating_sub(earliest) >= 2_000 => {
            format!(" (likely {} s)", rounded(likely))
        }
        _ => String::new(),
    }
}

/// To the nearest whole second.
pub(crate) const fn rounded(milliseconds: u64) -> u64 {
    milliseconds.saturating_add(500) / 1_000
}

/// As a sentence: a capital at the beginning, a full stop at the end.
pub(crate) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    format!(
        "{}{}.",
        first.map_or_else(String::new, String::from),
        characters.as_str()
    )
}

/// "1 pod", "3 pods".
pub(crate) fn count(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// "4" or "4–6".
pub(crate) fn between(range: Range<u32>) -> String {
    if range.earliest == range.latest {
        range.latest.to_string()
    } else {
        format!("{}–{}", range.earliest, range.latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn range<T: Copy>(earliest: T, likely: T, latest: T) -> Range<T> {
        Range {
            earliest,
            likely,
            latest,
        }
    }

    #[test]
    fn ranges_are_widened_to_whole_seconds() {
        for ((earliest, latest), expected) in [
            ((28_000, 46_000), "28–46 s"),
            ((28_999, 45_001), "28–46 s"),
            ((8_000, 8_000), "8 s"),
            ((0, 0), "0 s"),
            ((0, 400), "under 1 s"),
            ((500, 2_000), "0–2 s"),
            ((0, 86_400_000), "0–86400 s"),
        ] {
            assert_eq!(seconds(range(earliest, earliest, latest)), expected);
        }
    }

    #[test]
    fn what_never_ends_says_so() {
        assert_eq!(open_seconds(range(Some(1_000), Some(2_000), Some(3_500))), "1–4 s");
        assert_eq!(open_seconds(range(Some(8_000), None, None)), "8 s or for ever");
        assert_eq!(open_seconds(range(None, None, None)), "for ever");
        assert_eq!(during(range(None, None, None)), "for ever");
        assert_eq!(during(range(Some(8_000), None, None)), "for 8 s or for ever");
        assert_eq!(likely(range(Some(8_000), None, None)), "");
        assert_eq!(likely(range(Some(8_000), Some(9_499), Some(20_000))), " (likely 9 s)");
    }

    #[test]
    fn one_is_no_plural() {
        assert_eq!(
            (count(1, "pod"), count(2, "pod")),
            ("1 pod".to_owned(), "2 pods".to_owned())
        );
        assert_eq!(
            (between(range(2, 2, 2)), between(range(2, 3, 4))),
            ("2".to_owned(), "2–4".to_owned())
        );
    }
}
