//! What must hold of `rollcast-yaml` for any bytes.

use rollcast_yaml::{Event, Output, Parser, Style, emit};

/// Checks an input.
///
/// # Panics
/// It does not hold.
pub fn check(data: &[u8]) {
    let mut parser = Parser::new(data);
    // UTF-16 is counted in the bytes of the same text in UTF-8.
    let is_utf16 = data.starts_with(b"\xFF\xFE") || data.starts_with(b"\xFE\xFF");
    let length = if is_utf16 { data.len() * 2 } else { data.len() };
    let mut texts: Vec<Piece> = Vec::new();
    let mut open = Vec::new();
    let mut documents = 0;
    let whole = loop {
        match parser.next_event() {
            Ok(None) => break true,
            Err(error) => {
                assert!(error.mark.offset <= length, "an error stands in the text");
                assert!(!error.to_string().is_empty());
                assert!(matches!(parser.next_event(), Ok(None)), "nothing follows an error");
                break false;
            }
            Ok(Some((event, span))) => {
                assert!(
                    span.start.offset <= span.end.offset && span.end.offset <= length,
                    "{event:?} stands in the text: {span:?}"
                );
                assert!(span.start.line <= span.end.line);
                match event {
                    Event::DocumentStart => documents += 1,
                    Event::DocumentEnd => assert!(open.is_empty(), "what began in a document ends in it"),
                    Event::Alias(name) => texts.push(Piece::Scalar(name, Style::Plain)),
                    Event::Scalar(scalar) => {
                        // An empty plain text is not seen again at the root of a document.
                        let style = match scalar.plain {
                            true if scalar.text.is_empty() => Style::DoubleQuoted,
                            true => Style::Plain,
                            false => Style::Literal,
                        };
                        texts.push(Piece::Scalar(scalar.text, style));
                    }
                    Event::ListStart { .. } => {
                        open.push(true);
                        texts.push(Piece::Mark(Output::ListStart));
                    }
                    Event::MapStart { .. } => {
                        open.push(false);
                        texts.push(Piece::Mark(Output::MapStart));
                    }
                    Event::ListEnd => {
                        assert_eq!(open.pop(), Some(true), "a list ends where one began");
                        texts.push(Piece::Mark(Output::ListEnd));
                    }
                    Event::MapEnd => {
                        assert_eq!(open.pop(), Some(false), "a map ends where one began");
                        texts.push(Piece::Mark(Output::MapEnd));
                    }
                }
            }
        }
    };
    if whole && documents == 1 && texts.len() < 1_000 {
        read_back(&texts);
    }
}

enum Piece {
    Mark(Output<'static>),
    Scalar(String, Style),
}

/// What is written reads back as the same texts in the same order.
fn read_back(pieces: &[Piece]) {
    let outputs = pieces.iter().map(|piece| match piece {
        Piece::Mark(output) => *output,
        Piece::Scalar(text, style) => Output::Scalar(text, *style),
    });
    // The writer refuses what it has no form for, such as keys that are collections and long.
    let Some(written) = emit(outputs) else { return };
    let mut parser = Parser::new(written.as_bytes());
    let mut read = Vec::new();
    loop {
        match parser.next_event() {
            Ok(None) => break,
            Ok(Some((Event::Scalar(scalar), _))) => read.push(scalar.text),
            Ok(Some(_)) => {}
            Err(error) => panic!("what was written is refused: {error}\n{written}"),
        }
    }
    let texts: Vec<&str> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Scalar(text, _) => Some(text.as_str()),
            Piece::Mark(_) => None,
        })
        .collect();
    assert_eq!(read, texts, "{written}");
}
