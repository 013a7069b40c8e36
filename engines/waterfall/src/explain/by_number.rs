//! What is known of tiers, counters and thresholds, by their numbers

/// A map whose keys are the small numbers of a compiled plan.
#[derive(Debug, Clone)]
pub(super) struct ByNumber<V>(Vec<Option<V>>);

impl<V> Default for ByNumber<V> {
    fn default() -> Self {
        ByNumber(Vec::new())
    }
}

impl<V> ByNumber<V> {
    pub(super) fn get(&self, number: &u32) -> Option<&V> {
        self.0.get(*number as usize).and_then(Option::as_ref)
    }

    pub(super) fn insert(&mut self, number: u32, value: V) {
        let place = number as usize;
        if self.0.len() <= place {
            self.0.resize_with(place + 1, || None);
        }
        self.0[place] = Some(value);
    }

    pub(super) fn remove(&mut self, number: &u32) {
        if let Some(slot) = self.0.get_mut(*number as usize) {
            *slot = None;
        }
    }
}
