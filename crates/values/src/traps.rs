//! Traps that show only where the user's values meet the chart's defaults.

use crate::note::Notes;
use crate::path::Step;
use crate::{Map, Note, NoteKind, Value};

/// What the user's values, merged and before coalescing, do to the defaults without a word.
pub(crate) fn traps(given: &Map, defaults: &Map) -> Vec<Note> {
    let mut notes = Notes::default();
    table(given, Some(defaults), &mut Vec::new(), &mut notes);
    notes.into_vec()
}

fn table(given: &Map, defaults: Option<&Map>, path: &mut Vec<Step>, notes: &mut Notes) {
    for (key, node) in given {
        if notes.are_enough() {
            return;
        }
        let default = defaults.and_then(|map| map.get(key)).map(|node| &node.value);
        path.push(Step::Key(key.clone()));
        let below = match default {
            Some(Value::Map(below)) => Some(below),
            _ => None,
        };
        let keys = below.map_or(0, Map::len);
        match &node.value {
            Value::Null if default.is_none() => notes.take(NoteKind::NullStays, node.origin, &*path),
            Value::Null if keys > 0 => notes.take(NoteKind::NullDeletesTable { keys }, node.origin, &*path),
            Value::Map(map) if map.is_empty() && keys > 0 => {
                notes.take(NoteKind::ClearsNothing { keys }, node.origin, &*path);
            }
            Value::Map(map) => table(map, below, path, notes),
            _ => {}
        }
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, read};

    #[test]
    fn nulls_and_empty_tables_are_noted_where_they_surprise() {
        let map = |text: &str| {
            read(text.as_bytes(), |span| Origin::File { file: 0, span })
                .unwrap()
                .map
        };
        let defaults = map("app: {n: 1, strategy: {}, env: {A: 1, B: 2}}\nlist: [a]\nnothing:");
        let notes = |text: &str| -> Vec<String> {
            let notes = traps(&map(text), &defaults);
            notes
                .into_iter()
                .map(|note| format!("{} {:?}", note.path.unwrap(), note.kind))
                .collect()
        };
        for (text, expected) in [
            ("app:", &["app NullDeletesTable { keys: 3 }"][..]),
            ("app: {env: }", &["app.env NullDeletesTable { keys: 2 }"]),
            ("app: {env: {}}", &["app.env ClearsNothing { keys: 2 }"]),
            ("app: {env: {C: , A: }}", &["app.env.C NullStays"]),
            (
                "app: {strategy: {type: x, rolling: }}",
                &["app.strategy.rolling NullStays"],
            ),
            ("new: {deep: {er: }}", &["new.deep.er NullStays"]),
            ("app: {n: , strategy: }\nlist:\nnothing:", &[]),
            ("app: {strategy: {}, env: {A: 3}}\nlist: []", &[]),
        ] {
            assert_eq!(notes(text), expected, "{text}");
        }
    }
}
