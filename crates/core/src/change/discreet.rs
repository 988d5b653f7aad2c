//! What a report, which people paste into pull requests, does not repeat: values that may be secrets.

use rollcast_values::{Map, Value};

/// Stands for a value that may be a secret.
const HIDDEN: &str = "…";

/// Words in names whose values may be secrets.
const WORDS: [&str; 8] = [
    "KEY",
    "TOKEN",
    "SECRET",
    "PASSWORD",
    "PASSWD",
    "PASSPHRASE",
    "CREDENTIAL",
    "DSN",
];

/// A value without what may be secret in it: texts under names that say so, and addresses with a password in them.
pub(super) fn discreet(name: &str, value: &Value) -> Value {
    match value {
        Value::Str(text) if is_secret(name) || has_password(text) => Value::Str(HIDDEN.to_owned()),
        Value::Int(_) | Value::Float(_) if is_secret(name) => Value::Str(HIDDEN.to_owned()),
        Value::List(items) => {
            let mut items = items.clone();
            for item in &mut items {
                item.value = discreet(name, &item.value);
            }
            Value::List(items)
        }
        // A variable of a container carries its name beside its value.
        Value::Map(map) => {
            let own = match map.get("name").map(|node| &node.value) {
                Some(Value::Str(own)) if map.contains_key("value") => Some(own.clone()),
                _ => None,
            };
            let hide = |key: &String| match (&own, key.as_str()) {
                (Some(own), "value") => own.clone(),
                _ if name == "stringData" => HIDDEN.to_owned(),
                _ => key.clone(),
            };
            let entries = map.iter().map(|(key, node)| {
                let mut node = node.clone();
                node.value = discreet(&hide(key), &node.value);
                (key.clone(), node)
            });
            Value::Map(entries.collect::<Map>())
        }
        other => other.clone(),
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_uppercase();
    // Names of Secrets say where a secret is, and are none.
    name == HIDDEN
        || WORDS.iter().any(|word| name.contains(word))
            && !name.ends_with("SECRETNAME")
            && !name.starts_with("EXISTING")
}

/// `scheme://user:password@host`
fn has_password(text: &str) -> bool {
    let address = text
        .split_once("://")
        .map(|(_, rest)| rest.split('/').next().unwrap_or_default());
    address.is_some_and(|address| address.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rollcast_values::{Origin, read};

    fn shown(name: &str, text: &str) -> String {
        let map = read(format!("x: {text}").as_bytes(), Origin::Default).unwrap().map;
        discreet(name, &map["x"].value).to_json()
    }

    #[test]
    fn secrets_are_not_repeated() {
        assert_eq!(
            shown(
                "secrets",
                "{create: true, stringData: {DATABASE_URL: postgres://db/app, A: 1}}"
            ),
            r#"{"create":true,"stringData":{"A":"…","DATABASE_URL":"…"}}"#
        );
        assert_eq!(
            shown("env", "{OPENAI_API_KEY: sk-1, LOG_LEVEL: info}"),
            r#"{"LOG_LEVEL":"info","OPENAI_API_KEY":"…"}"#
        );
        assert_eq!(
            shown("env[0]", "{name: BOT_TOKEN, value: '1:a'}"),
            r#"{"name":"BOT_TOKEN","value":"…"}"#
        );
        assert_eq!(shown("DB", "postgres://me:pw@db/app"), r#""…""#);
        assert_eq!(shown("DB", "postgres://db/app@x"), r#""postgres://db/app@x""#);
        assert_eq!(shown("secretName", "lobu-env"), r#""lobu-env""#);
    }
}
