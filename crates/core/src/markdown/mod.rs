//! A report as Markdown, for a pull request.

mod escape;

use std::fmt::{self, Display};

use rollcast_chart::Source;

use self::escape::{Block, Code, Text};
use crate::{
    Answer, Change, ChangeItem, ChangeOutcome, Check, Failure, Finding, Outcome, PrerequisiteState, Report, Request,
    Severity, Verdict,
};

/// The report as Markdown (GitHub's) for people who decide about a change: the verdict, what to do, the checklist, what the
/// rollout will do, and what that rests on.
///
/// Whatever comes from the request is escaped: it becomes neither markup nor a mention. Values themselves appear only
/// where a finding quotes them, and of a flag only its key.
#[must_use]
pub fn markdown(request: &Request, report: &Report) -> String {
    Document { request, report }.to_string()
}

struct Document<'a> {
    request: &'a Request,
    report: &'a Report,
}

impl Display for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.report.outcome {
            Outcome::Refused(failure) => self.failure(f, failure),
            Outcome::Rendered(answer) => self.answer(f, answer),
        }
    }
}

impl Document<'_> {
    fn failure(&self, f: &mut fmt::Formatter<'_>, failure: &Failure) -> fmt::Result {
        writeln!(f, "## Rollcast: refused\n")?;
        self.subject(f)?;
        write!(f, "**{}** {}", Text(&failure.what), Text(&failure.action))?;
        if let Some(location) = &failure.location {
            let name = self.file(location.file);
            write!(
                f,
                " ({})",
                Code(&format!("{name}:{}:{}", location.line, location.column))
            )?;
        }
        writeln!(f)?;
        match &failure.helm {
            Some(helm) => write!(f, "\nHelm says:\n\n{}", Block(helm)),
            None => Ok(()),
        }
    }

    fn answer(&self, f: &mut fmt::Formatter<'_>, answer: &Answer) -> fmt::Result {
        let Verdict {
            state,
            headline,
            consequence,
        } = &answer.verdict;
        writeln!(f, "## Rollcast: {}\n", state.word().to_lowercase())?;
        writeln!(f, "**{}:** {}\n", Text(headline), Text(consequence))?;
        self.subject(f)?;

        let (checklist, statements): (Vec<_>, Vec<_>) =
            answer.findings.iter().partition(|finding| finding.state.is_some());
        let (caveats, statements): (Vec<_>, Vec<_>) = statements.into_iter().partition(|finding| finding.caveat);
        let (remarks, problems): (Vec<_>, Vec<_>) = statements
            .into_iter()
            .partition(|finding| finding.severity == Severity::Info);
        if let Some(ChangeOutcome::Compared(change)) = &self.report.change {
            self.change(f, change)?;
        }
        if !problems.is_empty() {
            writeln!(f, "### What to do\n")?;
            for finding in problems {
                self.problem(f, finding)?;
            }
            writeln!(f)?;
        }
        if !checklist.is_empty() {
            writeln!(f, "### Checklist\n")?;
            for finding in checklist {
                self.prerequisite(f, finding)?;
            }
            writeln!(f)?;
        }
        for outlook in &answer.outlooks {
            match outlook.title.as_str() {
                "" => writeln!(f, "### What happens\n")?,
                title => writeln!(f, "### What happens if {}\n", Text(title))?,
            }
            for sentence in &outlook.story {
                writeln!(f, "- {}", Text(sentence))?;
            }
            writeln!(f)?;
        }
        let told = |finding: &&Finding| format!("**{}:** {}", Text(&finding.title), Text(&finding.what));
        folded(f, "Caveats of the app, whatever the values", caveats.iter().map(told))?;
        folded(f, "Remarks", remarks.iter().map(told))?;
        folded(
            f,
            "Assumed",
            answer.assumptions.iter().map(|text| Text(text).to_string()),
        )?;
        folded(
            f,
            "Helm's warnings",
            self.report.warnings.iter().map(|text| Code(text).to_string()),
        )
    }

    /// What was asked about.
    fn subject(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = self
            .request
            .values
            .iter()
            .map(|file| Code(&file.name).to_string())
            .collect();
        match self.request.set.len() {
            0 => {}
            1 => parts.push("1 flag".to_owned()),
            count => parts.push(format!("{count} flags")),
        }
        if parts.is_empty() {
            parts.push("The chart's own values".to_owned());
        }
        write!(f, "{}", parts.join(", "))?;
        if let Some(release) = &self.report.release {
            write!(f, " on chart release {}", Text(&release.id))?;
        }
        match &self.request.app {
            Some(app) => writeln!(f, ", app version {}.\n", Text(app)),
            None => writeln!(f, ".\n"),
        }
    }

    /// What the upgrade from the baseline does, the worst first; what merely happens is folded away.
    fn change(&self, f: &mut fmt::Formatter<'_>, change: &Change) -> fmt::Result {
        let (happens, matters): (Vec<_>, Vec<_>) =
            change.items.iter().partition(|item| item.severity == Severity::Info);
        if !matters.is_empty() {
            writeln!(f, "### What this upgrade does\n")?;
        }
        for item in &matters {
            writeln!(
                f,
                "- **{}: {}** ({})<br>\n  {} {}",
                item.severity.word(),
                Text(&item.title),
                Code(item.id),
                Text(&item.what),
                Text(&item.why)
            )?;
            for way in &item.ways {
                writeln!(f, "  - {}", Text(&way.title))?;
                for step in &way.steps {
                    write!(f, "    - {}", Text(&step.what))?;
                    match &step.command {
                        Some(command) => writeln!(f, " {}", Code(command))?,
                        None => writeln!(f)?,
                    }
                }
            }
        }
        if !matters.is_empty() {
            writeln!(f)?;
        }
        let told = |item: &&ChangeItem| format!("**{}:** {}", Text(&item.title), Text(&item.what));
        folded(f, "What else this upgrade does", happens.iter().map(told))
    }

    fn problem(&self, f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
        let severity = finding.severity.word();
        write!(f, "- **{severity}: {}** ({})", Text(&finding.title), Code(finding.id))?;
        if let Some(place) = self.place(finding) {
            write!(f, " at {}", Code(&place))?;
        }
        writeln!(f, "<br>\n  {} {}<br>", Text(&finding.what), Text(&finding.why))?;
        writeln!(f, "  {}", Text(&finding.action))
    }

    fn prerequisite(&self, f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
        let (mark, word) = match finding.state {
            Some(PrerequisiteState::Met) => ('x', ""),
            Some(PrerequisiteState::NotApplicable) => ('x', "Does not matter here: "),
            Some(PrerequisiteState::Unmet) => (' ', "Unmet: "),
            Some(PrerequisiteState::Confirm) | None => (' ', "To confirm: "),
        };
        writeln!(
            f,
            "- [{mark}] {word}**{}** ({})<br>",
            Text(&finding.title),
            Code(finding.id)
        )?;
        write!(f, "  {}", Text(&finding.what))?;
        if mark == 'x' {
            return writeln!(f);
        }
        writeln!(f, " {}", Text(&finding.action))?;
        for Check { how, command } in &finding.verify {
            writeln!(f, "\n  {}\n", Text(how))?;
            for line in Block(command).to_string().lines() {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }

    /// Where the first value of a finding stands that the operator gave.
    fn place(&self, finding: &Finding) -> Option<String> {
        let mut sources = finding.evidence.iter().filter_map(|evidence| evidence.origin.as_ref());
        sources.find_map(|source| match *source {
            Source::File { file, line, column, .. } => Some(format!("{}:{line}:{column}", self.file(file))),
            Source::Flag { flag } => {
                let flag = self.request.set.get(flag)?;
                // What stands behind the equals sign may be a secret.
                let key = flag.arg.split('=').next().unwrap_or_default();
                Some(format!("{} {key}", flag.kind.name()))
            }
            Source::Default { .. } | Source::LastRelease => None,
        })
    }

    fn file(&self, index: usize) -> &str {
        self.request.values.get(index).map_or("", |file| file.name.as_str())
    }
}

/// What most readers do not need at once.
fn folded(f: &mut fmt::Formatter<'_>, title: &str, items: impl Iterator<Item = String>) -> fmt::Result {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    writeln!(f, "<details><summary>{title}</summary>\n")?;
    for item in items {
        writeln!(f, "- {item}")?;
    }
    writeln!(f, "\n</details>\n")
}
