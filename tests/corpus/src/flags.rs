//! What must hold of Helm's flags: how they are read, written again and found in a command line.
//!
//! An input is flags, each with the digit of its kind, over a table with `d` in front.

use rollcast_share::{quoted, set_flags};
use rollcast_values::{
    Error, Flag, FlagKind, Given, HelmLine, Map, Origin, Value, command_line, edit, effective, read, set_file_paths,
};

use crate::parts::{flag_kind, from_shell, is_light, parts};
use crate::values::has_long_int;

/// Checks an input.
///
/// # Panics
/// It does not hold.
pub fn check(data: &[u8]) {
    let mut args: Vec<(FlagKind, String)> = Vec::new();
    let mut defaults = Map::new();
    for (kind, text) in parts(data) {
        match flag_kind(kind) {
            Some(kind) if is_light(&text) => args.push((kind, text)),
            Some(_) => {}
            None => {
                if let Ok(read) = read(text.as_bytes(), Origin::Default) {
                    defaults = read.map;
                }
            }
        }
    }
    survive_a_shell(&args);
    let flags: Vec<Flag<'_>> = args
        .iter()
        .map(|(kind, arg)| Flag {
            kind: *kind,
            arg,
            content: Some("content"),
        })
        .collect();
    for helm in HelmLine::ALL {
        alone(&flags, helm);
        let given = Given {
            files: &[],
            flags: &flags,
            helm,
        };
        match effective(&defaults, "lab", &given) {
            Ok(found) => {
                if let (Value::Map(table), HelmLine::V3_17) = (&found.given, helm) {
                    write_again(table);
                }
            }
            Err(error) => place(&error, &flags),
        }
    }
}

/// Quoted for a shell, every argument comes out of a command line as it went in.
fn survive_a_shell(args: &[(FlagKind, String)]) {
    let words: Vec<String> = args
        .iter()
        .map(|(kind, arg)| format!("{} {}", kind.name(), quoted(arg)))
        .collect();
    let line = format!("helm upgrade lobu ./lobu {}", words.join(" "));
    let found = command_line(&line).expect("nothing of it is unclosed");
    let back: Vec<(FlagKind, String)> = found.flags.into_iter().map(|flag| (flag.kind, flag.arg)).collect();
    assert_eq!(back, args, "{line}");
    assert_eq!(found.release.as_deref(), Some("lobu"));
}

/// Where a flag is refused, the place is told.
fn alone(flags: &[Flag<'_>], helm: HelmLine) {
    for flag in flags {
        let _ = set_file_paths(flag.arg);
        let flags = [*flag];
        let given = Given {
            files: &[],
            flags: &flags,
            helm,
        };
        if let Err(error) = effective(&Map::new(), "lab", &given) {
            place(&error, &flags);
        }
    }
}

fn place(error: &Error, flags: &[Flag<'_>]) {
    assert!(!error.to_string().is_empty());
    if let Error::Flag(error) = error {
        let flag = flags.get(error.flag).expect("the flag was given");
        assert!(
            flag.arg.is_char_boundary(error.at),
            "the trouble stands in the argument"
        );
        assert!(!error.what.is_empty() && !error.action.is_empty());
    }
}

/// A table written as flags is the same table.
fn write_again(table: &Map) {
    let whole = Value::Map(table.clone());
    if has_long_int(&whole) {
        return;
    }
    let written = set_flags(table);
    let line = format!("helm template lobu ./lobu {}", written.join(" "));
    match from_shell(&line, &[], &Map::new()) {
        Ok(back) => assert!(
            edit::same(&back.given, &whole),
            "{line}\n{}\n{}",
            back.given.to_json(),
            whole.to_json()
        ),
        Err(error) => panic!("what was written is refused: {error}\n{line}"),
    }
}
