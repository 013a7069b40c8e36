//! The state from which a job goes on after the program ended.
//!
//! It lies in the database, encrypted like everything else, and is replaced together with the noted progress in one
//! transaction: a killed program finds the state before or the one after, never half of one. It is cut into pieces and
//! only those that changed are written, so that a state that grows at its end costs what was added.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};
use sqlx::{Row as _, SqliteConnection};

use crate::db::Store;
use crate::error::StoreError;
use crate::id::JobId;
use crate::job_queue;
use crate::jobs::JobProgress;
use crate::statements::statements;

statements! {
    SELECT = "SELECT kernel, size_bytes, sha256 FROM job_checkpoints WHERE job_id = $1";
    PIECES = "SELECT state FROM job_checkpoint_pieces WHERE job_id = $1 ORDER BY piece";
    SUMS = "SELECT piece, sha256 FROM job_checkpoint_pieces WHERE job_id = $1";
    PUT = "INSERT INTO job_checkpoints (job_id, kernel, size_bytes, sha256, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (job_id) DO UPDATE SET kernel = $2, size_bytes = $3, sha256 = $4, created_at = $5";
    PUT_PIECE = "INSERT INTO job_checkpoint_pieces (job_id, piece, sha256, state) VALUES ($1, $2, $3, $4)
        ON CONFLICT (job_id, piece) DO UPDATE SET sha256 = $3, state = $4";
    CUT = "DELETE FROM job_checkpoint_pieces WHERE job_id = $1 AND piece >= $2";
    DROP = "DELETE FROM job_checkpoints WHERE job_id = $1";
    CARRY = "SELECT kernel, size_bytes, sha256, created_at FROM job_checkpoints WHERE job_id = $1";
    CARRY_PIECES = "SELECT piece, sha256, state FROM job_checkpoint_pieces WHERE job_id = $1";
}

/// Bytes of a piece.
const PIECE: usize = 256 * 1024;

/// A state that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which program kept it.
    pub kernel: String,
    /// The state, byte for byte as it was given.
    pub state: Vec<u8>,
}

impl Store {
    /// Keeps the state of a running job and how far it is, in the place of what was kept before.
    ///
    /// # Errors
    /// `NotFound` when it is not running; `DiskFull`, with the state before still in place.
    pub async fn save_checkpoint(
        &self,
        id: &JobId,
        progress: &JobProgress,
        checkpoint: &Checkpoint,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let mut transaction = self.write().await?;
        job_queue::advance(&mut transaction, id, progress).await?;
        let mut kept = BTreeMap::new();
        for row in sqlx::query(SUMS).bind(id.as_str()).fetch_all(&mut *transaction).await? {
            kept.insert(row.try_get::<i64, _>("piece")?, row.try_get::<String, _>("sha256")?);
        }
        let sums: Vec<String> = checkpoint.state.chunks(PIECE).map(sum).collect();
        sqlx::query(PUT)
            .bind(id.as_str())
            .bind(&checkpoint.kernel)
            .bind(stored(checkpoint.state.len()))
            .bind(sum(sums.concat().as_bytes()))
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
        let mut count = 0;
        for (state, sha256) in checkpoint.state.chunks(PIECE).zip(&sums) {
            if kept.get(&count) != Some(sha256) {
                put_piece(&mut transaction, id, count, sha256, state).await?;
            }
            count += 1;
        }
        sqlx::query(CUT).bind(id.as_str()).bind(count).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// The state a job kept last.
    ///
    /// # Errors
    /// `Corrupt` when it is not what was kept.
    pub async fn checkpoint(&self, id: &JobId) -> Result<Option<Checkpoint>, StoreError> {
        let mut connection = self.reader().await?;
        let row = sqlx::query(SELECT).bind(id.as_str()).fetch_optional(&mut *connection).await?;
        let Some(row) = row else { return Ok(None) };
        let (mut state, mut sums) = (Vec::new(), String::new());
        for piece in sqlx::query(PIECES).bind(id.as_str()).fetch_all(&mut *connection).await? {
            let bytes: &[u8] = piece.try_get("state")?;
            state.extend_from_slice(bytes);
            sums.push_str(&sum(bytes));
        }
        let is_whole = row.try_get::<i64, _>("size_bytes")? == stored(state.len())
            && row.try_get::<String, _>("sha256")? == sum(sums.as_bytes());
        if !is_whole {
            return Err(StoreError::corrupt(format!("the state of job {id} is not what was kept")));
        }
        Ok(Some(Checkpoint { kernel: row.try_get("kernel")?, state }))
    }

    /// Lets go of a state that nobody goes on from.
    ///
    /// # Errors
    /// As any write.
    pub async fn drop_checkpoint(&self, id: &JobId) -> Result<(), StoreError> {
        let mut connection = self.writer().await?;
        drop_of(&mut connection, id).await
    }
}

pub(crate) async fn drop_of(connection: &mut SqliteConnection, id: &JobId) -> Result<(), StoreError> {
    sqlx::query(DROP).bind(id.as_str()).execute(connection).await?;
    Ok(())
}

/// Copies the state of a job into another database.
pub(crate) async fn carry(
    source: &mut SqliteConnection,
    target: &mut SqliteConnection,
    id: &JobId,
) -> Result<(), StoreError> {
    let row = sqlx::query(CARRY).bind(id.as_str()).fetch_optional(&mut *source).await?;
    let Some(row) = row else { return Ok(()) };
    sqlx::query(PUT)
        .bind(id.as_str())
        .bind(row.try_get::<String, _>("kernel")?)
        .bind(row.try_get::<i64, _>("size_bytes")?)
        .bind(row.try_get::<String, _>("sha256")?)
        .bind(row.try_get::<String, _>("created_at")?)
        .execute(&mut *target)
        .await?;
    for piece in sqlx::query(CARRY_PIECES).bind(id.as_str()).fetch_all(&mut *source).await? {
        let sha256: String = piece.try_get("sha256")?;
        put_piece(target, id, piece.try_get("piece")?, &sha256, piece.try_get("state")?).await?;
    }
    Ok(())
}

async fn put_piece(
    connection: &mut SqliteConnection,
    id: &JobId,
    piece: i64,
    sha256: &str,
    state: &[u8],
) -> Result<(), StoreError> {
    let query = sqlx::query(PUT_PIECE).bind(id.as_str()).bind(piece).bind(sha256).bind(state);
    query.execute(connection).await?;
    Ok(())
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn stored(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
