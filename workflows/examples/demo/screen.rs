//! What the demo shows: a log of states, and a bar while bytes arrive.

use std::path::Path;
use std::time::Duration;

use alicloud_workflows::Workflow;
use indicatif::{ProgressBar, ProgressStyle};

/// A log on the standard output. The bar is below it where the standard error is a terminal, and nowhere otherwise.
pub struct Screen(ProgressBar);

impl Screen {
    pub fn new() -> Self {
        Self(ProgressBar::new_spinner())
    }

    /// Prints a line.
    pub fn say(&self, line: &str) {
        self.0.suspend(|| println!("{line}"));
    }

    /// Prints what comes next.
    pub fn title(&self, line: &str) {
        self.say(&format!("\n{line}"));
    }

    /// A workflow that prints its steps, moves the bar, and ends in a file.
    pub fn shows<K>(&self, workflow: Workflow<K>, file: &Path) -> Workflow<K> {
        let (log, bar) = (self.0.clone(), self.0.clone());
        self.0.reset();
        self.0.set_style(style("          {spinner} {elapsed}"));
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let arriving = style("          [{bar:28}] {bytes}/{total_bytes} {msg}");
        self.0.set_message(String::new());
        // The emulator goes on by a state with each look.
        workflow
            .into_file(file)
            .interval(Duration::from_millis(50))
            .time_limit(Duration::from_secs(60))
            .on_step(move |step| {
                log.suspend(|| println!("{:>6.1} s  {step}", step.elapsed.as_secs_f64()));
            })
            .on_progress(move |progress| {
                if bar.message().is_empty() {
                    bar.set_style(arriving.clone());
                    bar.set_message(name.clone());
                }
                bar.set_length(progress.total.unwrap_or(progress.bytes));
                bar.set_position(progress.bytes);
            })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// What the bar looks like; as the library has it, if it does not understand the template.
fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")
}
