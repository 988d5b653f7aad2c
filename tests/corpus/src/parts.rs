//! How an input of several texts is taken apart, and what was written for a shell is read.

use rollcast_chart::Release;
use rollcast_values::{Effective, Error, File, Flag, FlagKind, Given, HelmLine, Map, command_line, effective};

/// The parts of an input, which is cut at bytes 0xFF, as no text holds them. The first byte of each says what the rest of
/// it is.
pub(crate) fn parts(data: &[u8]) -> impl Iterator<Item = (u8, String)> {
    data.split(|byte| *byte == 0xFF).filter_map(|part| {
        let (kind, rest) = part.split_first()?;
        Some((*kind, String::from_utf8_lossy(rest).into_owned()))
    })
}

/// The flag that a digit in front of a part stands for.
pub(crate) fn flag_kind(kind: u8) -> Option<FlagKind> {
    Some(match kind {
        b'1' => FlagKind::Set,
        b'2' => FlagKind::SetString,
        b'3' => FlagKind::SetJson,
        b'4' => FlagKind::SetFile,
        b'5' => FlagKind::SetLiteral,
        _ => return None,
    })
}

/// Whether a flag is quickly read. Lists with tens of thousands of empty places are right, and too slow with a sanitizer; a
/// unit test has them.
pub(crate) fn is_light(arg: &str) -> bool {
    !arg.split('[')
        .any(|index| index.bytes().take_while(u8::is_ascii_digit).count() > 3)
}

/// The release that a part names: by a number, or as a user would.
pub(crate) fn chart(text: &str) -> String {
    let all = Release::all();
    match text
        .parse::<usize>()
        .ok()
        .and_then(|number| all.get(number % all.len()))
    {
        Some(release) => release.id.to_owned(),
        None => text.to_owned(),
    }
}

/// What Helm 3.17 reads from flags as they stand in a shell, behind these files.
///
/// # Panics
/// The line is none.
pub(crate) fn from_shell(line: &str, files: &[File<'_>], defaults: &Map) -> Result<Effective, Error> {
    let found = command_line(line).expect("it was written for a shell");
    let flags: Vec<Flag<'_>> = found
        .flags
        .iter()
        .map(|flag| Flag {
            kind: flag.kind,
            arg: &flag.arg,
            content: None,
        })
        .collect();
    let given = Given {
        files,
        flags: &flags,
        helm: HelmLine::V3_17,
    };
    effective(defaults, "lobu", &given)
}
