//! What must hold of links, whoever wrote them.
//!
//! `f` is a fragment, `j` a payload, `c` a release, and every other part a values file or, with a digit, a flag of which a
//! link is made.

use rollcast_chart::Release;
use rollcast_share::{Fragment, LIMIT, Link, LinkError, conceal, reduce};
use rollcast_values::{File, Flag, FlagKind, Given, HelmLine, Map, Value, edit, effective};

use crate::parts::{chart, flag_kind, from_shell, is_light, parts};

/// Checks an input.
///
/// # Panics
/// It does not hold.
pub fn check(data: &[u8]) {
    let mut release = Release::all().first().expect("there are releases");
    let mut files = Vec::new();
    let mut args: Vec<(FlagKind, String)> = Vec::new();
    for (kind, text) in parts(data) {
        match (kind, flag_kind(kind)) {
            (_, Some(kind)) if is_light(&text) => args.push((kind, text)),
            (_, Some(_)) => {}
            (b'f', _) => fragment(&text),
            (b'j', _) => payload(&text),
            (b'c', _) => release = Release::find(&chart(&text)).unwrap_or(release),
            _ => files.push(text),
        }
    }
    for text in &files {
        let hidden = conceal(text);
        assert_eq!(conceal(&hidden), hidden, "what is hidden is no secret");
    }
    made(release, &files, &args);
}

fn fragment(text: &str) {
    let read = Fragment::read(text);
    assert_eq!(Fragment::read(&format!("#{text}")).link, read.link);
    match read.link {
        Some(Ok(link)) => travels(&link),
        Some(Err(error)) => assert!(!error.to_string().is_empty()),
        None => {}
    }
}

fn payload(text: &str) {
    match Link::from_json(text) {
        Ok(link) => travels(&link),
        Err(error) => assert_eq!(error, LinkError::Damaged),
    }
}

/// A link that was read is written and read as the same.
fn travels(link: &Link) {
    assert_eq!(Link::from_json(&link.to_json()).as_ref(), Ok(link));
    match Fragment::write(link) {
        Ok(text) => {
            assert!(text.len() <= LIMIT + 3);
            assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte)),
                "{text}"
            );
            assert_eq!(Fragment::read(&text).link, Some(Ok(link.clone())));
        }
        Err(error) => assert_eq!(error, LinkError::TooLarge),
    }
}

/// What is kept of somebody's values gives, over the same defaults, the same values; masking it twice masks nothing more.
fn made(release: &Release, files: &[String], args: &[(FlagKind, String)]) {
    let files: Vec<File<'_>> = files.iter().map(|text| File { name: "v.yaml", text }).collect();
    let flags: Vec<Flag<'_>> = args
        .iter()
        .map(|(kind, arg)| Flag {
            kind: *kind,
            arg,
            content: Some("content"),
        })
        .collect();
    let given = Given {
        files: &files,
        flags: &flags,
        helm: HelmLine::V3_17,
    };
    let Ok(whole) = effective(release.defaults(), "lobu", &given) else {
        return;
    };
    let Value::Map(table) = &whole.given else { return };
    let mut reduced = reduce(table, release.defaults(), &|_| true);
    assert!(reduced.left_out.is_empty());
    let (text, flags) = reduced.overlay();
    let back = applied(release.defaults(), &text, &flags);
    assert!(
        edit::same(&back, &whole.values),
        "{text}{flags:?}\n{}\n{}",
        back.to_json(),
        whole.values.to_json()
    );
    reduced.mask();
    assert_eq!(
        reduced.mask(),
        Vec::<String>::new(),
        "{}",
        Value::Map(reduced.kept).to_json()
    );
}

/// The values that an overlay and its flags give.
fn applied(defaults: &Map, text: &str, flags: &[String]) -> Value {
    let line = format!("helm template lobu ./lobu {}", flags.join(" "));
    match from_shell(&line, &[File { name: "v.yaml", text }], defaults) {
        Ok(found) => found.values,
        Err(error) => panic!("what was written is refused: {error}\n{text}"),
    }
}
