//! A long file with everything that is hard to keep survives random edits: only the lines an edit is about change, every
//! comment stays, and the undo restores the bytes.

use rollcast_values::edit::{Edit, Path, Refusal, Step, edit};
use rollcast_values::{Map, Origin, Value, read};

/// Deterministic pseudo-random numbers (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }
}

/// A service of a values file as people write them; `#n` is its number.
const SERVICE: &str = r##"
#: ---- service #n -------------------------------------------------
service#n:
  #: how many
  replicas: 2  #: two, because of "quorum" #n
  'quoted key': "a # no comment"
  "strategy": {type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 0}} #: inline #n
  env:   
    LOG_LEVEL: info
    URL: https://lobu.example.com/#anchor-no-comment
    TEXT: |
      # not a comment
      line two

    FOLDED: >-
      folded text
      # not a comment either
    EMPTY:
  hosts:
  - one.example.com   #: host one
  #: between hosts
  - 'two.example.com'
  - {name: three.example.com, port: 443}
  ports: [80, 443, #: https
          8443]
  affinity:
      required:
          - key: zone
            values:
              - a
              - b #: second zone
  nothing: ~
  limits: &limits#n {cpu: 1, memory: 1Gi} #: shared #n
  requests: *limits#n
  burst:
    <<: *limits#n
    memory: 2Gi
"##;

fn long_text() -> String {
    let mut text = String::from("\u{FEFF}#: Values of a large installation\n---\n");
    for number in 0..57 {
        text.push_str(&SERVICE.replace("#n", &number.to_string()));
    }
    text.replace('\n', "\r\n")
}

fn values(text: &str) -> Map {
    read(text.as_bytes(), |span| Origin::File { file: 0, span })
        .unwrap()
        .map
}

/// Every path below a value, itself left out.
fn paths(value: &Value, at: &Path, found: &mut Vec<Path>) {
    let mut below = |step: Step, value: &Value| {
        let path = at.then(step);
        paths(value, &path, found);
        found.push(path);
    };
    match value {
        Value::Map(map) => map
            .iter()
            .for_each(|(key, node)| below(Step::Key(key.clone()), &node.value)),
        Value::List(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, node)| below(Step::Index(i), &node.value)),
        _ => {}
    }
}

/// The comments of the text, sorted; every comment of the test begins with `#:`, and nothing else does.
fn comments(text: &str) -> Vec<&str> {
    let lines = text.split(['\r', '\n']);
    let mut found: Vec<&str> = lines.filter_map(|line| Some(&line[line.find("#:")?..])).collect();
    found.sort_unstable();
    found
}

fn random_value(random: &mut Random) -> Value {
    let texts = [
        "7",
        "true",
        "~",
        "plain",
        "'true'",
        "\"1.50\"",
        "'with: colon # and hash'",
        "\"two\\nlines\\n\"",
        "{}",
        "[]",
        "[a, 'b c', 3]",
        "{type: Recreate, rollingUpdate: ~}",
        "{a: {b: [1, {c: d}]}}",
        "1.5",
        "\"tab\\t\"",
        "é😀",
    ];
    let text = format!("x: {}", texts[random.below(texts.len())]);
    values(&text).remove("x").unwrap().value
}

fn random_edit(random: &mut Random, paths: &[Path]) -> Edit {
    let path = paths[random.below(paths.len())].clone();
    match random.below(4) {
        0 => Edit::Delete { path },
        1 => Edit::Set {
            path: path.then(Step::Key(format!("new{}", random.below(3)))),
            value: random_value(random),
        },
        2 if matches!(path.steps.last(), Some(Step::Index(_))) => Edit::Insert {
            path: path.first(path.steps.len() - 1),
            at: random.below(3),
            value: random_value(random),
        },
        _ => Edit::Set {
            path,
            value: random_value(random),
        },
    }
}

/// The value at a path.
fn at<'v>(root: &'v Value, path: &Path) -> Option<&'v Value> {
    path.steps.iter().try_fold(root, |value, step| match (step, value) {
        (Step::Key(key), Value::Map(map)) => map.get(key).map(|node| &node.value),
        (Step::Index(index), Value::List(items)) => items.get(*index).map(|node| &node.value),
        _ => None,
    })
}

/// Lines of the old text that are missing in the new one, in number, and the other way round.
fn changed_lines(old: &str, new: &str) -> (usize, usize) {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split("\r\n").collect(), new.split("\r\n").collect());
    let same = |pairs: &mut dyn Iterator<Item = (&&str, &&str)>| pairs.take_while(|(a, b)| a == b).count();
    let head = same(&mut old.iter().zip(&new));
    let tail = same(&mut old.iter().skip(head).rev().zip(new.iter().skip(head).rev()));
    (old.len() - head - tail, new.len() - head - tail)
}

#[test]
fn a_long_file_survives_a_thousand_edits() {
    let original = long_text();
    assert!(original.lines().count() > 2_000);
    let root = Value::Map(values(&original));
    let mut all = Vec::new();
    paths(&root, &Path::default(), &mut all);
    let (mut text, mut before) = (original.clone(), root.clone());
    let mut random = Random(5);
    let (mut made, mut refused) = (0, 0);
    while made < 1_000 {
        if made % 50 == 0 {
            text.clone_from(&original);
            before.clone_from(&root);
        }
        let change = random_edit(&mut random, &all);
        let result = match edit(&text, std::slice::from_ref(&change)) {
            Ok(result) => result,
            Err(Refusal::Inexact) => panic!("cannot be kept: {change:?}"),
            Err(_) => {
                refused += 1;
                continue;
            }
        };
        made += 1;
        assert_eq!(result.undone(), text, "{change:?}");
        assert!(comments(&result.text) == comments(&text), "{change:?}");
        assert!(!result.text.replace("\r\n", "").contains(['\r', '\n']), "{change:?}");

        // Only the lines of the value, as long as it is written, and those of the new one change.
        let path = match &change {
            Edit::Set { path, .. } | Edit::Delete { path } | Edit::Insert { path, .. } => path,
        };
        let lines = |root: &Value| at(root, path).map_or(1, |value| value.to_yaml().lines().count() + 8);
        let after = Value::Map(values(&result.text));
        let (gone, come) = changed_lines(&text, &result.text);
        let most = lines(&before).max(lines(&after)) + 2;
        assert!(gone <= most && come <= most, "{gone} lines became {come}: {change:?}");
        text = result.text;
        before = after;
    }
    assert!(refused < 1_000, "{refused}");
}
