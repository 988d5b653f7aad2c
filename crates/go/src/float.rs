use crate::signed;

/// So many digits tell every number from the halves between two neighbours, the longest of which has 767; of more it matters
/// only whether one is above 0.
const DIGITS: usize = 800;
/// The exponent of the last bit, at least and at most.
const LAST_BIT: std::ops::RangeInclusive<i64> = -1074..=971;

/// A decimal float64 like `-1.5e3`: the nearest there is, and of two as near the even one; infinite where it is too large,
/// `None` where the text is no such number. Where Go differs from this in what it takes, the caller looks at the text
/// first.
///
/// Rust's own reading gives the same, and brings 10 KB of tables that do not compress. Here the digits become one whole
/// number, exactly, and its first bits are taken.
#[must_use]
pub fn parse_float(text: &str) -> Option<f64> {
    let (negative, text) = signed(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, power(exponent)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let mut digits = whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0');
    let kept: Vec<u8> = digits.by_ref().take(DIGITS).collect();
    let (left, more) = digits.fold((0, false), |(left, more), digit| (left + 1, more || digit != b'0'));
    let length = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let exponent = exponent.saturating_sub(length(fraction.len())).saturating_add(left);
    let value = nearest(&kept, exponent, more);
    Some(if negative { -value } else { value })
}

/// The figure behind `e`; what is far outside of all floats stays there.
fn power(text: &str) -> Option<i64> {
    let (negative, digits) = signed(text);
    if digits.is_empty() {
        return None;
    }
    let value = digits.bytes().try_fold(0_i64, |value, digit| {
        let digit = char::from(digit).to_digit(10)?;
        Some(value.saturating_mul(10).saturating_add(i64::from(digit)))
    })?;
    Some(if negative { -value } else { value })
}

/// The float nearest to these digits times ten to the `exponent`, with `more` if it is a little more than that.
fn nearest(digits: &[u8], exponent: i64, more: bool) -> f64 {
    // As many as before the point.
    let places = exponent.saturating_add(i64::try_from(digits.len()).unwrap_or(i64::MAX));
    if digits.is_empty() || places < -330 {
        return 0.0;
    }
    if places > 310 {
        return f64::INFINITY;
    }
    let mut number = Natural::default();
    for digit in digits {
        number.multiply_add(10, u32::from(digit - b'0'));
    }
    // Ten is five and two, and two only moves bits.
    let mut more = more;
    let mut zeros = exponent;
    let mut fives = exponent.unsigned_abs();
    if exponent < 0 {
        // Room for 64 bits of what is left when the fives, of less than 7/3 bits each, are divided out.
        let room = usize::try_from((64 + fives * 7 / 3) / 32 + 1).unwrap_or(0);
        number.0.splice(0..0, std::iter::repeat_n(0, room));
        zeros -= i64::try_from(room).unwrap_or(0) * 32;
    }
    while fives > 0 {
        let step = fives.min(13);
        let by = (0..step).fold(1, |power: u32, _| power * 5);
        if exponent < 0 {
            more |= number.divide(by) != 0;
        } else {
            number.multiply_add(by, 0);
        }
        fives -= step;
    }
    let last_bit = (number.bits() + zeros - 53).max(*LAST_BIT.start());
    if last_bit > *LAST_BIT.end() {
        return f64::INFINITY;
    }
    let dropped = last_bit - zeros;
    let mut mantissa = number.bits_from(dropped);
    let half = number.bit(dropped - 1);
    if half && (mantissa % 2 == 1 || more || number.is_odd_below(dropped - 1)) {
        mantissa += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "it has 53 bits, or is 2 to the 53")]
    let mantissa = mantissa as f64;
    mantissa * power_of_two(last_bit)
}

/// Two to a power among those of [`LAST_BIT`].
fn power_of_two(exponent: i64) -> f64 {
    let biased = exponent + 1023;
    f64::from_bits(match u64::try_from(biased) {
        Ok(biased @ 1..) => biased << 52,
        _ => 1 << (exponent - LAST_BIT.start()),
    })
}

/// A natural number of any size: its parts of 32 bits, the last ones first.
#[derive(Default)]
struct Natural(Vec<u32>);

impl Natural {
    fn multiply_add(&mut self, factor: u32, term: u32) {
        let mut carry = u64::from(term);
        for part in &mut self.0 {
            let product = u64::from(*part) * u64::from(factor) + carry;
            *part = low(product);
            carry = product >> 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    /// Divides it, and gives the rest.
    fn divide(&mut self, divisor: u32) -> u32 {
        let divisor = u64::from(divisor);
        let mut rest = 0;
        for part in self.0.iter_mut().rev() {
            let dividend = rest << 32 | u64::from(*part);
            *part = low(dividend / divisor);
            rest = dividend % divisor;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        low(rest)
    }

    /// How many bits it has.
    fn bits(&self) -> i64 {
        let parts = i64::try_from(self.0.len()).unwrap_or(i64::MAX / 32);
        parts * 32 - i64::from(self.0.last().map_or(0, |part| part.leading_zeros()))
    }

    fn bit(&self, at: i64) -> bool {
        let part = usize::try_from(at.div_euclid(32))
            .ok()
            .and_then(|part| self.0.get(part));
        part.is_some_and(|part| part >> at.rem_euclid(32) & 1 == 1)
    }

    /// The number from a bit on, which may lie behind its last one; no more than 64 bits of it.
    fn bits_from(&self, at: i64) -> u64 {
        (at..self.bits())
            .rev()
            .fold(0, |number, at| number << 1 | u64::from(self.bit(at)))
    }

    /// Whether one of the bits behind this one is set.
    fn is_odd_below(&self, at: i64) -> bool {
        (0..at).any(|at| self.bit(at))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "that is what it is for")]
const fn low(value: u64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The number half-way between two neighbours, and texts that differ from it far behind.
    fn halves() -> impl Strategy<Value = String> {
        let ends = prop_oneof![
            Just(String::new()),
            Just(".0".to_owned()),
            Just("e0".to_owned()),
            (0..900_usize, 0..2_u8).prop_map(|(zeros, last)| format!(".{}{last}", "0".repeat(zeros))),
        ];
        ((1_u128 << 52)..(1_u128 << 53), 0..60_u32, 0..3_u128, ends)
            .prop_map(|(mantissa, shift, beside, end)| format!("{}{end}", (((2 * mantissa + 1) << shift) + beside) - 1))
    }

    /// Rust's own reading, of what is a decimal number.
    fn rust(text: &str) -> Option<u64> {
        text.parse()
            .ok()
            .filter(|_| !text.contains(['i', 'n']))
            .map(f64::to_bits)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn the_nearest_is_read(text in prop_oneof![
            "[+-]?[0-9]{0,25}[.]?[0-9]{0,25}([eE][+-]?[0-9]{0,3})?",
            "[+-]?[0-9]{0,25}[.]?[0-9]{0,25}[eE][+-]?3[0-4][0-9]",
            any::<u64>().prop_map(|bits| format!("{:e}", f64::from_bits(bits)).to_lowercase()),
            any::<u64>().prop_map(|bits| format!("{:.900e}", f64::from_bits(bits)).to_lowercase()),
            any::<u64>().prop_map(|bits| format!("{:e}", f64::from_bits(bits >> 12)).to_lowercase()),
            halves(),
        ]) {
            prop_assert_eq!(parse_float(&text).map(f64::to_bits), rust(&text), "{}", text);
        }
    }

    #[test]
    fn what_is_no_decimal_number_is_none() {
        for text in [
            "", "-", ".", "e5", "1e", "1e+", "1 ", " 1", "1_0", "inf", "NaN", "0x1", "1.2.3", "1e5e5", "１",
        ] {
            assert_eq!(parse_float(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_is_too_long() {
        let nines = "9".repeat(100_000);
        assert_eq!(parse_float(&nines), Some(f64::INFINITY));
        assert_eq!(parse_float(&format!("0.{nines}")), Some(1.0));
        assert_eq!(parse_float(&format!("-0.{}1", "0".repeat(100_000))), Some(-0.0));
        assert_eq!(parse_float(&format!("1e{nines}")), Some(f64::INFINITY));
        assert_eq!(parse_float(&format!("1e-{nines}")), Some(0.0));
        assert_eq!(parse_float(&format!("0e{nines}")), Some(0.0));
        assert_eq!(parse_float(&format!("0.{}1e100001", "0".repeat(100_000))), Some(1.0));
    }
}
