//! What is rewritten in flags: the flag itself, because one behind it would leave the trap in the command.

use std::ops::Range;

use rollcast_chart::ValueType;
use rollcast_values::edit::{OwnFlag, Path, Step, same};
use rollcast_values::{
    Flag as GivenFlag, FlagKind, Given, Note, NoteKind, Origin, Pair, Sets, Value, effective, pairs,
};

use super::report::FlagEdit;
use super::rewrite::{Rewrite, leaves, notes, path, told_by};
use super::subject;
use super::wish::placeless;
use crate::findings::Situation;
use crate::{Finding, Flag};

/// What takes the place of a pair: a flag of this kind with this argument, or nothing.
type Other = Option<(FlagKind, String)>;

/// The rewritings to try for one finding about flags, the mildest first.
pub(super) fn rewrites(situation: &Situation<'_>, finding: &Finding) -> Vec<Rewrite> {
    let spelt = subject(finding).unwrap_or_default();
    let found = hits(situation, finding.id, spelt);
    let others: Vec<Vec<Other>> = found
        .iter()
        .map(|hit| hit.others(situation, finding.id).unwrap_or_default())
        .collect();
    let most = others.iter().map(Vec::len).min().unwrap_or(0);
    (0..most)
        .filter_map(|at| {
            let chosen: Option<Vec<Other>> = others.iter().map(|others| others.get(at).cloned()).collect();
            let rewrite = rewrite(situation, spelt, &found, &chosen?)?;
            Some(Rewrite {
                id: format!("{}:{spelt}:{at}", finding.id),
                ..rewrite
            })
        })
        .collect()
}

/// A pair that a finding is about.
struct Hit<'a> {
    /// Index of the flag.
    index: usize,
    flag: &'a Flag,
    pair: Pair,
    note: NoteKind,
}

fn given<'a>(kind: FlagKind, arg: &'a str, content: Option<&'a str>) -> GivenFlag<'a> {
    GivenFlag { kind, arg, content }
}

fn hits<'a>(situation: &'a Situation<'_>, id: &str, spelt: &str) -> Vec<Hit<'a>> {
    let mut hits: Vec<Hit<'a>> = Vec::new();
    for note in notes(situation, id, spelt) {
        let Origin::Flag { flag: index } = note.origin else {
            continue;
        };
        let Some(flag) = situation.request.set.get(index) else {
            continue;
        };
        if hits.iter().any(|hit| hit.index == index) {
            continue;
        }
        for pair in pairs(&given(flag.kind, &flag.arg, flag.content.as_deref())).unwrap_or_default() {
            let Some(written) = flag.arg.get(pair.range.clone()) else {
                continue;
            };
            let alone = [given(flag.kind, written, flag.content.as_deref())];
            let alone = Given {
                files: &[],
                flags: &alone,
                helm: situation.request.helm,
            };
            let same = |other: &Note| told_by(&other.kind) == Some(id) && other.path == note.path;
            if effective(situation.release.defaults(), "", &alone).is_ok_and(|read| read.notes.iter().any(same)) {
                hits.push(Hit {
                    index,
                    flag,
                    pair,
                    note: note.kind.clone(),
                });
            }
        }
    }
    hits
}

/// Every hit with what takes its place.
fn rewrite(situation: &Situation<'_>, spelt: &str, hits: &[Hit<'_>], others: &[Other]) -> Option<Rewrite> {
    let mut request = situation.request.clone();
    let mut flag_edits: Vec<FlagEdit> = Vec::new();
    let mut expected = Vec::new();
    for (index, flag) in situation.request.set.iter().enumerate() {
        let here = || hits.iter().zip(others).filter(|(hit, _)| hit.index == index);
        if here().next().is_none() {
            continue;
        }
        let own = given(flag.kind, &flag.arg, flag.content.as_deref());
        let mut kept: Vec<String> = Vec::new();
        let mut apart: Vec<(FlagKind, String)> = Vec::new();
        for pair in pairs(&own)? {
            match here().find(|(hit, _)| hit.pair == pair) {
                None => kept.push(flag.arg.get(pair.range)?.to_owned()),
                Some((_, Some((kind, arg)))) if *kind == flag.kind => kept.push(arg.clone()),
                Some((_, Some(other))) => apart.push(other.clone()),
                Some((_, None)) => {}
            }
        }
        let joined = Some(kept.join(",")).filter(|_| !kept.is_empty());
        let whole = joined.into_iter().map(|arg| Flag { arg, ..flag.clone() });
        let apart = apart.into_iter().map(|(kind, arg)| Flag {
            kind,
            arg,
            content: None,
        });
        let after: Vec<Flag> = whole.chain(apart).collect();
        flag_edits.push(FlagEdit {
            flag: index,
            before: shell(flag),
            line: after.iter().map(shell).collect::<Vec<_>>().join(" "),
            after,
        });
    }
    for (hit, other) in hits.iter().zip(others) {
        if let Some((kind, arg)) = other {
            let new = pairs(&given(*kind, arg, hit.flag.content.as_deref()))?;
            expected.extend(
                new.into_iter()
                    .filter_map(|pair| pair.sets)
                    .flat_map(|sets| leaves(&sets.path, &sets.value)),
            );
        }
        if let (NoteKind::EmptyPlaces { .. }, Some(list)) = (&hit.note, path(spelt)) {
            expected.push((list, None));
        }
        let old = hit.pair.sets.as_ref().map(|sets| sets.path.clone());
        let old = old.filter(|old| !old.steps.is_empty()).or_else(|| path(spelt));
        if let Some(old) = old.filter(|old| expected.iter().all(|(path, _)| path != old)) {
            expected.push((old, None));
        }
    }
    FlagEdit::make(&flag_edits, &mut request.set);
    let titles = flag_edits.iter().map(|edit| {
        if edit.after.is_empty() {
            format!("take out `{}`", edit.before)
        } else {
            format!("write `{}` for `{}`", edit.line, edit.before)
        }
    });
    Some(Rewrite {
        id: String::new(),
        title: super::offer::instructions(&titles.collect::<Vec<_>>()),
        request,
        edits: Vec::new(),
        flag_edits,
        expected,
    })
}

fn shell(flag: &Flag) -> String {
    let own = OwnFlag {
        kind: flag.kind,
        arg: flag.arg.clone(),
    };
    own.shell()
}

impl Hit<'_> {
    /// Key and value as they are written, and what they come to.
    fn written(&self) -> Option<(&str, &str, &Sets)> {
        let sets = self.pair.sets.as_ref()?;
        let key: Range<usize> = self.pair.range.start..sets.at.checked_sub(1)?;
        Some((
            self.flag.arg.get(key)?,
            self.flag.arg.get(sets.at..self.pair.range.end)?,
            sets,
        ))
    }

    /// What can take its place; `None` where only the author knows.
    fn others(&self, situation: &Situation<'_>, id: &str) -> Option<Vec<Other>> {
        let kind = self.flag.kind;
        if id == "flag-without-effect" {
            return Some(vec![None]);
        }
        let (key, value, sets) = self.written()?;
        // A backslash says that the character behind it is meant.
        let plain = || Some(()).filter(|()| !value.contains('\\'));
        let type_of = Expected::of(situation, &sets.path);
        let same_kind = |value: String| Some((kind, format!("{key}={value}")));
        let as_text = |value: &str| Some((FlagKind::SetString, format!("{key}={value}")));
        match id {
            "flag-blank-around-key" => {
                let trimmed = trimmed_key(key)?;
                Some(vec![Some((kind, format!("{trimmed}={value}")))])
            }
            "flag-blank-around-value" => {
                plain()?;
                Some(vec![same_kind(each_item(value, str::trim))])
            }
            "flag-quotes-kept" => {
                plain()?;
                let bare = each_item(value, unquoted);
                let text = as_text(&bare);
                let bare = same_kind(bare);
                let differ = kind == FlagKind::Set && !reads_same(&bare, &text);
                Some(match type_of {
                    Expected::Text if differ => vec![text],
                    Expected::Unknown if differ => vec![bare, text],
                    _ => vec![bare],
                })
            }
            "flag-keeps-text" => {
                let text = as_text(value).filter(|text| sets_to(text).is_some_and(|found| same(&found, &sets.value)));
                let meant = said(key, &in_file(&sets.value));
                let chosen = match type_of {
                    Expected::Text => vec![text],
                    Expected::Other => vec![meant],
                    Expected::Unknown => vec![text, meant],
                };
                Some(chosen.into_iter().flatten().map(Some).collect())
            }
            "flag-braces-are-a-list" => {
                let json = |value: &str| Some((FlagKind::SetJson, format!("{key}={value}")));
                let default = situation.default_of(&sets.path.to_string());
                Some(match default {
                    Some(Value::List(_)) => vec![json("[]")],
                    Some(Value::Map(map)) if map.is_empty() => vec![json("{}")],
                    Some(Value::Map(_)) => vec![Some((FlagKind::Set, format!("{key}=null")))],
                    _ => vec![json("[]"), json("{}")],
                })
            }
            "flag-discards-default-list" | "flag-leaves-empty-places" => self.whole_list(situation, key, sets),
            _ => None,
        }
    }

    /// The list of which a place was set: the chart's with this item, or the item alone; where a list is given already, the
    /// item at its end.
    fn whole_list(&self, situation: &Situation<'_>, key: &str, sets: &Sets) -> Option<Vec<Other>> {
        let (last, parents) = sets.path.steps.split_last()?;
        let Step::Index(index) = last else { return None };
        let list: Path = parents.iter().cloned().collect();
        let (base, _) = key.rsplit_once('[')?;
        let mut others = Vec::new();
        if let NoteKind::EmptyPlaces { count } = self.note
            && count < *index
        {
            // Behind what is there.
            let value = self.flag.arg.get(sets.at..self.pair.range.end)?;
            return Some(vec![Some((
                self.flag.kind,
                format!("{base}[{}]={value}", index - count),
            ))]);
        }
        let item = placeless(sets.value.clone());
        let alone = said(base, &Value::List(vec![item.clone()]));
        if let Some(Value::List(default)) = situation.default_of(&list.to_string())
            && let mut items = default.clone()
            && *index <= items.len()
        {
            items.splice(*index..items.len().min(index + 1), [item]);
            others.extend(
                said(base, &Value::List(items))
                    .filter(|own| Some(own) != alone.as_ref())
                    .map(Some),
            );
        }
        others.extend(alone.map(Some));
        Some(others)
    }
}

/// What the chart takes a value for.
enum Expected {
    Text,
    Other,
    Unknown,
}

impl Expected {
    fn of(situation: &Situation<'_>, path: &Path) -> Self {
        let spelt = path.to_string();
        // Every variable is printed in quotes.
        if spelt.contains(".env.") {
            return Self::Text;
        }
        let known = situation.release.known_keys().find(|key| key.path == spelt);
        match known.map(|key| key.types) {
            Some([ValueType::Text]) => Self::Text,
            Some(types) if !types.contains(&ValueType::Text) => Self::Other,
            _ => Self::Unknown,
        }
    }
}

/// The value of a flag of one pair.
fn sets_to((kind, arg): &(FlagKind, String)) -> Option<Value> {
    let pair = pairs(&given(*kind, arg, None))?.into_iter().next()?;
    pair.sets.map(|sets| sets.value)
}

fn reads_same(one: &Other, other: &Other) -> bool {
    let value = |other: &Other| other.as_ref().and_then(sets_to);
    matches!((value(one), value(other)), (Some(one), Some(other)) if same(&one, &other))
}

/// The flag that gives a key, as it is written, a value: `--set` where that says it.
fn said(key: &str, value: &Value) -> Option<(FlagKind, String)> {
    let plain = |value: &Value| match value {
        Value::Null => "null".to_owned(),
        value => value.print(),
    };
    let simple = match value {
        Value::List(items) => format!(
            "{{{}}}",
            items
                .iter()
                .map(|item| plain(&item.value))
                .collect::<Vec<_>>()
                .join(",")
        ),
        value => plain(value),
    };
    let spellings = [(FlagKind::Set, simple), (FlagKind::SetJson, value.to_json())];
    spellings
        .into_iter()
        .map(|(kind, text)| (kind, format!("{key}={text}")))
        .find(|own| sets_to(own).is_some_and(|found| same(&found, value)))
}

/// What a values file makes of texts; digits with a zero before them are taken as the number that people read.
fn in_file(value: &Value) -> Value {
    match value {
        Value::List(items) => Value::List(items.iter().map(|item| placeless(in_file(&item.value))).collect()),
        Value::Str(text) => {
            let digits = text.trim_start_matches('0');
            if digits.len() < text.len()
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && let Ok(number) = format!("0{digits}").parse()
            {
                return Value::Int(number);
            }
            let read = rollcast_values::read(format!("x: {text}").as_bytes(), Origin::Default).ok();
            read.and_then(|read| read.map.get("x").map(|node| node.value.clone()))
                .unwrap_or_else(|| value.clone())
        }
        value => value.clone(),
    }
}

/// A key without the blanks around its names; `None` where a backslash says that one is meant.
fn trimmed_key(key: &str) -> Option<String> {
    if key.contains('\\') {
        return None;
    }
    let names = key.split('.').map(|name| match name.split_once('[') {
        Some((name, index)) => format!("{}[{}", name.trim(), index.trim_end()),
        None => name.trim().to_owned(),
    });
    Some(names.collect::<Vec<_>>().join("."))
}

/// A value, or each item of one in braces, changed.
fn each_item(value: &str, change: impl Fn(&str) -> &str) -> String {
    let inner = value.trim().strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
    match inner.filter(|_| value.starts_with('{')) {
        Some(inner) => format!("{{{}}}", inner.split(',').map(change).collect::<Vec<_>>().join(",")),
        None => change(value).to_owned(),
    }
}

fn unquoted(text: &str) -> &str {
    let inner = |quote: char| text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}
