use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command, builder::ValueParser};
use rollcast_core::FlagKind;

/// Values files and flags as they were given. Among files and among flags, whatever their kind, the order is kept: Helm's
/// answer can depend on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given {
    pub(crate) files: Vec<GivenFile>,
    pub(crate) flags: Vec<GivenFlag>,
}

/// Values files named in one argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GivenFile {
    /// By itself: one name, whatever characters it has.
    Alone(OsString),
    /// Behind `-f`, where Helm takes several, with commas between them.
    Listed(OsString),
}

/// One flag that changes values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GivenFlag {
    pub(crate) kind: FlagKind,
    pub(crate) arg: String,
}

const ALONE: &str = "files";
const LISTED: &str = "values";

const FLAGS: [(&str, FlagKind, &str); 5] = [
    ("set", FlagKind::Set, "Set a value: app.replicaCount=2"),
    ("set-string", FlagKind::SetString, "Set a value that stays text"),
    ("set-json", FlagKind::SetJson, "Set a value given as JSON"),
    (
        "set-file",
        FlagKind::SetFile,
        "Set a value to the content of a file: key=PATH",
    ),
    (
        "set-literal",
        FlagKind::SetLiteral,
        "Set a value to the text behind the equals sign",
    ),
];

impl clap::Args for Given {
    fn augment_args(command: Command) -> Command {
        let files = Arg::new(ALONE)
            .value_name("FILE")
            .action(ArgAction::Append)
            .num_args(1..)
            .value_parser(ValueParser::os_string())
            .help("Values files, later ones over earlier ones; - is standard input");
        let listed = Arg::new(LISTED)
            .short('f')
            .long("values")
            .value_name("FILES")
            .action(ArgAction::Append)
            .value_parser(ValueParser::os_string())
            .help("Values files as Helm takes them, with commas between several");
        let flags = FLAGS.map(|(name, _, help)| {
            Arg::new(name)
                .long(name)
                .value_name("KEY=VALUE")
                .action(ArgAction::Append)
                // Helm takes whatever comes next, also what begins with a hyphen.
                .allow_hyphen_values(true)
                .help(help)
        });
        command.arg(files).arg(listed).args(flags)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut files = positioned(matches, ALONE, |name: OsString| GivenFile::Alone(name));
        files.extend(positioned(matches, LISTED, GivenFile::Listed));
        let flags = FLAGS
            .into_iter()
            .flat_map(|(name, kind, _)| positioned(matches, name, move |arg| GivenFlag { kind, arg }))
            .collect();
        Ok(Self {
            files: in_order(files),
            flags: in_order(flags),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The values of one argument, each with its place on the command line.
fn positioned<T: Clone + Send + Sync + 'static, R>(
    matches: &ArgMatches,
    name: &str,
    make: impl Fn(T) -> R,
) -> Vec<(usize, R)> {
    let places = matches.indices_of(name).into_iter().flatten();
    let values = matches.get_many::<T>(name).into_iter().flatten();
    places.zip(values.cloned().map(make)).collect()
}

fn in_order<T>(mut positioned: Vec<(usize, T)>) -> Vec<T> {
    positioned.sort_by_key(|&(place, _)| place);
    positioned.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use clap::{Args as _, FromArgMatches as _};

    use super::*;

    fn given(arguments: &[&str]) -> Given {
        let command = Given::augment_args(Command::new("x").no_binary_name(true));
        Given::from_arg_matches(&command.try_get_matches_from(arguments).unwrap()).unwrap()
    }

    #[test]
    fn the_order_is_the_command_lines() {
        let given = given(&[
            "--set",
            "a=1",
            "one.yaml",
            "--set-string=b=2",
            "-f",
            "two.yaml,three.yaml",
            "--set",
            "a=3",
            "-",
            "--set-json",
            "-x={}",
        ]);
        let flags: Vec<_> = given.flags.iter().map(|flag| (flag.kind, flag.arg.as_str())).collect();
        assert_eq!(
            flags,
            [
                (FlagKind::Set, "a=1"),
                (FlagKind::SetString, "b=2"),
                (FlagKind::Set, "a=3"),
                (FlagKind::SetJson, "-x={}")
            ]
        );
        assert_eq!(
            given.files,
            [
                GivenFile::Alone("one.yaml".into()),
                GivenFile::Listed("two.yaml,three.yaml".into()),
                GivenFile::Alone("-".into())
            ]
        );
    }
}
