//! What decides about a share, with facts settled

use recoup_waterfall::flat::{PaysFor, ShareOp, SplitOp, Test, Weight as Weighs};

use super::{
    super::form::{At, Member, NONE, Share, Span, Weight, Word},
    Compiler, Result,
    route::Building,
};

/// A condition with facts settled.
enum Settled {
    Is(bool),
    Words(Vec<Word>),
}

impl Compiler<'_> {
    /// A share as it stands now; none outside its contract.
    pub(super) fn share_at(
        &mut self,
        node: u32,
        share: &ShareOp,
        building: &mut Building,
    ) -> Result<Option<Share>> {
        if share.contract.is_some_and(|contract| !self.standing.open[contract as usize]) {
            return Ok(None);
        }
        let layout = self.flat.layout;
        let mut closes = [(NONE, NONE); 2];
        let both = [share.limit, share.gross.map(|gross| gross.threshold)];
        for (slot, index) in closes.iter_mut().zip(both.into_iter().flatten()) {
            let mark = self.mark(index, building.entry)?;
            *slot = (mark.have, mark.goal);
            building.watch(mark, self.stops[node as usize]);
        }
        let mut watch = Vec::new();
        for index in share.watch.iter().filter(|index| self.flat.thresholds[**index as usize].beyond) {
            let mark = self.mark(*index, building.entry)?;
            building.watch(mark, false);
            watch.push(mark.beyond);
        }
        let tests = self.tests(&share.tests, false, building)?;
        let notional_tests = match share.pools.is_empty() {
            true => Span::default(),
            false => self.tests(&share.tests, true, building)?,
        };
        let mut adds = Vec::new();
        let mut add = |at: At| adds.extend((at != NONE).then_some(at));
        if let Some(party) = self.payees[node as usize] {
            add(self.counters.row(layout.party + party));
        }
        share.pools.iter().for_each(|pool| add(self.counters.row(layout.pool_paid + pool)));
        if let Some((account, PaysFor::Whole)) = share.pays {
            add(self.counters.row(layout.account + account));
        }
        share.hurdles.iter().for_each(|account| add(self.counters.row(layout.account + account)));
        let counted = |of: u32| self.counters.row(of);
        let notional: Vec<At> = share
            .pools
            .iter()
            .map(|pool| counted(layout.pool_notional + pool))
            .filter(|at| *at != NONE)
            .collect();
        let passes: Vec<(u32, At)> = share
            .pools
            .iter()
            .map(|pool| (*pool, counted(layout.pool_passed + pool)))
            .filter(|(_, at)| *at != NONE)
            .collect();
        let paid = counted(layout.paid + node);
        let reached = counted(layout.reached + node);
        building.moves(
            adds.iter().chain(&notional).chain(passes.iter().map(|(_, at)| at)).chain([&paid, &reached]),
        );
        self.pays(node, share, (paid, reached), building);
        Ok(Some(Share {
            rate: self.rates[node as usize],
            gross: share.gross.is_some(),
            paid,
            closes,
            stops: false,
            tests,
            notional_tests,
            reached,
            adds: self.lists.span(&adds),
            passes: self.passes.span(&passes),
            notional: self.lists.span(&notional),
            watch: self.lists.span(&watch),
        }))
    }

    /// A member of a group that divides by amounts.
    pub(super) fn member_at(
        &mut self,
        node: u32,
        split: SplitOp,
        building: &mut Building,
    ) -> Result<Option<Member>> {
        let Some(op) = self.flat.share(node) else {
            return Ok(None);
        };
        let Some(share) = self.share_at(node, op, building)? else {
            return Ok(None);
        };
        let owed = |closes: (At, At)| Weight::Owed(closes.0, closes.1);
        let weight = match (split, op.weight) {
            (SplitOp::Outstanding | SplitOp::Fixed, _) => match (op.limit, op.gross) {
                // What has been earned of the gross stands behind the limit, where there is one.
                (Some(_), Some(_)) => owed(share.closes[1]),
                (Some(_), None) | (None, Some(_)) => owed(share.closes[0]),
                (None, None) => return Ok(None),
            },
            (SplitOp::Invested, Weighs::Instrument(instrument)) => {
                Weight::Row(self.invested[instrument as usize])
            }
            (SplitOp::Invested, Weighs::Limit) if op.limit.is_some() => Weight::Row(share.closes[0].1),
            (SplitOp::Invested, Weighs::Limit | Weighs::None) => return Ok(None),
        };
        Ok(Some(Member { share, weight }))
    }

    /// Everything of a list holds.
    pub(super) fn tests(&mut self, tests: &[Test], notional: bool, building: &mut Building) -> Result<Span> {
        let words = match self.all(tests, notional, building)? {
            Settled::Is(true) => return Ok(Span::default()),
            Settled::Is(false) => vec![Word::Is(false)],
            Settled::Words(words) => words,
        };
        let (mut depth, mut most) = (0usize, 0usize);
        for word in &words {
            match word {
                Word::Is(_) | Word::Mark(_) => depth += 1,
                Word::And | Word::Or => depth -= 1,
            }
            most = most.max(depth);
        }
        self.counts.words = self.counts.words.max(most);
        Ok(self.words.span(&words))
    }

    fn all(&mut self, tests: &[Test], notional: bool, building: &mut Building) -> Result<Settled> {
        self.joined(tests, notional, building, (true, Word::And))
    }

    /// Parts joined by a word, in which one part that is not as `usual` settles the whole.
    fn joined(
        &mut self,
        tests: &[Test],
        notional: bool,
        building: &mut Building,
        (usual, word): (bool, Word),
    ) -> Result<Settled> {
        let mut words: Vec<Word> = Vec::new();
        for test in tests {
            let part = match test {
                Test::All(of) => self.all(of, notional, building)?,
                Test::Any(of) if of.is_empty() => Settled::Is(true),
                Test::Any(of) => self.joined(of, notional, building, (false, Word::Or))?,
                Test::Threshold { notional: true, .. } if notional => Settled::Is(true),
                Test::Threshold { index, .. } => {
                    let mark = self.mark(*index, building.entry)?;
                    building.watch(mark, false);
                    Settled::Words(vec![Word::Mark(mark)])
                }
                Test::Fact(fact) => Settled::Is(self.standing.facts[*fact as usize]),
            };
            match part {
                Settled::Is(is) if is == usual => {}
                Settled::Is(is) => return Ok(Settled::Is(is)),
                Settled::Words(part) => {
                    let more = !words.is_empty();
                    words.extend(part);
                    words.extend(more.then_some(word));
                }
            }
        }
        Ok(if words.is_empty() { Settled::Is(usual) } else { Settled::Words(words) })
    }
}
