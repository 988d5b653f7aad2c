//! The system's package manager, where it is Debian's.

use crate::command::{Result, command, probe, run, say};
use std::process::Command;

/// Installs packages of Debian, or says what to type where that is not possible: without apt, or without the right to use
/// it (root, or sudo that asks for no password).
pub(crate) fn install(packages: &[&str], why: &str) -> Result {
    let list = packages.join(" ");
    let type_this = format!("sudo apt-get update && sudo apt-get install -y --no-install-recommends {list}");
    if probe("apt-get", &["--version"]).is_none() {
        return Err(format!(
            "{why}, and it is missing. There is no apt-get here: install {list} with your system's package manager \
             (on Debian: {type_this})"
        ));
    }
    let sudo = if probe("id", &["-u"]).as_deref() == Some("0") {
        false
    } else if probe("sudo", &["-n", "true"]).is_some() {
        true
    } else {
        return Err(format!(
            "{why}, and it is missing. Type this, then try again:\n\n  {type_this}\n"
        ));
    };
    say(&format!("Installing {list} with apt-get"));
    let failed = |error| format!("{error}\n{why}. Install it by hand, then try again:\n\n  {type_this}\n");
    run(apt_get(sudo).args(["-q", "update"])).map_err(failed)?;
    run(apt_get(sudo)
        .args(["-q", "install", "-y", "--no-install-recommends"])
        .args(packages))
    .map_err(failed)
}

fn apt_get(sudo: bool) -> Command {
    let mut apt_get = if sudo {
        let mut sudo = command("sudo");
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        command("apt-get")
    };
    apt_get.env("DEBIAN_FRONTEND", "noninteractive");
    apt_get
}
