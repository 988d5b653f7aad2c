//! What a scalar means in YAML 1.1 as go-yaml v2 reads it (resolve.go).

use rollcast_go::{parse_float, parse_int, parse_uint};

/// What a text resolves to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Resolved {
    Null,
    Bool(bool),
    Int(i64),
    /// Above the signed range.
    UInt(u64),
    /// May be infinite or NaN here.
    Float(f64),
    /// A text, also where it has the shape of a timestamp.
    Str,
    /// Would be a timestamp; it stays text in values, but is quoted when written.
    Timestamp,
    /// `<<`; it stays text as a value.
    Merge,
}

impl Resolved {
    /// The short tag go-yaml names in errors.
    pub(super) fn tag(&self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Bool(_) => "!!bool",
            Self::Int(_) | Self::UInt(_) => "!!int",
            Self::Float(_) => "!!float",
            Self::Str => "!!str",
            Self::Timestamp => "!!timestamp",
            Self::Merge => "!!merge",
        }
    }
}

/// Resolves a plain scalar. `timestamps` is off where an explicit tag asks for another type.
pub(crate) fn resolve(text: &str, timestamps: bool) -> Resolved {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Resolved::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => {
            return Resolved::Bool(true);
        }
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => {
            return Resolved::Bool(false);
        }
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Resolved::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Resolved::Float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Resolved::Float(f64::NAN),
        "<<" => return Resolved::Merge,
        _ => {}
    }
    match text.as_bytes().first() {
        Some(b'.') => without_separators(text)
            .and_then(|plain| decimal(&plain))
            .map_or(Resolved::Str, Resolved::Float),
        Some(b'+' | b'-' | b'0'..=b'9') => number(text, timestamps),
        _ => Resolved::Str,
    }
}

fn number(text: &str, timestamps: bool) -> Resolved {
    if timestamps && is_timestamp(text) {
        return Resolved::Timestamp;
    }
    let plain = text.replace('_', "");
    if let Some(value) = parse_int(&plain) {
        return Resolved::Int(value);
    }
    if let Some(value) = parse_uint(&plain) {
        return Resolved::UInt(value);
    }
    decimal(&plain)
        .map(Resolved::Float)
        .or_else(|| signed_binary(&plain).map(Resolved::Int))
        .unwrap_or(Resolved::Str)
}

/// `0b-101`: go-yaml also takes a sign behind the prefix.
fn signed_binary(text: &str) -> Option<i64> {
    let digits = text.strip_prefix("0b")?;
    digits
        .starts_with(['+', '-'])
        .then(|| i64::from_str_radix(digits, 2).ok())?
}

/// A decimal float; what overflows is no float to Go.
fn decimal(text: &str) -> Option<f64> {
    parse_float(text).filter(|value| value.is_finite())
}

/// Go's float reader takes underscores only between digits.
fn without_separators(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let digit = |index: Option<usize>| index.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
        if *byte == b'_' && !(digit(at.checked_sub(1)) && digit(Some(at + 1))) {
            return None;
        }
    }
    Some(text.replace('_', ""))
}

/// The timestamp shapes of go-yaml: `2006-1-2`, and with a time behind `T`, `t` or a space.
pub(crate) fn is_timestamp(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else {
        return is_date(text);
    };
    let zone_allowed = !text.contains(' ');
    is_date(date) && is_time(time, zone_allowed)
}

fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let year_value = year
        .parse::<u32>()
        .ok()
        .filter(|_| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    let (Some(year), Some(month), Some(day)) = (year_value, small(month, 12), small(day, 31)) else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    month >= 1 && day >= 1 && day <= days
}

fn is_time(text: &str, zone_allowed: bool) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let zone_fits = match zone.as_bytes() {
        [] => !zone_allowed,
        [b'Z'] => zone_allowed,
        [b'+' | b'-', h1, h2, b':', m1, m2] => zone_allowed && [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    let mut parts = clock.splitn(3, ':');
    let (Some(hour), Some(minute), Some(second)) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let (second, fraction) = second.split_once('.').map_or((second, None), |(s, f)| (s, Some(f)));
    zone_fits
        && small(hour, 23).is_some()
        && small(minute, 59).is_some()
        && small(second, 59).is_some()
        && fraction.is_none_or(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()))
}

/// One or two digits up to a limit.
fn small(text: &str, limit: u32) -> Option<u32> {
    if text.is_empty() || text.len() > 2 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|value| *value <= limit)
}
