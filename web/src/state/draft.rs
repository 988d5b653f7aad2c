use rollcast_core::{
    Applier, Baseline, Cluster, Fix, FixForm, HelmLine, LiveClaim, Placement, Request, Reuse, ValuesFile,
};
use yew::AttrValue;

use super::flags::{self, Contents};
use super::seconds::Durations;
use crate::text::normalised;

/// A values file that is being edited. Its id stays when its name or its place changes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tab {
    pub(crate) id: u32,
    pub(crate) name: AttrValue,
    pub(crate) text: AttrValue,
}

/// What runs today, as far as it is entered.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Today {
    pub(crate) chart: AttrValue,
    pub(crate) app: AttrValue,
    /// Which Helm rendered it, where it is not the one that is asked about.
    pub(crate) helm: Option<HelmLine>,
    /// The values files that were given, where they and the flags are not the ones proposed.
    pub(crate) files: Option<Vec<ValuesFile>>,
    /// The flags that were given with these files.
    pub(crate) flags: AttrValue,
    /// What is known of the workspaces claim in the cluster.
    pub(crate) claim: LiveClaim,
}

impl Today {
    /// The name of the file for values that are entered as today's.
    pub(crate) const FILE: &'static str = "today.yaml";

    fn baseline(&self, contents: &Contents) -> Baseline {
        Baseline {
            chart: filled(&self.chart),
            app: filled(&self.app),
            helm: self.helm,
            values: self.files.clone(),
            set: self.files.is_some().then(|| flags::flags(&self.flags, contents)),
            claim: LiveClaim {
                class: self.claim.class.as_deref().and_then(filled),
                ..self.claim.clone()
            },
        }
    }
}

/// A field's text, unless it is blank.
fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Everything the operator has entered. There is always at least one file, and one of them is in front.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) chart: AttrValue,
    pub(crate) app: AttrValue,
    pub(crate) helm: HelmLine,
    pub(crate) tabs: Vec<Tab>,
    pub(crate) front: u32,
    pub(crate) flags: AttrValue,
    /// What the files that flags name contain.
    pub(crate) contents: Contents,
    pub(crate) durations: Durations,
    pub(crate) placement: Placement,
    pub(crate) confirmed: Vec<AttrValue>,
    /// What to compare with.
    pub(crate) today: Option<Today>,
    /// What brings the objects to the cluster, if it is not the Helm that renders.
    pub(crate) applier: Option<Applier>,
    next_id: u32,
}

impl Draft {
    /// The defaults of the core's own request, and one values file.
    pub(crate) fn new(text: String) -> Self {
        let request = Request::default();
        let mut draft = Self {
            chart: request.chart.into(),
            app: request.app.unwrap_or_default().into(),
            helm: request.helm,
            tabs: Vec::new(),
            front: 0,
            flags: AttrValue::default(),
            contents: Contents::new(),
            placement: request.cluster.placement,
            durations: Durations::new(request.cluster),
            confirmed: Vec::new(),
            today: None,
            applier: request.applier,
            next_id: 0,
        };
        draft.add("values.yaml", text);
        draft
    }

    /// Whether nothing was entered.
    pub(crate) fn is_blank(&self) -> bool {
        self.flags.is_empty() && self.tabs.iter().all(|tab| tab.text.is_empty())
    }

    /// Adds a file behind the others and brings it to the front.
    pub(crate) fn add(&mut self, name: &str, text: String) {
        let id = self.next_id;
        self.next_id += 1;
        let name = self.free_name(if name.is_empty() { "values.yaml" } else { name });
        self.tabs.push(Tab {
            id,
            name: name.into(),
            text: normalised(text).into(),
        });
        self.front = id;
    }

    /// Opens files: one that a flag names is what that flag needs, the others are values files. An untouched empty file
    /// makes room for them.
    pub(crate) fn open(&mut self, mut files: Vec<(String, String)>) {
        let needed = flags::read(&self.flags).map_or_else(|_| Vec::new(), |command| flags::needed(&command));
        for path in needed {
            if let Some(at) = files.iter().position(|(name, _)| *name == flags::file_name(&path)) {
                self.supply(path.into(), files.remove(at).1.into());
            }
        }
        if files.is_empty() {
            return;
        }
        self.tabs.retain(|tab| !tab.text.is_empty());
        for (name, text) in files {
            self.add(&name, text);
        }
    }

    /// Supplies the content of a file that a flag names.
    pub(crate) fn supply(&mut self, path: AttrValue, text: AttrValue) {
        self.contents.retain(|(known, _)| *known != path);
        self.contents.push((path, text));
    }

    /// Closes a file; the last one leaves an empty one behind.
    pub(crate) fn close(&mut self, id: u32) {
        let Some(at) = self.position(id) else { return };
        self.tabs.remove(at);
        if self.tabs.is_empty() {
            self.add("", String::new());
        } else if self.front == id {
            self.front = self.tabs[at.min(self.tabs.len() - 1)].id;
        }
    }

    /// Makes the change of a fix, in the form it is meant for. What runs today stays what it is.
    pub(crate) fn apply(&mut self, fix: Fix) {
        self.keep_today();
        match fix.form {
            FixForm::Edit => {
                for edit in fix.edits {
                    match self.tabs.get_mut(edit.file) {
                        Some(tab) => {
                            tab.text = normalised(edit.text).into();
                            self.front = tab.id;
                        }
                        None => self.add(&edit.name, edit.text),
                    }
                }
                self.flags = flags::edited(&self.flags, &fix.flag_edits).into();
            }
            FixForm::Overlay => {
                if let Some(file) = fix.overlay {
                    self.add(&file.name, file.text);
                }
            }
            FixForm::Flags => {
                if let Some(line) = fix.flag_line {
                    let before = self.flags.trim_end();
                    let separator = if before.is_empty() { "" } else { "\n" };
                    self.flags = format!("{before}{separator}{line}").into();
                }
            }
        }
    }

    /// Writes out what today leaves to the proposal.
    fn keep_today(&mut self) {
        let mut request = self.request();
        request.keep_today();
        let (Some(today), Some(kept)) = (&mut self.today, request.baseline) else {
            return;
        };
        // Its flags came from here, and this is how they are written.
        if today.files.is_none() {
            today.flags = self.flags.clone();
        }
        today.files = kept.values;
        today.helm = kept.helm;
        today.chart = kept.chart.unwrap_or_default().into();
    }

    /// The values files, in their order.
    pub(crate) fn files(&self) -> Vec<ValuesFile> {
        let tabs = self.tabs.iter();
        tabs.map(|tab| ValuesFile {
            name: tab.name.to_string(),
            text: tab.text.to_string(),
        })
        .collect()
    }

    pub(crate) fn position(&self, id: u32) -> Option<usize> {
        self.tabs.iter().position(|tab| tab.id == id)
    }

    pub(crate) fn tab_mut(&mut self, id: u32) -> Option<&mut Tab> {
        self.tabs.iter_mut().find(|tab| tab.id == id)
    }

    /// The question this makes.
    pub(crate) fn request(&self) -> Request {
        let mut cluster = Cluster {
            placement: self.placement,
            ..Cluster::default()
        };
        self.durations.write(&mut cluster);
        Request {
            chart: self.chart.trim().to_owned(),
            app: filled(&self.app),
            values: self.files(),
            set: flags::flags(&self.flags, &self.contents),
            helm: self.helm,
            cluster,
            confirmed: self.confirmed.iter().map(ToString::to_string).collect(),
            baseline: self.today.as_ref().map(|today| today.baseline(&self.contents)),
            reuse: self.reuse(),
            applier: self.applier,
        }
    }

    /// What the command takes over from today's values, where they are entered.
    fn reuse(&self) -> Option<Reuse> {
        self.today.as_ref()?;
        flags::read(&self.flags).ok()?.reuse()
    }

    /// `name`, or `name` with a number where that is taken.
    fn free_name(&self, name: &str) -> String {
        let taken = |name: &str| self.tabs.iter().any(|tab| tab.name == *name);
        if !taken(name) {
            return name.to_owned();
        }
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "yaml"));
        (2..)
            .map(|number| format!("{stem}-{number}.{extension}"))
            .find(|name| !taken(name))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use rollcast_core::FileEdit;

    use super::*;

    fn names(draft: &Draft) -> Vec<&str> {
        draft.tabs.iter().map(|tab| tab.name.as_str()).collect()
    }

    #[test]
    fn an_untouched_draft_asks_for_the_defaults() {
        let expected = Request {
            values: vec![ValuesFile {
                name: "values.yaml".to_owned(),
                text: String::new(),
            }],
            ..Request::default()
        };
        assert_eq!(Draft::new(String::new()).request(), expected);
    }

    #[test]
    fn names_stay_distinct() {
        let mut draft = Draft::new("a: 1".to_owned());
        draft.add("", String::new());
        draft.add("", String::new());
        draft.add("prod", String::new());
        draft.add("prod", String::new());
        assert_eq!(
            names(&draft),
            ["values.yaml", "values-2.yaml", "values-3.yaml", "prod", "prod-2.yaml"]
        );
    }

    #[test]
    fn opening_files_keeps_what_was_typed_and_drops_what_was_not() {
        let files = || vec![("a.yaml".to_owned(), "x: 1\r\n".to_owned())];
        let mut draft = Draft::new(String::new());
        draft.open(files());
        assert_eq!(names(&draft), ["a.yaml"]);
        assert_eq!(draft.tabs[0].text, "x: 1\n");
        let mut draft = Draft::new("typed: true".to_owned());
        draft.open(files());
        assert_eq!(names(&draft), ["values.yaml", "a.yaml"]);
        assert_eq!(draft.front, draft.tabs[1].id);
    }

    #[test]
    fn a_file_that_a_flag_names_is_no_values_file() {
        let mut draft = Draft::new("a: 1".to_owned());
        draft.flags = "--set-file app.ca=certs/ca.crt".into();
        let file = |name: &str| (name.to_owned(), "x\r\n".to_owned());
        draft.open(vec![file("b.yaml"), file("ca.crt")]);
        assert_eq!(names(&draft), ["values.yaml", "b.yaml"]);
        assert_eq!(draft.request().set[0].content.as_deref(), Some("x\r\n"));
        draft.supply("certs/ca.crt".into(), "y".into());
        assert_eq!(draft.request().set[0].content.as_deref(), Some("y"));
    }

    fn fix(form: FixForm) -> Fix {
        let file = |name: &str, text: &str| ValuesFile {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let edit = |index: usize, file: ValuesFile| FileEdit {
            file: index,
            name: file.name,
            text: file.text,
            changes: Vec::new(),
        };
        Fix {
            id: "a".to_owned(),
            title: "Set `a: 2`".to_owned(),
            form,
            changes: Vec::new(),
            edits: vec![
                edit(0, file("values.yaml", "a: 2 # why\n")),
                edit(1, file("more.yaml", "b: 1\n")),
            ],
            flag_edits: Vec::new(),
            overlay: Some(file("fix.yaml", "a: 2\n")),
            flags: Vec::new(),
            flag_line: Some("--set a=2".to_owned()),
            resolves: Vec::new(),
        }
    }

    #[test]
    fn a_fix_is_applied_in_its_form_and_no_other() {
        let fixed = |form| {
            let mut draft = Draft::new("a: 1 # why\n".to_owned());
            draft.flags = "--set b=1\n".into();
            draft.apply(fix(form));
            let tabs = draft.tabs.iter().map(|tab| format!("{}: {}", tab.name, tab.text));
            (tabs.collect::<String>(), draft.flags.to_string())
        };
        let flags = || "--set b=1\n".to_owned();
        let first = "values.yaml: a: 1 # why\n";
        assert_eq!(
            fixed(FixForm::Edit),
            ("values.yaml: a: 2 # why\nmore.yaml: b: 1\n".to_owned(), flags())
        );
        assert_eq!(fixed(FixForm::Overlay), (format!("{first}fix.yaml: a: 2\n"), flags()));
        assert_eq!(
            fixed(FixForm::Flags),
            (first.to_owned(), "--set b=1\n--set a=2".to_owned())
        );
    }

    #[test]
    fn a_fix_leaves_today_as_it_is() {
        for (files, flags) in [(None, ""), (Some(Vec::new()), "--set c=3")] {
            let mut draft = Draft::new("a: 1\n".to_owned());
            draft.add("more.yaml", "b: 2\n".to_owned());
            draft.flags = "--set b=1\n".into();
            draft.today = Some(Today {
                files,
                flags: flags.into(),
                ..Today::default()
            });
            let mut kept = draft.request();
            kept.keep_today();
            draft.apply(fix(FixForm::Edit));
            assert_eq!(draft.request().baseline, kept.baseline);
            assert_ne!(draft.request().values, kept.values);
            draft.apply(fix(FixForm::Flags));
            draft.chart = "14.0.0".into();
            draft.helm = HelmLine::V4;
            assert_eq!(draft.request().baseline, kept.baseline);
        }
    }

    #[test]
    fn closing_the_front_file_brings_its_neighbour_and_there_is_always_one() {
        let mut draft = Draft::new("a".to_owned());
        draft.add("b.yaml", String::new());
        draft.add("c.yaml", String::new());
        let [a, b, c] = [draft.tabs[0].id, draft.tabs[1].id, draft.tabs[2].id];
        draft.close(c);
        assert_eq!(draft.front, b);
        draft.close(a);
        assert_eq!(draft.front, b);
        draft.close(b);
        assert_eq!(names(&draft), ["values.yaml"]);
        assert_eq!(draft.front, draft.tabs[0].id);
        assert!(![a, b, c].contains(&draft.front));
    }
}
