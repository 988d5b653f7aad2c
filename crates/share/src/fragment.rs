use crate::error::LinkError;
use crate::link::Link;

/// What the part of an address behind `#` asks of the page: parameters, joined by `&`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fragment {
    /// `v1=…`: a request to show.
    pub link: Option<Result<Link, LinkError>>,
    /// `scenario=ID`: an example to show; its id, unchecked.
    pub scenario: Option<String>,
    /// `embed`: the page stands inside another one.
    pub embed: bool,
}

impl Fragment {
    /// Reads a fragment, with or without its `#`. Parameters that mean nothing here are passed over, as ids of places in
    /// the page are.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut fragment = Self::default();
        for parameter in text.trim_start_matches('#').split('&') {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name {
                "embed" => fragment.embed = true,
                "scenario" if !value.is_empty() => fragment.scenario = Some(value.to_owned()),
                "v1" => fragment.link = Some(Link::decode(value)),
                _ if is_later_version(name) && fragment.link.is_none() => fragment.link = Some(Err(LinkError::Newer)),
                _ => {}
            }
        }
        fragment
    }

    /// The fragment that shows a request, without its `#`.
    ///
    /// # Errors
    /// Those of [`Link::encode`].
    pub fn write(link: &Link) -> Result<String, LinkError> {
        Ok(format!("v1={}", link.encode()?))
    }
}

/// Whether a parameter is `v` and a number.
fn is_later_version(name: &str) -> bool {
    name.strip_prefix('v')
        .is_some_and(|number| number.parse::<u16>().is_ok_and(|number| number > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_in_any_order() {
        let link = Link::default();
        let written = Fragment::write(&link).unwrap();
        for text in [format!("#embed&{written}"), format!("{written}&embed&width=3")] {
            let fragment = Fragment::read(&text);
            assert!(fragment.embed);
            assert_eq!(fragment.link, Some(Ok(link.clone())));
            assert_eq!(fragment.scenario, None);
        }
        assert_eq!(
            Fragment::read("#scenario=the-recipe").scenario.as_deref(),
            Some("the-recipe")
        );
    }

    #[test]
    fn places_in_the_page_ask_for_nothing() {
        for text in ["", "#", "#answer", "#value=1", "#vx=1", "#scenario="] {
            assert_eq!(Fragment::read(text), Fragment::default(), "{text}");
        }
    }

    #[test]
    fn a_later_version_says_so() {
        assert_eq!(Fragment::read("#v2=abc").link, Some(Err(LinkError::Newer)));
        assert_eq!(Fragment::read("#v1=%20").link, Some(Err(LinkError::Damaged)));
    }
}
