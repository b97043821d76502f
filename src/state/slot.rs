use std::sync::Arc;

use crate::model::{Digest, Problem};

/// What is known of a digest.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// Its name is known, nothing else.
    Unlisted,
    /// It is being read, and nothing of it is here.
    Loading,
    /// It is here.
    Loaded(Arc<Digest>),
    /// It could not be read. On the heap, as it is rare and there is a slot for every digest.
    Failed(Box<Problem>),
}
