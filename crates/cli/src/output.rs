use std::io::{self, BufWriter, Write};

use anstream::AutoStream;

/// Standard output.
///
/// A reader that goes away (`| head`) is no failure: what it no longer wants is dropped, and the command ends with the
/// status it would have had. Everything else that prevents writing, such as a full disk, is an error.
pub(crate) struct Output {
    inner: BufWriter<AutoStream<io::Stdout>>,
    reader_gone: bool,
}

impl Output {
    /// Colours as the terminal and the options want them.
    pub(crate) fn styled() -> Self {
        Self::over(anstream::AutoStream::auto(io::stdout()))
    }

    /// Bytes as they are, for programs.
    pub(crate) fn plain() -> Self {
        Self::over(AutoStream::always_ansi(io::stdout()))
    }

    fn over(stream: AutoStream<io::Stdout>) -> Self {
        Self {
            inner: BufWriter::new(stream),
            reader_gone: false,
        }
    }

    fn unless_gone<T>(
        &mut self,
        dropped: T,
        write: impl FnOnce(&mut BufWriter<AutoStream<io::Stdout>>) -> io::Result<T>,
    ) -> io::Result<T> {
        if self.reader_gone {
            return Ok(dropped);
        }
        match write(&mut self.inner) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_gone = true;
                Ok(dropped)
            }
            other => other,
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_gone(bytes.len(), |inner| inner.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_gone((), Write::flush)
    }
}
