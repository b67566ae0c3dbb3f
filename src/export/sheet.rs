//! CSV as spreadsheets read it (RFC 4180): a header, UTF-8, and no cell that a spreadsheet would run as a formula.

use std::io::{self, Write};

/// A sheet under way.
pub struct Sheet<W: Write>(csv::Writer<W>);

impl<W: Write> Sheet<W> {
    /// A sheet with this header.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn new<S: AsRef<[u8]>>(out: W, header: impl IntoIterator<Item = S>) -> io::Result<Self> {
        let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        sheet.write_record(header)?;
        Ok(Self(sheet))
    }

    /// Writes a cell that holds a text.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        // OWASP, "CSV Injection": what begins like a formula is shown as it is behind an apostrophe.
        match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            true => self.0.write_field(format!("'{text}"))?,
            false => self.0.write_field(text)?,
        }
        Ok(())
    }

    /// Writes a cell that holds a number, a date or a word of ours: it begins as it should.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn plain(&mut self, value: &str) -> io::Result<()> {
        Ok(self.0.write_field(value)?)
    }

    /// Ends a row.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn end_row(&mut self) -> io::Result<()> {
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    /// Ends the sheet.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn end(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
