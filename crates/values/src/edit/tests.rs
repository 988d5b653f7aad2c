use super::*;
use crate::value::Node;

fn value(text: &str) -> Value {
    let document = format!("x: {text}");
    read(document.as_bytes(), Origin::Default).unwrap().map["x"]
        .value
        .clone()
}

fn set(path: &str, text: &str) -> Edit {
    Edit::Set {
        path: Path::dotted(path),
        value: value(text),
    }
}

fn delete(path: &str) -> Edit {
    Edit::Delete {
        path: Path::dotted(path),
    }
}

fn item(path: &str, at: usize) -> Path {
    Path::dotted(path).then(Step::Index(at))
}

/// The edited text, after the undo is found to restore the old bytes.
fn edited(text: &str, edits: &[Edit]) -> Result<String, Refusal> {
    let edited = edit(text, edits)?;
    assert_eq!(edited.undone(), text);
    Ok(edited.text)
}

#[track_caller]
fn check(text: &str, edits: &[Edit], expected: &str) {
    assert_eq!(edited(text, edits).as_deref(), Ok(expected), "{text:?}");
}

#[test]
fn a_scalar_is_replaced_where_it_stands() {
    for (text, path, new, expected) in [
        ("a: 1 # one\nb: 2\n", "a", "3", "a: 3 # one\nb: 2\n"),
        ("a: 'x' # q\n", "a", "y z", "a: 'y z' # q\n"),
        ("a: \"x\"", "a", "yes it's", "a: \"yes it's\""),
        ("a: x\n", "a", "'true'", "a: \"true\"\n"),
        ("a: {b: 1, c: 2}\n", "a.b", "'x, y'", "a: {b: \"x, y\", c: 2}\n"),
        ("a:\n  b:   5\n", "a.b", "false", "a:\n  b:   false\n"),
        ("a: &x !!str 5 # c\n", "a", "6", "a: &x 6 # c\n"),
        ("a: !!str 5\n", "a", "true", "a: true\n"),
        ("a: |\n  text\n\n# c\nb: 1\n", "a", "short", "a: short\n\n# c\nb: 1\n"),
        (
            "a: |+ # keep\n  text\n\nb: 1\n",
            "a",
            "short",
            "a: short # keep\nb: 1\n",
        ),
        ("a: one\n  two\n  three # c\nb: 1\n", "a", "4", "a: 4 # c\nb: 1\n"),
        ("a:\nb: 1\n", "a", "4", "a: 4\nb: 1\n"),
        ("a: # c\nb: 1\n", "a", "4", "a: 4 # c\nb: 1\n"),
        ("a: &x\nb: 1\n", "a", "4", "a: &x 4\nb: 1\n"),
        ("? a\n: 1\nb: 1\n", "a", "4", "? a\n: 4\nb: 1\n"),
        ("? a\n", "a", "4", "? a\n: 4\n"),
        ("x: {a, b: 1}", "x.a", "4", "x: {a: 4, b: 1}"),
        ("x: {a: , b: 1}", "x.a", "4", "x: {a: 4 , b: 1}"),
        ("on: 1\n", "true", "4", "on: 4\n"),
        ("'a.b': 1\n\"c\": 2\n", "c", "4", "'a.b': 1\n\"c\": 4\n"),
        ("a: 1\nb: 2\na: 3\n", "a", "4", "a: 1\nb: 2\na: 4\n"),
        ("a: *x\n", "b", "4", "a: *x\n"),
    ] {
        if text.contains('*') {
            assert!(matches!(edited(text, &[set(path, new)]), Err(Refusal::Unreadable(_))));
            continue;
        }
        check(text, &[set(path, new)], expected);
    }
}

#[test]
fn an_edit_that_changes_nothing_changes_no_byte() {
    for text in ["a: 0x10 # c", "a: [1, {b: 'x'}]\n", "a: |\n  x\n"] {
        let old = read(text.as_bytes(), Origin::Default).unwrap().map["a"].value.clone();
        let edit = Edit::Set {
            path: Path::dotted("a"),
            value: old,
        };
        check(text, &[edit, delete("b.c")], text);
    }
}

#[test]
fn missing_parents_are_made_in_the_files_own_hand() {
    for (text, path, new, expected) in [
        ("", "a.b", "1", "a:\n  b: 1\n"),
        ("# only a comment", "a.b", "1", "# only a comment\na:\n  b: 1\n"),
        ("# c\r\n", "a.b", "1", "# c\r\na:\r\n  b: 1\r\n"),
        ("---\n# c\n", "a.b", "1", "---\n# c\na:\n  b: 1\n"),
        ("---\n", "a", "1", "---\na: 1\n"),
        ("null # c\n", "a", "1", "a: 1 # c\n"),
        ("app:\n", "app.x.z", "1", "app:\n  x:\n    z: 1\n"),
        ("app: # c\nb: 1\n", "app.x", "1", "app: # c\n  x: 1\nb: 1\n"),
        ("app: null # c\nb: 1", "app.x", "1", "app: # c\n  x: 1\nb: 1"),
        ("b: 1\napp: ~", "app.x", "1", "b: 1\napp:\n  x: 1"),
        ("app: {}\n", "app.x.z", "1", "app: {x: {z: 1}}\n"),
        ("app: {a: 1} # c\n", "app.x", "1", "app: {a: 1, x: 1} # c\n"),
        (
            "a:\n    b:\n        c: 1\n",
            "a.d.e",
            "[x]",
            "a:\n    b:\n        c: 1\n    d:\n        e:\n            - x\n",
        ),
        (
            "a:\n- 1\n",
            "b",
            "[x, {k: 1, z: 2}]",
            "a:\n- 1\nb:\n- x\n- k: 1\n  z: 2\n",
        ),
        ("  a: 1\n\nb: dropped\n", "c", "1", "  a: 1\n  c: 1\n\nb: dropped\n"),
        (
            "\u{FEFF}a: 1\r\nb: 2",
            "c.d",
            "1",
            "\u{FEFF}a: 1\r\nb: 2\r\nc:\r\n  d: 1",
        ),
        ("a: 1\rb: 2\r", "c", "1", "a: 1\rb: 2\rc: 1\r"),
        ("a: 1\n---\nb: 2\n", "c", "1", "a: 1\nc: 1\n---\nb: 2\n"),
        (
            "a:\n  b: |\n    t\n\n# S\nc: 1\n",
            "a.d",
            "1",
            "a:\n  b: |\n    t\n  d: 1\n\n# S\nc: 1\n",
        ),
        (
            "a:\n  b: |+\n    t\n\n# S\nc: 1\n",
            "a.d",
            "1",
            "a:\n  b: |+\n    t\n\n  d: 1\n# S\nc: 1\n",
        ),
        ("a:\n  b: |\n    t", "a.d", "1", "a:\n  d: 1\n  b: |\n    t"),
        ("\"a\": 1\n", "b", "1", "\"a\": 1\n\"b\": 1\n"),
        ("{\n  \"a\": 1\n}\n", "b", "x", "{\n  \"a\": 1,\n  \"b\": \"x\"\n}\n"),
        ("{\n  a: 1, # c\n}\n", "b", "x", "{\n  a: 1, # c\n  b: x,\n}\n"),
        ("l: [a: 1]\n", "b", "x", "l: [a: 1]\nb: x\n"),
        (
            "a: &x {k: 1}\nb: {<<: *x, z: 1}\n",
            "b.k",
            "2",
            "a: &x {k: 1}\nb: {<<: *x, z: 1, k: 2}\n",
        ),
    ] {
        check(text, &[set(path, new)], expected);
    }
}

#[test]
fn a_collection_takes_the_place_of_another_value_and_the_other_way_round() {
    for (text, path, new, expected) in [
        (
            "a: 5 # c\nb: 1\n",
            "a",
            "{x: 1, z: [2]}",
            "a: # c\n  x: 1\n  z:\n    - 2\nb: 1\n",
        ),
        ("a: 'x'\n", "a", "{}", "a: {}\n"),
        (
            "a:\n  x: 1 # one\n  # two\n  y: 2\nb: 1\n",
            "a",
            "5",
            "a: 5\n# one\n# two\nb: 1\n",
        ),
        (
            "a: # zero\n  x: 1 # one\nb: 1\n",
            "a",
            "5",
            "a: 5 # zero\n# one\nb: 1\n",
        ),
        ("a: &n\n  x: 1\nb: 1\n", "a", "5", "a: &n 5\nb: 1\n"),
        ("a: [1, 2]\n", "a", "{x: 1}", "a: {x: 1}\n"),
        ("a: [ # c\n  1]\nb: 1\n", "a", "5", "a: 5\n# c\nb: 1\n"),
        ("a: [1, 2, 3]\n", "a", "[1]", "a: [1]\n"),
        (
            "a:\n  - ReadWriteOnce # c\n",
            "a",
            "[ReadWriteMany]",
            "a:\n  - ReadWriteMany # c\n",
        ),
        (
            "a: [ReadWriteOnce]\n",
            "a",
            "[ReadWriteMany, x]",
            "a: [ReadWriteMany, x]\n",
        ),
        ("a: []\n", "a", "[ReadWriteMany]", "a: [ReadWriteMany]\n"),
        (
            "s:\n  type: RollingUpdate # t\n  rollingUpdate:\n    maxSurge: 1 # m\nb: 1\n",
            "s",
            "{type: Recreate}",
            "s:\n  type: Recreate # t\n  # m\nb: 1\n",
        ),
        ("a: |\n  x\n  y\n", "a", "\"p\\nq\\n\"", "a: |\n  p\n  q\n"),
        ("- a: 1\n", "x", "1", ""),
    ] {
        if expected.is_empty() {
            assert!(matches!(edited(text, &[set(path, new)]), Err(Refusal::Unreadable(_))));
            continue;
        }
        check(text, &[set(path, new)], expected);
    }
}

#[test]
fn a_deleted_entry_leaves_its_comments_and_its_neighbours() {
    for (text, path, expected) in [
        ("a: 1\nb: 2\nc: 3\n", "b", "a: 1\nc: 3\n"),
        ("a: 1\nb: 2 # two\nc: 3\n", "b", "a: 1\n# two\nc: 3\n"),
        ("a: 1\nb:\n  # x\n  c: 3\n    # deep\n", "b", "a: 1\n# x\n# deep\n"),
        ("a: |\n  t\nb:\n    # x\n  c: 3\nd: 1\n", "b", "a: |\n  t\n# x\nd: 1\n"),
        ("a:\n  b: 1 # c\n", "a.b", "a: {}\n# c\n"),
        ("a:\n  b: 1\nc: 2\n", "a.b", "a: {}\nc: 2\n"),
        ("a: 1\n", "a", ""),
        ("# h\na: 1 # c", "a", "# h\n# c"),
        ("\u{FEFF}a: 1\nb: 2\n", "a", "\u{FEFF}b: 2\n"),
        ("a: {x: 1, w: 2, z: 3}\n", "a.x", "a: {w: 2, z: 3}\n"),
        ("a: {x: 1, w: 2, z: 3}\n", "a.w", "a: {x: 1, z: 3}\n"),
        ("a: {x: 1, w: 2, z: 3}\n", "a.z", "a: {x: 1, w: 2}\n"),
        ("a: { x: 1 }\n", "a.x", "a: {}\n"),
        ("{\n  \"a\": 1,\n  \"b\": 2\n}\n", "b", "{\n  \"a\": 1\n}\n"),
        (
            "{\n  a: 1, # one\n  b: 2, # two\n}\n",
            "a",
            "{\n  # one\n  b: 2, # two\n}\n",
        ),
        ("a: 1\nb: 2\na: 3\n", "a", "b: 2\n"),
        ("? a\n: 1\nb: 2\n", "a", "b: 2\n"),
        ("a: 1\r\nb: 2\r\nc: 3", "c", "a: 1\r\nb: 2\r\n"),
        ("a: |+\n  x\n\nb: |+\n  y\n\n", "b", "a: |+\n  x\n\n"),
    ] {
        check(text, &[delete(path)], expected);
    }
}

#[test]
fn items_come_and_go() {
    let add = |path: &str, at: usize, text: &str| Edit::Insert {
        path: Path::dotted(path),
        at,
        value: value(text),
    };
    for (text, edit, expected) in [
        (
            "a:\n  - 1\n  - 2 # c\n",
            add("a", 2, "3"),
            "a:\n  - 1\n  - 2 # c\n  - 3\n",
        ),
        (
            "a:\n- 1\n- 2\n",
            add("a", 0, "{x: 1, z: 2}"),
            "a:\n- x: 1\n  z: 2\n- 1\n- 2\n",
        ),
        ("a:\n- 'x'\nb: 1\n", add("a", 1, "w"), "a:\n- 'x'\n- 'w'\nb: 1\n"),
        ("a: [1, 2]\n", add("a", 1, "x"), "a: [1, x, 2]\n"),
        ("a: []\n", add("a", 0, "x"), "a: [x]\n"),
        ("a:\n", add("a", 0, "x"), "a:\n  - x\n"),
        ("b: 1\n", add("a.l", 0, "x"), "b: 1\na:\n  l:\n    - x\n"),
        (
            "a:\n  - - 1\n    - 2\n",
            Edit::Insert {
                path: item("a", 0),
                at: 0,
                value: value("0"),
            },
            "a:\n  - - 0\n    - 1\n    - 2\n",
        ),
        (
            "a:\n  - x: 1 # c\n    y: 2\n",
            Edit::Delete {
                path: item("a", 0).then(Step::Key("x".to_owned())),
            },
            "a:\n  - # c\n    y: 2\n",
        ),
        (
            "a:\n  - x: 1\n    y: 2\n",
            Edit::Delete {
                path: item("a", 0).then(Step::Key("x".to_owned())),
            },
            "a:\n  - y: 2\n",
        ),
        ("a:\n  - 1 # c\n", Edit::Delete { path: item("a", 0) }, "a: []\n# c\n"),
        (
            "a:\n  - 1\n  - 2\n  - 3\n",
            Edit::Delete { path: item("a", 1) },
            "a:\n  - 1\n  - 3\n",
        ),
        (
            "a:\n  -\n  - 2\n",
            Edit::Set {
                path: item("a", 0),
                value: value("x"),
            },
            "a:\n  - x\n  - 2\n",
        ),
        (
            "l: [a: 1, b]\n",
            Edit::Set {
                path: item("l", 0).then(Step::Key("c".to_owned())),
                value: value("2"),
            },
            "l: [{a: 1, c: 2}, b]\n",
        ),
    ] {
        if text == "a:\n  - 1 # c\n" {
            let found = edited(text, &[edit]).unwrap();
            assert_eq!(found, "a: []\n  # c\n".replace("  # c", "# c"));
            continue;
        }
        check(text, &[edit], expected);
    }
}

#[test]
fn what_stands_in_several_places_is_refused_with_its_reason() {
    let refused = |text: &str, edit: Edit| edited(text, &[edit]).expect_err(text);
    let path = Path::dotted;
    assert_eq!(
        refused("a: &x {k: 1}\nb: *x\n", set("b.k", "2")),
        Refusal::Alias {
            path: path("b"),
            anchor: "x".to_owned()
        }
    );
    for edit in [set("a.k", "2"), set("a", "2"), delete("a")] {
        assert!(matches!(refused("a: &x {k: 1}\nb: *x\n", edit), Refusal::Anchored { anchor, .. } if anchor == "x"));
    }
    assert_eq!(
        refused("a: &x {k: {l: 1}}\nb: {<<: *x}\n", set("b.k.l", "2")),
        Refusal::Merged { path: path("b.k") }
    );
    assert_eq!(
        refused("a: &x {k: 1}\nb: {<<: *x}\n", delete("b.k")),
        Refusal::Merged { path: path("b.k") }
    );
    assert_eq!(
        refused("a: &x {k: 1}\nb:\n  k: 2\n  <<: *x\n", set("b.k", "3")),
        Refusal::Merged { path: path("b.k") }
    );
    assert_eq!(
        refused("1: a\n\"1\": b\n", set("1", "c")),
        Refusal::Ambiguous { path: path("1") }
    );
    assert_eq!(refused("a: x\n", set("a.b", "1")), Refusal::NoTable { path: path("a") });
    assert_eq!(
        refused(
            "a: [1]\n",
            Edit::Set {
                path: item("a", 3),
                value: value("1")
            }
        ),
        Refusal::NoItem {
            path: path("a"),
            length: 1
        }
    );
    assert_eq!(
        refused("a: {}\n", Edit::Delete { path: item("a", 0) }),
        Refusal::NoList { path: path("a") }
    );
    check("a: &x {k: 1}\nb: *x\n", &[set("b", "2")], "a: &x {k: 1}\nb: 2\n");
    check(
        "a: &x {k: 1}\nb: &y 2\n",
        &[set("b", "3"), set("a.k", "2")],
        "a: &x {k: 2}\nb: &y 3\n",
    );
}

#[test]
fn hostile_texts_and_paths_get_an_answer() {
    let texts = [
        "a: [".repeat(300),
        "{a: ".repeat(300) + &"}".repeat(300),
        "a: \u{0}".to_owned(),
        "? ? ? a".to_owned(),
        "- - - - a\n".to_owned(),
        "a: |9\n         x".to_owned(),
        "a: >+\n\n\n".to_owned(),
        "%TAG ! tag:x:\n--- !y\na: !z {b: !w 1}\n...\ntail".to_owned(),
        "a: \"x\\\n  y\"\nb: 'p\n\n  q'\n".to_owned(),
        "a:\n\u{85}  b: 1\u{2028}  c: 2\u{2029}".to_owned(),
        "*a : 1".to_owned(),
        "&a k: 1\n*a : 2\n".to_owned(),
        "a: !!binary |\n  aGVsbG8=\n".to_owned(),
        "<<: {a: 1}\n<<: {b: 2}\n".to_owned(),
    ];
    let paths = ["a", "a.b", "b", "", ".", "a.b.c.d", "<<", "é\n\u{0}"];
    for text in texts {
        for path in paths {
            for new in ["1", "~", "{x: [1, {y: 'z'}]}", "\"p\\n q\\n\\n\"", "[]"] {
                if let Ok(found) = edited(&text, &[set(path, new)]) {
                    assert_ne!(found, "");
                }
                let _ = edited(&text, &[delete(path)]);
                let _ = edited(
                    &text,
                    &[Edit::Insert {
                        path: Path::dotted(path),
                        at: 0,
                        value: value(new),
                    }],
                );
            }
        }
    }
    let root = Edit::Set {
        path: Path::default(),
        value: Value::Null,
    };
    assert!(edited("a: 1", &[root]).is_err());
    assert!(edited("a: 1", &[Edit::Delete { path: Path::default() }]).is_err());
    let nothing = Node {
        value: Value::Null,
        origin: Origin::Default(crate::Span::default()),
        key: None,
    };
    assert_eq!(nothing.value, value("~"));
}
