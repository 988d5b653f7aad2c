use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output, Stdio};

use rollcast_values::{FlagKind, HelmLine};
use serde_json::Value;

use crate::{Case, Chart, Error, extract};

/// A Helm program.
#[derive(Clone, Debug)]
pub struct Helm {
    program: PathBuf,
    /// Its version, as it prints it: `v3.17.3+g…`.
    pub version: String,
    /// Which of the lines that read values alike it is of.
    pub line: HelmLine,
}

/// What Helm answered to a case.
#[derive(Clone, Debug)]
pub(crate) struct HelmAnswer {
    /// The fields it printed, or its message without `Error: ` and without hints for the terminal.
    pub(crate) result: Result<Value, String>,
    /// Its warnings about merging values.
    pub(crate) warnings: Vec<String>,
}

impl Helm {
    /// Asks a program for its version; a name without a folder is looked for on the search path.
    ///
    /// # Errors
    /// It cannot be run, or says nothing that a Helm says.
    pub fn find(program: impl AsRef<OsStr>) -> Result<Self, Error> {
        let program = PathBuf::from(program.as_ref());
        let output = Command::new(&program)
            .args(["version", "--short"])
            .stdin(Stdio::null())
            .output();
        let problem = match output {
            Err(error) => error.to_string(),
            Ok(output) => {
                let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
                match line_of(&version) {
                    Some(line) => {
                        return Ok(Self { program, version, line });
                    }
                    None => format!("its version is {version:?}"),
                }
            }
        };
        Err(Error::Helm { program, problem })
    }

    /// Renders a case; `scratch` is an empty folder for its files.
    pub(crate) fn render(&self, chart: &Chart, case: &Case, scratch: &Path) -> Result<HelmAnswer, Error> {
        let mut helm = Command::new(&self.program);
        helm.args(["template", "lobu"])
            .arg(&chart.folder)
            .current_dir(scratch)
            .stdin(Stdio::null())
            // What the caller's shell says about Helm must not decide.
            .env_remove("HELM_NAMESPACE")
            .env_remove("HELM_DEBUG");
        for (at, text) in case.files.iter().enumerate() {
            let name = format!("values-{at}.yaml");
            fs::write(scratch.join(&name), text).map_err(Error::Scratch)?;
            helm.args(["-f", &name]);
        }
        for flag in &case.set {
            let name = match flag.kind {
                FlagKind::Set => "--set",
                FlagKind::SetString => "--set-string",
                FlagKind::SetJson => "--set-json",
                FlagKind::SetFile => "--set-file",
                FlagKind::SetLiteral => "--set-literal",
            };
            if let (FlagKind::SetFile, Some(content)) = (flag.kind, &flag.content) {
                let (_, path) = flag.arg.split_once('=').unwrap_or_default();
                fs::write(scratch.join(plain(case, path)?), content).map_err(Error::Scratch)?;
            }
            helm.arg(format!("{name}={}", flag.arg));
        }
        let output = helm.output().map_err(|error| Error::Helm {
            program: self.program.clone(),
            problem: error.to_string(),
        })?;
        Ok(answer_of(&output, scratch))
    }
}

/// A path that stays in the folder it is taken from.
fn plain<'a>(case: &Case, path: &'a str) -> Result<&'a Path, Error> {
    let mut components = Path::new(path).components();
    match (components.next(), components.next()) {
        (Some(Component::Normal(_)), None) => Ok(Path::new(path)),
        _ => Err(Error::Outside {
            case: case.id.clone(),
            path: path.to_owned(),
        }),
    }
}

fn answer_of(output: &Output, scratch: &Path) -> HelmAnswer {
    let errors = String::from_utf8_lossy(&output.stderr);
    let (mut warnings, mut message) = (Vec::new(), Vec::new());
    for line in errors.lines() {
        // Go's log puts a date before it.
        match line.find("coalesce.go:") {
            Some(at) => warnings.push(line.get(at..).unwrap_or_default().to_owned()),
            None => message.push(line),
        }
    }
    let message = message.join("\n");
    let folder = format!("{}/", scratch.display());
    let message = message
        .replace("\n\nUse --debug flag to render out invalid YAML", "")
        .replace(&folder, "");
    let message = message.trim();
    HelmAnswer {
        result: if output.status.success() {
            Ok(extract(&String::from_utf8_lossy(&output.stdout)))
        } else {
            Err(message.strip_prefix("Error: ").unwrap_or(message).to_owned())
        },
        warnings,
    }
}

/// The line a version belongs to.
fn line_of(version: &str) -> Option<HelmLine> {
    let numbers = version.strip_prefix('v')?.split(['+', '-']).next()?;
    let mut numbers = numbers.split('.').map(str::parse::<u32>);
    let mut next = || numbers.next()?.ok();
    Some(match (next()?, next()?, next()?) {
        (3, minor, patch) if (minor, patch) >= (20, 1) => HelmLine::V3_20,
        (3, ..) => HelmLine::V3_17,
        (4.., ..) => HelmLine::V4,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_fall_into_lines() {
        for (version, line) in [
            ("v3.17.3+ge4da497", Some(HelmLine::V3_17)),
            ("v3.20.0", Some(HelmLine::V3_17)),
            ("v3.20.1+g1", Some(HelmLine::V3_20)),
            ("v3.21.0-rc.1", Some(HelmLine::V3_20)),
            ("v4.1.0", Some(HelmLine::V4)),
            ("v2.17.0", None),
            ("Client: v2.1.0", None),
            ("", None),
        ] {
            assert_eq!(line_of(version), line, "{version}");
        }
    }

    #[test]
    fn a_program_that_is_no_helm_is_told_so() {
        let error = Helm::find("/nonexistent/helm").unwrap_err().to_string();
        assert!(
            error.starts_with("/nonexistent/helm is no Helm that can be run"),
            "{error}"
        );
    }

    #[test]
    fn files_for_set_file_stay_in_their_folder() {
        let case = Case {
            id: "x".to_owned(),
            ..Case::default()
        };
        assert!(plain(&case, "content.txt").is_ok());
        for path in ["../x", "/etc/x", "a/b", "", ".."] {
            assert!(matches!(plain(&case, path), Err(Error::Outside { .. })), "{path}");
        }
    }
}
