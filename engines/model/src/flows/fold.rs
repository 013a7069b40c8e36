//! What is too small to stand apart is told together

use std::collections::{BTreeMap, HashMap, HashSet};

use recoup_money::Currency;

use super::{FlowColumn, FlowSeries, FlowView, Net, Station, Stream};

const COLUMNS: [FlowColumn; 5] =
    [FlowColumn::Sources, FlowColumn::Collectors, FlowColumn::Account, FlowColumn::Tiers, FlowColumn::People];

impl Net<'_> {
    /// Stations and streams as they are drawn: the largest of every column, and the others of it as one. How large a
    /// station is decides the most that ever passes it, so that the order stays the same in every period.
    pub(super) fn folded(self, currency: Currency, view: &FlowView) -> (Vec<Station>, Vec<Stream>) {
        let Net { book, ends, stations, streams, .. } = self;
        let passing = passing(&stations, &streams, ends.len());
        let most: Vec<i64> = passing
            .iter()
            .map(|series| {
                let amounts = series.amounts(book, currency).into_iter();
                amounts.map(|(_, through)| through.minor()).max().unwrap_or(0)
            })
            .collect();
        let moves: HashSet<usize> = (0..stations.len())
            .filter(|place| {
                stations[*place].id == "account" || passing[*place].0.iter().any(|terms| !terms.is_empty())
            })
            .collect();
        let mut drawn: Vec<Station> = Vec::new();
        let mut target: HashMap<usize, usize> = HashMap::new();
        for column in COLUMNS {
            let here: Vec<usize> = (0..stations.len())
                .filter(|place| stations[*place].column == column && moves.contains(place))
                .collect();
            let together = smaller(&here, &most, column, view);
            for place in here.iter().filter(|place| !together.contains(place)) {
                target.insert(*place, drawn.len());
                drawn.push(Station { series: FlowSeries::empty(ends.len()), ..stations[*place].clone() });
            }
            if together.is_empty() {
                continue;
            }
            let members = here.iter().filter(|place| together.contains(place));
            for place in members.clone() {
                target.insert(*place, drawn.len());
            }
            drawn.push(Station {
                id: format!("others:{}", column.word()),
                column,
                word: "others".to_owned(),
                label: None,
                members: members.map(|place| stations[*place].id.clone()).collect(),
                series: FlowSeries::empty(ends.len()),
            });
        }
        let mut joined: BTreeMap<(usize, usize), FlowSeries> = BTreeMap::new();
        for ((from, to), series) in &streams {
            let (Some(from), Some(to)) = (target.get(from), target.get(to)) else { continue };
            joined.entry((*from, *to)).or_insert_with(|| FlowSeries::empty(ends.len())).extend(series);
        }
        for ((from, to), series) in &joined {
            // Nothing enters the first column: what passes it is what leaves it.
            if drawn[*from].column == FlowColumn::Sources {
                drawn[*from].series.extend(series);
            }
            drawn[*to].series.extend(series);
        }
        let named = |place: usize| drawn[place].id.clone();
        let streams = joined
            .into_iter()
            .map(|((from, to), series)| Stream { from: named(from), to: named(to), series })
            .collect();
        (drawn, streams)
    }
}

/// What passes each station: what leaves the first column, what enters the others.
fn passing(
    stations: &[Station],
    streams: &BTreeMap<(usize, usize), FlowSeries>,
    periods: usize,
) -> Vec<FlowSeries> {
    let mut passing = vec![FlowSeries::empty(periods); stations.len()];
    for ((from, to), series) in streams {
        if stations[*from].column == FlowColumn::Sources {
            passing[*from].extend(series);
        }
        passing[*to].extend(series);
    }
    passing
}

/// Those of a column that are told together; never one alone, never what is taken on the way.
fn smaller(here: &[usize], most: &[i64], column: FlowColumn, view: &FlowView) -> HashSet<usize> {
    let full = column == FlowColumn::Account || view.open.contains(&format!("others:{}", column.word()));
    if full || here.len() <= view.keep.saturating_add(1) {
        return HashSet::new();
    }
    let mut by_size = here.to_vec();
    by_size.sort_by_key(|place| std::cmp::Reverse(most[*place]));
    by_size.into_iter().skip(view.keep).collect()
}
