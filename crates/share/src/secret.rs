//! What must not travel in a link. Whoever opens one can read it, and so can the chat it was pasted into.

use rollcast_values::{Map, Value};

/// What stands in place of a secret: a text, so that whatever asks whether the value is set gets the same answer.
const MASK: &str = "masked";

/// Masks every secret of a table in place, and gives their paths.
pub(crate) fn mask(map: &mut Map, path: &str, within: bool, masked: &mut Vec<String>) {
    for (key, node) in map {
        let path = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        mask_value(&mut node.value, &path, within || is_secret_name(key), masked);
    }
}

fn mask_value(value: &mut Value, path: &str, within: bool, masked: &mut Vec<String>) {
    match value {
        Value::Map(map) => mask(map, path, within, masked),
        Value::List(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                mask_value(&mut item.value, &format!("{path}[{at}]"), within, masked);
            }
        }
        Value::Int(_) | Value::Float(_) if within && value.truthy() => {
            *value = Value::Str(MASK.to_owned());
            masked.push(path.to_owned());
        }
        Value::Str(text) => {
            let hidden = if within && !text.is_empty() {
                MASK.to_owned()
            } else {
                conceal(text)
            };
            if hidden != *text {
                *text = hidden;
                masked.push(path.to_owned());
            }
        }
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
    }
}

/// Whether what stands under a key is secret by the key's name. Names of Secrets (`secretName`, `existingSecret`,
/// `imagePullSecrets`) are not: they say where a secret is.
fn is_secret_name(key: &str) -> bool {
    let words = words(key);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["existing", ..] | [.., "pull", "secrets"] => false,
        ["string", "data"] => true,
        [.., last] if SECRET_WORDS.contains(last) => true,
        [.., before, "key" | "url" | "uri"] => SECRET_KINDS.contains(before),
        _ => false,
    }
}

const SECRET_WORDS: [&str; 13] = [
    "apikey",
    "credential",
    "credentials",
    "dsn",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pwd",
    "secret",
    "token",
    "tokens",
    "privatekey",
];

/// What makes a key, or an address, secret.
const SECRET_KINDS: [&str; 8] = [
    "access",
    "api",
    "encryption",
    "master",
    "private",
    "secret",
    "signing",
    "webhook",
];

/// The words of `camelCase`, `snake_case`, `kebab-case` and `UPPER_CASE` names, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for character in name.chars() {
        if !character.is_alphanumeric() || (character.is_uppercase() && after_small) {
            words.push(String::new());
        }
        after_small = character.is_lowercase() || character.is_numeric();
        if let Some(word) = words.last_mut().filter(|_| character.is_alphanumeric()) {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A text without what is secret by its look, wherever in it that stands: user and password in addresses, private keys,
/// and tokens that begin as those of well-known services do.
#[must_use]
pub fn conceal(text: &str) -> String {
    if text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") {
        return MASK.to_owned();
    }
    let mut concealed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| !is_separator(character)) {
        let (separators, tail) = rest.split_at(start);
        let (word, tail) = tail.split_at(tail.find(is_separator).unwrap_or(tail.len()));
        concealed.push_str(separators);
        concealed.push_str(&conceal_word(word));
        rest = tail;
    }
    concealed.push_str(rest);
    concealed
}

/// What stands around a word, in values as in flags.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || "\"'`,;()[]{}<>|=".contains(character)
}

fn conceal_word(word: &str) -> String {
    if is_token(word) {
        return MASK.to_owned();
    }
    // The user info of an address ends at its last @.
    if let Some((scheme, rest)) = word.split_once("://") {
        let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if let Some((_, host)) = authority.rsplit_once('@') {
            return format!("{scheme}://{MASK}@{host}{path}");
        }
    }
    word.to_owned()
}

/// How tokens of GitHub, GitLab, Slack, AWS, Google, Stripe, OpenAI, Anthropic and npm begin, and JSON web tokens.
const TOKEN_STARTS: [&str; 17] = [
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xapp-",
    "AKIA",
    "AIza",
    "sk-",
    "sk_live_",
    "rk_live_",
    "npm_",
    "eyJ",
    "whsec_",
];

/// Shorter words are none.
const TOKEN_LENGTH: usize = 16;

fn is_token(word: &str) -> bool {
    let begins = TOKEN_STARTS.iter().any(|start| word.starts_with(start));
    (begins && word.len() >= TOKEN_LENGTH) || is_telegram_token(word)
}

/// A bot's number, a colon and 35 characters (core.telegram.org/bots/api).
fn is_telegram_token(word: &str) -> bool {
    word.split_once(':').is_some_and(|(bot, key)| {
        (6..=12).contains(&bot.len())
            && bot.bytes().all(|byte| byte.is_ascii_digit())
            && key.len() >= 30
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use rollcast_values::{Origin, read};

    use super::*;

    fn masked(text: &str) -> (String, Vec<String>) {
        let mut map = read(text.as_bytes(), Origin::Default).unwrap().map;
        let mut paths = Vec::new();
        mask(&mut map, "", false, &mut paths);
        (Value::Map(map).to_yaml(), paths)
    }

    #[test]
    fn what_secret_keys_hold_is_masked_and_stays_set_or_unset() {
        let text = "secrets:\n  create: true\n  stringData:\n    A: x\n    B: 12\n    C: \"\"\napp:\n  env:\n    API_KEY: k\n    botToken: [t, 0]\n";
        let (yaml, paths) = masked(text);
        assert_eq!(
            yaml,
            "app:\n  env:\n    API_KEY: masked\n    botToken:\n    - masked\n    - 0\nsecrets:\n  create: true\n  stringData:\n    A: masked\n    B: masked\n    C: \"\""
        );
        assert_eq!(
            paths,
            [
                "app.env.API_KEY",
                "app.env.botToken[0]",
                "secrets.stringData.A",
                "secrets.stringData.B"
            ]
        );
    }

    #[test]
    fn names_of_secrets_are_no_secrets() {
        for key in [
            "secretName",
            "existingSecret",
            "existingSecretKey",
            "imagePullSecrets",
            "secrets",
            "sessionAffinity",
            "tokenizer",
            "automountServiceAccountTokenMode",
            "PUBLIC_WEB_URL",
            "key",
            "storageClass",
        ] {
            assert!(!is_secret_name(key), "{key}");
        }
        for key in [
            "password",
            "DB_PASSWORD",
            "adminPassword",
            "bot-token",
            "ENCRYPTION_KEY",
            "apiKey",
            "clientSecret",
            "stringData",
            "SENTRY_DSN",
            "webhookUrl",
            "tokens",
        ] {
            assert!(is_secret_name(key), "{key}");
        }
    }

    #[test]
    fn secrets_are_known_by_their_look() {
        for (text, expected) in [
            (
                "postgres://u:p@w@db:5432/app?sslmode=require",
                "postgres://masked@db:5432/app?sslmode=require",
            ),
            ("https://example.org/@user", "https://example.org/@user"),
            ("--set a=redis://:pw@cache,b=1", "--set a=redis://masked@cache,b=1"),
            ("see 'ghp_0123456789abcdef0123'", "see 'masked'"),
            ("sk-short", "sk-short"),
            ("123456789:AAE_abcdefghijklmnopqrstuvwxyz-0123456", "masked"),
            ("10:20:30", "10:20:30"),
            ("-----BEGIN RSA PRIVATE KEY-----\nMII\n", "masked"),
            ("plain text, 2 words\n", "plain text, 2 words\n"),
        ] {
            assert_eq!(conceal(text), expected, "{text}");
        }
    }
}
