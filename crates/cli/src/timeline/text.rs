use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use rollcast_rollout::{Run, Version, WindowKind};

use super::ascii::Glyphs;
use super::rows::{self, Kind, Phase, Row, Segment};
use super::seconds::figure;

/// Beyond this many pods the rows say no more, and the endpoints' row says it better.
const MAX_PODS: usize = 40;

/// Draws a run, `width` columns wide, but never narrower than it can be read.
pub(crate) fn draw(out: &mut impl Write, run: &Run, width: usize, glyphs: Glyphs) -> io::Result<()> {
    let pods = rows::pods(run);
    let hidden = pods.len().saturating_sub(MAX_PODS);
    let mut lines: Vec<Row> = pods.into_iter().take(MAX_PODS).collect();
    lines.push(rows::endpoints(run));
    lines.extend(rows::windows(run));
    let labels = lines.iter().map(|row| row.label.chars().count()).max().unwrap_or(0);
    let scale = Scale {
        end: rows::end(run),
        cells: width.saturating_sub(labels + 2).max(20),
    };
    for (index, row) in lines.iter().enumerate() {
        if hidden > 0 && index == MAX_PODS {
            writeln!(out, "{:labels$}  {hidden} more pods", "…")?;
        }
        write!(out, "{:labels$}  ", row.label)?;
        let mut line = scale.line(row, glyphs);
        // Nothing to see at the end needs no blanks.
        if line.last().is_some_and(|(_, text)| text.trim().is_empty()) {
            line.pop();
        }
        for (style, text) in line {
            write!(out, "{style}{text}{style:#}")?;
        }
        writeln!(out)?;
    }
    let (ticks, figures) = scale.axis(glyphs);
    writeln!(out, "{:labels$}  {ticks}", "")?;
    writeln!(out, "{:labels$}  {figures}", "seconds")?;
    let occurs = |phase| {
        let mut kinds = lines.iter().flat_map(|row| &row.segments).map(|segment| segment.kind);
        kinds.any(|kind| matches!(kind, Kind::Pod(_, found) if found == phase))
    };
    let legend: Vec<String> = Phase::ALL
        .into_iter()
        .filter(|&phase| occurs(phase))
        .map(|phase| format!("{} {}", glyphs.phase(phase), phase.name()))
        .collect();
    writeln!(out, "{:labels$}  {}", "", legend.join("  "))
}

/// Milliseconds to columns.
struct Scale {
    end: u64,
    cells: usize,
}

impl Scale {
    /// The row's cells in runs of the same look. A cell shows what holds in its middle; a segment that is shorter than a
    /// cell and would vanish gets the one it begins in.
    fn line(&self, row: &Row, glyphs: Glyphs) -> Vec<(Style, String)> {
        let mut cells = vec![None; self.cells];
        for Segment { from, to, kind } in &row.segments {
            let (first, last) = (self.cell(*from), self.cell(*to));
            let behind = last.max(first + 1).min(self.cells);
            for cell in &mut cells[first.min(self.cells - 1)..behind] {
                *cell = Some(*kind);
            }
        }
        let mut line: Vec<(Style, String)> = Vec::new();
        for cell in cells {
            let (style, char) = cell.map_or((Style::new(), ' '), |kind| (style(kind), glyphs.of(kind)));
            match line.last_mut() {
                Some((last, text)) if *last == style => text.push(char),
                _ => line.push((style, char.to_string())),
            }
        }
        line
    }

    /// The first cell whose middle is not before `at`.
    fn cell(&self, at: u64) -> usize {
        let cells = self.cells as u128;
        let at = (u128::from(at) * cells * 2 + u128::from(self.end)) / (u128::from(self.end) * 2);
        usize::try_from(at).unwrap_or(self.cells).min(self.cells)
    }

    /// Marks at round seconds, and their figures beneath.
    fn axis(&self, glyphs: Glyphs) -> (String, String) {
        let step = self.step();
        let (mut ticks, mut figures) = (String::new(), String::new());
        for at in (0..).map(|count| count * step).take_while(|&at| at <= self.end) {
            let cell = self.cell(at);
            let text = figure(at);
            if cell + text.len() > self.cells {
                break;
            }
            ticks.extend(std::iter::repeat_n(' ', cell.saturating_sub(ticks.chars().count())));
            ticks.push(glyphs.tick());
            figures.extend(std::iter::repeat_n(' ', cell.saturating_sub(figures.len())));
            figures.push_str(&text);
        }
        (ticks, figures)
    }

    /// The smallest round distance that leaves eight columns between marks.
    fn step(&self) -> u64 {
        let wanted = self.end * 8 / self.cells as u64;
        let decades = std::iter::successors(Some(100_u64), |decade| decade.checked_mul(10));
        decades
            .flat_map(|decade| [1, 2, 5].map(|factor| decade.saturating_mul(factor)))
            .find(|&step| step >= wanted)
            .unwrap_or(u64::MAX)
    }
}

fn style(kind: Kind) -> Style {
    let colour = |colour: AnsiColor| colour.on_default();
    match kind {
        Kind::Pod(_, Phase::Waiting) => colour(AnsiColor::Red),
        Kind::Pod(Version::Old, _) => colour(AnsiColor::Blue),
        Kind::Pod(Version::New, _) => colour(AnsiColor::Green),
        Kind::Endpoints(0) => colour(AnsiColor::Red).bold(),
        Kind::Endpoints(_) => Style::new(),
        Kind::Window(WindowKind::Overlap | WindowKind::BothReady | WindowKind::ReducedCapacity) => {
            colour(AnsiColor::Yellow)
        }
        Kind::Window(
            WindowKind::NoReadyEndpoint
            | WindowKind::NoUsableEndpoint
            | WindowKind::StaleEndpoint
            | WindowKind::TwoWriters
            | WindowKind::Deadlock,
        ) => colour(AnsiColor::Red),
    }
}

#[cfg(test)]
mod tests {
    use rollcast_rollout::{PodTimes, Rollout, Strategy, simulate};

    use super::*;

    fn pods() -> PodTimes {
        PodTimes {
            scheduling: 2_000,
            ready: 8_000,
            grace: 45_000,
            pre_stop: 10_000,
            shutdown: 5_000,
            accepts: 1_000,
            unready: None,
        }
    }

    fn drawn(strategy: Strategy, replicas: u32, width: usize) -> String {
        let run = simulate(&Rollout::new(replicas, strategy, pods(), 0)).unwrap();
        let mut out = Vec::new();
        draw(&mut out, &run, width, Glyphs::Ascii).unwrap();
        anstream::adapter::strip_str(std::str::from_utf8(&out).unwrap()).to_string()
    }

    #[test]
    fn lengths_are_to_scale() {
        // 25 seconds in 50 columns: 10 s preStop, 5 s shutdown, then 10 s until the new pod is ready.
        let text = drawn(Strategy::Recreate, 1, 50 + "no usable endpoint".len() + 2);
        let row = |label: &str| text.lines().find(|line| line.starts_with(label)).unwrap().to_owned();
        assert_eq!(row("old 1").matches('+').count(), 20, "{text}");
        assert_eq!(row("old 1").matches('x').count(), 10, "{text}");
        assert_eq!(row("new 1").matches('-').count(), 20, "{text}");
        assert_eq!(row("no ready endpoint").matches('=').count(), 50, "{text}");
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for replicas in [0, 1, 3, 100] {
            for width in [60, 80, 200] {
                for line in drawn(Strategy::DEFAULT, replicas, width)
                    .lines()
                    .filter(|line| !line.contains("ready  +"))
                {
                    assert!(line.chars().count() <= width, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn what_is_short_does_not_vanish() {
        let text = drawn(Strategy::DEFAULT, 40, 60);
        for line in text.lines().filter(|line| line.starts_with("new ")) {
            assert!(line.contains('-'), "{line}");
        }
    }
}
