//! `spec.strategy`: defaults (pkg/apis/apps/v1/defaults.go) and rules (pkg/apis/apps/validation/validation.go).

use serde_json::Value;

use super::error::{Errors, FieldRule};
use super::{ApiServer, deployment::present};
use crate::{IntOrPercent, Strategy, go};

const PATH: &str = "spec.strategy";
const QUARTER: &str = "25%";

/// maxSurge or maxUnavailable as written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Amount {
    Int(i64),
    Text(String),
}

impl Amount {
    fn of(value: Option<&Value>) -> Option<Self> {
        match value? {
            Value::String(text) => Some(Self::Text(text.clone())),
            value => go::integer(value).map(Self::Int),
        }
    }

    /// The digits of a whole percentage.
    fn digits(&self) -> Option<&str> {
        match self {
            Self::Int(_) => None,
            Self::Text(text) => text
                .strip_suffix('%')
                .filter(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())),
        }
    }

    /// The percentage; more than fits counts as the most.
    fn percent(&self) -> Option<u32> {
        self.digits().map(|digits| digits.parse().unwrap_or(u32::MAX))
    }

    /// Whether it counts as 0 where the rules ask for movement: a text that is no percentage does, unless it is a
    /// number.
    fn is_zero(&self) -> bool {
        match (self, self.percent()) {
            (_, Some(percent)) => percent == 0,
            (Self::Int(pods), None) => *pods == 0,
            (Self::Text(text), None) => {
                let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
                let number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
                !number || digits.bytes().all(|digit| digit == b'0')
            }
        }
    }

    fn resolved(&self) -> IntOrPercent {
        match self {
            Self::Int(pods) => IntOrPercent::Int(u32::try_from(*pods).unwrap_or(0)),
            Self::Text(_) => IntOrPercent::Percent(self.percent().unwrap_or(0)),
        }
    }

    fn printed(&self, server: ApiServer) -> String {
        match self {
            Self::Int(pods) if server.prints_json() => pods.to_string(),
            Self::Text(text) if server.prints_json() => go::json_string(text),
            Self::Int(pods) => format!("intstr.IntOrString{{Type:0, IntVal:{pods}, StrVal:\"\"}}"),
            Self::Text(text) => format!("intstr.IntOrString{{Type:1, IntVal:0, StrVal:{}}}", go::quote(text)),
        }
    }
}

/// Checks `spec.strategy`, and gives it with its defaults; the result means something only where no error was added.
pub(super) fn check(spec: &Value, server: ApiServer, errors: &mut Errors) -> Strategy {
    let strategy = present(spec, "strategy");
    let kind = strategy
        .and_then(|strategy| present(strategy, "type"))
        .and_then(Value::as_str)
        .unwrap_or("");
    let block = strategy.and_then(|strategy| present(strategy, "rollingUpdate"));
    let amount = |name| block.and_then(|block| Amount::of(present(block, name)));
    match kind {
        "" | "RollingUpdate" => {
            let or_quarter = |amount: Option<Amount>| amount.unwrap_or_else(|| Amount::Text(QUARTER.to_owned()));
            let (surge, unavailable) = (or_quarter(amount("maxSurge")), or_quarter(amount("maxUnavailable")));
            rolling(&surge, &unavailable, server, errors);
            Strategy::RollingUpdate {
                max_surge: surge.resolved(),
                max_unavailable: unavailable.resolved(),
            }
        }
        "Recreate" => {
            if block.is_some() {
                errors.forbidden(
                    FieldRule::RecreateAlone,
                    &format!("{PATH}.rollingUpdate"),
                    "may not be specified when strategy `type` is 'Recreate'",
                );
            }
            Strategy::Recreate
        }
        other => {
            // Nothing is filled in here: what is left out counts as 0.
            let or_zero = |amount: Option<Amount>| amount.unwrap_or(Amount::Int(0));
            let block = block.map(|_| [or_zero(amount("maxUnavailable")), or_zero(amount("maxSurge"))]);
            errors.unsupported(
                FieldRule::StrategyType,
                PATH,
                &printed(other, block.as_ref(), server),
                &["Recreate", "RollingUpdate"],
            );
            Strategy::DEFAULT
        }
    }
}

fn rolling(surge: &Amount, unavailable: &Amount, server: ApiServer, errors: &mut Errors) {
    let unavailable_path = format!("{PATH}.rollingUpdate.maxUnavailable");
    amount(unavailable, &unavailable_path, server, errors);
    amount(surge, &format!("{PATH}.rollingUpdate.maxSurge"), server, errors);
    if surge.is_zero() && unavailable.is_zero() {
        errors.invalid(
            FieldRule::SomeMovement,
            &unavailable_path,
            &unavailable.printed(server),
            "may not be 0 when `maxSurge` is 0",
        );
    }
    if unavailable.percent().is_some_and(|percent| percent > 100) {
        errors.invalid(
            FieldRule::AtMostAll,
            &unavailable_path,
            &unavailable.printed(server),
            "must not be greater than 100%",
        );
    }
}

fn amount(amount: &Amount, path: &str, server: ApiServer, errors: &mut Errors) {
    match amount {
        Amount::Int(pods) => errors.not_negative(path, *pods),
        Amount::Text(_) if amount.digits().is_some() => {}
        Amount::Text(_) => errors.invalid(
            FieldRule::Percentage,
            path,
            &amount.printed(server),
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
        ),
    }
}

/// A strategy whose type is none, as the server prints it: its own struct, the block's maxUnavailable first. Up to 1.33
/// a block shows as an address that differs from time to time.
fn printed(kind: &str, block: Option<&[Amount; 2]>, server: ApiServer) -> String {
    if server.prints_json() {
        let block = block.map_or_else(
            || "null".to_owned(),
            |[unavailable, surge]| {
                let (unavailable, surge) = (unavailable.printed(server), surge.printed(server));
                format!("{{\"MaxUnavailable\":{unavailable},\"MaxSurge\":{surge}}}")
            },
        );
        format!("{{\"Type\":{},\"RollingUpdate\":{block}}}", go::json_string(kind))
    } else {
        let address = if block.is_some() { "0xc000000000" } else { "nil" };
        format!(
            "apps.DeploymentStrategy{{Type:{}, RollingUpdate:(*apps.RollingUpdateDeployment)({address})}}",
            go::quote(kind)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rejection;
    use super::*;
    use crate::IntOrPercent::{Int, Percent};
    use serde_json::json;

    fn checked(strategy: &Value, server: ApiServer) -> Result<Strategy, Vec<String>> {
        let mut errors = Errors::default();
        let spec = json!({"strategy": strategy});
        let strategy = check(&spec, server, &mut errors);
        match errors.refuse("Deployment.apps", "app") {
            Ok(()) => Ok(strategy),
            Err(Rejection::Invalid(invalid)) => Err(invalid.errors.into_iter().map(|error| error.message).collect()),
            Err(other) => panic!("{other}"),
        }
    }

    fn accepted(strategy: &Value) -> Strategy {
        checked(strategy, ApiServer::V1_34).unwrap_or_else(|errors| panic!("{strategy}: {errors:?}"))
    }

    fn refused(strategy: &Value, server: ApiServer) -> Vec<String> {
        checked(strategy, server).expect_err("it should be refused")
    }

    const fn rolling(max_surge: IntOrPercent, max_unavailable: IntOrPercent) -> Strategy {
        Strategy::RollingUpdate {
            max_surge,
            max_unavailable,
        }
    }

    #[test]
    fn what_is_left_out_is_filled_in() {
        let default = Strategy::DEFAULT;
        for (strategy, expected) in [
            (json!(null), default),
            (json!({}), default),
            (json!({"type": null}), default),
            (json!({"type": ""}), default),
            (json!({"rollingUpdate": null}), default),
            (json!({"rollingUpdate": {}}), default),
            (
                json!({"type": "RollingUpdate", "rollingUpdate": {"maxSurge": null}}),
                default,
            ),
            (json!({"rollingUpdate": {"maxSurge": 1}}), rolling(Int(1), Percent(25))),
            (
                json!({"rollingUpdate": {"maxUnavailable": 0}}),
                rolling(Percent(25), Int(0)),
            ),
            (json!({"rollingUpdate": {"maxSurge": 0}}), rolling(Int(0), Percent(25))),
            (
                json!({"rollingUpdate": {"maxSurge": "250%", "maxUnavailable": "100%"}}),
                rolling(Percent(250), Percent(100)),
            ),
            (
                json!({"rollingUpdate": {"maxSurge": 25, "maxUnavailable": 25}}),
                rolling(Int(25), Int(25)),
            ),
            (json!({"type": "Recreate"}), Strategy::Recreate),
            (json!({"type": "Recreate", "rollingUpdate": null}), Strategy::Recreate),
        ] {
            assert_eq!(accepted(&strategy), expected, "{strategy}");
        }
    }

    #[test]
    fn types_are_two() {
        assert_eq!(
            refused(&json!({"type": "recreate"}), ApiServer::V1_34),
            [
                r#"spec.strategy: Unsupported value: {"Type":"recreate","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate""#
            ]
        );
        assert_eq!(
            refused(
                &json!({"type": "Rolling", "rollingUpdate": {"maxSurge": "25%"}}),
                ApiServer::V1_34
            ),
            [
                r#"spec.strategy: Unsupported value: {"Type":"Rolling","RollingUpdate":{"MaxUnavailable":0,"MaxSurge":"25%"}}: supported values: "Recreate", "RollingUpdate""#
            ]
        );
        assert_eq!(
            refused(&json!({"type": "recreate"}), ApiServer::V1_33),
            [
                r#"spec.strategy: Unsupported value: apps.DeploymentStrategy{Type:"recreate", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}: supported values: "Recreate", "RollingUpdate""#
            ]
        );
    }

    #[test]
    fn recreate_stands_alone() {
        for block in [json!({}), json!({"maxSurge": 1})] {
            assert_eq!(
                refused(&json!({"type": "Recreate", "rollingUpdate": block}), ApiServer::V1_34),
                ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"]
            );
        }
    }

    #[test]
    fn something_must_move() {
        for (surge, unavailable, printed) in [
            (json!(0), json!(0), "0"),
            (json!("0%"), json!(0), "0"),
            (json!(0), json!("0%"), "\"0%\""),
            (json!("00%"), json!("0%"), "\"0%\""),
        ] {
            assert_eq!(
                refused(
                    &json!({"rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}}),
                    ApiServer::V1_34
                ),
                [format!(
                    "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: {printed}: may not be 0 when `maxSurge` is 0"
                )]
            );
        }
        assert_eq!(
            refused(
                &json!({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}}),
                ApiServer::V1_33
            ),
            [
                r#"spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:""}: may not be 0 when `maxSurge` is 0"#
            ]
        );
    }

    #[test]
    fn amounts_are_numbers_or_percentages() {
        let percent = |path: &str, value: &str| {
            format!(
                "spec.strategy.rollingUpdate.{path}: Invalid value: {value}: a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"
            )
        };
        for text in ["1", "12.5%", "-5%", "25 %", "", "%", "25%%"] {
            assert_eq!(
                refused(&json!({"rollingUpdate": {"maxSurge": text}}), ApiServer::V1_34),
                [percent("maxSurge", &format!("\"{text}\""))]
            );
        }
        assert_eq!(
            refused(&json!({"rollingUpdate": {"maxSurge": "1"}}), ApiServer::V1_33),
            [percent(
                "maxSurge",
                r#"intstr.IntOrString{Type:1, IntVal:0, StrVal:"1"}"#
            )]
        );
        assert_eq!(
            refused(&json!({"rollingUpdate": {"maxSurge": -1}}), ApiServer::V1_34),
            ["spec.strategy.rollingUpdate.maxSurge: Invalid value: -1: must be greater than or equal to 0"]
        );
        // What cannot be read as a number counts as 0 besides.
        assert_eq!(
            refused(
                &json!({"rollingUpdate": {"maxSurge": "1.0", "maxUnavailable": "1.0"}}),
                ApiServer::V1_34
            ),
            [
                percent("maxUnavailable", "\"1.0\""),
                percent("maxSurge", "\"1.0\""),
                "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: \"1.0\": may not be 0 when `maxSurge` is 0"
                    .to_owned(),
            ]
        );
    }

    #[test]
    fn not_more_than_all_may_be_unavailable() {
        assert_eq!(
            refused(&json!({"rollingUpdate": {"maxUnavailable": "101%"}}), ApiServer::V1_34),
            [r#"spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%"#]
        );
        assert_eq!(
            refused(
                &json!({"rollingUpdate": {"maxUnavailable": "99999999999%"}}),
                ApiServer::V1_34
            )
            .len(),
            1
        );
    }
}
