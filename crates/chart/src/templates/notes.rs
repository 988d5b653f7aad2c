//! `NOTES.txt`: printed after an installation, executed by every `helm template`.

use rollcast_values::Value;

use crate::blame;
use crate::error::Result;
use crate::page::{Page, Reach};
use crate::release::Lineage;

/// The notes, for the one error they can add: whatever else they read, every other template has read before them.
pub(super) fn notes(page: &mut Page<'_>) -> Result<()> {
    if page.templates().lineage == Lineage::Platform {
        return Ok(());
    }
    page.skip(3);
    let exposed = page.value_at(18, "ingress.enabled", Reach::Value)?.truthy();
    page.block(exposed, |page| {
        let path = "ingress.hosts";
        let hosts = page.value_at(51, path, Reach::Value)?;
        let problem = match hosts {
            _ if page.is_muted() => return Ok(()),
            Value::Null => "len of nil pointer".to_owned(),
            Value::Bool(_) | Value::Int(_) | Value::Float(_) => format!("len of type {}", hosts.go_type()),
            Value::Str(_) | Value::List(_) | Value::Map(_) => return Ok(()),
        };
        Err(page.error(
            40,
            "len .Values.ingress.hosts",
            &format!("error calling len: {problem}"),
            blame::wrong_type(path, hosts, "a list of host names"),
        ))
    })
}
