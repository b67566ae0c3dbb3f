//! Numbers with bounds. None is ever NaN or infinite.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use super::Invalid;

macro_rules! quantity {
    ($name:ident, $low:expr, $high:expr, $schema:tt, $description:literal) => {
        #[doc = $description]
        #[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
        pub struct $name(f64);

        impl $name {
            /// The number.
            pub fn get(self) -> f64 {
                self.0
            }
        }
        impl TryFrom<f64> for $name {
            type Error = Invalid;
            fn try_from(value: f64) -> Result<Self, Invalid> {
                if value.is_finite() && ($low..=$high).contains(&value) {
                    Ok(Self(value))
                } else {
                    Err(Invalid::new($description))
                }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                f64::deserialize(deserializer)?
                    .try_into()
                    .map_err(|error| serde::de::Error::custom(format_args!("expected {error}")))
            }
        }
        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

quantity!(Share, 0.0, 1.0, {"type": "number", "format": "share", "minimum": 0, "maximum": 1}, "a share from 0 to 1");
quantity!(Percent, 0.0, 100.0, {"type": "number", "format": "percent", "minimum": 0, "maximum": 100}, "a percentage from 0 to 100");
quantity!(Money, 0.0, f64::MAX, {"type": "number", "format": "money", "minimum": 0}, "an amount of money, 0 or more");
quantity!(Number, f64::MIN, f64::MAX, {"type": "number"}, "a finite number");
