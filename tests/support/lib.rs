//! Builders shared by the acceptance tests.
