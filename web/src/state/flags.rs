//! The flags field: `--set` lines, or a whole `helm` command as it was pasted from a terminal.

use std::ops::Range;

use rollcast_core::{Flag, FlagEdit, FlagKind};
use rollcast_values::{CommandLine, CommandLineError, command_line, set_file_paths};
use yew::AttrValue;

/// The contents of files that `--set-file` names, by their paths.
pub(crate) type Contents = Vec<(AttrValue, AttrValue)>;

/// What the field's text says; nothing where it is blank.
pub(crate) fn read(text: &str) -> Result<CommandLine, CommandLineError> {
    if text.trim().is_empty() {
        Ok(CommandLine::default())
    } else {
        command_line(text)
    }
}

/// The flags in the order they were given; none where the text cannot be read.
pub(crate) fn flags(text: &str, contents: &Contents) -> Vec<Flag> {
    let given = read(text).map_or_else(|_| Vec::new(), |command| command.flags);
    given
        .into_iter()
        .map(|flag| Flag {
            // One argument has one content; a second path in it is the core's to refuse.
            content: paths(flag.kind, &flag.arg)
                .first()
                .and_then(|path| content(contents, path))
                .map(ToString::to_string),
            kind: flag.kind,
            arg: flag.arg,
        })
        .collect()
}

/// The paths of the files whose contents the flags need, each once.
pub(crate) fn needed(command: &CommandLine) -> Vec<String> {
    let mut needed = Vec::new();
    for path in command.flags.iter().flat_map(|flag| paths(flag.kind, &flag.arg)) {
        if !needed.contains(&path) {
            needed.push(path);
        }
    }
    needed
}

/// The content of a file, if it was supplied.
pub(crate) fn content<'a>(contents: &'a Contents, path: &str) -> Option<&'a AttrValue> {
    contents.iter().find(|(known, _)| known == path).map(|(_, text)| text)
}

/// The last part of a path, which is all that a browser tells of a file.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn paths(kind: FlagKind, arg: &str) -> Vec<String> {
    match kind {
        FlagKind::SetFile => set_file_paths(arg),
        FlagKind::Set | FlagKind::SetString | FlagKind::SetJson | FlagKind::SetLiteral => Vec::new(),
    }
}

/// Where in the text a flag's argument stands.
pub(crate) fn place(text: &str, flag: usize) -> Option<Range<usize>> {
    let given = read(text).ok()?;
    let flag = given.flags.get(flag)?;
    Some(flag.at..flag.end)
}

/// The text with flags written anew.
pub(crate) fn edited(text: &str, edits: &[FlagEdit]) -> String {
    let given = read(text).unwrap_or_default().flags;
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        if let Some(flag) = given.get(edit.flag) {
            text.replace_range(flag.start..flag.end, &edit.line);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_field_has_no_flags() {
        assert_eq!(flags("", &Vec::new()), []);
        assert_eq!(flags(" \n", &Vec::new()), []);
        assert!(read(" \n").is_ok());
    }

    #[test]
    fn flags_are_found_with_their_places() {
        let text = "helm upgrade lobu chart \\\n  --set a=b \\\n  --set-string 'c=ü'\n";
        let kinds: Vec<_> = flags(text, &Vec::new())
            .into_iter()
            .map(|flag| (flag.kind, flag.arg))
            .collect();
        assert_eq!(
            kinds,
            [
                (FlagKind::Set, "a=b".to_owned()),
                (FlagKind::SetString, "c=ü".to_owned())
            ]
        );
        assert_eq!(&text[place(text, 0).unwrap()], "a=b");
        assert_eq!(&text[place(text, 1).unwrap()], "'c=ü'");
        assert_eq!(place(text, 2), None);
    }

    #[test]
    fn a_flag_is_written_anew_where_it_stands() {
        let edit = |flag: usize, line: &str| FlagEdit {
            flag,
            before: String::new(),
            after: Vec::new(),
            line: line.to_owned(),
        };
        let text = "helm upgrade lobu chart \\\n  --set 'a= 2' \\\n  --set=b. --set-string c=ü # mine\n";
        assert_eq!(
            edited(text, &[edit(0, "--set a=2"), edit(1, ""), edit(2, "--set-json 'c=[]'")]),
            "helm upgrade lobu chart \\\n  --set a=2 \\\n   --set-json 'c=[]' # mine\n"
        );
    }

    #[test]
    fn a_file_of_set_file_is_needed_once_and_then_has_its_content() {
        let text = "--set-file app.a=certs/ca.crt --set-file app.b=certs/ca.crt --set app.c=x.txt";
        assert_eq!(needed(&read(text).unwrap()), ["certs/ca.crt"]);
        assert_eq!(file_name("certs/ca.crt"), "ca.crt");
        let contents = vec![("certs/ca.crt".into(), "text".into())];
        let given: Vec<_> = flags(text, &contents).into_iter().map(|flag| flag.content).collect();
        assert_eq!(given, [Some("text".to_owned()), Some("text".to_owned()), None]);
        assert_eq!(flags(text, &Vec::new())[0].content, None);
    }
}
