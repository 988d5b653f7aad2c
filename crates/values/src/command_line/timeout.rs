//! Go's durations: `5m`, `1h30m`, `90.5s` (time.ParseDuration).

/// The seconds of a duration; `None` for what is none.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0.0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let number = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let (figure, behind) = rest.split_at_checked(number)?;
        let unit = behind.len()
            - behind
                .trim_start_matches(|c: char| !c.is_ascii_digit() && c != '.')
                .len();
        let (unit, behind) = behind.split_at_checked(unit)?;
        // `1.` and `.5` are figures to Go as well, a point alone is none.
        let figure = rollcast_go::parse_float(figure)?;
        total += figure
            * match unit {
                "ns" => 1e-9,
                "us" | "µs" | "μs" => 1e-6,
                "ms" => 1e-3,
                "s" => 1.0,
                "m" => 60.0,
                "h" => 3_600.0,
                _ => return None,
            };
        rest = behind;
    }
    // Go counts nanoseconds in 63 bits.
    (total < 9_223_372_036.0).then_some(sign * total)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn durations_are_gos() {
        for (text, expected) in [
            ("5m", Some(300.0)),
            ("5m0s", Some(300.0)),
            ("1h30m", Some(5_400.0)),
            ("90.5s", Some(90.5)),
            (".5s", Some(0.5)),
            ("1.s", Some(1.0)),
            ("500ms", Some(0.5)),
            ("0", Some(0.0)),
            ("-1s", Some(-1.0)),
            ("300", None),
            ("", None),
            ("-", None),
            ("s", None),
            (".s", None),
            ("1.2.3s", None),
            ("5 m", None),
            ("5min", None),
            ("9999999999h", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
