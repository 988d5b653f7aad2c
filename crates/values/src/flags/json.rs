//! `--set-json key=JSON`, and Helm 4's `--set-json '{…}'`.

use super::error::{Problem, Reason};
use super::scan::Scan;
use super::walk::Walker;
use crate::go_json::{Fault, decode};
use crate::{Map, Origin, Value};

/// A JSON value behind the `=`; none at all is null. A comma may follow, and need not where the value ends by itself.
pub(super) fn value(walker: &mut Walker<'_, '_>, depth: usize) -> Result<Value, Problem> {
    if is_empty(&mut walker.scan) {
        return Ok(Value::Null);
    }
    let start = walker.scan.at();
    let (value, length) = decode(walker.scan.rest(), walker.origin, depth).map_err(|fault| problem(fault, start))?;
    walker.scan.skip(length);
    is_empty(&mut walker.scan);
    Ok(value)
}

/// Takes blanks and one comma; whether nothing else stood before the comma or the end.
fn is_empty(scan: &mut Scan<'_>) -> bool {
    while let Some(next) = scan.peek() {
        if next != ',' && !next.is_whitespace() {
            return false;
        }
        scan.next();
        if next == ',' {
            return true;
        }
    }
    true
}

/// Whether Helm 4 takes an argument for a whole object.
pub(super) fn is_object(arg: &str) -> bool {
    arg.trim_start().starts_with('{')
}

/// The object an argument is (Helm 4).
pub(super) fn object(arg: &str, flag: usize) -> Result<Map, Problem> {
    let start = arg.len() - arg.trim_start().len();
    let text = arg.trim();
    let refused = |fault| {
        let problem = problem(fault, start);
        let helm = match problem.helm {
            Reason::Words(_) => Reason::Object,
            ours => ours,
        };
        Problem { helm, ..problem }
    };
    let (value, length) = decode(text, Origin::Flag { flag }, 0).map_err(refused)?;
    let behind = text.get(length..).unwrap_or_default();
    match value {
        Value::Map(map) if behind.is_empty() => Ok(map),
        _ => Err(refused(Fault::new(length, "more text behind the object"))),
    }
}

fn problem(fault: Fault, start: usize) -> Problem {
    let at = start + fault.at;
    if fault.is_limit {
        return Problem::limit(
            at,
            format!("The JSON is not followed: {}.", fault.problem),
            "No chart reads values so deep; simplify the value.",
        );
    }
    Problem::new(
        at,
        String::new(),
        format!("The value is not JSON: {}.", fault.problem),
        "Quote text as in 'key=\"text\"'; JSON knows true, false and null in small letters only.",
    )
}
