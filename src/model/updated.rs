/// What came of the update command of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Updated {
    /// It ended well: there may be new digests.
    Done,
    /// It did not run: the last successful run is not old enough.
    NotDue,
    /// It did not run: another program runs it at this moment.
    Busy,
    /// It failed. `(1): the last line it said`, or why it could not run; a clean line.
    Failed(String),
}
