//! Every SQL statement is a named constant in a list, so that one test can prepare them all.

/// Declares statements as constants and collects them into `STATEMENTS` of the module.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(const $name: &str = $sql;)*
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

#[cfg(test)]
mod tests {
    use sqlx::Executor;
    use sqlx::SqlSafeStr as _;

    /// Every statement of the store, against the migrated empty database.
    #[tokio::test]
    async fn every_statement_prepares() {
        let store = crate::Store::in_memory().await.unwrap();
        let mut connection = store.reader().await.unwrap();
        let all = [
            crate::carry::STATEMENTS,
            crate::change_log::STATEMENTS,
            crate::custom_policies::STATEMENTS,
            crate::deals::STATEMENTS,
            crate::history::STATEMENTS,
            crate::integrity::STATEMENTS,
            crate::job_checkpoints::STATEMENTS,
            crate::job_queue::STATEMENTS,
            crate::jobs::STATEMENTS,
            crate::named_versions::STATEMENTS,
            crate::packs::STATEMENTS,
            crate::policy_editions::STATEMENTS,
            crate::project_list::STATEMENTS,
            crate::projects::STATEMENTS,
            crate::scenarios::STATEMENTS,
            crate::settings::STATEMENTS,
            crate::users::STATEMENTS,
            crate::waterfall_structures::STATEMENTS,
        ];
        let mut prepared = 0;
        for (name, sql) in all.into_iter().flatten() {
            if let Err(error) = connection.prepare((*sql).into_sql_str()).await {
                panic!("{name}: {error}\n{sql}");
            }
            prepared += 1;
        }
        assert!(prepared >= 50, "only {prepared} statements were found");
    }

    /// No statement may hide from the list: outside it, `query` is only ever given a constant.
    #[test]
    fn no_statement_is_written_in_place() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                let in_place = ["query(\"", "query_as(\"", "query_scalar(\"", "AssertSql"];
                let pragma = ["db.rs", "backup.rs", "integrity.rs", "migrate.rs", "statements.rs"]
                    .iter()
                    .any(|file| path.ends_with(file));
                assert!(
                    pragma || !in_place.iter().any(|call| line.contains(call)),
                    "{}:{}: write it in `statements!`",
                    path.display(),
                    number + 1
                );
            }
        }
    }
}
