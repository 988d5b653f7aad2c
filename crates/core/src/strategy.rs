//! The printed strategy as the API server takes it.

use rollcast_rollout::{IntOrPercent, Strategy};
use rollcast_values::Value;

/// The strategy with its defaults, or why the API server refuses it.
pub(crate) fn strategy(value: &Value) -> Result<Strategy, String> {
    let kind = match value {
        Value::Null => return Ok(Strategy::DEFAULT),
        Value::Map(map) => map.get("type").map(|node| &node.value),
        _ => return Err("spec.strategy is no table".to_owned()),
    };
    let block = value.at("rollingUpdate");
    match kind {
        Some(Value::Str(kind)) if kind == "Recreate" => match block {
            None | Some(Value::Null) => Ok(Strategy::Recreate),
            Some(_) => Err(
                "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is \
                            'Recreate'"
                    .to_owned(),
            ),
        },
        None | Some(Value::Null) => rolling(block),
        Some(Value::Str(kind)) if kind == "RollingUpdate" || kind.is_empty() => rolling(block),
        Some(other) => Err(format!("spec.strategy: Unsupported value: {}", other.to_json())),
    }
}

fn rolling(block: Option<&Value>) -> Result<Strategy, String> {
    let number = |key: &str| match block.and_then(|block| block.at(key)) {
        None | Some(Value::Null) => Ok(IntOrPercent::Percent(25)),
        Some(Value::Float(number)) if number.fract() == 0.0 && (0.0..=2_147_483_647.0).contains(number) =>
        {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
            Ok(IntOrPercent::Int(*number as u32))
        }
        Some(Value::Str(text)) => text
            .strip_suffix('%')
            .and_then(|digits| digits.parse().ok())
            .map(IntOrPercent::Percent)
            .ok_or_else(|| format!("spec.strategy.rollingUpdate.{key}: Invalid value: {text:?}")),
        Some(other) => Err(format!(
            "spec.strategy.rollingUpdate.{key}: Invalid value: {}",
            other.to_json()
        )),
    };
    Ok(Strategy::RollingUpdate {
        max_surge: number("maxSurge")?,
        max_unavailable: number("maxUnavailable")?,
    })
}
