use rollcast_rollout::Range;

/// Milliseconds in seconds, with as many decimals as they need: "28 s", "0.5 s", "for ever".
pub(crate) fn seconds(milliseconds: Option<u64>) -> String {
    match milliseconds {
        None => "for ever".to_owned(),
        Some(milliseconds) => format!("{} s", figure(milliseconds)),
    }
}

/// A range in words: "28 to 46 s, likely 33 s", "5 s".
pub(crate) fn range(range: &Range<Option<u64>>) -> String {
    let likely = seconds(range.likely);
    match (range.earliest, range.latest) {
        (earliest, latest) if earliest == latest => likely,
        (Some(earliest), None) => format!("{} s to for ever, likely {likely}", figure(earliest)),
        (Some(earliest), Some(latest)) => format!("{} to {} s, likely {likely}", figure(earliest), figure(latest)),
        (None, _) => likely,
    }
}

/// The figure alone.
pub(super) fn figure(milliseconds: u64) -> String {
    let text = format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_only_where_needed() {
        assert_eq!(seconds(Some(28_000)), "28 s");
        assert_eq!(seconds(Some(500)), "0.5 s");
        assert_eq!(seconds(Some(100)), "0.1 s");
        assert_eq!(seconds(Some(0)), "0 s");
        assert_eq!(seconds(None), "for ever");
        let words = |earliest, likely, latest| {
            range(&Range {
                earliest,
                likely,
                latest,
            })
        };
        assert_eq!(
            words(Some(28_000), Some(33_000), Some(46_500)),
            "28 to 46.5 s, likely 33 s"
        );
        assert_eq!(words(Some(5_000), Some(5_000), Some(5_000)), "5 s");
        assert_eq!(words(Some(5_000), Some(6_000), None), "5 s to for ever, likely 6 s");
        assert_eq!(words(None, None, None), "for ever");
    }
}
