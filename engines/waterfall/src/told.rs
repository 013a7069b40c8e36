//! What is kept in numbers, and told in words once somebody asks
//!
//! A run pays thousands of times, and most who run it ask for sums alone. So each payment is kept as a row of numbers,
//! and the names of receipts, tiers and parties are put to all of them when the first is looked at.

use std::{fmt, ops::Deref, slice, sync::OnceLock, vec};

use serde::{Serialize, Serializer};

/// Something kept in numbers.
pub trait Kept {
    /// What it is told as.
    type Told;

    /// All of it in words.
    fn tell(&self) -> Vec<Self::Told>;
}

/// A list that is told in words once somebody looks at it. It is read as a slice.
#[derive(Clone)]
pub struct Told<K: Kept> {
    kept: K,
    told: OnceLock<Vec<K::Told>>,
}

impl<K: Kept> Told<K> {
    pub(crate) fn of(kept: K) -> Self {
        Told { kept, told: OnceLock::new() }
    }

    /// What is kept.
    pub fn kept(&self) -> &K {
        &self.kept
    }
}

impl<K: Kept> Deref for Told<K> {
    type Target = [K::Told];

    fn deref(&self) -> &[K::Told] {
        self.told.get_or_init(|| self.kept.tell())
    }
}

impl<'a, K: Kept> IntoIterator for &'a Told<K> {
    type Item = &'a K::Told;
    type IntoIter = slice::Iter<'a, K::Told>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K: Kept> IntoIterator for Told<K> {
    type Item = K::Told;
    type IntoIter = vec::IntoIter<K::Told>;

    fn into_iter(self) -> Self::IntoIter {
        self.told.into_inner().unwrap_or_else(|| self.kept.tell()).into_iter()
    }
}

impl<K: Kept> PartialEq for Told<K>
where
    K::Told: PartialEq,
{
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<K: Kept> fmt::Debug for Told<K>
where
    K::Told: fmt::Debug,
{
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self).finish()
    }
}

impl<K: Kept> Serialize for Told<K>
where
    K::Told: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}
