//! `--set-literal key=text`: everything behind the first `=` is the text.

use super::walk::Walker;
use crate::Value;

/// The rest of the argument, with backslashes, commas and braces as they are.
pub(super) fn value(walker: &mut Walker<'_, '_>) -> Value {
    let text = walker.scan.rest().to_owned();
    walker.scan.skip(text.len());
    Value::Str(text)
}
