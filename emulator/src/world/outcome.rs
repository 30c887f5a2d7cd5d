//! How a workflow goes on from a step.

/// How a workflow goes on from an operation, for [`Builder::outcome`](crate::Builder::outcome).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// What the operation began ends well.
    Succeeds,
    /// What the operation began fails in the end: the reply of the call itself is a good one.
    Fails,
    /// Whoever may approve it refuses.
    Rejected,
    /// The rules ask for an approval: nothing begins until it is submitted and approved.
    NeedsApproval,
}
