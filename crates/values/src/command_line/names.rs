//! The file names behind `-f`: a line of CSV (spf13/pflag string_slice.go over Go's encoding/csv).

/// The names in the argument of one `-f`, which Helm reads as a line of comma-separated values; `None` where the quotes
/// are not CSV's.
#[must_use]
pub fn values_file_names(argument: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    if argument.is_empty() {
        return Some(names);
    }
    let mut rest = argument;
    loop {
        let (name, behind) = match rest.strip_prefix('"') {
            None => {
                let (name, behind) = match rest.split_once(',') {
                    Some((name, behind)) => (name, Some(behind)),
                    None => (rest, None),
                };
                if name.contains('"') {
                    return None;
                }
                (name.to_owned(), behind)
            }
            Some(quoted) => quoted_name(quoted)?,
        };
        names.push(name);
        match behind {
            Some(behind) => rest = behind,
            None => return Some(names),
        }
    }
}

/// A name behind its opening quote, in which two quotes are one, and what follows the next comma.
fn quoted_name(text: &str) -> Option<(String, Option<&str>)> {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let (before, behind) = rest.split_once('"')?;
        name.push_str(before);
        if let Some(behind) = behind.strip_prefix('"') {
            name.push('"');
            rest = behind;
        } else if behind.is_empty() {
            return Some((name, None));
        } else {
            return Some((name, Some(behind.strip_prefix(',')?)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::values_file_names;

    #[test]
    fn names_are_a_line_of_csv() {
        for (argument, expected) in [
            ("a.yaml", Some(&["a.yaml"][..])),
            ("a.yaml, b.yaml", Some(&["a.yaml", " b.yaml"])),
            ("a,", Some(&["a", ""])),
            ("", Some(&[])),
            (r#""a,b","c""d""#, Some(&["a,b", r#"c"d"#])),
            (r#"a"b"#, None),
            (r#""a"#, None),
            (r#""a"b"#, None),
        ] {
            let expected = expected.map(|names| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
            assert_eq!(values_file_names(argument), expected, "{argument}");
        }
    }
}
