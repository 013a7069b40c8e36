//! `recoup pack`: the files a financier is handed.

use std::path::PathBuf;

use clap::Args;
use recoup_app::{DownloadsFolder, packs::export_pack_of_file};

use crate::outcome::{Answer, Output, Said, print, print_json, read};

/// Write the pack of a deal: PDF, workbook, or both
///
/// Prints files, pages or sheets, and checksums. No existing file is replaced.
#[derive(Args)]
#[command(
    after_help = "Example:\n  recoup pack examples/dragons-quest.deal.json --out packs --format pdf,xlsx"
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
}

impl Pack {
    pub(crate) fn run(self, output: Output) -> Answer {
        let pack = export_pack_of_file(&read(&self.file)?, &self.format, &DownloadsFolder::at(self.out))?;
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
