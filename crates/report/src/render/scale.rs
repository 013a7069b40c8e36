//! Scales, ticks and the width of labels, as the interface computes them.

/// A straight scale from a range of values to a range of places.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    domain: (f64, f64),
    range: (f64, f64),
}

impl Scale {
    pub(crate) fn new(domain: (f64, f64), range: (f64, f64)) -> Self {
        Self { domain, range }
    }

    pub(crate) fn at(self, value: f64) -> f64 {
        let ((from, to), (low, high)) = (self.domain, self.range);
        if to == from { f64::midpoint(low, high) } else { low + (value - from) / (to - from) * (high - low) }
    }

    /// Round values and where they stand.
    pub(crate) fn ticks(self, count: u32) -> Vec<(f64, f64)> {
        ticks(self.domain.0, self.domain.1, count).into_iter().map(|value| (value, self.at(value))).collect()
    }
}

/// Round values from one end to another, about `count` of them: steps of 1, 2 or 5 times a power of ten, whichever is nearest
/// in ratio, as D3 chooses them (`d3-array`, `ticks`).
pub(crate) fn ticks(from: f64, to: f64, count: u32) -> Vec<f64> {
    if to <= from || count == 0 {
        return Vec::new();
    }
    let step = (to - from) / f64::from(count);
    let power = step.log10().floor();
    let factor = match step / 10_f64.powf(power) {
        error if error >= 50_f64.sqrt() => 10.0,
        error if error >= 10_f64.sqrt() => 5.0,
        error if error >= 2_f64.sqrt() => 2.0,
        _ => 1.0,
    };
    // Below one, dividing by a whole number keeps the values exact.
    let below = power < 0.0;
    let unit = if below { 10_f64.powf(-power) / factor } else { 10_f64.powf(power) * factor };
    let place = |value: f64| if below { value * unit } else { value / unit };
    let value = |place: f64| if below { place / unit } else { place * unit };
    let (mut first, mut last) = (place(from).round(), place(to).round());
    if value(first) < from {
        first += 1.0;
    }
    if value(last) > to {
        last -= 1.0;
    }
    let mut found = Vec::new();
    while first <= last {
        // Adding nothing turns a negative zero into a positive one.
        found.push(value(first) + 0.0);
        first += 1.0;
    }
    found
}

/// Width of a text without a typesetter: three classes of glyphs, within a few percent.
pub(crate) fn text_width(text: &str, size: f64, strong: bool) -> f64 {
    let glyph = |glyph: char| match glyph {
        'i' | 'j' | 'l' | '.' | ',' | ';' | ':' | '\'' | '’' | '|' | '!' | '(' | ')' | '[' | ']' | '·' => {
            0.31
        }
        'm' | 'w' | 'M' | 'W' | '—' => 0.87,
        'A'..='Z' | '&' | '%' | '×' | '±' => 0.69,
        glyph if glyph.is_whitespace() => 0.28,
        'f' | 't' | 'r' => 0.38,
        _ => 0.6,
    };
    text.chars().map(glyph).sum::<f64>() * size * if strong { 1.05 } else { 1.0 }
}

/// Pushes centres apart so that none is nearer than `gap` to the next, staying as close as they can to where they belong.
pub(crate) fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]).then(one.cmp(other)));
    let mut placed: Vec<f64> = order.iter().map(|index| wanted[*index].max(low).min(high)).collect();
    for index in 1..placed.len() {
        placed[index] = placed[index].max(placed[index - 1] + gap);
    }
    let mut ceiling = high;
    for place in placed.iter_mut().rev() {
        *place = place.min(ceiling);
        ceiling = *place - gap;
    }
    let mut out = vec![low; wanted.len()];
    for (index, place) in order.into_iter().zip(placed) {
        out[index] = place;
    }
    out
}
