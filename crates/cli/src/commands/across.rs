//! The same values on every release, in one table.

use std::io::{self, Write};

use rollcast_core::{AcrossAnswer, AcrossOutcome, AcrossRow};

use crate::format::statements::BOLD;
use crate::output::Output;
use crate::printable::Printable;

const HEADINGS: [&str; 7] = [
    "release",
    "verdict",
    "strategy",
    "workspaces claim",
    "grace",
    "preStop",
    "findings",
];

/// Prints the table; every column is as wide as its longest cell.
pub(super) fn text(name: &str, rows: &[AcrossRow]) -> io::Result<()> {
    let cells: Vec<[String; 7]> = rows.iter().map(cells).collect();
    let widths = |column: usize| {
        let lengths = cells
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count());
        lengths
            .chain(HEADINGS.get(column).map(|heading| heading.len()))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEADINGS.len()).map(widths).collect();
    let mut out = Output::styled();
    writeln!(
        out,
        "{BOLD}{}:{BOLD:#} the same values on every chart release",
        Printable(name)
    )?;
    write!(out, "{BOLD}")?;
    line(&mut out, &HEADINGS, &widths)?;
    write!(out, "{BOLD:#}")?;
    for (cells, row) in cells.iter().zip(rows) {
        line(&mut out, &cells.each_ref().map(String::as_str), &widths)?;
        if let AcrossOutcome::Refused(failure) = &row.outcome {
            writeln!(out, "    {}", Printable(&failure.what))?;
        }
    }
    out.flush()
}

fn line(out: &mut impl Write, cells: &[&str; 7], widths: &[usize]) -> io::Result<()> {
    let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
    let text = padded.collect::<Vec<_>>().join("  ");
    writeln!(out, "{}", Printable(text.trim_end()))
}

fn cells(row: &AcrossRow) -> [String; 7] {
    let release = row.release.id.clone();
    match &row.outcome {
        AcrossOutcome::Refused(_) => {
            let mut cells = [""; 7].map(str::to_owned);
            cells[0] = release;
            "refused by Helm".clone_into(&mut cells[1]);
            cells
        }
        AcrossOutcome::Rendered(answer) => [
            release,
            answer.verdict.state.word().to_lowercase(),
            answer.verdict.headline.clone(),
            claim(answer),
            format!("{} s", answer.grace_seconds),
            format!("{} s", answer.pre_stop_seconds),
            answer.findings.len().to_string(),
        ],
    }
}

fn claim(answer: &AcrossAnswer) -> String {
    let (Some(modes), Some(size)) = (&answer.claim_modes, &answer.claim_size) else {
        return "none".to_owned();
    };
    format!("{} {size}", modes.join(", "))
}
