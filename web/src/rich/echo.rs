//! Which of two texts is the newer one: the page's or the editor's.

use std::collections::VecDeque;

/// What the editor reported of one text and the page has not shown yet.
#[derive(Debug, Default)]
pub(crate) struct Echo {
    reported: VecDeque<String>,
}

impl Echo {
    /// The editor says that its text is now this.
    pub(crate) fn report(&mut self, text: String) {
        self.reported.push_back(text);
    }

    /// Whether a text of the page is news to the editor. What the editor itself reported comes back from the page later,
    /// perhaps when more was typed already; writing it into the editor then would take keys away from the reader.
    pub(crate) fn is_news(&mut self, text: &str, shown: Option<&str>) -> bool {
        if let Some(at) = self.reported.iter().position(|reported| reported == text) {
            self.reported.drain(..=at);
            return false;
        }
        let news = shown != Some(text);
        if news {
            self.reported.clear();
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_late_is_no_news() {
        let mut echo = Echo::default();
        for text in ["a", "ab", "abc"] {
            echo.report(text.to_owned());
        }
        assert!(!echo.is_news("a", Some("abc")));
        assert!(!echo.is_news("abc", Some("abc")));
        assert!(!echo.is_news("abc", Some("abc")));
    }

    #[test]
    fn what_the_page_changed_is_news() {
        let mut echo = Echo::default();
        echo.report("a".to_owned());
        assert!(echo.is_news("fixed", Some("a")));
        echo.report("fixed".to_owned());
        assert!(!echo.is_news("fixed", Some("fixed")));
        assert!(echo.is_news("", Some("fixed")));
        assert!(Echo::default().is_news("new", None));
    }
}
