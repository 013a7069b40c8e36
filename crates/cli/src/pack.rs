//! `recoup pack`: the files a financier is handed.

use std::path::PathBuf;

use clap::Args;
use recoup_app::{DownloadsFolder, packs::export_pack_of_file};

use crate::outcome::{Answer, Output, Said, print, print_json, read};

/// Write the pack of a deal: PDF, workbook, or both
///
/// The reader decides the sections, their order and the figures of the first page; --lang the language.
/// Prints files, pages or sheets, and checksums. No existing file is replaced.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  recoup pack examples/dragons-quest.deal.json --out packs\n  recoup pack examples/tin-orchard.deal.json --out packs --reader gap-lender --format pdf\n  recoup --lang fr pack examples/nimbus-and-pip.deal.json --out packs --reader soft-money"
)]
pub(crate) struct Pack {
    /// The deal file, or - for standard input
    file: PathBuf,
    /// The folder the files go to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// What to make
    #[arg(long, value_delimiter = ',', default_value = "pdf,xlsx")]
    format: Vec<String>,
    /// For whom it is
    #[arg(long, default_value = "full", value_parser = ["senior-lender", "gap-lender", "equity", "soft-money", "bond", "co-producer", "full"])]
    reader: String,
}

impl Pack {
    pub(crate) fn run(self, output: Output) -> Answer {
        let edition = (output.language.code(), self.reader.as_str());
        let target = DownloadsFolder::at(self.out);
        let pack = export_pack_of_file(&read(&self.file)?, &self.format, edition, &target)?;
        if output.json {
            print_json(&pack)?;
        } else {
            for file in &pack.files {
                print(&format!(
                    "{}  {} parts  {} bytes  sha256 {}",
                    file.place, file.parts, file.bytes, file.checksum
                ));
            }
        }
        Ok(Said::Yes)
    }
}
