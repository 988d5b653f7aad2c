use std::fmt;

use serde_json::Value;

/// A field in which two answers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The field's path, in dots: `app.strategy`.
    pub field: String,
    /// What Helm printed, as JSON; `null` where it printed nothing.
    pub helm: Value,
    /// What Rollcast says, as JSON.
    pub rollcast: Value,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { field, helm, rollcast } = self;
        write!(f, "{field}: Helm {helm}, Rollcast {rollcast}")
    }
}

/// Every field in which Helm's answer and Rollcast's differ, objects taken apart; what one side lacks is `null` there.
#[must_use]
pub fn differences(helm: &Value, rollcast: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare("", helm, rollcast, &mut found);
    found
}

fn compare(path: &str, helm: &Value, rollcast: &Value, found: &mut Vec<Difference>) {
    match (helm, rollcast) {
        (Value::Object(fields), Value::Object(others)) => {
            let mut names: Vec<&String> = fields.keys().chain(others.keys()).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                let side = |value: &Value| value.get(name).cloned().unwrap_or(Value::Null);
                compare(&path, &side(helm), &side(rollcast), found);
            }
        }
        _ if helm == rollcast => {}
        _ => found.push(Difference {
            field: path.to_owned(),
            helm: helm.clone(),
            rollcast: rollcast.clone(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_compared_one_by_one() {
        let helm = json!({"app": {"replicas": "1", "env": {"A": "\"1\""}}, "worker": null, "same": [1]});
        let ours = json!({"app": {"replicas": "2", "env": {"B": "\"1\""}}, "worker": {"replicas": "1"}, "same": [1]});
        let fields: Vec<String> = differences(&helm, &ours).iter().map(ToString::to_string).collect();
        assert_eq!(
            fields,
            [
                r#"app.env.A: Helm "\"1\"", Rollcast null"#,
                r#"app.env.B: Helm null, Rollcast "\"1\"""#,
                r#"app.replicas: Helm "1", Rollcast "2""#,
                r#"worker: Helm null, Rollcast {"replicas":"1"}"#,
            ]
        );
        assert_eq!(differences(&helm, &helm), []);
    }
}
