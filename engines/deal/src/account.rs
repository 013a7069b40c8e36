//! The standard accounts of the top sheet and the functions inside them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::schedule::Phase;

/// A standard account of an animation top sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Development before the decision to make it.
    Development,
    /// Script and underlying rights.
    StoryAndRights,
    /// Producers.
    Producers,
    /// Director.
    Director,
    /// Voices.
    VoiceTalent,
    /// Design and visual development.
    VisualDevelopment,
    /// Storyboard and animatic.
    Storyboard,
    /// Layout.
    Layout,
    /// Modelling, rigging, look development.
    ModellingRigging,
    /// Animation and clean-up.
    Animation,
    /// Backgrounds.
    Backgrounds,
    /// Lighting, rendering, compositing, effects.
    LightingCompositing,
    /// Machines, software, studio space.
    Facilities,
    /// Music.
    Music,
    /// Sound and mix.
    Sound,
    /// Picture post-production and delivery materials.
    PicturePost,
    /// Production office and management.
    ProductionOffice,
    /// Overhead of the company.
    Overhead,
    /// Insurance.
    Insurance,
    /// Lawyers and accountants of the production.
    LegalAudit,
    /// Anything else.
    Other,
}

impl Account {
    /// Every account, in top-sheet order.
    pub const ALL: [Account; 21] = [
        Account::Development,
        Account::StoryAndRights,
        Account::Producers,
        Account::Director,
        Account::VoiceTalent,
        Account::VisualDevelopment,
        Account::Storyboard,
        Account::Layout,
        Account::ModellingRigging,
        Account::Animation,
        Account::Backgrounds,
        Account::LightingCompositing,
        Account::Facilities,
        Account::Music,
        Account::Sound,
        Account::PicturePost,
        Account::ProductionOffice,
        Account::Overhead,
        Account::Insurance,
        Account::LegalAudit,
        Account::Other,
    ];

    /// The phase in which the account is usually spent.
    pub fn usual_phase(self) -> Phase {
        match self {
            Account::Development | Account::StoryAndRights => Phase::Development,
            Account::VoiceTalent
            | Account::VisualDevelopment
            | Account::Storyboard
            | Account::ModellingRigging
            | Account::Insurance => Phase::PreProduction,
            Account::Music | Account::Sound | Account::PicturePost | Account::LegalAudit => {
                Phase::PostProduction
            }
            Account::Producers
            | Account::Director
            | Account::Layout
            | Account::Animation
            | Account::Backgrounds
            | Account::LightingCompositing
            | Account::Facilities
            | Account::ProductionOffice
            | Account::Overhead
            | Account::Other => Phase::Production,
        }
    }

    /// Whether the account is usually core expenditure (made for producing the work itself, not for
    /// developing, insuring, auditing or financing it).
    pub fn usually_core(self) -> bool {
        !matches!(self, Account::Development | Account::Insurance | Account::LegalAudit)
    }

    /// Whether the account's labour is animation or visual-effects work as a rule.
    pub fn usually_animation(self) -> bool {
        matches!(
            self,
            Account::ModellingRigging
                | Account::Layout
                | Account::Animation
                | Account::Backgrounds
                | Account::LightingCompositing
        )
    }
}

/// What a person or payment is for; programs exclude or cap by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "LineRole")]
pub enum Role {
    /// Underlying rights, not a person.
    Rights,
    /// Writers.
    Writer,
    /// Director.
    Director,
    /// Producers.
    Producer,
    /// Highest paid voices.
    LeadVoice,
    /// Other voices.
    Voice,
    /// Music composer.
    Composer,
    /// Music supervisor.
    MusicSupervisor,
    /// Musicians.
    Musician,
    /// Picture editor.
    PictureEditor,
    /// Designers and art directors.
    Designer,
    /// Storyboard artists.
    StoryboardArtist,
    /// Animators.
    Animator,
    /// Crew not named otherwise.
    Crew,
    /// Goods.
    Goods,
    /// Services of companies.
    Services,
    /// Anything else.
    Other,
}
