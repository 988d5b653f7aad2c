use std::fmt::{self, Display, Write as _};

use rollcast_core::Outlook;
use rollcast_rollout::{Version, WindowKind};

use super::rows::{self, Kind, Phase, Row};
use super::seconds::figure;

/// A drawing that stands alone: its title and description say in words what it shows, colours follow the reader's
/// scheme, and phases differ in pattern, not in colour only.
pub(crate) fn svg(title: &str, outlooks: &[Outlook]) -> String {
    let mut body = String::new();
    let mut top = MARGIN;
    for outlook in outlooks {
        top = panel(&mut body, outlook, top);
    }
    let top = legend(&mut body, top);
    let story: Vec<&str> = outlooks
        .iter()
        .flat_map(|outlook| outlook.story.iter().map(String::as_str))
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\" aria-labelledby=\"title description\">\n\
         <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n<style>{STYLE}</style>\n<defs>{PATTERNS}</defs>\n\
         <rect class=\"paper\" width=\"{WIDTH}\" height=\"{height}\"/>\n{body}</svg>\n",
        Xml(title),
        Xml(&story.join(" ")),
        height = top + MARGIN,
    )
}

const WIDTH: u64 = 960;
const MARGIN: u64 = 20;
const LABELS: u64 = 170;
const ROW: u64 = 24;
const BAR: u64 = 16;
/// The width in which the run is drawn.
const SPAN: u64 = WIDTH - LABELS - 2 * MARGIN;

const STYLE: &str = "\
:root{color-scheme:light dark}\
text{font:13px system-ui,sans-serif;fill:#1b1f24}\
.heading{font-weight:600}\
.paper{fill:#fff}\
.line{stroke:#8c959f;stroke-width:1}\
.old{fill:#0a5dc2}.new{fill:#117a37}.calm{fill:#8a5a00}.bad{fill:#c01c28}.count{fill:none;stroke:#8c959f}\
.hatch{stroke:#fff;stroke-width:3}\
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}\
.old{fill:#58a6ff}.new{fill:#3fb950}.calm{fill:#d29922}.bad{fill:#ff7b72}.hatch{stroke:#0d1117}}";

/// Laid over a bar: the more of it is covered, the less the pod serves.
const PATTERNS: &str = "\
<pattern id=\"starting\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<path class=\"hatch\" d=\"M0 0V6\"/></pattern>\
<pattern id=\"draining\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
<path class=\"hatch\" d=\"M0 0V8\"/></pattern>\
<pattern id=\"stopping\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\">\
<path class=\"hatch\" d=\"M0 0V6\"/></pattern>\
<pattern id=\"waiting\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
<path class=\"hatch\" d=\"M0 0V6M0 0H6\"/></pattern>";

/// One case; gives where it ends.
fn panel(out: &mut String, outlook: &Outlook, top: u64) -> u64 {
    let run = &outlook.forecast.likely;
    let end = rows::end(run);
    let mut top = top;
    if !outlook.title.is_empty() {
        put(
            out,
            format_args!(
                "<text class=\"heading\" x=\"{MARGIN}\" y=\"{}\">{}</text>\n",
                top + BAR,
                Xml(&outlook.title)
            ),
        );
        top += ROW;
    }
    let mut lines = rows::pods(run);
    lines.push(rows::endpoints(run));
    lines.extend(rows::windows(run));
    for row in &lines {
        bar(out, row, end, top);
        top += ROW;
    }
    axis(out, end, top)
}

fn bar(out: &mut String, row: &Row, end: u64, top: u64) {
    put(
        out,
        format_args!(
            "<text x=\"{MARGIN}\" y=\"{}\">{}</text>\n",
            top + BAR - 3,
            Xml(&row.label)
        ),
    );
    for segment in &row.segments {
        let (from, to) = (x(segment.from, end), x(segment.to, end));
        let shape = format!(
            "x=\"{from}\" y=\"{top}\" width=\"{}\" height=\"{BAR}\"",
            (to - from).max(1)
        );
        let (class, name) = look(segment.kind, &row.label);
        let (from_s, to_s) = (figure(segment.from), figure(segment.to));
        put(
            out,
            format_args!(
                "<g><title>{}, {from_s} to {to_s} s</title><rect class=\"{class}\" {shape}/>",
                Xml(&name)
            ),
        );
        match segment.kind {
            Kind::Pod(_, Phase::Ready) | Kind::Window(_) => {}
            Kind::Pod(_, phase) => put(out, format_args!("<rect fill=\"url(#{})\" {shape}/>", pattern(phase))),
            Kind::Endpoints(count) => put(
                out,
                format_args!("<text x=\"{}\" y=\"{}\">{count}</text>", from + 4, top + BAR - 3),
            ),
        }
        out.push_str("</g>\n");
    }
}

/// Its class, and what a pointer over it says.
fn look(kind: Kind, row: &str) -> (&'static str, String) {
    match kind {
        Kind::Pod(Version::Old, phase) => ("old", format!("{row}: {}", phase.name())),
        Kind::Pod(Version::New, phase) => ("new", format!("{row}: {}", phase.name())),
        Kind::Endpoints(count) => ("count", format!("{row}: {count}")),
        Kind::Window(WindowKind::Overlap | WindowKind::BothReady | WindowKind::ReducedCapacity) => {
            ("calm", row.to_owned())
        }
        Kind::Window(_) => ("bad", row.to_owned()),
    }
}

const fn pattern(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "waiting",
        Phase::Starting | Phase::Ready => "starting",
        Phase::Draining => "draining",
        Phase::Stopping => "stopping",
    }
}

/// The seconds beneath a panel; gives where the next one may begin.
fn axis(out: &mut String, end: u64, top: u64) -> u64 {
    let left = LABELS + MARGIN;
    put(
        out,
        format_args!("<path class=\"line\" d=\"M{left} {top}H{}\"/>\n", left + SPAN),
    );
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
        .map(|seconds| seconds * 1000)
        .into_iter()
        .find(|step| end / step <= 12)
        .unwrap_or(end);
    for at in (0..).map(|count| count * step).take_while(|&at| at <= end) {
        let x = x(at, end);
        put(
            out,
            format_args!(
                "<path class=\"line\" d=\"M{x} {top}v4\"/><text x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
                top + 18,
                figure(at)
            ),
        );
    }
    put(
        out,
        format_args!("<text x=\"{MARGIN}\" y=\"{}\">seconds</text>\n", top + 18),
    );
    top + 2 * ROW
}

fn legend(out: &mut String, top: u64) -> u64 {
    let mut left = MARGIN;
    for phase in Phase::ALL {
        let shape = format!("x=\"{left}\" y=\"{top}\" width=\"28\" height=\"{BAR}\"");
        put(out, format_args!("<rect class=\"new\" {shape}/>"));
        if phase != Phase::Ready {
            put(out, format_args!("<rect fill=\"url(#{})\" {shape}/>", pattern(phase)));
        }
        put(
            out,
            format_args!(
                "<text x=\"{}\" y=\"{}\">{}</text>\n",
                left + 34,
                top + BAR - 3,
                phase.name()
            ),
        );
        left += 60 + 8 * phase.name().len() as u64;
    }
    top + ROW
}

fn x(at: u64, end: u64) -> u64 {
    let along = u128::from(at.min(end)) * u128::from(SPAN) / u128::from(end.max(1));
    LABELS + MARGIN + u64::try_from(along).unwrap_or(SPAN)
}

fn put(out: &mut String, text: fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

/// Text in XML: markup is escaped, and characters that XML does not know are left out.
struct Xml<'a>(&'a str);

impl Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|char| match char {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\t' | '\n' | '\r' => f.write_char(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => Ok(()),
            char => f.write_char(char),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(
            Xml("<b a=\"1\">&\u{1b}\nü").to_string(),
            "&lt;b a=&quot;1&quot;&gt;&amp; ü"
        );
    }
}
