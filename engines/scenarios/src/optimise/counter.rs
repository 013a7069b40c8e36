//! Even numbers as a function of where they are needed.
//!
//! What is drawn depends on the seed, the round, the slot and the turn alone, so that a search that was stopped goes on
//! as if it had not been, and threads change nothing.

/// The numbers of one slot in one round.
#[derive(Debug, Clone)]
pub(crate) struct Counter {
    key: u64,
    turn: u64,
}

/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA: the finalizer of SplitMix64
/// (Stafford's variant 13), which is a bijection in which every bit of the input moves every bit of the answer.
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Counter {
    /// The numbers of a slot in a round.
    pub(crate) fn new(seed: u64, round: u64, slot: u64) -> Self {
        let key = mixed(seed.wrapping_add(GOLDEN));
        let key = mixed(key ^ mixed(round.wrapping_mul(GOLDEN).wrapping_add(1)));
        Self { key: mixed(key ^ mixed(slot.wrapping_mul(GOLDEN).wrapping_add(2))), turn: 0 }
    }

    /// The next number in `[0, 1)`.
    pub(crate) fn even(&mut self) -> f64 {
        self.turn += 1;
        let bits = mixed(self.key.wrapping_add(self.turn.wrapping_mul(GOLDEN)));
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of the first `count` whole numbers; zero where there is none.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        ((self.even() * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// Whole numbers below `count` in a drawn order.
    pub(crate) fn shuffled(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_even_and_their_slots_apart() {
        let mut counts = [0_u32; 10];
        for slot in 0..1000 {
            let mut counter = Counter::new(7, 3, slot);
            (0..10).for_each(|_| counts[counter.below(10)] += 1);
        }
        // Ten thousand draws: a count has a standard error of thirty.
        assert!(counts.iter().all(|count| (850..1150).contains(count)), "{counts:?}");
        assert_ne!(Counter::new(7, 3, 1).even(), Counter::new(7, 1, 3).even());
        let mut order = Counter::new(1, 1, 1).shuffled(20);
        assert_ne!(order, (0..20).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..20).collect::<Vec<_>>());
    }
}
