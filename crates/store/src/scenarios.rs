//! Scenarios: a branch of a deal. A revision, the change on it, and what came out.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::belongings::{Belonging, log};
use crate::change_log;
use crate::db::Store;
use crate::error::StoreError;
use crate::history;
use crate::id::{ProjectId, RevisionId, ScenarioId};
use crate::patch::{self, Edit};
use crate::statements::statements;

statements! {
    INSERT = "INSERT INTO scenarios (id, project_id, revision_id, name, scenario_type, template_name, patch,
            capital_stack, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";
    SELECT = "SELECT id, project_id, revision_id, name, scenario_type, template_name, patch, capital_stack,
            evaluation_results, rank, score_hundredths, version, created_at, updated_at FROM scenarios WHERE id = $1";
    LIST = "SELECT id, project_id, revision_id, name, scenario_type, template_name, patch, capital_stack,
            evaluation_results, rank, score_hundredths, version, created_at, updated_at FROM scenarios
        WHERE project_id = $1 ORDER BY rank IS NULL, rank, created_at, id";
    EVALUATE = "UPDATE scenarios SET evaluation_results = $2, rank = $3, score_hundredths = $4, updated_at = $5,
        version = version + 1 WHERE id = $1";
    RENAME = "UPDATE scenarios SET name = $2, updated_at = $3, version = version + 1 WHERE id = $1";
    DELETE = "DELETE FROM scenarios WHERE id = $1";
}

/// Where a scenario comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "template", rename_all = "snake_case")]
pub enum ScenarioOrigin {
    /// One of the known shapes of a capital stack, by name.
    Template(String),
    /// Found by the optimiser.
    Optimized,
    /// Made by hand.
    Custom,
}

impl ScenarioOrigin {
    fn columns(&self) -> (&'static str, Option<&str>) {
        match self {
            Self::Template(name) => ("template", Some(name)),
            Self::Optimized => ("optimized", None),
            Self::Custom => ("custom", None),
        }
    }
}

/// A scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scenario {
    /// Identifier.
    pub id: ScenarioId,
    /// Its project.
    pub project: ProjectId,
    /// The state of the deal it branches from.
    pub revision: RevisionId,
    /// Name, unique in the project.
    pub name: String,
    /// Where it comes from.
    pub origin: ScenarioOrigin,
    /// What it changes.
    pub patch: Vec<Edit>,
    /// The capital stack it leads to.
    pub capital_stack: Value,
    /// What came out, once evaluated.
    pub evaluation_results: Option<Value>,
    /// Place among its siblings, once compared.
    pub rank: Option<i64>,
    /// Score in hundredths of a point, once compared.
    pub score_hundredths: Option<i64>,
    /// For optimistic locking.
    pub version: i64,
    /// When it was made.
    pub created_at: String,
    /// When it was last changed.
    pub updated_at: String,
}

/// A scenario about to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewScenario<'a> {
    /// The state of the deal it branches from.
    pub revision: &'a RevisionId,
    /// Name, unique in the project.
    pub name: &'a str,
    /// Where it comes from.
    pub origin: &'a ScenarioOrigin,
    /// The whole deal of the scenario; what is stored is its difference from the revision.
    pub document: &'a Value,
    /// The capital stack it leads to.
    pub capital_stack: &'a Value,
}

/// The outcome of an evaluation.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation<'a> {
    /// What came out.
    pub results: &'a Value,
    /// Place among its siblings, from 1.
    pub rank: Option<i64>,
    /// Score in hundredths of a point, 0 to 10000.
    pub score_hundredths: Option<i64>,
}

impl Store {
    /// Keeps a scenario.
    ///
    /// # Errors
    /// `NotFound` for an unknown revision, `Constraint` for a name in use.
    pub async fn create_scenario(&self, new: &NewScenario<'_>, author: &str) -> Result<Scenario, StoreError> {
        let (id, now) = (ScenarioId::fresh(), self.now());
        let mut transaction = self.write().await?;
        let branch = history::by_id(&mut transaction, new.revision).await?;
        let before = history::document_at(&mut transaction, &branch.project, branch.seq).await?;
        let edits = patch::edits(&before, new.document);
        let text = serde_json::to_string(&edits)
            .map_err(|error| StoreError::Unstorable { detail: error.to_string() })?;
        let (kind, template) = new.origin.columns();
        sqlx::query(INSERT)
            .bind(id.as_str())
            .bind(branch.project.as_str())
            .bind(new.revision.as_str())
            .bind(new.name)
            .bind(kind)
            .bind(template)
            .bind(text)
            .bind(new.capital_stack.to_string())
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        log::<Scenario>(&mut transaction, &now, author, id.as_str(), Some(&branch.project), "created")
            .await?;
        transaction.commit().await?;
        self.scenario(&id).await
    }

    /// One scenario.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn scenario(&self, id: &ScenarioId) -> Result<Scenario, StoreError> {
        self.belonging(id.as_str()).await
    }

    /// The whole deal of a scenario.
    ///
    /// # Errors
    /// `NotFound`, `Corrupt`.
    pub async fn scenario_document(&self, id: &ScenarioId) -> Result<Value, StoreError> {
        let scenario = self.scenario(id).await?;
        let before = self.revision_document(&scenario.revision).await?;
        patch::apply(before, &scenario.patch)
            .map_err(|misfit| StoreError::corrupt(format!("scenario {id}: {}", misfit.0)))
    }

    /// The scenarios of a project, by rank.
    ///
    /// # Errors
    /// As any read.
    pub async fn list_scenarios(&self, project: &ProjectId) -> Result<Vec<Scenario>, StoreError> {
        self.belongings(project.as_str()).await
    }

    /// Stores what an evaluation gave.
    ///
    /// # Errors
    /// `NotFound`, `Conflict`, `Constraint` for a rank or score out of range.
    pub async fn record_evaluation(
        &self,
        id: &ScenarioId,
        expected_version: i64,
        evaluation: &Evaluation<'_>,
        author: &str,
    ) -> Result<Scenario, StoreError> {
        let mut change = self.change_belonging::<Scenario>(id.as_str(), Some(expected_version)).await?;
        sqlx::query(EVALUATE)
            .bind(id.as_str())
            .bind(evaluation.results.to_string())
            .bind(evaluation.rank)
            .bind(evaluation.score_hundredths)
            .bind(&change.now)
            .execute(&mut *change.transaction)
            .await?;
        change.done(author, id.as_str(), "evaluated").await?;
        self.scenario(id).await
    }

    /// Gives a scenario another name.
    ///
    /// # Errors
    /// `NotFound`, `Constraint` for a name in use or an empty one.
    pub async fn rename_scenario(
        &self,
        id: &ScenarioId,
        name: &str,
        author: &str,
    ) -> Result<Scenario, StoreError> {
        let mut change = self.change_belonging::<Scenario>(id.as_str(), None).await?;
        sqlx::query(RENAME)
            .bind(id.as_str())
            .bind(name)
            .bind(&change.now)
            .execute(&mut *change.transaction)
            .await?;
        change.done(author, id.as_str(), "renamed").await?;
        self.scenario(id).await
    }

    /// Deletes a scenario.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_scenario(&self, id: &ScenarioId, author: &str) -> Result<(), StoreError> {
        self.delete_belonging::<Scenario>(id.as_str(), author).await
    }
}

impl Belonging for Scenario {
    const ENTITY: &'static str = "scenario";
    const NAME: &'static str = "scenario";
    const SELECT: &'static str = SELECT;
    const LIST: &'static str = LIST;
    const DELETE: &'static str = DELETE;

    fn project(&self) -> Option<&ProjectId> {
        Some(&self.project)
    }

    fn version(&self) -> i64 {
        self.version
    }

    fn read(row: &SqliteRow) -> Result<Self, StoreError> {
        let template: Option<String> = row.try_get("template_name")?;
        let origin = match (row.try_get::<String, _>("scenario_type")?.as_str(), template) {
            ("template", Some(name)) => ScenarioOrigin::Template(name),
            ("optimized", None) => ScenarioOrigin::Optimized,
            ("custom", None) => ScenarioOrigin::Custom,
            (other, _) => return Err(StoreError::corrupt(format!("a scenario of type {other}"))),
        };
        let patch: String = row.try_get("patch")?;
        Ok(Self {
            id: row.try_get::<String, _>("id")?.into(),
            project: row.try_get::<String, _>("project_id")?.into(),
            revision: row.try_get::<String, _>("revision_id")?.into(),
            name: row.try_get("name")?,
            origin,
            patch: serde_json::from_str(&patch).map_err(|error| StoreError::corrupt(error.to_string()))?,
            capital_stack: change_log::json(row, "capital_stack")?,
            evaluation_results: change_log::optional_json(row, "evaluation_results")?,
            rank: row.try_get("rank")?,
            score_hundredths: row.try_get("score_hundredths")?,
            version: row.try_get("version")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }
}
