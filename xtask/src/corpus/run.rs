//! The stages, one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use alicloud_codegen::diagnostic::Report;
use alicloud_codegen::parallel;
use alicloud_codegen::read::{self, Specs};
use alicloud_codegen::resolve;
use serde_json::Value;

use super::measure::peak_memory;
use super::outcome::{Failed, Outcome, Stage, Times};
use super::scratch::Scratch;
use super::source::Source;
use super::step::{Step, step};
use super::{cases, compile, program};
use crate::bench::cpu;
use crate::options::{Failure, because, root};

/// One run of the corpus.
pub struct Run {
    scratch: Scratch,
    jobs: usize,
    /// What became of the operations.
    pub outcome: Outcome,
    /// What is to be said beside the table.
    pub said: Vec<String>,
    times: Times,
    /// The products that have a crate.
    crates: Vec<Crate>,
}

/// A product that has a crate.
struct Crate {
    folder: String,
    module: String,
    /// The operation of each module.
    operations: BTreeMap<String, String>,
}

impl Run {
    /// A run that has not begun.
    pub fn new(scratch: Scratch, jobs: usize) -> Self {
        let (outcome, said, times, crates) = Default::default();
        Self { scratch, jobs, outcome, said, times, crates }
    }

    /// The table by stage.
    pub fn table(&self, until: Stage) -> String {
        self.outcome.table(until, &self.times)
    }

    /// Goes through the stages.
    pub fn through(&mut self, found: &[Source], until: Stage) -> Result<(), Failure> {
        self.generate(found)?;
        if until >= Stage::Compiled && !self.crates.is_empty() {
            self.check()?;
        }
        if until >= Stage::Decoded && !self.crates.is_empty() {
            self.programs()?;
            self.build()?;
            self.answers()?;
        }
        Ok(())
    }

    /// Imports, lints and generates: a quarter of the products, half of them, then all.
    fn generate(&mut self, found: &[Source]) -> Result<(), Failure> {
        let scratch = &self.scratch;
        let mut rates = Vec::new();
        let mut steps = Vec::new();
        let mut wall = 0.0;
        for part in [4, 2, 1] {
            let wanted: Vec<&Source> = found.iter().step_by(part).collect();
            let begin = Instant::now();
            steps = parallel::map(&wanted, self.jobs, |source| step(source, scratch))
                .into_iter()
                .collect::<Result<Vec<_>, _>>()?;
            wall = begin.elapsed().as_secs_f64();
            let count: usize = steps.iter().map(|step| step.operations.len()).sum();
            rates.push(format!("{:.0} ({count})", count as f64 / wall));
        }
        let memory = peak_memory().map_or_else(|| "unknown".to_owned(), |mib| format!("{mib:.0} MiB"));
        let build = if cfg!(debug_assertions) { "a debug build" } else { "a release build" };
        let jobs = self.jobs;
        self.said.push(format!(
            "import, lint and generation: {wall:.1} s, peak memory {memory} ({build}, {jobs} at a time)"
        ));
        self.said.push(format!("operations a second, of a quarter, a half and all: {}", rates.join(", ")));
        let hidden: usize = steps.iter().map(|step| step.hidden).sum();
        if hidden > 0 {
            self.said.push(format!("{hidden} more operations are hidden by the service: their documents are empty"));
        }
        let total: f64 = steps.iter().flat_map(|step| step.seconds).sum::<f64>().max(1e-9);
        let part = |index: usize| wall * steps.iter().map(|step| step.seconds[index]).sum::<f64>() / total;
        self.times.stages.extend([(Stage::Imported, part(0)), (Stage::Linted, part(1)), (Stage::Generated, part(2))]);
        steps.into_iter().for_each(|step| self.take(step));
        Ok(())
    }

    fn take(&mut self, step: Step) {
        let Step { folder, operations, lost, made, .. } = step;
        let all = self.outcome.operations.entry(folder.clone()).or_default();
        all.extend(operations);
        all.extend(lost.iter().map(|(name, _)| name.clone()));
        let lost = lost.into_iter().map(|(name, cause)| (name, Stage::Imported, cause));
        for (operation, stage, cause) in lost.chain(made.failures) {
            self.outcome.failures.push(Failed { product: folder.clone(), operation, stage, cause });
        }
        if let Some(reason) = made.refused {
            self.outcome.refused.insert(folder, reason);
        } else if !made.files.is_empty() {
            self.crates.push(Crate { folder, module: made.names.0, operations: made.modules });
        }
    }

    /// Lets the compiler check the crates, after the runtime that they share.
    fn check(&mut self) -> Result<(), Failure> {
        let members: Vec<String> = self.crates.iter().map(|one| format!("crates/{}", one.module)).collect();
        self.scratch.write_workspace(&members)?;
        compile::run(&self.scratch.folder, "check", &["alicloud-runtime".to_owned()], Some(self.jobs))?;
        let packages: Vec<String> = self.crates.iter().map(|one| Scratch::krate(&one.module)).collect();
        let (begin, before) = (Instant::now(), cpu::of_children().ok());
        let errors = compile::run(&self.scratch.folder, "check", &packages, Some(self.jobs))?;
        self.times.stages.insert(Stage::Compiled, begin.elapsed().as_secs_f64());
        let count: usize = self.crates.iter().map(|one| one.operations.len()).sum();
        if let (Some(before), Ok(after)) = (before, cpu::of_children()) {
            let milliseconds = (after - before) * 1_000.0 / count.max(1) as f64;
            self.said.push(format!("cargo check: {milliseconds:.1} CPU ms for each of {count} operations"));
        }
        self.blame(&errors, Stage::Compiled, Scratch::krate);
        // What does not compile cannot be tried.
        let broken: BTreeSet<&str> = errors.iter().map(|error| error.krate.as_str()).collect();
        self.crates.retain(|one| !broken.contains(Scratch::krate(&one.module).as_str()));
        Ok(())
    }

    /// Every error of the compiler as a failure of its operation; of all that are left, where it is in none.
    fn blame(&mut self, errors: &[compile::CompileError], stage: Stage, name: impl Fn(&str) -> String) {
        for of in &self.crates {
            let errors: Vec<_> = errors.iter().filter(|error| error.krate == name(&of.module)).collect();
            let mut causes: BTreeMap<&str, &str> = BTreeMap::new();
            for error in &errors {
                if let Some(operation) = of.operations.get(&error.file) {
                    causes.entry(operation).or_insert(&error.message);
                }
            }
            if let Some(first) = errors.first() {
                for operation in of.operations.values() {
                    let elsewhere = format!("another operation of the product does not compile: {}", first.message);
                    let cause = causes.get(operation.as_str()).map_or(elsewhere, |cause| (*cause).to_owned());
                    let (product, operation) = (of.folder.clone(), operation.clone());
                    self.outcome.failures.push(Failed { product, operation, stage, cause });
                }
            }
        }
    }

    /// Writes the programs and what they are asked.
    fn programs(&mut self) -> Result<(), Failure> {
        let scratch = &self.scratch;
        let values = root().join("xtask/probe/src/values.rs");
        let written = parallel::map(&self.crates, self.jobs, |of| {
            let specs = specs_of(scratch, of);
            let products = resolve::resolve(&specs, &mut Report::default());
            let (Some(product), Some(folder)) = (products.first(), specs.products.first()) else { return Ok(()) };
            let files = program::files(product, &Scratch::krate(&of.module), &values.to_string_lossy());
            scratch.write_program(&of.module, files)?;
            let operations: Vec<&str> = of.operations.values().map(String::as_str).collect();
            let questions = cases::questions(folder, &operations).join("\n") + "\n";
            scratch.write(&format!("programs/{}", of.module), [("questions.jsonl".to_owned(), questions)])
        });
        written.into_iter().collect::<Result<Vec<()>, Failure>>()?;
        let members = ["crates", "programs"];
        let members: Vec<String> = members
            .iter()
            .flat_map(|folder| self.crates.iter().map(move |one| format!("{folder}/{}", one.module)))
            .collect();
        self.scratch.write_workspace(&members)
    }

    /// Builds the programs.
    fn build(&mut self) -> Result<(), Failure> {
        let packages: Vec<String> = self.crates.iter().map(|one| Scratch::program(&one.module)).collect();
        let begin = Instant::now();
        let errors = compile::run(&self.scratch.folder, "build", &packages, Some(self.jobs))?;
        self.times.programs.push(("programs built", begin.elapsed().as_secs_f64()));
        self.blame(&errors, Stage::Decoded, Scratch::program);
        let broken: BTreeSet<&str> = errors.iter().map(|error| error.krate.as_str()).collect();
        self.crates.retain(|one| !broken.contains(Scratch::program(&one.module).as_str()));
        Ok(())
    }

    /// Runs the programs and judges what they say. One run of a program decodes and encodes, so that it has a time of
    /// its own; that of a stage is the time of the judging.
    fn answers(&mut self) -> Result<(), Failure> {
        let scratch = &self.scratch;
        let begin = Instant::now();
        let judged = parallel::map(&self.crates, self.jobs, |of| judge(scratch, of));
        let wall = begin.elapsed().as_secs_f64();
        let mut spent = [0.0; 3];
        for one in judged {
            let (failures, seconds) = one?;
            self.outcome.failures.extend(failures);
            spent.iter_mut().zip(seconds).for_each(|(all, one)| *all += one);
        }
        let total = spent.iter().sum::<f64>().max(1e-9);
        let [ran, decoded, encoded] = spent.map(|spent| wall * spent / total);
        self.times.programs.push(("programs run", ran));
        self.times.stages.extend([(Stage::Decoded, decoded), (Stage::Encoded, encoded)]);
        Ok(())
    }
}

/// What failed of a product, and the seconds that its program, judging the samples and judging the requests took.
fn judge(scratch: &Scratch, of: &Crate) -> Result<(Vec<Failed>, [f64; 3]), Failure> {
    let specs = specs_of(scratch, of);
    let Some(folder) = specs.products.first() else { return Ok((Vec::new(), [0.0; 3])) };
    let mut failures = Vec::new();
    let mut fail = |operation: &str, stage: Stage, cause: String| {
        failures.push(Failed { product: of.folder.clone(), operation: operation.to_owned(), stage, cause });
    };
    let mut silent: BTreeSet<&str> = of.operations.values().map(String::as_str).collect();
    let begin = Instant::now();
    let said = ask(&scratch.folder, &of.module)?;
    let mut seconds = [begin.elapsed().as_secs_f64(), 0.0, 0.0];
    for line in said.lines() {
        let answer: Value = serde_json::from_str(line).unwrap_or_default();
        let name = answer["operation"].as_str().unwrap_or_default();
        silent.remove(name);
        let Some(file) = folder.operations.iter().find(|file| file.name == name) else { continue };
        for (index, stage) in [(1, Stage::Decoded), (2, Stage::Encoded)] {
            let compare = if stage == Stage::Decoded { cases::decoded } else { cases::encoded };
            let begin = Instant::now();
            let cause = compare(file, &folder.product, &answer);
            seconds[index] += begin.elapsed().as_secs_f64();
            if let Some(cause) = cause {
                fail(name, stage, cause);
            }
        }
    }
    for operation in silent {
        fail(operation, Stage::Decoded, "the program of the product ended before it".to_owned());
    }
    Ok((failures, seconds))
}

/// The specs that a crate was generated from.
fn specs_of(scratch: &Scratch, of: &Crate) -> Specs {
    let mut files = Vec::new();
    let names = of.operations.values().map(String::as_str).chain(["product"]);
    for name in names {
        let path = format!("specs/{}/{name}.yaml", of.folder);
        if let Ok(text) = fs::read_to_string(scratch.folder.join(&path)) {
            files.push((path, text));
        }
    }
    read::texts(files, &mut Report::default())
}

/// What the program of a product answers.
fn ask(folder: &Path, module: &str) -> Result<String, Failure> {
    let program = folder.join("target/debug").join(Scratch::program(module));
    let questions = File::open(folder.join("programs").join(module).join("questions.jsonl"))
        .map_err(|error| because(&program, error))?;
    let output = Command::new(&program)
        .stdin(questions)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| because(&program, error))?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
