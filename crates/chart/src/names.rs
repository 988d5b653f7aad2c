//! The chart's named templates (`_helpers.tpl`): names, labels, images.

use std::cell::OnceCell;

use rollcast_values::{Value, sprintf_s};

use crate::blame;
use crate::error::{Result, refused_at};
use crate::page::is_harmless;
use crate::release::Lineage;
use crate::{Release, RenderError};

/// Helm's release name, and the chart's.
pub(crate) const NAME: &str = "lobu";

const FILE: &str = "lobu/templates/_helpers.tpl";

/// A named template that other templates include.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Helper {
    Fullname,
    Labels,
    SelectorLabels,
    AppSelectorLabels,
    WorkerSelectorLabels,
    EmbeddingsSelectorLabels,
    AppImage,
    WorkerImage,
    EmbeddingsImage,
    SecretName,
}

impl Helper {
    /// The name it is included by.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Fullname => "lobu.fullname",
            Self::Labels => "lobu.labels",
            Self::SelectorLabels => "lobu.selectorLabels",
            Self::AppSelectorLabels => "lobu.appSelectorLabels",
            Self::WorkerSelectorLabels => "lobu.workerSelectorLabels",
            Self::EmbeddingsSelectorLabels => "lobu.embeddingsSelectorLabels",
            Self::AppImage => "lobu.appImage",
            Self::WorkerImage => "lobu.workerImage",
            Self::EmbeddingsImage => "lobu.embeddingsImage",
            Self::SecretName => "lobu.secretName",
        }
    }

    /// The values it reads.
    pub(crate) const fn reads(self, release: &Release) -> &'static [&'static str] {
        match (self, release.templates.lineage) {
            (Self::Fullname, _) => &["fullnameOverride", "nameOverride"],
            (Self::AppImage | Self::WorkerImage | Self::EmbeddingsImage, _) => {
                &["image.registry", "image.repository", "image.tag"]
            }
            (Self::SecretName, _) => &[
                "secrets.create",
                "secrets.name",
                "secretName",
                "fullnameOverride",
                "nameOverride",
            ],
            _ => &["nameOverride"],
        }
    }
}

/// The named templates over one set of values.
pub(crate) struct Names<'a> {
    release: &'static Release,
    values: &'a Value,
    fullname: OnceCell<Result<String>>,
}

impl<'a> Names<'a> {
    pub(crate) const fn new(release: &'static Release, values: &'a Value) -> Self {
        Self {
            release,
            values,
            fullname: OnceCell::new(),
        }
    }

    /// What a helper prints.
    pub(crate) fn text(&self, helper: Helper) -> Result<String> {
        match helper {
            Helper::Fullname => self.fullname.get_or_init(|| self.fullname()).clone(),
            Helper::Labels => self.labels(),
            Helper::SelectorLabels => self.selector_labels(),
            Helper::AppSelectorLabels => self.component_labels(helper, 52, 55, "api"),
            Helper::WorkerSelectorLabels => self.component_labels(helper, 57, 63, "worker"),
            Helper::EmbeddingsSelectorLabels => self.component_labels(helper, 62, 71, "embeddings"),
            Helper::AppImage => self.image(helper, 74, 79, "app"),
            Helper::WorkerImage => self.image(helper, 78, 87, "worker"),
            Helper::EmbeddingsImage => self.image(helper, 82, 95, "embeddings"),
            Helper::SecretName => self.secret_name(),
        }
    }

    /// The values path that a helper's text most likely owes its signs to.
    pub(crate) fn path(&self, helper: Helper) -> &'static str {
        let fullname = if self.top("fullnameOverride").truthy() {
            "fullnameOverride"
        } else {
            "nameOverride"
        };
        match helper {
            Helper::Fullname => fullname,
            Helper::AppImage | Helper::WorkerImage | Helper::EmbeddingsImage => {
                ["image.registry", "image.repository", "image.tag"]
                    .into_iter()
                    .find(|path| {
                        let part = self.values.at(path).unwrap_or(&Value::Null);
                        !matches!(part, Value::Str(text) if is_harmless(text))
                    })
                    .unwrap_or("image.tag")
            }
            Helper::SecretName if !self.is_on("secrets.create") => "secretName",
            Helper::SecretName if self.is_on("secrets.name") => "secrets.name",
            Helper::SecretName => fullname,
            _ => "nameOverride",
        }
    }

    fn is_on(&self, path: &str) -> bool {
        self.values.at(path).is_some_and(Value::truthy)
    }

    const fn is_platform(&self) -> bool {
        matches!(self.release.templates.lineage, Lineage::Platform)
    }

    fn top(&self, key: &str) -> &'a Value {
        self.values.at(key).unwrap_or(&Value::Null)
    }

    fn fullname(&self) -> Result<String> {
        let id = Helper::Fullname.id();
        let full = self.top("fullnameOverride");
        if full.truthy() {
            return shortened(full, "fullnameOverride", id, (13, 37), "63");
        }
        let name = self.top("nameOverride");
        if !name.truthy() {
            return Ok(NAME.to_owned());
        }
        let name = text_of(name, "nameOverride", id, (16, 16), "$name")?;
        Ok(if NAME.contains(name) {
            NAME.to_owned()
        } else {
            short(&format!("{NAME}-{name}"))
        })
    }

    fn name(&self) -> Result<String> {
        let name = self.top("nameOverride");
        if !name.truthy() {
            return Ok(NAME.to_owned());
        }
        shortened(name, "nameOverride", "lobu.name", (5, 53), "63")
    }

    fn selector_labels(&self) -> Result<String> {
        let name = self
            .name()
            .map_err(|inner| included(&inner, 47, 27, Helper::SelectorLabels, "lobu.name"))?;
        Ok(format!(
            "app.kubernetes.io/name: {name}\napp.kubernetes.io/instance: {NAME}"
        ))
    }

    fn labels(&self) -> Result<String> {
        let selector = self
            .selector_labels()
            .map_err(|inner| included(&inner, 36, 3, Helper::Labels, Helper::SelectorLabels.id()))?;
        let version = self.release.label;
        Ok(format!(
            "helm.sh/chart: {NAME}-{version}\n{selector}\napp.kubernetes.io/version: \"{version}\"\n\
             app.kubernetes.io/managed-by: Helm"
        ))
    }

    fn component_labels(&self, helper: Helper, platform: usize, owletto: usize, component: &str) -> Result<String> {
        let line = if self.is_platform() { platform } else { owletto };
        let selector = self
            .selector_labels()
            .map_err(|inner| included(&inner, line, 3, helper, Helper::SelectorLabels.id()))?;
        Ok(format!("{selector}\napp.kubernetes.io/component: {component}"))
    }

    fn image(&self, helper: Helper, platform: usize, owletto: usize, component: &str) -> Result<String> {
        let image = self.top("image");
        let Value::Map(_) = image else {
            let (line, column, key) = if self.is_platform() {
                (platform, 30 + component.len(), "registry")
            } else {
                (owletto, 19, "tag")
            };
            let message = rollcast_values::field(image, key)
                .err()
                .map_or_else(String::new, |error| error.to_string());
            return Err(refused_at(
                FILE,
                line,
                column,
                helper.id(),
                &format!(".Values.image.{key}"),
                &message,
                blame::no_table("image", image, key),
            ));
        };
        let part = |key: &str| image.at(key).unwrap_or(&Value::Null);
        let version = Value::Str(self.release.label.to_owned());
        let tag = part("tag").or(&version);
        // The older helpers print the tag by including it, the newer ones hand it to printf as it is.
        let tag = if self.is_platform() {
            tag.print()
        } else {
            sprintf_s(tag)
        };
        Ok(format!(
            "{}/{}-{component}:{tag}",
            sprintf_s(part("registry")),
            sprintf_s(part("repository"))
        ))
    }

    fn secret_name(&self) -> Result<String> {
        let id = Helper::SecretName.id();
        let secrets = self.top("secrets");
        let create = rollcast_values::field(secrets, "create").map_err(|error| {
            refused_at(
                FILE,
                89,
                14,
                id,
                ".Values.secrets.create",
                &error.to_string(),
                blame::no_table("secrets", secrets, "create"),
            )
        })?;
        if !create.truthy() {
            return Ok(self.top("secretName").print());
        }
        let fullname = self
            .text(Helper::Fullname)
            .map_err(|inner| included(&inner, 90, 34, Helper::SecretName, Helper::Fullname.id()))?;
        let fallback = Value::Str(format!("{fullname}-secrets"));
        Ok(secrets.at("name").unwrap_or(&Value::Null).or(&fallback).print())
    }
}

/// An error inside a helper that another one includes.
fn included(inner: &RenderError, line: usize, column: usize, outer: Helper, id: &str) -> Box<RenderError> {
    refused_at(
        FILE,
        line,
        column,
        outer.id(),
        &format!("include {id:?} ."),
        &format!("error calling include: {}", inner.helm),
        inner.blame(),
    )
}

/// A text for a function that takes nothing else.
fn text_of<'a>(
    value: &'a Value,
    path: &str,
    helper: &str,
    (line, column): (usize, usize),
    expression: &str,
) -> Result<&'a str> {
    value.text().map_err(|error| {
        refused_at(
            FILE,
            line,
            column,
            helper,
            expression,
            &error.to_string(),
            blame::wrong_type(path, value, "a text"),
        )
    })
}

/// `… | trunc 63 | trimSuffix "-"`
fn shortened(value: &Value, path: &str, helper: &str, place: (usize, usize), expression: &str) -> Result<String> {
    text_of(value, path, helper, place, expression).map(short)
}

/// Stands for what is left of a character that was cut in two.
pub(crate) const CUT: char = '\u{fdd0}';

/// At most 63 bytes, as a DNS label has, and then no hyphen at the end.
fn short(text: &str) -> String {
    let whole = text.floor_char_boundary(63);
    let mut cut = text.get(..whole).unwrap_or_default().to_owned();
    if whole < text.len().min(63) {
        cut.push(CUT);
    }
    cut.strip_suffix('-').unwrap_or(&cut).to_owned()
}
