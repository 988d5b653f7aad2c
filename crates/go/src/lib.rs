//! Go's numbers as text. Helm and Kubernetes are written in Go, and what they read and print follows its strconv and
//! encoding/json.
#![forbid(unsafe_code)]

mod float;

pub use float::parse_float;

/// A float64 as Go's `%v` prints it, and `{{ . }}` with it: the shortest digits that read back, with an exponent below
/// 1e-4 and from 1e+06 on (strconv `FormatFloat(f, 'g', -1, 64)`).
#[must_use]
pub fn print(value: f64) -> String {
    match special(value) {
        Some(text) => text.to_owned(),
        None => Digits::of(value).general(),
    }
}

/// The same for a float32, which is how Helm spells a float key.
#[must_use]
pub fn print_key(value: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "sigs.k8s.io/yaml formats float keys with 32 bits"
    )]
    let narrow = value as f32;
    match special(f64::from(narrow)) {
        Some(text) => text.to_owned(),
        None => Digits::of(narrow).general(),
    }
}

/// A float64 as Go's encoding/json writes it: plain digits from 1e-6 up to 1e21. What is no number there (it refuses
/// them) is printed as [`print()`] does.
#[must_use]
pub fn json(value: f64) -> String {
    if let Some(text) = special(value) {
        return text.to_owned();
    }
    let digits = Digits::of(value);
    if value != 0.0 && !(-6..21).contains(&digits.exponent) {
        let sign = if digits.exponent < 0 { "-" } else { "+" };
        // encoding/json shortens e-09 to e-9 and leaves e+21 alone.
        return format!("{}e{sign}{}", digits.mantissa(), digits.exponent.unsigned_abs());
    }
    digits.plain()
}

fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "+Inf" } else { "-Inf" })
    } else {
        None
    }
}

/// A finite number as the shortest digits that read back.
struct Digits {
    negative: bool,
    /// The first one is not 0, unless it is the only one.
    digits: String,
    /// The power of ten of the first digit.
    exponent: i32,
}

impl Digits {
    fn of(value: impl zmij::Float) -> Self {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format(value);
        let (negative, text) = signed(text);
        // Printed as `12.5`, `0.0125` or `1.25e-7`.
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        let significant = digits.trim_start_matches('0');
        let places = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
        let exponent = match significant {
            "" => 0,
            _ => exponent.parse().unwrap_or(0) + places(whole.len()) - 1 - places(digits.len() - significant.len()),
        };
        let digits = match significant.trim_end_matches('0') {
            "" => "0",
            digits => digits,
        };
        Self {
            negative,
            digits: digits.to_owned(),
            exponent,
        }
    }

    /// `d.ddd`, of a scientific form.
    fn mantissa(&self) -> String {
        let (first, rest) = self.digits.split_at(1);
        let sign = if self.negative { "-" } else { "" };
        let point = if rest.is_empty() { "" } else { "." };
        [sign, first, point, rest].concat()
    }

    /// Go's `%g`, which takes the precision of a shortest form as 6.
    fn general(&self) -> String {
        if (-4..6).contains(&self.exponent) {
            return self.plain();
        }
        let sign = if self.exponent < 0 { "-" } else { "+" };
        format!("{}e{sign}{:02}", self.mantissa(), self.exponent.unsigned_abs())
    }

    /// Without an exponent.
    fn plain(&self) -> String {
        let mut text = if self.negative { "-".to_owned() } else { String::new() };
        let digits = self.digits.as_str();
        let Ok(exponent) = usize::try_from(self.exponent) else {
            text.push_str("0.");
            text.extend((1..self.exponent.unsigned_abs()).map(|_| '0'));
            text.push_str(digits);
            return text;
        };
        match digits.split_at_checked(exponent + 1) {
            Some((whole, "")) => text.push_str(whole),
            Some((whole, fraction)) => {
                text.push_str(whole);
                text.push('.');
                text.push_str(fraction);
            }
            None => {
                text.push_str(digits);
                text.extend((digits.len()..=exponent).map(|_| '0'));
            }
        }
        text
    }
}

/// Go's `strconv.ParseInt(text, 0, 64)`: an optional sign, then `0x`, `0o`, `0b` or a leading `0` for octal, with
/// single underscores between digits.
#[must_use]
pub fn parse_int(text: &str) -> Option<i64> {
    let (negative, digits) = signed(text);
    let magnitude = parse_digits(digits)?;
    if negative {
        0_i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    }
}

/// Go's `strconv.ParseUint(text, 0, 64)`.
#[must_use]
pub fn parse_uint(text: &str) -> Option<u64> {
    if text.starts_with(['+', '-']) {
        None
    } else {
        parse_digits(text)
    }
}

/// Whether a minus stands before a number, and what stands behind its sign.
fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
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
    use proptest::prelude::*;

    use super::*;

    fn any_float() -> impl Strategy<Value = f64> {
        prop_oneof![
            any::<u64>().prop_map(f64::from_bits),
            (any::<i32>(), -30..30_i32).prop_map(|(digits, power)| f64::from(digits) * 10_f64.powi(power)),
            Just(f64::MIN_POSITIVE),
            Just(f64::MAX),
            Just(5e-324),
            Just(-0.0),
        ]
    }

    /// The digits are those of Rust's own printing, which are the shortest, and the nearest of these; but where two are as
    /// near, Go takes the even one, and Rust the greater.
    fn shortest(digits: &Digits, value: impl std::fmt::LowerExp) -> Result<(), TestCaseError> {
        let (ours, rust) = (
            format!("{}e{}", digits.mantissa(), digits.exponent),
            format!("{value:e}"),
        );
        if ours != rust {
            let exact: String = format!("{value:.60e}").chars().filter(char::is_ascii_digit).collect();
            prop_assert!(exact.starts_with(&format!("{}50", digits.digits)), "{ours} for {exact}");
            prop_assert!(digits.digits.ends_with(['0', '2', '4', '6', '8']), "{ours} for {exact}");
            prop_assert_eq!(ours.len(), rust.len());
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn digits_are_the_shortest(value in any_float().prop_filter("finite", |value| value.is_finite())) {
            shortest(&Digits::of(value), value)?;
            #[expect(clippy::cast_possible_truncation, reason = "keys have 32 bits")]
            let narrow = value as f32;
            if narrow.is_finite() {
                shortest(&Digits::of(narrow), narrow)?;
            }
        }

        /// Numbers with a quarter behind sixteen digits, between two shortest spellings.
        #[test]
        fn of_two_as_near_the_even_one_is_taken(whole in 1_125_899_906_842_624..2_251_799_813_685_248_u64, half in 0..2_u8) {
            #[expect(clippy::cast_precision_loss, reason = "it has 51 bits")]
            let value = whole as f64 + if half == 0 { 0.25 } else { 0.75 };
            let digits = Digits::of(value);
            shortest(&digits, value)?;
            prop_assert!(digits.digits.ends_with(['2', '8']), "{}", digits.digits);
        }
    }

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
            (
                f64::from_bits(0x4310_0000_0000_0001),
                "1.1258999068426242e+15",
                "1125899906842624.2",
            ),
            (
                f64::from_bits(0x4310_0000_0000_0003),
                "1.1258999068426248e+15",
                "1125899906842624.8",
            ),
        ] {
            assert_eq!(print(value), printed);
            assert_eq!(json(value), in_json);
        }
    }

    /// The texts Helm 3.17.3 printed for these keys.
    #[test]
    fn float_keys_print_as_helm_prints_them() {
        for (value, printed) in [
            (2_116_089.25, "2.1160892e+06"),
            (2_116_089.75, "2.1160898e+06"),
            (1_048_577.125, "1.0485771e+06"),
            (1e39, "+Inf"),
            (-1e39, "-Inf"),
        ] {
            assert_eq!(print_key(value), printed);
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
