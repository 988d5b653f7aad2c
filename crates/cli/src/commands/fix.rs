use std::io::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use rollcast_core::{
    Answer, Fix, FixForm, FlagEdit, GoalState, Offer, Outcome, Report, Request, ValuesFile, catalogue,
    change_catalogue, evaluate, offers,
};
use similar::{ChangeTag, TextDiff};

use crate::args::{BaselineArgs, RequestArgs};
use crate::commands::Status;
use crate::error::Error;
use crate::format::statements::{self, BOLD};
use crate::input::Inputs;
use crate::output::Output;
use crate::printable::Printable;
use crate::replace::Replacement;
use crate::subject::{self, Subject, shown};

/// Show the smallest changes of the values that make findings go away or reach a goal, and write them
///
/// Every change was tried before it is offered: nothing else changes in the effective values, and comments, order and quoting
/// of the files are kept. Without --finding and --goal, all that is offered is listed.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    request: RequestArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    /// A finding that is to go away; can be repeated, and is then mended in this order
    #[arg(long, value_name = "ID", hide_possible_values = true, value_parser = PossibleValuesParser::new(ids()))]
    finding: Vec<String>,

    /// What you want of the rollout
    #[arg(long, value_enum)]
    goal: Option<GoalArg>,

    /// Which of several changes to take, by its number in the list
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..))]
    choice: u8,

    /// Write the files; what comes from standard input goes to standard output
    #[arg(long)]
    write: bool,

    /// How to print what is offered
    #[arg(long, value_enum, default_value_t, conflicts_with = "write")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  rollcast fix first-draft.yaml
  rollcast fix first-draft.yaml --goal no-gap
  rollcast fix first-draft.yaml --finding rolling-on-rwo --choice 2 --write
  helm get values lobu -o yaml | rollcast fix - --goal no-overlap --write";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GoalArg {
    /// Somebody serves all the time
    NoGap,
    /// One version runs at a time
    NoOverlap,
    /// What runs today stays as it is; needs a baseline
    KeepWhatIHave,
}

impl GoalArg {
    const fn id(self) -> &'static str {
        match self {
            Self::NoGap => "no-gap",
            Self::NoOverlap => "no-overlap",
            Self::KeepWhatIHave => "keep-what-i-have",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// The fixes as JSON
    Json,
    /// The same as YAML
    Yaml,
}

const DELETED: Style = AnsiColor::Red.on_default();
const INSERTED: Style = AnsiColor::Green.on_default();

fn ids() -> impl Iterator<Item = &'static str> {
    let findings = catalogue().into_iter().map(|entry| entry.id);
    findings.chain(change_catalogue().into_iter().map(|entry| entry.id))
}

pub(crate) fn run(args: &Args) -> Result<Status, Error> {
    let mut inputs = Inputs::default();
    let request = args.request.request(&mut inputs, Some(&args.baseline))?;
    let report = evaluate(&request);
    let answer = match &report.outcome {
        Outcome::Rendered(answer) => answer,
        Outcome::Refused(failure) => return Ok(super::refused(failure)),
    };
    let wanted: Vec<&str> = args
        .finding
        .iter()
        .map(String::as_str)
        .chain(args.goal.map(GoalArg::id))
        .collect();
    if wanted.is_empty() {
        if args.write {
            return Err(Error::new("say what to write: --finding ID or --goal GOAL"));
        }
        let offers = offers(&report);
        match args.format {
            Format::Text => list(&request, &report, &offers)?,
            Format::Json => super::print_json(&offers)?,
            Format::Yaml => super::print_yaml(&offers)?,
        }
        return Ok(Status::Clean);
    }
    let mended = match mend(&request, &report, &wanted, usize::from(args.choice))? {
        Ok(mended) => mended,
        Err(why) => {
            Error::new(why).print();
            return Ok(Status::Found);
        }
    };
    match args.format {
        Format::Json => super::print_json(&mended.fixes)?,
        Format::Yaml => super::print_yaml(&mended.fixes)?,
        Format::Text if args.write => {
            write(&request, &mended)?;
            if let Some(left) = left_to_do(&mended) {
                Error::new(left).print();
                return Ok(Status::Found);
            }
        }
        Format::Text => show(&request, answer, &mended)?,
    }
    Ok(Status::Clean)
}

/// What came of mending.
struct Mended {
    /// The request with the edited files.
    request: Request,
    fixes: Vec<Fix>,
}

/// Takes one fix after the other, each from the report on what the one before it left; the inner error says why one is not
/// to be had.
fn mend(request: &Request, report: &Report, wanted: &[&str], choice: usize) -> Result<Result<Mended, String>, Error> {
    let mut mended = Mended {
        request: request.clone(),
        fixes: Vec::new(),
    };
    let mut report = report.clone();
    for id in wanted {
        let Outcome::Rendered(answer) = &report.outcome else {
            return Ok(Err(format!("what was mended for {id} is not rendered any more")));
        };
        let offers = offers(&report);
        let Some(offer) = offers.into_iter().find(|offer| offer.id == *id) else {
            // Something before it has mended it as well.
            let gone = mended.fixes.iter().any(|fix| fix.resolves.contains(id));
            if gone || is_reached(answer, id) {
                continue;
            }
            return Ok(Err(format!("there is no change of these values for {id}")));
        };
        let count = offer.fixes.len();
        let Some(fix) = offer.fixes.into_iter().nth(choice - 1) else {
            return Ok(Err(format!("for {id} the numbers go up to {count}")));
        };
        if !fix.forms().contains(&FixForm::Edit) {
            let flags = fix
                .flag_line
                .map_or_else(String::new, |flags| format!(" Add to the command line: {flags}"));
            return Ok(Err(format!("no values file can take the change for {id}.{flags}")));
        }
        fix.apply(FixForm::Edit, &mut mended.request);
        mended.fixes.push(fix);
        report = evaluate(&mended.request);
    }
    Ok(Ok(mended))
}

fn flag_edits(mended: &Mended) -> impl Iterator<Item = &FlagEdit> {
    mended.fixes.iter().flat_map(|fix| &fix.flag_edits)
}

/// What is not in the files, and so not written.
fn left_to_do(mended: &Mended) -> Option<String> {
    let edits: Vec<String> = flag_edits(mended)
        .map(|edit| match edit.line.as_str() {
            "" => format!("take out {}", edit.before),
            line => format!("write {line} for {}", edit.before),
        })
        .collect();
    (!edits.is_empty()).then(|| format!("on the command line {}", edits.join(", and ")))
}

fn is_reached(answer: &Answer, id: &str) -> bool {
    answer
        .goals
        .iter()
        .any(|goal| goal.id == id && goal.state == GoalState::Reached)
}

fn list(request: &Request, report: &Report, offers: &[Offer]) -> Result<(), Error> {
    let name = Subject { request, report }.name();
    let mut out = Output::styled();
    for Offer { id, title, fixes } in offers {
        writeln!(out, "{BOLD}{}: [{id}]{BOLD:#} {}", Printable(&name), Printable(title))?;
        for (index, fix) in fixes.iter().enumerate() {
            statements::indented(&mut out, &(index + 1).to_string(), &fix.title)?;
            if let Some(flags) = &fix.flag_line {
                writeln!(out, "        {}", Printable(flags))?;
            }
        }
    }
    let count: usize = offers.iter().map(|offer| offer.fixes.len()).sum();
    let plural = if count == 1 { "change" } else { "changes" };
    writeln!(out, "{BOLD}{}:{BOLD:#} {count} {plural} offered", Printable(&name))?;
    out.flush()?;
    Ok(())
}

/// The files whose text is another one, before and after; a new file has no text before.
fn edited<'a>(
    before: &'a Request,
    after: &'a Request,
) -> impl Iterator<Item = (Option<&'a ValuesFile>, &'a ValuesFile)> {
    after.values.iter().enumerate().filter_map(|(index, new)| {
        let old = before.values.get(index);
        (old != Some(new)).then_some((old, new))
    })
}

fn show(request: &Request, answer: &Answer, mended: &Mended) -> Result<(), Error> {
    let mut out = Output::styled();
    for (old, new) in edited(request, &mended.request) {
        diff(&mut out, old, new)?;
    }
    for FlagEdit { before, line, .. } in flag_edits(mended) {
        writeln!(out, "{BOLD}--- flags{BOLD:#}")?;
        writeln!(out, "{BOLD}+++ flags{BOLD:#}")?;
        writeln!(out, "{DELETED}-{}{DELETED:#}", Printable(before))?;
        if !line.is_empty() {
            writeln!(out, "{INSERTED}+{}{INSERTED:#}", Printable(line))?;
        }
    }
    let after = evaluate(&mended.request);
    let before = &answer.verdict;
    statements::indented(&mut out, "Now", &subject::side(before.state, &before.headline))?;
    if let Outcome::Rendered(answer) = &after.outcome {
        let after = &answer.verdict;
        statements::indented(&mut out, "Then", &subject::side(after.state, &after.headline))?;
    }
    out.flush()?;
    Ok(())
}

/// A unified diff, which `patch` takes.
fn diff(out: &mut Output, old: Option<&ValuesFile>, new: &ValuesFile) -> Result<(), Error> {
    let text = old.map_or("", |file| file.text.as_str());
    let name = shown(&new.name);
    match old {
        Some(_) => writeln!(out, "{BOLD}--- {}{BOLD:#}", Printable(name))?,
        None => writeln!(out, "{BOLD}--- /dev/null{BOLD:#}")?,
    }
    writeln!(out, "{BOLD}+++ {}{BOLD:#}", Printable(name))?;
    let diff = TextDiff::from_lines(text, &new.text);
    for hunk in diff.unified_diff().iter_hunks() {
        writeln!(out, "{}", hunk.header())?;
        for change in hunk.iter_changes() {
            let style = match change.tag() {
                ChangeTag::Delete => DELETED,
                ChangeTag::Insert => INSERTED,
                ChangeTag::Equal => Style::new(),
            };
            let line = change.value().trim_end_matches(['\n', '\r']);
            writeln!(out, "{style}{}{}{style:#}", change.tag(), Printable(line))?;
            if change.missing_newline() {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// Writes what was edited: every new text is complete beside its file before the first file is replaced.
fn write(before: &Request, mended: &Mended) -> Result<(), Error> {
    let mut out = Output::plain();
    let mut replacements = Vec::new();
    let mut names = Vec::new();
    for (old, new) in edited(before, &mended.request) {
        let path = Path::new(&new.name);
        match old {
            Some(_) if new.name == "-" => out.write_all(new.text.as_bytes())?,
            Some(old) => {
                replacements.push(Replacement::prepare(path, &old.text, &new.text)?);
                names.push(&new.name);
            }
            None => {
                replacements.push(Replacement::create(path, &new.text)?);
                names.push(&new.name);
            }
        }
    }
    replacements.into_iter().try_for_each(Replacement::commit)?;
    for name in names {
        writeln!(out, "{name}: written")?;
    }
    out.flush()?;
    Ok(())
}
