//! `--set-file key=path`: the value is the content of a file.

use super::error::Problem;
use super::walk::{Shared, Walker};
use super::{Flag, FlagKind};
use crate::Map;

/// The content of the file at a path, which begins at a place in the argument. There is one content for an argument, so a
/// second path cannot be followed.
pub(super) fn content(walker: &mut Walker<'_, '_>, at: usize, path: String) -> Result<String, Problem> {
    walker.files += 1;
    if let Some(paths) = walker.paths() {
        paths.push(path);
        return Ok(String::new());
    }
    let Some(content) = walker.flag.content else {
        return Err(Problem::new(
            at,
            format!("open {path}: no such file or directory"),
            format!("There is no content for the file {path:?}."),
            "Supply the file, or correct its path.",
        ));
    };
    if walker.files > 1 {
        return Err(Problem::limit(
            at,
            "The argument names several files.",
            "Write one --set-file for each file; to Helm it is the same.",
        ));
    }
    Ok(content.to_owned())
}

/// The paths a `--set-file` argument names, in order, up to the first thing in it that Helm would refuse. A caller reads
/// them to supply [`Flag::content`]; an argument that names several is followed only when each gets a flag of its own.
#[must_use]
pub fn set_file_paths(arg: &str) -> Vec<String> {
    let flag = Flag {
        kind: FlagKind::SetFile,
        arg,
        content: None,
    };
    let defaults = Map::new();
    let mut shared = Shared::new(&defaults);
    shared.paths = Some(Vec::new());
    // What is wrong with the argument is said when it is applied.
    let _ = Walker::new(&flag, 0, &mut shared).run(&mut Map::new());
    shared.paths.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::set_file_paths;
    use crate::flags::{Flag, FlagKind, apply};
    use crate::{HelmLine, Map};

    #[test]
    fn paths_are_what_helm_would_open() {
        for (arg, expected) in [
            ("a=x.txt", &["x.txt"][..]),
            (r"a.b=x\,y.txt,c[0]=z", &["x,y.txt", "z"]),
            ("a={x,y}", &["x", "y"]),
            ("a=", &[]),
            ("a=x,b", &["x"]),
        ] {
            assert_eq!(set_file_paths(arg), expected, "{arg}");
        }
    }

    #[test]
    fn trouble_begins_where_its_path_does() {
        for (arg, content, expected) in [
            ("a=é,b=c", Some("text"), "c"),
            (r"a=x\,y,b={é,c},d", Some("text"), "é,c},d"),
            ("aé=é,b", None, "é,b"),
            (r"a={x\,é, z},b", None, r"x\,é, z},b"),
        ] {
            let flag = Flag {
                kind: FlagKind::SetFile,
                arg,
                content,
            };
            let error = apply(&mut Map::new(), &Map::new(), &[flag], HelmLine::V3_17).unwrap_err();
            assert_eq!(arg.get(error.at..), Some(expected), "{error}");
        }
    }
}
