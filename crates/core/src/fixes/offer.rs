//! A change of the values in every form that brings exactly it about.

use rollcast_chart::Release;
use rollcast_values::edit::{self, Edit, Path};
use rollcast_values::{Effective, Origin, Value};

use super::report::{FileEdit, Fix, FixForm, ValueChange};
use super::wish::{Wish, at, fulfilled};
use crate::side::effective;
use crate::{Flag, Request, ValuesFile};

/// A request whose effective values, these, are those wanted.
type Proof = (Request, Effective);

/// The name of the file that says a fix as an overlay.
const OVERLAY: &str = "rollcast.yaml";

/// A fix, and what each of its forms leads to, the first choice first.
pub(crate) struct Offer {
    pub(crate) fix: Fix,
    pub(crate) forms: Vec<Form>,
}

/// One form of a fix, applied.
pub(crate) struct Form {
    pub(crate) form: FixForm,
    pub(crate) request: Request,
    /// The effective values, which are the same in every form; where they come from is not.
    pub(crate) effective: Effective,
}

impl Fix {
    /// The fix in these of its forms only; `None` where none is left.
    pub(crate) fn in_forms(mut self, forms: &[FixForm]) -> Option<Self> {
        self.form = *forms.first()?;
        if !forms.contains(&FixForm::Edit) {
            self.edits.clear();
            self.flag_edits.clear();
        }
        if !forms.contains(&FixForm::Overlay) {
            self.overlay = None;
        }
        if !forms.contains(&FixForm::Flags) {
            self.flags.clear();
            self.flag_line = None;
        }
        Some(self)
    }
}

/// The wishes as a fix, in every form whose effective values, read again, are exactly those wanted; `None` where none is,
/// or nothing would change.
pub(crate) fn offer(request: &Request, release: &'static Release, values: &Value, wishes: &[Wish]) -> Option<Offer> {
    let wanted = fulfilled(values, release.defaults(), wishes)?;
    let proven = |edited: Request| {
        let effective = effective(&edited, release.defaults()).ok()?;
        edit::same(&effective.values, &wanted).then_some((edited, effective))
    };
    let mut forms = Vec::new();
    let mut form = |form, (request, effective)| {
        forms.push(Form {
            form,
            request,
            effective,
        });
    };
    let edits = in_files(request, values, wishes, &proven).map(|(proof, edits)| {
        form(FixForm::Edit, proof);
        edits
    });
    let overlay = overlay(request, values, &wanted, wishes, &proven).map(|(proof, file)| {
        form(FixForm::Overlay, proof);
        file
    });
    let flags = as_flags(request, values, &wanted, wishes, &proven).map(|(proof, flags, line)| {
        form(FixForm::Flags, proof);
        (flags, line)
    });
    let first = forms.first()?.form;
    let (flags, flag_line) = match flags {
        Some((flags, line)) => (flags, Some(line)),
        None => (Vec::new(), None),
    };
    let json = |value: &Value, path: &Path| at(value, path).map(Value::to_json);
    let words: Vec<String> = wishes.iter().map(Wish::words).collect();
    Some(Offer {
        fix: Fix {
            id: id(wishes),
            title: instructions(&words),
            form: first,
            changes: wishes
                .iter()
                .map(|wish| ValueChange {
                    path: wish.path.to_string(),
                    before: json(values, &wish.path),
                    after: json(&wanted, &wish.path),
                })
                .collect(),
            edits: edits.unwrap_or_default(),
            flag_edits: Vec::new(),
            overlay,
            flags,
            flag_line,
            resolves: Vec::new(),
        },
        forms,
    })
}

fn id(wishes: &[Wish]) -> String {
    let parts = wishes.iter().map(|wish| match &wish.value {
        Some(value) => format!("{}={}", wish.path, value.to_json()),
        None => format!("{}-", wish.path),
    });
    parts.collect::<Vec<_>>().join("&")
}

/// "A, b and c"
pub(super) fn instructions(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => capitalised(only),
        [all @ .., last] => capitalised(&format!("{} and {last}", all.join(", "))),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The operator's own files, edited. What is set is set in one file: the one that sets the first path now, or else the
/// last that can take it; what goes is deleted wherever it stands.
fn in_files(
    request: &Request,
    values: &Value,
    wishes: &[Wish],
    proven: &impl Fn(Request) -> Option<Proof>,
) -> Option<(Proof, Vec<FileEdit>)> {
    let origin = wishes.iter().find_map(|wish| {
        let depths = (1..=wish.path.steps.len()).rev();
        let nearest = depths
            .filter_map(|depth| node_file(values, &wish.path.first(depth)))
            .next();
        nearest.flatten()
    });
    let count = request.values.len();
    let mut order: Vec<usize> = origin.into_iter().chain((0..count).rev()).collect();
    if order.is_empty() {
        order.push(0);
    }
    order.dedup();
    order.into_iter().find_map(|chosen| {
        let mut edited = request.clone();
        if edited.values.is_empty() {
            edited.values.push(ValuesFile {
                name: "values.yaml".to_owned(),
                text: String::new(),
            });
        }
        let mut edits = Vec::new();
        for (index, file) in edited.values.iter_mut().enumerate() {
            let wanted: Vec<Edit> = wishes
                .iter()
                .filter_map(|wish| match &wish.value {
                    Some(value) if index == chosen => Some(Edit::Set {
                        path: wish.path.clone(),
                        value: value.clone(),
                    }),
                    Some(_) => None,
                    None => Some(Edit::Delete {
                        path: wish.path.clone(),
                    }),
                })
                .collect();
            let result = edit::edit(&file.text, &wanted).ok()?;
            if result.text == file.text {
                continue;
            }
            file.text.clone_from(&result.text);
            edits.push(FileEdit::new(index, &file.name, result));
        }
        let edited = proven(edited)?;
        (!edits.is_empty()).then_some((edited, edits))
    })
}

/// The file a value comes from, if it comes from one; `None` where there is no such value.
fn node_file(values: &Value, path: &Path) -> Option<Option<usize>> {
    let (last, parents) = path.steps.split_last()?;
    let parent = at(values, &parents.iter().cloned().collect())?;
    match (parent, last) {
        (Value::Map(map), edit::Step::Key(key)) => map.get(key).map(|node| match node.origin {
            Origin::File { file, .. } => Some(file),
            Origin::Default(_) | Origin::Flag { .. } | Origin::LastRelease => None,
        }),
        _ => None,
    }
}

/// What another file or a flag has to say to bring a wish about: the value, also where the operator's own would only have
/// to go.
fn said(values: &Value, wanted: &Value, wishes: &[Wish]) -> Vec<(Path, Value)> {
    wishes
        .iter()
        .filter_map(|wish| {
            let value = match &wish.value {
                Some(value) => value.clone(),
                None => at(wanted, &wish.path).cloned().unwrap_or(Value::Null),
            };
            let unchanged = at(values, &wish.path).is_some_and(|old| edit::same(old, &value));
            (!unchanged).then(|| (wish.path.clone(), value))
        })
        .collect()
}

fn overlay(
    request: &Request,
    values: &Value,
    wanted: &Value,
    wishes: &[Wish],
    proven: &impl Fn(Request) -> Option<Proof>,
) -> Option<(Proof, ValuesFile)> {
    let edits: Vec<Edit> = said(values, wanted, wishes)
        .into_iter()
        .map(|(path, value)| Edit::Set { path, value })
        .collect();
    let file = ValuesFile {
        name: OVERLAY.to_owned(),
        text: edit::edit("", &edits).ok()?.text,
    };
    let mut edited = request.clone();
    edited.values.push(file.clone());
    Some((proven(edited)?, file))
}

fn as_flags(
    request: &Request,
    values: &Value,
    wanted: &Value,
    wishes: &[Wish],
    proven: &impl Fn(Request) -> Option<Proof>,
) -> Option<(Proof, Vec<Flag>, String)> {
    let own = edit::flags(&said(values, wanted, wishes)).ok()?;
    let line: Vec<String> = own.iter().map(edit::OwnFlag::shell).collect();
    let flags: Vec<Flag> = own
        .into_iter()
        .map(|flag| Flag {
            kind: flag.kind,
            arg: flag.arg,
            content: None,
        })
        .collect();
    let mut edited = request.clone();
    edited.set.extend(flags.iter().cloned());
    Some((proven(edited)?, flags, line.join(" ")))
}
