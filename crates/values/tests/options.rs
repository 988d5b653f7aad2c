//! The options we know against those the real Helm lists in its help.

mod lab;

use std::process::Command;

use rollcast_values::command_line;

#[test]
fn options_take_their_values_as_helms_do() {
    let Some(helm) = lab::helm() else { return };
    let mut compared = 0;
    for command in ["upgrade", "install", "template"] {
        let help = Command::new(&helm).args([command, "--help"]).output().unwrap().stdout;
        let help = String::from_utf8(help).unwrap();
        let (_, help) = help.split_once("\nFlags:\n").unwrap();
        // What stands further in is the rest of a description.
        let lines = help.lines().filter(|line| !line.starts_with("        "));
        for line in lines.map(str::trim_start).filter(|line| line.starts_with('-')) {
            // `-f, --values strings   specify values in …`; an option with a choice of values has `string[="client"]`.
            let (usage, _) = line.split_once("   ").unwrap_or((line, ""));
            let (letter, usage) = match usage.split_once(", ") {
                Some((letter, usage)) => (Some(letter), usage),
                None => (None, usage),
            };
            let (option, wanted) = usage.split_once(' ').unwrap_or((usage, ""));
            let takes_value = !wanted.is_empty() && !wanted.contains('[');
            for option in [Some(option), letter].into_iter().flatten() {
                let value = if takes_value { " k=5m" } else { "" };
                let found = command_line(&format!("helm {command} r {option}{value} c")).unwrap();
                assert_eq!(
                    (found.release.as_deref(), found.chart.as_deref()),
                    (Some("r"), Some("c")),
                    "{command} {line}"
                );
                assert!(found.others.iter().all(|other| other.known), "{command} {line}");
                compared += 1;
            }
        }
    }
    assert!(compared > 150, "Helm's help has {compared} options");
}
