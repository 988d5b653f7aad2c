//! The flags field: `--set` lines, or a whole `helm` command as it was pasted from a terminal.

use std::ops::Range;

use rollcast_core::Flag;
use rollcast_values::{CommandLine, CommandLineError, command_line};

/// What the field's text says; nothing where it is blank.
pub(crate) fn read(text: &str) -> Result<CommandLine, CommandLineError> {
    if text.trim().is_empty() {
        Ok(CommandLine::default())
    } else {
        command_line(text)
    }
}

/// The flags in the order they were given; none where the text cannot be read.
pub(crate) fn flags(text: &str) -> Vec<Flag> {
    let given = read(text).map_or_else(|_| Vec::new(), |command| command.flags);
    given
        .into_iter()
        .map(|flag| Flag {
            kind: flag.kind,
            arg: flag.arg,
            content: None,
        })
        .collect()
}

/// Where in the text a flag's argument stands: from there to the end of the line.
pub(crate) fn place(text: &str, flag: usize) -> Option<Range<usize>> {
    let at = read(text).ok()?.flags.get(flag)?.at;
    let line = text.get(at..)?.lines().next().unwrap_or_default();
    let written = line.trim_end_matches('\\').trim_end();
    Some(at..at + written.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcast_core::FlagKind;

    #[test]
    fn a_blank_field_has_no_flags() {
        assert_eq!(flags(""), []);
        assert_eq!(flags(" \n"), []);
        assert!(read(" \n").is_ok());
    }

    #[test]
    fn flags_are_found_with_their_places() {
        let text = "helm upgrade lobu chart \\\n  --set a=b \\\n  --set-string 'c=ü'\n";
        let kinds: Vec<_> = flags(text).into_iter().map(|flag| (flag.kind, flag.arg)).collect();
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
}
