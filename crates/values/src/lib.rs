//! Helm's values: how Helm types, merges, flags, compares and prints them, with the origin of every value.
//!
//! The steps are those of Helm (pkg/cli/values, pkg/chartutil): [`read()`] each file, merge the files in order, apply the
//! flags, coalesce the chart's defaults underneath; [`effective()`] does all of it. What templates do with values is on [`Value`].
//! Nothing here knows a chart.
#![forbid(unsafe_code)]

mod coalesce;
mod command_line;
mod differences;
pub mod edit;
mod effective;
mod flags;
mod functions;
mod go_json;
mod helm_line;
mod in_order;
mod map;
mod navigate;
mod note;
mod path;
mod print;
mod printf;
mod read;
mod reuse;
mod traps;
mod value;
mod yaml_text;

pub use command_line::{
    CommandLine, CommandLineError, CommandLineWarning, GivenFlag, OtherOption, WarningKind, command_line,
    values_file_names,
};
pub use differences::{Difference, OtherAnswer, differences};
pub use effective::{Effective, Error, File, FileError, Given, effective, effective_files};
pub use flags::{Flag, FlagError, FlagKind, Pair, Sets, pairs, set_file_paths};
pub use functions::CallError;
pub use helm_line::HelmLine;
pub use map::Map;
pub use navigate::{FieldError, field};
pub use note::{Note, NoteKind};
pub use printf::sprintf_s;
pub use read::{Read, ReadError, read, read_as};
pub use reuse::{Reuse, reuse};
pub use rollcast_yaml::{Mark, Span};
pub use value::{Node, Origin, Value};
