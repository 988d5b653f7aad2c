//! The last step of building the page: what Trunk does not do.
//!
//! Every file but the pages gets a name that follows its content, so that a browser may keep it for ever and never mixes
//! two versions: Trunk names a file by what went into it, and some not at all. Pages, scripts and the manifest say
//! `boot.js` where they mean the file that was called that, and `sha384-boot.js` where they want its integrity; scripts can
//! say it only of what is no script. The service worker gets
//! the list of all files.

use crate::{command::Result, files};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};
use std::{collections::BTreeMap, fs, path::Path};

/// The script that keeps the page for use without a network; its address must stay.
const SERVICE_WORKER: &str = "sw.js";

/// It lists files, so it is named after them.
const MANIFEST: &str = "manifest.webmanifest";

/// Seals a folder of built files, with the service worker's source for it.
pub(crate) fn seal(folder: &Path, service_worker: &str) -> Result {
    let mut sealed = Sealed::default();
    let (pages, assets): (Vec<_>, Vec<_>) = collect(folder)?
        .into_iter()
        .partition(|(name, _)| name.ends_with(".html"));
    let (manifests, assets): (Vec<_>, Vec<_>) = assets.into_iter().partition(|(name, _)| name == MANIFEST);
    // A script names what it fetches.
    let (scripts, assets): (Vec<_>, Vec<_>) = assets.into_iter().partition(|(name, _)| name.ends_with(".js"));
    for (name, content) in assets {
        sealed.add(folder, &name, &content)?;
    }
    for (name, content) in scripts {
        // The module that imports a snippet would have to be sealed after it.
        if name.starts_with("snippets/") {
            return Err(format!("{name}: JavaScript that Rust calls belongs into web/boot.js"));
        }
        let content = sealed.mend(&content, &name)?;
        sealed.add(folder, &name, &content)?;
    }
    for (name, content) in manifests {
        let content = sealed.mend(&content, &name)?;
        sealed.add(folder, &name, &content)?;
    }
    for (name, content) in pages {
        let content = sealed.mend(&content, &name)?;
        write(&folder.join(&name), &content)?;
        sealed.list.insert(name, integrity(&content));
    }
    write(&folder.join(SERVICE_WORKER), sealed.fill(service_worker)?.as_bytes())
}

/// What was sealed so far.
#[derive(Default)]
struct Sealed {
    /// The new name and the integrity of each file by its old name.
    renamed: BTreeMap<String, (String, String)>,
    /// The integrity of each file by its new name.
    list: BTreeMap<String, String>,
}

impl Sealed {
    fn add(&mut self, folder: &Path, name: &str, content: &[u8]) -> Result {
        let new = hashed(name, content);
        let integrity = integrity(content);
        write(&folder.join(&new), content)?;
        if new != name {
            fs::remove_file(folder.join(name)).map_err(|error| format!("cannot remove {name}: {error}"))?;
        }
        self.list.insert(new.clone(), integrity.clone());
        self.renamed.insert(name.to_owned(), (new, integrity));
        Ok(())
    }

    /// The text with new names and integrities in place of the old names.
    fn mend(&self, content: &[u8], name: &str) -> Result<Vec<u8>> {
        let mut text = String::from_utf8(content.to_vec()).map_err(|error| format!("{name} is not UTF-8: {error}"))?;
        for (old, (new, integrity)) in &self.renamed {
            text = replace_word(&text, &format!("sha384-{old}"), integrity);
            text = replace_word(&text, old, new);
        }
        Ok(text.into_bytes())
    }

    /// The service worker with the list, and a version that follows from it.
    fn fill(&self, source: &str) -> Result<String> {
        let entries: Vec<String> = self
            .list
            .iter()
            .map(|(name, integrity)| format!("  \"{name}\": \"{integrity}\",\n"))
            .collect();
        let entries = entries.concat();
        let version = hex(&Sha256::digest(entries.as_bytes()));
        let mut text = source.to_owned();
        for (empty, filled) in [
            ("const files = {};\n", format!("const files = {{\n{entries}}};\n")),
            ("const version = \"\";\n", format!("const version = \"{version}\";\n")),
        ] {
            if text.matches(empty).count() != 1 {
                return Err(format!("the service worker must have one line `{}`", empty.trim()));
            }
            text = text.replace(empty, &filled);
        }
        Ok(text)
    }
}

/// A name with the content's hash in it, in place of Trunk's where there is one.
fn hashed(name: &str, content: &[u8]) -> String {
    let hash = hex(&Sha256::digest(content));
    let (folder, file) = match name.rsplit_once('/') {
        Some((folder, file)) => (format!("{folder}/"), file),
        None => (String::new(), name),
    };
    if let Some(at) = trunk_hash(file) {
        return format!("{folder}{}{hash}{}", &file[..at.start], &file[at.end..]);
    }
    let (stem, extension) = file.split_once('.').unwrap_or((file, ""));
    let dot = if extension.is_empty() { "" } else { "." };
    format!("{folder}{stem}-{hash}{dot}{extension}")
}

/// Where in a file's name Trunk's hash stands: up to 16 hexadecimal digits behind a hyphen, before `.` or `_`.
fn trunk_hash(file: &str) -> Option<std::ops::Range<usize>> {
    file.match_indices('-').find_map(|(hyphen, _)| {
        let rest = &file[hyphen + 1..];
        let length = rest.find(['.', '_'])?;
        let is_hash = (12..=16).contains(&length) && rest[..length].bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then_some(hyphen + 1..hyphen + 1 + length)
    })
}

fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// 16 hexadecimal digits.
fn hex(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Replaces `old` where it is not part of a longer name.
fn replace_word(text: &str, old: &str, new: &str) -> String {
    let in_name = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        let whole = !before.ends_with(in_name) && !after.starts_with(in_name);
        replaced.push_str(before);
        replaced.push_str(if whole { new } else { old });
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

/// The files of a folder by their names in it.
fn collect(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let content = |name: String| {
        let path = folder.join(&name);
        let content = fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok((name, content))
    };
    files::names(folder)?.into_iter().map(content).collect()
}

fn write(path: &Path, content: &[u8]) -> Result {
    fs::write(path, content).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_content() {
        let name = |name| hashed(name, b"content");
        let hash = "ed7002b439e9ac84";
        assert_eq!(name("boot.js"), format!("boot-{hash}.js"));
        assert_eq!(name("app-0123456789abcdef.js"), format!("app-{hash}.js"));
        assert_eq!(name("app-123456789abcdef_bg.wasm"), format!("app-{hash}_bg.wasm"));
        assert_eq!(name("a/icon-192.png"), format!("a/icon-192-{hash}.png"));
        assert_eq!(name("editor.licenses.txt"), format!("editor-{hash}.licenses.txt"));
        assert_eq!(name("LICENSE"), format!("LICENSE-{hash}"));
    }

    #[test]
    fn only_whole_names_are_replaced() {
        let text = "src=boot.js href='./boot.js' my-boot.js boot.json sha384-boot.js";
        assert_eq!(
            replace_word(text, "boot.js", "b.js"),
            "src=b.js href='./b.js' my-boot.js boot.json sha384-boot.js"
        );
    }

    #[test]
    fn a_folder_is_sealed_as_a_whole() {
        let folder = std::env::temp_dir().join(format!("rollcast-seal-{}", std::process::id()));
        let page = r#"<script src="./boot.js" integrity="sha384-boot.js" data-editor=editor.js></script><link href=manifest.webmanifest>"#;
        let build = |boot: &str| {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
            for (name, content) in [
                ("boot.js", boot),
                ("editor.js", "e"),
                ("icon.png", "i"),
                (MANIFEST, r#"{"src":"icon.png"}"#),
                ("index.html", page),
            ] {
                fs::write(folder.join(name), content).unwrap();
            }
            seal(&folder, "const files = {};\nconst version = \"\";\n").unwrap();
            let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
            (read("index.html"), read(SERVICE_WORKER), collect(&folder).unwrap())
        };
        let (index, worker, files) = build("one");
        let boot = format!("boot-{}.js", hex(&Sha256::digest(b"one")));
        assert!(
            index.contains(&format!("src=\"./{boot}\" integrity=\"{}\"", integrity(b"one"))),
            "{index}"
        );
        for (name, content) in &files {
            let listed = worker.contains(&format!("\"{name}\": \"{}\"", integrity(content)));
            assert_eq!(listed, name != SERVICE_WORKER, "{name}");
        }
        let manifest = files.keys().find(|name| name.ends_with("webmanifest")).unwrap();
        assert!(index.contains(manifest.as_str()));
        let icon = files.keys().find(|name| name.starts_with("icon")).unwrap();
        assert!(String::from_utf8_lossy(&files[manifest]).contains(icon.as_str()));

        let (changed_index, changed_worker, _) = build("two");
        assert_ne!(index, changed_index);
        assert_ne!(worker, changed_worker);
        assert_eq!(build("one").1, worker);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_service_worker_without_a_place_for_the_list_is_refused() {
        assert!(Sealed::default().fill("const version = \"\";\n").is_err());
    }
}
