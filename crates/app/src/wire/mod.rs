//! The shapes that cross the wire, the same on every host and in the generated TypeScript.

mod about;
mod asked;
mod deals;
mod figures;
mod findings;
mod incentives;
mod money;
mod packs;
mod samples;

pub use about::{DescribeProduct, Product};
pub use asked::Asked;
pub use deals::{
    AddElement, ChangeDto, CloseDeal, DealFile, DealView, EditDeal, ListOpenDeals, ListRevisions, OpenDeal,
    OpenDealFile, OpenDeals, RedoEdit, RevisionEntry, Revisions, UndoEdit, ViewDeal, WriteDealFile,
};
pub use figures::{ExplainFigure, FigureDto, Figures, LeafDto, QuantityDto, TreeDto, ViewFigures};
pub use findings::{FindingDto, Findings, ListFindings};
pub use incentives::{
    ProgramEntry, ProgramInput, ProgramLine, ProgramSource, ProgramView, Programs, SearchPrograms,
    ShowProgram,
};
pub use money::{MoneyDto, UnsafeAmount};
pub use packs::{ExportPack, ExportedFile, ExportedPack};
pub use samples::{ListSamples, OpenSampleDeal, Sample, Samples};
