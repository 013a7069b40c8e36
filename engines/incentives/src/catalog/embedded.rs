//! The files this build ships with, as the build script finds them: name below its folder, and text.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
