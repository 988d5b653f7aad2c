//! Kubernetes' resource quantities, exactly (apimachinery, pkg/api/resource/quantity.go).

use std::cmp::Ordering;
use std::fmt;

use serde::Serialize;

/// A quantity such as `10Gi`, in billionths of its unit.
///
/// Binary suffixes stop at 2⁶³ − 1 as they do in Kubernetes; others are exact up to 10²⁹ units and stop there. Parts
/// below a billionth round away from zero.
#[derive(Clone, Debug)]
pub struct Quantity {
    nano: i128,
    format: Format,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Binary,
    Decimal,
    Exponent,
}

/// Why a text is no quantity; displayed in the API server's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum QuantityError {
    /// Not a number with a suffix: `5GB`, `5 Gi`, `big`.
    Format,
    /// A suffix of the right letters that is none: `5K`, `5ki`.
    Suffix,
}

const NANO: i128 = 1_000_000_000;
const BINARY: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/// From 10⁻⁹ on in steps of 10³.
const DECIMAL: [&str; 10] = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];

impl Quantity {
    /// Reads a quantity.
    ///
    /// # Errors
    ///
    /// [`QuantityError`] where Kubernetes refuses the text. A missing number counts as 0, as it does there: `Gi` is 0.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let parts = Parts::of(text)?;
        let (base, exponent, format) = suffix(parts.suffix).ok_or(QuantityError::Suffix)?;
        let fraction = parts.fraction.unwrap_or("");
        let digits = format!("{}{fraction}", parts.whole);
        let mut nano = digits
            .bytes()
            .try_fold(0_i128, |value, digit| {
                value.checked_mul(10)?.checked_add(i128::from(digit - b'0'))
            })
            .unwrap_or(i128::MAX);
        let places = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
        if base == 2 {
            nano = shift_decimal(nano.saturating_mul(1 << exponent), 9_i64.saturating_sub(places));
            nano = nano.min(i128::from(i64::MAX) * NANO);
        } else {
            nano = shift_decimal(nano, exponent.saturating_add(9).saturating_sub(places));
        }
        Ok(Self {
            nano: if parts.negative { -nano } else { nano },
            format,
            text: text.to_owned(),
        })
    }

    pub(crate) fn zero() -> Self {
        Self {
            nano: 0,
            format: Format::Decimal,
            text: "0".to_owned(),
        }
    }

    /// Whether it is above 0.
    #[must_use]
    pub const fn is_positive(&self) -> bool {
        self.nano > 0
    }

    /// Whether it has no part below 1: a size in bytes must be whole, and `10m` is a hundredth of one.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.nano % NANO == 0
    }

    /// The text it was read from.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The quantity in the form in which Kubernetes writes it: the largest suffix that leaves a whole number.
    #[must_use]
    pub fn canonical(&self) -> String {
        if self.nano == 0 {
            return "0".to_owned();
        }
        let units = self.nano / NANO;
        if self.format == Format::Binary && self.is_whole() && units.abs() >= 1_024 {
            let (mut value, mut step) = (units, 0);
            while value % 1_024 == 0 && step + 1 < BINARY.len() {
                value /= 1_024;
                step += 1;
            }
            return format!("{value}{}", BINARY[step]);
        }
        let (mut value, mut step) = (self.nano, 0);
        while value % 1_000 == 0 && step + 1 < DECIMAL.len() {
            value /= 1_000;
            step += 1;
        }
        if self.format == Format::Exponent && step != 3 {
            let exponent = i64::try_from(step).unwrap_or(0) * 3 - 9;
            return format!("{value}e{exponent}");
        }
        format!("{value}{}", DECIMAL[step])
    }
}

/// By value: `1Gi` equals `1024Mi`.
impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.nano == other.nano
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.nano.cmp(&other.nano)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => {
                "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
            }
            Self::Suffix => "unable to parse quantity's suffix",
        })
    }
}

impl std::error::Error for QuantityError {}

/// `value` times 10 to the power of `places`; what falls off rounds up, what is too large stops.
fn shift_decimal(value: i128, places: i64) -> i128 {
    let power = u32::try_from(places.unsigned_abs())
        .ok()
        .and_then(|places| 10_i128.checked_pow(places));
    match (power, places >= 0) {
        (Some(power), true) => value.saturating_mul(power),
        (None, true) => value.signum().saturating_mul(i128::MAX),
        (Some(power), false) => value / power + i128::from(value % power != 0),
        (None, false) => value.signum(),
    }
}

/// A quantity's text in its parts.
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    /// `None` without a point.
    fraction: Option<&'a str>,
    suffix: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Result<Self, QuantityError> {
        if text.is_empty() {
            return Err(QuantityError::Format);
        }
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let digits = |text: &'a str| text.split_at(text.bytes().take_while(u8::is_ascii_digit).count());
        let (whole, rest) = digits(unsigned);
        let (fraction, suffix) = match rest.strip_prefix('.') {
            Some(rest) => {
                let (fraction, rest) = digits(rest);
                (Some(fraction), rest)
            }
            None => (None, rest),
        };
        let letters = suffix.trim_start_matches(|c| "eEinumkKMGTP".contains(c));
        let exponent = letters.strip_prefix(['+', '-']).unwrap_or(letters);
        if !digits(exponent).1.is_empty() {
            return Err(QuantityError::Format);
        }
        Ok(Self {
            negative: text.starts_with('-'),
            whole,
            fraction,
            suffix,
        })
    }
}

/// Base, exponent and format of a suffix.
fn suffix(text: &str) -> Option<(u32, i64, Format)> {
    if let Some(step) = DECIMAL.iter().position(|suffix| *suffix == text) {
        return Some((10, i64::try_from(step).ok()? * 3 - 9, Format::Decimal));
    }
    if let Some(step) = BINARY.iter().position(|suffix| *suffix == text) {
        return Some((2, i64::try_from(step).ok()? * 10, Format::Binary));
    }
    let exponent = text.strip_prefix(['e', 'E'])?.parse().ok()?;
    Some((10, exponent, Format::Exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Quantity {
        Quantity::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn equal_quantities() {
        for (left, right) in [
            ("1Gi", "1024Mi"),
            ("1Gi", "1073741824"),
            ("1.5Gi", "1536Mi"),
            ("1e3", "1k"),
            ("1E3", "1000"),
            ("1E", "1000P"),
            ("+5G", "5000M"),
            ("0.5", "500m"),
            ("1.", "1"),
            (".5Ki", "512"),
            ("Gi", "0"),
            (".", "0"),
            ("007", "7"),
            ("1000n", "1u"),
            ("9Ei", "8Ei"),
        ] {
            assert_eq!(parsed(left), parsed(right), "{left} and {right}");
        }
    }

    #[test]
    fn order() {
        for (less, more) in [
            ("1G", "1Gi"),
            ("10Gi", "11Gi"),
            ("-1", "0"),
            ("999m", "1"),
            ("10m", "10M"),
        ] {
            assert!(parsed(less) < parsed(more), "{less} and {more}");
        }
    }

    #[test]
    fn refusals() {
        for (text, error) in [
            ("", QuantityError::Format),
            ("5GB", QuantityError::Format),
            ("5 Gi", QuantityError::Format),
            ("5gi", QuantityError::Format),
            ("true", QuantityError::Format),
            ("1.2.3", QuantityError::Format),
            ("5K", QuantityError::Suffix),
            ("5ki", QuantityError::Suffix),
            ("5GiGi", QuantityError::Suffix),
            ("5e", QuantityError::Suffix),
            ("1e99999999999999999999", QuantityError::Suffix),
        ] {
            assert_eq!(Quantity::parse(text).err(), Some(error), "{text:?}");
        }
    }

    #[test]
    fn canonical_forms() {
        for (text, canonical) in [
            ("1024Mi", "1Gi"),
            ("1.5Gi", "1536Mi"),
            ("-1.5Gi", "-1536Mi"),
            ("0Gi", "0"),
            ("1000", "1k"),
            ("1e3", "1e3"),
            ("1e0", "1"),
            ("0.5Ki", "512"),
            ("500m", "500m"),
            ("1000Ki", "1000Ki"),
        ] {
            assert_eq!(parsed(text).canonical(), canonical, "{text}");
        }
    }

    #[test]
    fn whole_and_positive() {
        assert!(!parsed("10m").is_whole());
        assert!(parsed("10Mi").is_whole());
        assert!(!parsed("0").is_positive());
        assert!(!parsed("-1Gi").is_positive());
    }

    #[test]
    fn absurd_numbers_stop_somewhere() {
        assert!(parsed("1e9223372036854775807").is_positive());
        assert!(parsed("1e-9223372036854775808").is_positive());
        assert!(parsed(&"9".repeat(100)).is_positive());
        assert!(parsed(&format!("-{}Ei", "9".repeat(100))) < parsed("0"));
        assert_eq!(parsed(&format!("0.{}1", "0".repeat(50))), parsed("1n"));
    }
}
