use rollcast_core::HelmLine;

/// Which of the lines that read values alike a version of Helm belongs to: `3.17`, `3.20` and `4` name the lines, and
/// whatever `helm version --short` prints is taken too (`v3.19.2+g1234567`).
pub(crate) fn helm_line(text: &str) -> Result<HelmLine, String> {
    let unknown = || "give 3.17 (up to 3.20.0), 3.20 (later 3.x), 4, or a full version such as 3.19.2".to_owned();
    let version = text.strip_prefix('v').unwrap_or(text);
    let version = version.split(['+', '-']).next().unwrap_or_default();
    let numbers: Vec<u32> = version
        .split('.')
        .map(|number| number.parse().map_err(|_| unknown()))
        .collect::<Result<_, _>>()?;
    match numbers[..] {
        [3, 17..=19] | [3, 17..=19, _] | [3, 20, 0] => Ok(HelmLine::V3_17),
        [3, 20..=u32::MAX] | [3, 20..=u32::MAX, _] => Ok(HelmLine::V3_20),
        [4] | [4, _] | [4, _, _] => Ok(HelmLine::V4),
        _ => Err(unknown()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_belong_to_the_line_that_reads_like_them() {
        for (text, line) in [
            ("3.17", HelmLine::V3_17),
            ("v3.17.3+ge4da497", HelmLine::V3_17),
            ("3.20.0", HelmLine::V3_17),
            ("3.20", HelmLine::V3_20),
            ("3.20.1", HelmLine::V3_20),
            ("3.21.0-rc.1", HelmLine::V3_20),
            ("4", HelmLine::V4),
            ("v4.0.1", HelmLine::V4),
        ] {
            assert_eq!(helm_line(text), Ok(line), "{text}");
        }
        for text in ["", "v", "2.16.1", "3", "3.16.4", "5", "3.17.3.1", "3.x", "-1"] {
            assert!(helm_line(text).is_err(), "{text}");
        }
    }
}
