//! For whom a pack is, and in which language.

pub use recoup_deal::Language;

/// Who reads the pack; it decides the sections, their order and the figures of the first page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reader {
    /// Everything.
    #[default]
    Full,
    /// A bank that lends against contracts and credits.
    SeniorLender,
    /// A lender against unsold territories.
    GapLender,
    /// An investor in equity.
    Equity,
    /// A public fund or agency.
    SoftMoney,
    /// The completion guarantor.
    Bond,
    /// A producer of another country.
    CoProducer,
}

impl Reader {
    /// Every reader.
    pub const ALL: [Self; 7] = [
        Self::Full,
        Self::SeniorLender,
        Self::GapLender,
        Self::Equity,
        Self::SoftMoney,
        Self::Bond,
        Self::CoProducer,
    ];

    /// Its name on the command line and in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::SeniorLender => "senior-lender",
            Self::GapLender => "gap-lender",
            Self::Equity => "equity",
            Self::SoftMoney => "soft-money",
            Self::Bond => "bond",
            Self::CoProducer => "co-producer",
        }
    }

    /// The reader of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reader| reader.name() == name)
    }
}

/// One edition of a pack.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edition {
    /// Its language.
    pub language: Language,
    /// Its reader.
    pub reader: Reader,
}
