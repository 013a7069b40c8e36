//! Who survives: ranks and room.

use crate::optimise::space::Objectives;
use crate::trade_off::dominates;

/// A member of the population among the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fitness {
    /// 0 for those nothing beats.
    pub rank: usize,
    /// How much room it has beside its neighbours on its front.
    pub room: f64,
}

impl Fitness {
    /// Whether it goes before another.
    pub(super) fn beats(&self, other: &Self) -> bool {
        self.rank < other.rank || (self.rank == other.rank && self.room > other.room)
    }
}

/// Constrained domination (Deb et al. 2002, section VI): what is inside beats what is not, of two outside the nearer one
/// wins, and inside the objectives decide.
fn beats(one: &Objectives, two: &Objectives) -> bool {
    match (one.is_inside(), two.is_inside()) {
        (true, true) => dominates(&one.losses, &two.losses),
        (true, false) => true,
        (false, true) => false,
        (false, false) => one.excess < two.excess,
    }
}

/// Fast non-dominated sort and crowding distance (Deb, Pratap, Agarwal and Meyarivan 2002, "A fast and elitist
/// multiobjective genetic algorithm: NSGA-II", IEEE Transactions on Evolutionary Computation 6(2):182–197).
pub(super) fn fitness(members: &[&Objectives]) -> Vec<Fitness> {
    let count = members.len();
    let mut beaten: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut by = vec![0_usize; count];
    for one in 0..count {
        for two in one + 1..count {
            if beats(members[one], members[two]) {
                beaten[one].push(two);
                by[two] += 1;
            } else if beats(members[two], members[one]) {
                beaten[two].push(one);
                by[one] += 1;
            }
        }
    }
    let mut all = vec![Fitness { rank: 0, room: 0.0 }; count];
    let mut front: Vec<usize> = (0..count).filter(|&place| by[place] == 0).collect();
    let mut rank = 0;
    while !front.is_empty() {
        let rooms = rooms(&front, members);
        let mut next = Vec::new();
        for (&place, room) in front.iter().zip(rooms) {
            all[place] = Fitness { rank, room };
            for &loser in &beaten[place] {
                by[loser] -= 1;
                if by[loser] == 0 {
                    next.push(loser);
                }
            }
        }
        next.sort_unstable();
        front = next;
        rank += 1;
    }
    all
}

/// Crowding distances on one front.
fn rooms(front: &[usize], members: &[&Objectives]) -> Vec<f64> {
    let mut rooms = vec![0.0; front.len()];
    let objectives = front.first().map_or(0, |&place| members[place].losses.len());
    for objective in 0..objectives {
        let loss = |at: usize| members[front[at]].losses[objective];
        let mut order: Vec<usize> = (0..front.len()).collect();
        order.sort_by(|&one, &two| loss(one).total_cmp(&loss(two)));
        let (Some(&first), Some(&last)) = (order.first(), order.last()) else { continue };
        let range = loss(last) - loss(first);
        rooms[first] = f64::INFINITY;
        rooms[last] = f64::INFINITY;
        if range > 0.0 {
            for trio in order.windows(3) {
                rooms[trio[1]] += (loss(trio[2]) - loss(trio[0])) / range;
            }
        }
    }
    rooms
}

/// The places of the `count` fittest, in the given order.
pub(super) fn fittest(members: &[&Objectives], count: usize) -> Vec<usize> {
    let fitness = fitness(members);
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by(|&one, &two| {
        let (one, two) = (&fitness[one], &fitness[two]);
        one.rank.cmp(&two.rank).then(two.room.total_cmp(&one.room))
    });
    order.truncate(count);
    order.sort_unstable();
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(losses: [f64; 2], excess: f64) -> Objectives {
        Objectives { losses: losses.to_vec(), excess }
    }

    #[test]
    fn ranks_peel_off_front_by_front_and_what_is_outside_comes_last() {
        let all = [
            point([1.0, 4.0], 0.0),
            point([2.0, 2.0], 0.0),
            point([4.0, 1.0], 0.0),
            point([3.0, 3.0], 0.0),
            point([0.0, 0.0], 0.2),
            point([0.0, 0.0], 0.1),
        ];
        let members: Vec<&Objectives> = all.iter().collect();
        let ranks: Vec<usize> = fitness(&members).iter().map(|one| one.rank).collect();
        assert_eq!(ranks, [0, 0, 0, 1, 3, 2]);
        assert_eq!(fittest(&members, 4), [0, 1, 2, 3]);
    }

    #[test]
    fn the_ends_and_the_lonely_have_the_most_room() {
        let all = [[0.0, 10.0], [1.0, 9.0], [2.0, 8.0], [9.0, 1.0], [10.0, 0.0]].map(|at| point(at, 0.0));
        let members: Vec<&Objectives> = all.iter().collect();
        let told = fitness(&members);
        assert!(told[0].room.is_infinite() && told[4].room.is_infinite());
        assert!(told[3].room > told[1].room && told[2].room > told[1].room);
    }
}
