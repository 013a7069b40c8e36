//! The list of a person's projects: which of them, in which order, which page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::db::Store;
use crate::error::StoreError;
use crate::id::{self, Page, UserId};
use crate::projects::{Project, project, shown};
use crate::statements::statements;

/// Projects on one page of the list.
pub const PROJECTS_PER_PAGE: i64 = 20;

/// Which projects. A budget is compared in whole units of its own currency: `$10` holds the minor units of
/// one for the currencies that do not have a hundred. A country stands for its regions as well.
macro_rules! asked {
    () => {
        "WHERE user_id = $1 AND (deleted_at IS NOT NULL) = $2 AND ($3 = '' OR instr(search_text, $3) > 0)
            AND ($4 IS NULL OR status = $4) AND ($5 IS NULL OR currency = $5)
            AND ($6 IS NULL OR json_extract(profile, '$.project_type') = $6)
            AND ($7 IS NULL OR json_extract(profile, '$.technique') = $7)
            AND ($8 IS NULL OR budget_minor
                >= $8 * coalesce((SELECT value FROM json_each($10) WHERE key = currency), 100))
            AND ($9 IS NULL OR budget_minor
                < $9 * coalesce((SELECT value FROM json_each($10) WHERE key = currency), 100))
            AND ($11 IS NULL
                OR EXISTS (SELECT 1 FROM json_tree(document, '$.budget')
                    WHERE key = 'jurisdiction' AND (atom = $11 OR substr(atom, 1, length($11) + 1) = $11 || '-'))
                OR EXISTS (SELECT 1 FROM json_tree(document, '$.incentives')
                    WHERE key = 'jurisdiction' AND (atom = $11 OR substr(atom, 1, length($11) + 1) = $11 || '-')))"
    };
}

statements! {
    COUNT = concat!("SELECT count(*) FROM projects ", asked!());
    LIST = concat!(shown!(), asked!(), "
        ORDER BY CASE $12 WHEN 'name' THEN lower(name) END, CASE $12 WHEN '-name' THEN lower(name) END DESC,
            CASE $12 WHEN 'created' THEN created_at END, CASE $12 WHEN '-created' THEN created_at END DESC,
            CASE $12 WHEN 'updated' THEN updated_at END, CASE $12 WHEN '-updated' THEN updated_at END DESC,
            CASE $12 WHEN 'budget' THEN budget_minor END, CASE $12 WHEN '-budget' THEN budget_minor END DESC, id
        LIMIT $13 OFFSET $14");
    CURRENCIES = "SELECT DISTINCT currency FROM projects
        WHERE user_id = $1 AND deleted_at IS NULL AND currency <> '' ORDER BY currency";
    JURISDICTIONS = "SELECT DISTINCT cell.atom FROM projects, json_tree(projects.document, '$.budget') AS cell
        WHERE user_id = $1 AND deleted_at IS NULL AND cell.key = 'jurisdiction' AND cell.atom IS NOT NULL
        ORDER BY cell.atom";
}

/// What a list of projects can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectFacets {
    /// Currencies in use.
    pub currencies: Vec<String>,
    /// Places of spend in use, as codes.
    pub jurisdictions: Vec<String>,
}

/// Order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProjectSort {
    /// Last change.
    #[default]
    Updated,
    /// Name, whatever its case.
    Name,
    /// Date it was made.
    Created,
    /// Budget, as a number of minor units.
    Budget,
}

/// Which projects, in which order, which page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectQuery {
    /// Whose.
    pub user: UserId,
    /// Words that occur in name, description, title, genre or logline; empty for all.
    pub search: String,
    /// Only this status.
    pub status: Option<String>,
    /// Only this currency.
    pub currency: Option<String>,
    /// Only this form of work.
    pub project_type: Option<String>,
    /// Only this technique.
    pub technique: Option<String>,
    /// Only budgets of so many whole units of their currency, or more.
    pub budget_from: Option<u32>,
    /// Only budgets of fewer whole units of their currency.
    pub budget_below: Option<u32>,
    /// How many minor units make one unit, for the currencies where it is not a hundred.
    pub unusual_units: BTreeMap<String, i64>,
    /// Only what is spent or claimed in this jurisdiction or a region of it.
    pub jurisdiction: Option<String>,
    /// The bin instead of the list.
    pub in_bin: bool,
    /// Order.
    pub sort: ProjectSort,
    /// The other way round.
    pub descending: bool,
    /// Page, from 1.
    pub page: i64,
}

impl ProjectQuery {
    /// The first page of everything, last changed first.
    #[must_use]
    pub fn all_of(user: UserId) -> Self {
        Self {
            user,
            search: String::new(),
            status: None,
            currency: None,
            project_type: None,
            technique: None,
            budget_from: None,
            budget_below: None,
            unusual_units: BTreeMap::new(),
            jurisdiction: None,
            in_bin: false,
            sort: ProjectSort::Updated,
            descending: true,
            page: 1,
        }
    }

    fn order(&self) -> &'static str {
        match (self.sort, self.descending) {
            (ProjectSort::Updated, false) => "updated",
            (ProjectSort::Updated, true) => "-updated",
            (ProjectSort::Name, false) => "name",
            (ProjectSort::Name, true) => "-name",
            (ProjectSort::Created, false) => "created",
            (ProjectSort::Created, true) => "-created",
            (ProjectSort::Budget, false) => "budget",
            (ProjectSort::Budget, true) => "-budget",
        }
    }
}

impl Store {
    /// A page of a person's projects.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_projects(&self, query: &ProjectQuery) -> Result<Page<Project>, StoreError> {
        let mut connection = self.reader().await?;
        let search = query.search.trim().to_lowercase();
        let sizes = json!(query.unusual_units).to_string();
        macro_rules! with_filters {
            ($statement:expr) => {
                $statement
                    .bind(query.user.as_str())
                    .bind(query.in_bin)
                    .bind(&search)
                    .bind(&query.status)
                    .bind(&query.currency)
                    .bind(&query.project_type)
                    .bind(&query.technique)
                    .bind(query.budget_from)
                    .bind(query.budget_below)
                    .bind(&sizes)
                    .bind(&query.jurisdiction)
            };
        }
        let total: i64 = with_filters!(sqlx::query_scalar(COUNT)).fetch_one(&mut *connection).await?;
        let rows = with_filters!(sqlx::query(LIST))
            .bind(query.order())
            .bind(PROJECTS_PER_PAGE)
            .bind(id::offset(query.page, PROJECTS_PER_PAGE))
            .fetch_all(&mut *connection)
            .await?;
        let items = rows.iter().map(project).collect::<Result<_, _>>()?;
        Ok(Page { items, total, page: query.page.max(1), page_size: PROJECTS_PER_PAGE })
    }

    /// The currencies and the places of spend of a person's projects outside the bin: what a list can be
    /// narrowed to.
    ///
    /// # Errors
    /// As any read.
    pub async fn project_facets(&self, user: &UserId) -> Result<ProjectFacets, StoreError> {
        let mut connection = self.reader().await?;
        Ok(ProjectFacets {
            currencies: sqlx::query_scalar(CURRENCIES)
                .bind(user.as_str())
                .fetch_all(&mut *connection)
                .await?,
            jurisdictions: sqlx::query_scalar(JURISDICTIONS)
                .bind(user.as_str())
                .fetch_all(&mut *connection)
                .await?,
        })
    }
}
