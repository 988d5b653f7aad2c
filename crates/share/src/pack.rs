//! Bytes into few characters of an address: deflate with a text that both sides know, then base64url.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params};
use miniz_oxide::inflate::{
    TINFLStatus,
    core::{DecompressorOxide, decompress, inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF},
};

use crate::error::LinkError;

/// What links have in common, so that they need not carry it. Part of version 1 of the format: a changed byte makes all
/// links unreadable.
const KNOWN: &[u8] = include_bytes!("known.txt");

/// Longer texts are not made from a link, however well they were compressed.
const UNPACKED: usize = 256 * 1024;

/// The raw format of deflate, without zlib's header.
const RAW: i32 = 0;

/// Compresses and encodes.
pub(crate) fn pack(bytes: &[u8]) -> String {
    let level = 9;
    let default_strategy = 0;
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(level, RAW, default_strategy));
    let mut packed = Vec::new();
    // What the known text compresses to is dropped. It ends at a byte's end, and what follows refers back into it.
    for (input, flush, keep) in [(KNOWN, TDEFLFlush::Sync, false), (bytes, TDEFLFlush::Finish, true)] {
        compress_to_output(&mut compressor, input, flush, |output| {
            if keep {
                packed.extend_from_slice(output);
            }
            true
        });
    }
    URL_SAFE_NO_PAD.encode(packed)
}

/// The reverse.
pub(crate) fn unpack(text: &str) -> Result<Vec<u8>, LinkError> {
    let packed = URL_SAFE_NO_PAD.decode(text).map_err(|_| LinkError::Damaged)?;
    // Deflate makes at most 1,032 bytes of one.
    let most = packed.len().saturating_mul(1_032).min(UNPACKED);
    let mut output = KNOWN.to_vec();
    output.resize(KNOWN.len() + most, 0);
    let (status, _, length) = decompress(
        &mut DecompressorOxide::new(),
        &packed,
        &mut output,
        KNOWN.len(),
        TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
    );
    match status {
        TINFLStatus::Done => {
            output.truncate(KNOWN.len() + length);
            Ok(output.split_off(KNOWN.len()))
        }
        TINFLStatus::HasMoreOutput => Err(LinkError::TooLarge),
        _ => Err(LinkError::Damaged),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_known_costs_next_to_nothing() {
        assert!(pack(&KNOWN[100..800]).len() < 32);
        assert_eq!(unpack(&pack(&KNOWN[100..800])).as_deref(), Ok(&KNOWN[100..800]));
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = pack(&vec![b'a'; 4 * UNPACKED]);
        assert!(bomb.len() < 10_000, "{}", bomb.len());
        assert_eq!(unpack(&bomb), Err(LinkError::TooLarge));
        let most = vec![b'a'; UNPACKED];
        assert_eq!(unpack(&pack(&most)).as_deref(), Ok(most.as_slice()));
    }

    #[test]
    fn a_link_that_lost_its_end_is_damaged() {
        let text = pack(b"app:\n  replicaCount: 2\n  somethingElse: 12345\n");
        for end in 0..text.len() {
            assert_eq!(unpack(&text[..end]), Err(LinkError::Damaged), "{end}");
        }
        assert_eq!(unpack("no link!"), Err(LinkError::Damaged));
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..4_000)) {
            let text = pack(&bytes);
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
            prop_assert_eq!(unpack(&text), Ok(bytes));
        }

        #[test]
        fn no_text_panics(text in "[-_A-Za-z0-9]{0,400}") {
            let _ = unpack(&text);
        }
    }
}
