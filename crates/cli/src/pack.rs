//! `recoup pack`: the files a financier is handed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use recoup_app::{AppError, ErrorCode, packs::pack_of_file};

use crate::outcome::{Answer, Output, Said, print, print_json, read};

/// Write the pack of a deal: a PDF and a live workbook
#[derive(Args)]
#[command(after_help = "Example:\n  recoup pack examples/dragons-quest.deal.json --out packs/")]
pub(crate) struct Pack {
    /// The deal file, or - for standard input
    file: PathBuf,
    /// The folder to write into; made where it does not exist
    #[arg(long)]
    out: PathBuf,
    /// Which files
    #[arg(long, value_enum, value_delimiter = ',', default_values = ["pdf", "xlsx"])]
    format: Vec<Format>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Pdf,
    Xlsx,
}

impl Format {
    fn name(self) -> String {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
        }
        .to_owned()
    }
}

#[derive(serde::Serialize)]
struct Written {
    file: String,
    format: &'static str,
    parts: usize,
    bytes: usize,
    checksum: String,
}

impl Pack {
    pub(crate) fn run(self, output: Output) -> Answer {
        let formats: Vec<String> = self.format.iter().map(|format| format.name()).collect();
        let pack = pack_of_file(&read(&self.file)?, &formats)?;
        std::fs::create_dir_all(&self.out).map_err(|reason| cannot(&self.out, &reason))?;
        let mut written = Vec::with_capacity(pack.files.len());
        for file in &pack.files {
            let path = self.out.join(&file.name);
            std::fs::write(&path, &file.bytes).map_err(|reason| cannot(&path, &reason))?;
            written.push(Written {
                file: path.display().to_string(),
                format: file.format.extension(),
                parts: file.parts,
                bytes: file.bytes.len(),
                checksum: file.checksum.clone(),
            });
        }
        if output.json {
            print_json(&written)?;
        } else {
            for file in &written {
                let unit = if file.format == "pdf" { "pages" } else { "sheets" };
                print(&format!("{}  {} {unit}, {} bytes", file.file, file.parts, file.bytes));
                print(&format!("  sha-256 {}", file.checksum));
            }
            print(&format!("model {}", pack.fingerprint));
        }
        Ok(Said::Yes)
    }
}

fn cannot(path: &std::path::Path, reason: &std::io::Error) -> AppError {
    AppError::new(ErrorCode::Internal, format!("{} cannot be written. Choose another folder.", path.display()))
        .with("reason", reason)
}
