//! Fixes and goals: the smallest change of the values that makes a finding go away, or gets the operator what they want.

mod report;

pub use report::{FileEdit, Fix, FixForm, Goal, GoalState, TextChange, ValueChange};
