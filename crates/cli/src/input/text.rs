/// The text of a values file: UTF-8, or UTF-16 that says so with its first two bytes; Helm's reader knows both. The error
/// is a place, `LINE:COLUMN: ` in front, and what is wrong there.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let utf16 = |word: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes[2..].as_chunks::<2>();
        let text = if rest.is_empty() {
            char::decode_utf16(pairs.iter().map(|&pair| word(pair)))
                .collect::<Result<String, _>>()
                .ok()
        } else {
            None
        };
        text.ok_or_else(|| " the text begins as UTF-16 and goes on as something else; save it as UTF-8".to_owned())
    };
    match bytes[..] {
        [0xff, 0xfe, ..] => return utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return utf16(u16::from_be_bytes),
        _ => {}
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..good]);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let byte = error.as_bytes()[good];
        format!("{line}:{column}: byte 0x{byte:02x} is not UTF-8, so Helm refuses the file; save it as UTF-8")
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn utf_8_and_marked_utf_16_are_text() {
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| {
            decode(format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect())
        };
        for text in ["", "a: ü 😀\n"] {
            assert_eq!(decode(text.into()).as_deref(), Ok(text));
            assert_eq!(utf16(text, u16::to_le_bytes).as_deref(), Ok(text));
            assert_eq!(utf16(text, u16::to_be_bytes).as_deref(), Ok(text));
        }
    }

    #[test]
    fn other_bytes_have_a_place() {
        let wrong = decode(b"a: 1\nb: \xc3\xbc\xff".to_vec()).unwrap_err();
        assert!(wrong.starts_with("2:5: byte 0xff is not UTF-8"), "{wrong}");
        for bytes in [&b"\xff\xfea"[..], b"\xff\xfe\x00\xd8"] {
            assert!(decode(bytes.to_vec()).unwrap_err().contains("UTF-16"));
        }
    }
}
