//! What a static host should say about each file, in the form that Cloudflare Pages and Netlify read (`_headers`). Others
//! take it as a list to go by; GitHub Pages decides by itself, and what it serves is looked at after each deployment.

use crate::{
    built,
    command::{Result, say},
    files,
    test::counted,
    tools,
};
use std::{fs, path::Path};

/// Writes `_headers` into a folder of sealed files.
pub(crate) fn headers(dist: &Path) -> Result {
    let path = dist.join("_headers");
    fs::write(&path, text(&files::names(dist)?)).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

/// Pages keep their addresses, and hosts ask for them again by themselves. They are too many to be listed: Cloudflare reads
/// a hundred rules.
fn text(names: &[String]) -> String {
    let mut text = String::from(
        "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n/\n  Cache-Control: no-cache\n",
    );
    for name in names
        .iter()
        .filter(|name| !name.ends_with(".html") && *name != "_headers")
    {
        // Names of sealed files follow their content; the service worker keeps its own.
        let cache = match name.as_str() {
            "sw.js" => "no-cache",
            _ => "public, max-age=31536000, immutable",
        };
        text.push_str(&format!("/{name}\n  Cache-Control: {cache}\n"));
        if name.ends_with(".wasm") {
            text.push_str("  Content-Type: application/wasm\n");
        }
    }
    text
}

/// Puts the built site where a host would put it, on this machine, and looks at what is served then; gives the number of
/// tests.
pub(crate) fn rehearse() -> Result<Option<usize>> {
    built::page()?;
    say("Deploying the site to this machine");
    counted(tools::node()?.args(["--test", "--test-reporter=spec", "tests/hosting/deployed.js"]))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn only_what_keeps_its_name_is_asked_for_again() {
        let names = [
            "_headers",
            "app-12.wasm",
            "index.html",
            "learn/a/index.html",
            "learn/b-34.css",
            "sw.js",
        ]
        .map(str::to_owned);
        assert_eq!(
            text(&names),
            "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n\
             /\n  Cache-Control: no-cache\n\
             /app-12.wasm\n  Cache-Control: public, max-age=31536000, immutable\n  Content-Type: application/wasm\n\
             /learn/b-34.css\n  Cache-Control: public, max-age=31536000, immutable\n\
             /sw.js\n  Cache-Control: no-cache\n"
        );
    }
}
