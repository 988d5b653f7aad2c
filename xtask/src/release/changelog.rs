//! The notes of a release: its section of `CHANGELOG.md`.

use super::VERSION;
use crate::command::{Result, root};
use std::fs;

/// What the change log says about this version; about what is unreleased while it has no section of its own.
pub(super) fn notes() -> Result<String> {
    let path = root().join("CHANGELOG.md");
    let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    section(&text, VERSION)
        .or_else(|| section(&text, "Unreleased"))
        .ok_or_else(|| format!("CHANGELOG.md says nothing about {VERSION}"))
}

/// The text beneath the heading `## [name]`, if there is any.
fn section(text: &str, name: &str) -> Option<String> {
    let heading = format!("## [{name}]");
    let lines = text
        .lines()
        .skip_while(|line| !line.starts_with(&heading))
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        // The links at the end of the file belong to no section.
        .filter(|line| !(line.starts_with('[') && line.contains("]: ")));
    let text = lines.collect::<Vec<_>>().join("\n");
    let text = text.trim();
    (!text.is_empty()).then(|| format!("{text}\n"))
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let text = "# Changes\n\n## [Unreleased]\n\n## [1.1.0] - 2026-01-02\n\n### Added\n- b\n\n## [1.0.0]\n- a\n\n[1.0.0]: https://x\n";
        assert_eq!(section(text, "1.1.0").as_deref(), Some("### Added\n- b\n"));
        assert_eq!(section(text, "1.0.0").as_deref(), Some("- a\n"));
        assert_eq!(section(text, "Unreleased"), None);
        assert_eq!(section(text, "2.0.0"), None);
    }
}
