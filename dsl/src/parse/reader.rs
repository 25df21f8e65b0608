//! What all readers share: the file that is read, and what was found wrong so far.

use super::broken;
use crate::ast::{Broken, BrokenKind};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::span::{FileId, Span};
use crate::text;

/// Most errors that are reported for one file; whoever has more looks at the first ones anyway.
const MAX_DIAGNOSTICS: usize = 100;

/// Reads the parse of one file into its tree.
pub(super) struct Reader<'i> {
    pub(super) file: FileId,
    pub(super) text: &'i str,
    /// The language of the file.
    pub(super) lang: Lang,
    diagnostics: Vec<Diagnostic>,
    broken: Vec<Broken>,
    left_out: usize,
}

impl<'i> Reader<'i> {
    pub(super) fn new(file: FileId, text: &'i str) -> Self {
        Self {
            file,
            text,
            lang: Lang::of_source(text),
            diagnostics: Vec::new(),
            broken: Vec::new(),
            left_out: 0,
        }
    }

    /// Notes an error or a warning.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.left_out += 1;
        }
    }

    /// Is the list of errors full?
    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.len() >= MAX_DIAGNOSTICS
    }

    /// Counts an error that is not worth finding the words for, because the list is full.
    pub(super) fn leave_out(&mut self) {
        self.left_out += 1;
    }

    /// Notes a piece that is missing from the tree.
    pub(super) fn broken(&mut self, kind: BrokenKind, span: Span) {
        self.broken.push(broken(kind, span));
    }

    /// What was found wrong, in source order.
    pub(super) fn finish(mut self) -> (Vec<Diagnostic>, Vec<Broken>) {
        self.diagnostics.sort_by_key(|d| d.primary.span);
        if self.left_out > 0
            && let Some(last) = self.diagnostics.last()
        {
            let message = text!(
                "{} more places of this file were not understood; mend the ones above first.",
                "{} autres endroits de ce fichier n'ont pas été compris ; corrigez d'abord ceux du dessus.",
                self.left_out
            );
            self.diagnostics.push(Diagnostic::error(
                &codes::TOO_MANY_ERRORS,
                last.primary.span,
                message,
                text!("and so on", "et ainsi de suite"),
            ));
        }
        (self.diagnostics, self.broken)
    }
}
