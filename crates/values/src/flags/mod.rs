//! The flags that change values (pkg/cli/values options.go, pkg/strvals).
//!
//! Helm applies them over the merged files, kind by kind in a fixed order, whatever their order on the command line.
//! One grammar of keys serves all kinds ([`walk`]); what stands behind the `=` differs ([`set`], [`json`], [`file`],
//! [`literal`]).

mod error;
mod file;
mod json;
mod literal;
mod pairs;
mod scan;
mod set;
mod walk;

pub use error::FlagError;
pub use file::set_file_paths;
pub use pairs::{Pair, Sets, pairs};

use serde::{Deserialize, Serialize};

use crate::{HelmLine, Map, Note};

/// One flag that changes values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag<'a> {
    /// Which flag.
    pub kind: FlagKind,
    /// Its argument, whole.
    pub arg: &'a str,
    /// The content of the file a `--set-file` argument names; ignored for the other kinds. `None` stands for a file that
    /// does not exist.
    pub content: Option<&'a str>,
}

/// The kinds of flags that change values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum FlagKind {
    /// `--set`
    Set,
    /// `--set-string`
    SetString,
    /// `--set-json`
    SetJson,
    /// `--set-file`
    SetFile,
    /// `--set-literal`
    SetLiteral,
}

impl FlagKind {
    /// All kinds in the order in which Helm applies them: a later one wins over an earlier one wherever they stand on the
    /// command line.
    pub const IN_ORDER: [Self; 5] = [
        Self::SetJson,
        Self::Set,
        Self::SetString,
        Self::SetFile,
        Self::SetLiteral,
    ];

    /// The flag as it is typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Set => "--set",
            Self::SetString => "--set-string",
            Self::SetJson => "--set-json",
            Self::SetFile => "--set-file",
            Self::SetLiteral => "--set-literal",
        }
    }
}

/// All arguments together may be so long. No system starts a program with more: Linux takes 2 MiB, others less.
const LONGEST: usize = 4 << 20;

/// Applies the flags to the merged files. The notes also tell what the flags discard of the chart's defaults.
pub(crate) fn apply(
    base: &mut Map,
    defaults: &Map,
    flags: &[Flag<'_>],
    helm: HelmLine,
) -> Result<Vec<Note>, FlagError> {
    let mut length = 0_usize;
    for (index, flag) in flags.iter().enumerate() {
        length += flag.arg.len();
        if length > LONGEST {
            let problem = error::Problem::limit(
                0,
                "The flags are longer than any system passes to a program.",
                "Give the values in a values file.",
            );
            return Err(FlagError::new(index, flag, problem));
        }
    }
    let mut shared = walk::Shared::new(defaults);
    for kind in FlagKind::IN_ORDER {
        for (index, flag) in flags.iter().enumerate().filter(|(_, flag)| flag.kind == kind) {
            let applied = match kind {
                FlagKind::SetJson if helm == HelmLine::V4 && json::is_object(flag.arg) => {
                    json::object(flag.arg, index).map(|object| crate::coalesce::overlay(base, object))
                }
                _ => walk::Walker::new(flag, index, &mut shared).run(base),
            };
            applied.map_err(|problem| FlagError::new(index, flag, problem))?;
        }
    }
    Ok(shared.notes.into_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    fn applied(flags: &[(FlagKind, &str)]) -> Result<String, String> {
        let flags: Vec<Flag<'_>> = flags
            .iter()
            .map(|(kind, arg)| Flag {
                kind: *kind,
                arg,
                content: Some("text"),
            })
            .collect();
        let mut base = Map::new();
        apply(&mut base, &Map::new(), &flags, HelmLine::V3_17)
            .map(|_| Value::Map(base).to_json())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn kinds_have_a_fixed_order() {
        use FlagKind::{Set, SetFile, SetJson, SetLiteral, SetString};
        let mut flags = vec![
            (SetLiteral, "x=literal"),
            (SetFile, "x=path"),
            (SetString, "x=1"),
            (Set, "x=2"),
            (SetJson, "x=3"),
        ];
        for winner in [
            r#"{"x":"literal"}"#,
            r#"{"x":"text"}"#,
            r#"{"x":"1"}"#,
            r#"{"x":2}"#,
            r#"{"x":3}"#,
        ] {
            assert_eq!(applied(&flags).as_deref(), Ok(winner));
            flags.remove(0);
        }
        assert_eq!(applied(&[(Set, "x=1"), (Set, "x=2")]).as_deref(), Ok(r#"{"x":2}"#));
    }

    #[test]
    fn the_kind_that_comes_first_fails_first() {
        use FlagKind::{Set, SetJson, SetString};
        let flags = [(SetString, "a"), (Set, "b"), (SetJson, "c")];
        assert_eq!(applied(&flags), Err("failed parsing --set-json data c".to_owned()));
        assert_eq!(
            applied(flags.get(..2).unwrap()),
            Err("failed parsing --set data: key \"b\" has no value".to_owned())
        );
    }

    #[test]
    fn hostile_arguments_get_an_answer() {
        let long = "a".repeat(1 << 20);
        for arg in [
            format!("{long}={long}"),
            format!("x={{{}", ",".repeat(1 << 20)),
            "a=,".repeat(1 << 18),
            "a.".repeat(1 << 18),
            "a[0].".repeat(1 << 17),
            format!("x{}=1", "[0]".repeat(1 << 17)),
            (0..1_000).map(|key| format!("k{key}[65536]=1,")).collect(),
            format!("x={}", "[".repeat(1 << 18)),
            format!("x={}", "{\"a\":".repeat(1 << 17)),
            "\\".repeat(1 << 18),
        ] {
            for kind in FlagKind::IN_ORDER {
                let flag = Flag {
                    kind,
                    arg: &arg,
                    content: Some("x"),
                };
                let _ = apply(&mut Map::new(), &Map::new(), &[flag; 2], HelmLine::V4);
            }
        }
        let too_long = applied(&[(FlagKind::Set, &format!("x={}", long.repeat(5)))]);
        assert_eq!(
            too_long,
            Err("The flags are longer than any system passes to a program.".to_owned())
        );
    }

    #[test]
    fn helm_4_takes_a_whole_object() {
        let json = |helm: HelmLine, arg: &str| {
            let flag = Flag {
                kind: FlagKind::SetJson,
                arg,
                content: None,
            };
            let mut base = crate::read(b"a: {b: 1, c: 2}", crate::Origin::Default).unwrap().map;
            match apply(&mut base, &Map::new(), &[flag], helm) {
                Ok(_) => Value::Map(base).to_json(),
                Err(error) => error.to_string(),
            }
        };
        let merged = r#"{"a":{"b":null,"c":2},"d":[]}"#;
        assert_eq!(json(HelmLine::V4, r#" {"a": {"b": null}, "d": []} "#), merged);
        for (helm, arg, expected) in [
            (
                HelmLine::V4,
                "{\"a\": 1} x",
                "failed parsing --set-json data JSON: {\"a\": 1} x",
            ),
            (HelmLine::V4, "{a: 1}", "failed parsing --set-json data JSON: {a: 1}"),
            (HelmLine::V4, "a=x", "failed parsing --set-json data a=x"),
            (
                HelmLine::V3_20,
                "{\"a\": 1}",
                "failed parsing --set-json data {\"a\": 1}",
            ),
        ] {
            assert_eq!(json(helm, arg), expected);
        }
    }

    #[test]
    fn traps_are_noted() {
        let defaults = crate::read(b"list: [a, b]\napp: {modes: [x]}", crate::Origin::Default)
            .unwrap()
            .map;
        let notes = |kind: FlagKind, arg: &str| -> Vec<String> {
            let flag = Flag {
                kind,
                arg,
                content: None,
            };
            let notes = apply(&mut Map::new(), &defaults, &[flag], HelmLine::V3_17).unwrap();
            let show = |note: Note| format!("{} {:?}", note.path.unwrap_or_default(), note.kind);
            notes.into_iter().map(show).collect()
        };
        let stays = |text: &str, in_file: &str| format!("x.y StaysText {{ written: {text:?}, in_file: {in_file:?} }}");
        for (text, in_file) in [
            ("no", "false"),
            ("on", "true"),
            ("~", "null"),
            ("1.5", "1.5"),
            ("1.10", "1.1"),
            ("00", "0"),
            ("015", "13"),
            ("1e3", "1000"),
        ] {
            assert_eq!(notes(FlagKind::Set, &format!("x.y={text}")), [stays(text, in_file)]);
            assert_eq!(notes(FlagKind::SetString, &format!("x.y={text}")), Vec::<String>::new());
        }
        for (arg, expected) in [
            ("x=1,y=true,z=null,v=,w=a b,u={1,b}", &[][..]),
            ("a=1, y=2", &[" y BlankAroundKey { key: \" y\" }"]),
            ("x.y =1", &["x.y  BlankAroundKey { key: \"y \" }"]),
            ("x= 1", &["x BlankAroundValue { written: \" 1\" }"]),
            ("x={a, b}", &["x BlankAroundValue { written: \" b\" }"]),
            ("x='a'", &["x QuotesKept { written: \"'a'\" }"]),
            ("x={}", &["x EmptyBraces"]),
            ("x.", &["x NoValue"]),
            ("x[0]", &["x NoValue"]),
            ("x[0].a=", &["x[0] NoValue"]),
            ("=1", &[" NoKey"]),
            ("x=1,", &[]),
            (
                "list[1]=c",
                &["list DefaultListDiscarded { lost: 2 }", "list EmptyPlaces { count: 1 }"],
            ),
            ("list={a},list[0]=b", &[]),
            (
                "app.modes[0]",
                &["app.modes DefaultListDiscarded { lost: 1 }", "app.modes NoValue"],
            ),
            ("app.other[0]=1", &[]),
        ] {
            assert_eq!(notes(FlagKind::Set, arg), expected, "{arg}");
        }
    }
}
