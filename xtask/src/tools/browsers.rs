//! The browsers of the tests.

use super::system;
use crate::command::{Result, probe};
use std::{env, path::PathBuf};

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
}

const CHROMIUM: Browser = Browser {
    variable: "ROLLCAST_CHROMIUM",
    names: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    package: "chromium",
};

const FIREFOX: Browser = Browser {
    variable: "ROLLCAST_FIREFOX",
    names: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};

/// Both browsers, after installing those that are missing.
pub(crate) fn browsers() -> Result<Browsers> {
    let missing: Vec<&str> = [CHROMIUM, FIREFOX]
        .iter()
        .filter(|browser| browser.find().is_none())
        .map(|browser| browser.package)
        .collect();
    if !missing.is_empty() {
        system::install(&missing, "The browser tests need Chromium and Firefox")?;
    }
    Ok(Browsers {
        chromium: CHROMIUM.found()?,
        firefox: FIREFOX.found()?,
    })
}

impl Browser {
    fn find(&self) -> Option<PathBuf> {
        if let Some(program) = env::var_os(self.variable).filter(|value| !value.is_empty()) {
            return Some(program.into());
        }
        let path = env::var_os("PATH")?;
        let folders: Vec<PathBuf> = env::split_paths(&path).collect();
        self.names
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
            .find(|program| program.is_file())
    }

    fn found(&self) -> Result<PathBuf> {
        let program = self.find().ok_or_else(|| {
            format!(
                "{} is installed, but no {} is on PATH",
                self.package,
                self.names.join(" or ")
            )
        })?;
        if probe(&program, &["--version"]).is_none() {
            return Err(format!(
                "{} does not start: try `{} --version`, or name another program in {}",
                program.display(),
                program.display(),
                self.variable
            ));
        }
        Ok(program)
    }
}
