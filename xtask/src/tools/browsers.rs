//! The browsers of the tests.

use super::system;
use crate::command::{Result, probe};
use std::{
    env,
    path::{Path, PathBuf},
};

/// The programs of the browsers.
pub(crate) struct Browsers {
    /// Chromium, or Chrome.
    pub(crate) chromium: PathBuf,
    /// Firefox.
    pub(crate) firefox: PathBuf,
}

struct Browser {
    /// The environment variable that names another program.
    variable: &'static str,
    /// Its names on PATH.
    names: &'static [&'static str],
    /// Debian's package.
    package: &'static str,
    /// The oldest version that the tests are known to run in.
    oldest: u32,
}

const CHROMIUM: Browser = Browser {
    variable: "ROLLCAST_CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    package: "chromium",
    oldest: 148,
};

const FIREFOX: Browser = Browser {
    variable: "ROLLCAST_FIREFOX",
    names: &["firefox-esr", "firefox"],
    package: "firefox-esr",
    // 140 has no `network.addDataCollector`, without which Playwright does not start.
    oldest: 153,
};

/// Both browsers, after installing those that are missing or too old.
pub(crate) fn browsers() -> Result<Browsers> {
    let [chromium, firefox] = [CHROMIUM.find()?, FIREFOX.find()?];
    let missing: Vec<&str> = [(&chromium, CHROMIUM), (&firefox, FIREFOX)]
        .iter()
        .filter(|(found, _)| found.is_none())
        .map(|(_, browser)| browser.package)
        .collect();
    if !missing.is_empty() {
        system::install(&missing, "The browser tests need Chromium and Firefox")?;
    }
    Ok(Browsers {
        chromium: chromium.map_or_else(|| CHROMIUM.installed(), Ok)?,
        firefox: firefox.map_or_else(|| FIREFOX.installed(), Ok)?,
    })
}

impl Browser {
    /// The program the environment names, or else the first on PATH that is new enough.
    fn find(&self) -> Result<Option<PathBuf>> {
        if let Some(program) = env::var_os(self.variable).filter(|value| !value.is_empty()) {
            let program = PathBuf::from(program);
            if version(&program).is_none() {
                return Err(format!(
                    "{} does not start: try `{} --version`, or name another program in {}",
                    program.display(),
                    program.display(),
                    self.variable
                ));
            }
            return Ok(Some(program));
        }
        let path = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        let programs = self
            .names
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let mut programs = programs.filter(|program| program.is_file());
        Ok(programs.find(|program| version(program).is_some_and(|version| version >= self.oldest)))
    }

    /// The program that was just installed.
    fn installed(&self) -> Result<PathBuf> {
        self.find()?.ok_or_else(|| {
            format!(
                "{} is installed, but no {} of version {} or later is on PATH: name one in {}",
                self.package,
                self.names.join(" or "),
                self.oldest,
                self.variable
            )
        })
    }
}

/// The major version a browser says it is.
fn version(program: &Path) -> Option<u32> {
    major(&probe(program, &["--version"])?)
}

fn major(answer: &str) -> Option<u32> {
    let mut words = answer.split_whitespace();
    words.find_map(|word| word.split('.').next()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_tell_their_version() {
        for (answer, expected) in [
            ("Mozilla Firefox 153.8.0esr", Some(153)),
            (
                "Chromium 156.0.8078.108 built on Debian GNU/Linux 12 (bookworm)",
                Some(156),
            ),
            ("Google Chrome 156.0.8078.73", Some(156)),
            ("no browser", None),
        ] {
            assert_eq!(major(answer), expected, "{answer}");
        }
    }
}
