//! Paths of values, spelt as the key of a `--set` argument.

/// One step from a container to what it holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A key of a table.
    Key(String),
    /// A place in a list, from 0.
    Index(usize),
}

/// Longer paths are not spelt: they come from hostile texts only, and there may be many of them.
const LONGEST: usize = 1_000;

/// The path as `--set` takes it: keys in dots, places in brackets, a backslash before signs that mean something there.
/// `None` for the root and for paths nobody could read.
pub(crate) fn spell<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Option<String> {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                push_key(&mut path, key);
            }
            Step::Index(at) => path.push_str(&format!("[{at}]")),
        }
        if path.len() > LONGEST {
            return None;
        }
    }
    (!path.is_empty()).then_some(path)
}

/// One key as `--set` takes it.
pub(crate) fn push_key(path: &mut String, key: &str) {
    for character in key.chars() {
        if matches!(character, '.' | ',' | '=' | '[' | '\\') {
            path.push('\\');
        }
        path.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_can_be_given_back_to_set() {
        let key = |text: &str| Step::Key(text.to_owned());
        assert_eq!(spell(&[]), None);
        assert_eq!(
            spell(&[key("app"), key("hosts"), Step::Index(2), key("kubernetes.io/a=b")]).as_deref(),
            Some(r"app.hosts[2].kubernetes\.io/a\=b")
        );
        assert_eq!(spell(&[key(&"k".repeat(2_000))]), None);
    }
}
