//! A document as a list of its elements, read by a tokenizer of the standard; what is not balanced is refused.

use html5gum::{HtmlString, Token, Tokenizer};

const VOID: [&str; 5] = ["meta", "link", "input", "br", "hr"];

/// An element with its own text, that of elements inside aside.
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// How many elements it stands in.
    pub(crate) depth: usize,
    pub(crate) text: String,
    /// Its text, and that of everything in it.
    pub(crate) all_text: String,
}

impl Element {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(name, _)| name == attribute)
            .map(|(_, value)| value.as_str())
    }
}

/// The elements in order of their start.
pub(crate) fn elements(html: &str) -> Result<Vec<Element>, String> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = string(&tag.name);
                if tag.self_closing {
                    return Err(format!("<{name}/> closes itself"));
                }
                elements.push(Element {
                    depth: open.len(),
                    attributes: tag
                        .attributes
                        .iter()
                        .map(|(name, value)| (string(name), string(&value.value)))
                        .collect(),
                    text: String::new(),
                    all_text: String::new(),
                    name: name.clone(),
                });
                if !VOID.contains(&name.as_str()) {
                    open.push(elements.len() - 1);
                }
            }
            Token::EndTag(tag) => {
                let (name, last) = (string(&tag.name), open.pop());
                let expected = last.map(|last| elements[last].name.clone());
                if expected.as_ref() != Some(&name) {
                    return Err(format!("</{name}> where {expected:?} is open"));
                }
            }
            Token::String(text) => {
                let text = string(&text.value);
                for at in &open {
                    elements[*at].all_text.push_str(&text);
                }
                if let Some(last) = open.last() {
                    elements[*last].text.push_str(&text);
                }
            }
            Token::Error(error) => return Err(format!("{error:?}")),
            Token::Comment(_) | Token::Doctype(_) => {}
        }
    }
    match open.last() {
        None => Ok(elements),
        Some(last) => Err(format!("<{}> stays open", elements[*last].name)),
    }
}

fn string(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// The text of a section: that of its first element.
pub(crate) fn text<'a>(section: &[&'a Element]) -> &'a str {
    section.first().map_or("", |element| &element.all_text)
}
