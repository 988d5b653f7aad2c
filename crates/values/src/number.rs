//! Go's number texts.

/// A float64 as Go's `%v` prints it, and `{{ . }}` with it: the shortest digits that read back, with an exponent below
/// 1e-4 and from 1e+06 on (strconv `FormatFloat(f, 'g', -1, 64)`).
pub(crate) fn print(value: f64) -> String {
    general(&format!("{value:e}"))
}

/// The same for a float32, which is how Helm spells a float key.
pub(crate) fn print_key(value: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "sigs.k8s.io/yaml formats float keys with 32 bits"
    )]
    let narrow = value as f32;
    if narrow.is_infinite() {
        return if narrow > 0.0 {
            "+Inf".to_owned()
        } else {
            "-Inf".to_owned()
        };
    }
    general(&format!("{narrow:e}"))
}

/// From Rust's `1.25e6` to Go's `%g`.
fn general(scientific: &str) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let mut text = sign.to_owned();
    // Go takes the precision of a shortest form as 6 here.
    if !(-4..6).contains(&exponent) {
        text.push_str(mantissa);
        text.push('e');
        text.push(if exponent < 0 { '-' } else { '+' });
        text.push_str(&format!("{:02}", exponent.unsigned_abs()));
    } else {
        place_point(&mut text, &digits, exponent);
    }
    text
}

/// A float64 as Go's encoding/json writes it: plain digits from 1e-6 up to 1e21.
pub(crate) fn json(value: f64) -> String {
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    if value != 0.0 && !(-6..21).contains(&power) {
        let sign = if power < 0 { "-" } else { "+" };
        let digits = power.unsigned_abs();
        // encoding/json shortens e-09 to e-9 and leaves e+21 alone.
        return format!("{mantissa}e{sign}{digits}");
    }
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let mut text = sign.to_owned();
    place_point(&mut text, &digits, power);
    text
}

/// Writes digits d₀d₁d₂… as d₀.d₁d₂… × 10^exponent without an exponent.
fn place_point(text: &mut String, digits: &str, exponent: i32) {
    if exponent < 0 {
        text.push_str("0.");
        for _ in 1..exponent.unsigned_abs() {
            text.push('0');
        }
        text.push_str(digits);
        return;
    }
    let whole = usize::try_from(exponent).unwrap_or(0) + 1;
    if digits.len() <= whole {
        text.push_str(digits);
        for _ in digits.len()..whole {
            text.push('0');
        }
    } else {
        let (before, after) = digits.split_at(whole);
        text.push_str(before);
        text.push('.');
        text.push_str(after);
    }
}

/// Go's `strconv.ParseInt(text, 0, 64)`: an optional sign, then `0x`, `0o`, `0b` or a leading `0` for octal, with
/// single underscores between digits.
pub(crate) fn parse_int(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    let magnitude = parse_digits(digits)?;
    if negative {
        0_i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    }
}

/// Go's `strconv.ParseUint(text, 0, 64)`.
pub(crate) fn parse_uint(text: &str) -> Option<u64> {
    if text.starts_with(['+', '-']) {
        None
    } else {
        parse_digits(text)
    }
}

fn parse_digits(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    let (base, prefix) = match bytes {
        [b'0', b'x' | b'X', _, ..] => (16, 2),
        [b'0', b'o' | b'O', _, ..] => (8, 2),
        [b'0', b'b' | b'B', _, ..] => (2, 2),
        [b'0', _, ..] => (8, 1),
        _ => (10, 0),
    };
    let mut value: u64 = 0;
    // A prefix counts as a digit: `0x_F` is well-formed.
    let mut after_digit = prefix > 0;
    let rest = bytes.get(prefix..)?;
    if rest.is_empty() {
        return None;
    }
    for byte in rest {
        if *byte == b'_' {
            if !after_digit {
                return None;
            }
            after_digit = false;
            continue;
        }
        let digit = char::from(*byte).to_digit(base)?;
        value = value.checked_mul(u64::from(base))?.checked_add(u64::from(digit))?;
        after_digit = true;
    }
    after_digit.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// helm-semantics: the texts the real Helm printed for these numbers.
    #[test]
    fn numbers_print_as_go_prints_them() {
        for (value, printed, in_json) in [
            (0.0, "0", "0"),
            (-0.0, "-0", "-0"),
            (999_999.0, "999999", "999999"),
            (1_000_000.0, "1e+06", "1000000"),
            (1_234_567.0, "1.234567e+06", "1234567"),
            (1_000_000.5, "1.0000005e+06", "1000000.5"),
            (0.0001, "0.0001", "0.0001"),
            (0.00001, "1e-05", "0.00001"),
            (1e-7, "1e-07", "1e-7"),
            (1e21, "1e+21", "1e+21"),
            (1e20, "1e+20", "100000000000000000000"),
            (2.5, "2.5", "2.5"),
            (-1.5e300, "-1.5e+300", "-1.5e+300"),
            (9_007_199_254_740_992.0, "9.007199254740992e+15", "9007199254740992"),
        ] {
            assert_eq!(print(value), printed);
            assert_eq!(json(value), in_json);
        }
    }

    #[test]
    fn integers_read_as_go_reads_them() {
        for (text, value) in [
            ("15", Some(15)),
            ("+15", Some(15)),
            ("-0", Some(0)),
            ("015", Some(13)),
            ("0x10", Some(16)),
            ("0o17", Some(15)),
            ("0b101", Some(5)),
            ("1_0", Some(10)),
            ("0_1", Some(1)),
            ("0x_F", Some(15)),
            ("1__0", None),
            ("1_", None),
            ("_1", None),
            ("08", None),
            ("0x", None),
            ("", None),
            ("-", None),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
        ] {
            assert_eq!(parse_int(text), value, "{text}");
        }
        assert_eq!(parse_uint("18446744073709551615"), Some(u64::MAX));
        assert_eq!(parse_uint("18446744073709551616"), None);
    }
}
