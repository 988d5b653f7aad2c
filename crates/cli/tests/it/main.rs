//! The command line as people and pipelines meet it: every test runs the program.

mod run;

mod action;
mod check;
mod dependencies;
mod diff;
mod documents;
mod fix;
mod inputs;
mod outputs;
mod render;
mod schema;
mod shells;
mod verify;
