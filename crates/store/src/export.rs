//! Out of the database, in the open: every deal as a file anybody can read.

use std::path::{Path, PathBuf};

use crate::db::Store;
use crate::error::StoreError;
use crate::id::UserId;
use crate::project_list::ProjectQuery;

impl Store {
    /// Writes the current deal of every project outside the bin to `folder`, one `<name>.deal.json` each,
    /// and answers the files. They are not encrypted: that is what an export is for.
    ///
    /// # Errors
    /// `Unavailable` when a file exists already or cannot be written, `DiskFull`.
    pub async fn export_deals(&self, user: &UserId, folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
        std::fs::create_dir_all(folder)
            .map_err(|error| StoreError::io(&folder.display().to_string(), &error))?;
        let mut written = Vec::new();
        let mut query = ProjectQuery::all_of(user.clone());
        loop {
            let page = self.list_projects(&query).await?;
            for project in &page.items {
                let deal = self.open_deal(&project.id).await?;
                let mut text = serde_json::to_string_pretty(&deal.document)
                    .map_err(|error| StoreError::Unstorable { detail: error.to_string() })?;
                text.push('\n');
                let name = free_name(&written, folder, &slug(&project.name));
                write_new(&name, &text)?;
                written.push(name);
            }
            if page.page * page.page_size >= page.total {
                return Ok(written);
            }
            query.page += 1;
        }
    }
}

/// A file name every system accepts: letters and digits of any script, hyphens for the rest.
fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.is_empty() { "deal".to_owned() } else { words.join("-") }
}

/// Two projects may slug to one name; the second gets a number.
fn free_name(written: &[PathBuf], folder: &Path, slug: &str) -> PathBuf {
    let plain = folder.join(format!("{slug}.deal.json"));
    if !written.contains(&plain) {
        return plain;
    }
    (2_usize..)
        .map(|number| folder.join(format!("{slug}-{number}.deal.json")))
        .find(|name| !written.contains(name))
        .unwrap_or(plain)
}

fn write_new(path: &Path, text: &str) -> Result<(), StoreError> {
    use std::io::Write as _;
    std::fs::OpenOptions::new()
        .create_new(true)
        .write(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .map_err(|error| StoreError::io(&path.display().to_string(), &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_files() {
        assert_eq!(slug("Dragon's Quest / 2"), "dragon-s-quest-2");
        assert_eq!(slug("Öl & Éclair"), "öl-éclair");
        assert_eq!(slug("???"), "deal");
        let folder = Path::new("out");
        let taken = [folder.join("a.deal.json")];
        assert_eq!(free_name(&taken, folder, "a"), folder.join("a-2.deal.json"));
    }
}
