//! What became of the operations: stages, failures, the table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What an operation goes through, in order.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Stage {
    /// Made into a spec.
    Imported,
    /// Checked without an error.
    Linted,
    /// Made into source.
    Generated,
    /// Checked by the compiler.
    Compiled,
    /// Its samples became typed responses that have every documented value.
    Decoded,
    /// A request of its examples would be sent as it is documented.
    Encoded,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Imported, Self::Linted, Self::Generated, Self::Compiled, Self::Decoded, Self::Encoded];

    /// The stage of that name, as the table has it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.to_string() == name || stage.to_string().ends_with(&format!(" {name}")))
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Imported => "imported",
            Self::Linted => "linted",
            Self::Generated => "generated",
            Self::Compiled => "compiled",
            Self::Decoded => "samples decoded",
            Self::Encoded => "requests encoded",
        })
    }
}

/// An operation that did not pass a stage.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Failed {
    /// The folder of its product, such as `vpc/2016-04-28`.
    pub product: String,
    /// Its name.
    pub operation: String,
    /// The stage.
    pub stage: Stage,
    /// Why, in one line.
    pub cause: String,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { product, operation, stage, cause } = self;
        write!(f, "{product} {operation}: {stage}: {cause}")
    }
}

/// What was taken, in seconds.
#[derive(Debug, Default)]
pub struct Times {
    /// By each stage.
    pub stages: BTreeMap<Stage, f64>,
    /// By the programs that decode and encode, which are between two stages: what was done with them, and how long.
    pub programs: Vec<(&'static str, f64)>,
}

/// All operations and what failed of them.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The operations of each product.
    pub operations: BTreeMap<String, BTreeSet<String>>,
    /// The products that are refused, and why.
    pub refused: BTreeMap<String, String>,
    /// What failed.
    pub failures: Vec<Failed>,
}

impl Outcome {
    /// How many operations there are.
    pub fn count(&self) -> usize {
        self.operations.values().map(BTreeSet::len).sum()
    }

    /// How many operations of a refused product did not fail: what failed is counted as that alone.
    pub fn refused_of(&self, product: &str) -> usize {
        let all = self.operations.get(product).filter(|_| self.refused.contains_key(product));
        let failed = |name: &String| self.failures.iter().any(|one| one.product == product && one.operation == *name);
        all.into_iter().flatten().filter(|name| !failed(name)).count()
    }

    /// The same of all refused products.
    pub fn count_refused(&self) -> usize {
        self.refused.keys().map(|product| self.refused_of(product)).sum()
    }

    /// How many operations neither failed nor are refused.
    pub fn passed(&self) -> usize {
        self.count().saturating_sub(self.failed().len() + self.count_refused())
    }

    /// The first failure of each operation.
    pub fn failed(&self) -> Vec<&Failed> {
        let mut first: BTreeMap<(&str, &str), &Failed> = BTreeMap::new();
        for failure in &self.failures {
            let known = first.entry((&failure.product, &failure.operation)).or_insert(failure);
            if failure.stage < known.stage {
                *known = failure;
            }
        }
        first.into_values().collect()
    }

    /// The table by stage: of those that came to a stage, how many passed and how many failed.
    pub fn table(&self, until: Stage, times: &Times) -> String {
        let failed = self.failed();
        let refused = self.count_refused();
        let mut left = self.count();
        let mut text = format!("{:<18}{:>8}{:>8}{:>8}{:>11}\n", "stage", "passed", "failed", "refused", "seconds");
        for stage in Stage::ALL.into_iter().filter(|stage| *stage <= until) {
            if stage == Stage::Decoded {
                times.programs.iter().for_each(|(what, time)| text.push_str(&format!("{what:<18}{time:>35.1}\n")));
            }
            let of_stage = failed.iter().filter(|failure| failure.stage == stage).count();
            left = left.saturating_sub(of_stage);
            // Products behind a gateway of their own are imported and linted like any other.
            let refused = if stage < Stage::Generated { 0 } else { refused };
            let passed = left.saturating_sub(refused);
            let seconds = times.stages.get(&stage).map(|time| format!("{time:.1}")).unwrap_or_default();
            text.push_str(&format!("{stage:<18}{passed:>8}{of_stage:>8}{refused:>8}{seconds:>11}\n"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(product: &str, operation: &str, stage: Stage) -> Failed {
        Failed { product: product.to_owned(), operation: operation.to_owned(), stage, cause: "so".to_owned() }
    }

    #[test]
    fn each_operation_counts_once_and_refused_ones_apart() {
        let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        let outcome = Outcome {
            operations: BTreeMap::from([
                ("a/1".to_owned(), names(&["A", "B", "C"])),
                ("oss/1".to_owned(), names(&["D", "E"])),
            ]),
            refused: BTreeMap::from([("oss/1".to_owned(), "its gateway".to_owned())]),
            failures: vec![
                failed("a/1", "A", Stage::Encoded),
                failed("a/1", "A", Stage::Decoded),
                failed("a/1", "B", Stage::Linted),
                failed("oss/1", "E", Stage::Linted),
                failed("oss/1", "E", Stage::Imported),
            ],
        };
        let times =
            Times { stages: BTreeMap::from([(Stage::Compiled, 1.25)]), programs: vec![("programs built", 2.5)] };
        let table = outcome.table(Stage::Encoded, &times);
        let expected = "\
stage               passed  failed refused    seconds
imported                 4       1       0           
linted                   3       1       0           
generated                2       0       1           
compiled                 2       0       1        1.2
programs built                                    2.5
samples decoded          1       1       1           
requests encoded         1       0       1           
";
        assert_eq!(table, expected);
        assert_eq!((outcome.count(), outcome.failed().len(), outcome.passed()), (5, 3, 1));
        assert_eq!(Stage::named("decoded"), Some(Stage::Decoded));
    }

    #[test]
    fn a_refused_product_that_fails_as_a_whole_passes_nowhere() {
        let names = ["D", "E"].map(str::to_owned);
        let outcome = Outcome {
            operations: BTreeMap::from([("oss/1".to_owned(), BTreeSet::from(names))]),
            refused: BTreeMap::from([("oss/1".to_owned(), "its gateway".to_owned())]),
            failures: vec![failed("oss/1", "D", Stage::Linted), failed("oss/1", "E", Stage::Linted)],
        };
        assert_eq!((outcome.passed(), outcome.failed().len(), outcome.count_refused()), (0, 2, 0));
    }
}
