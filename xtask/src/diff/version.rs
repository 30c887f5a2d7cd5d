//! Which version follows from changes.

use alicloud_codegen::diff::{Change, Effect};
use semver::Version;

use crate::options::Failure;

/// The worst of all effects, or `None` where nothing changed.
pub fn worst(changes: &[Change]) -> Option<Effect> {
    changes.iter().map(|change| change.effect).max()
}

/// The part of a version that has to change: as semantic versioning says it, from 1.0 on.
pub fn part(effect: Option<Effect>) -> &'static str {
    match effect {
        None => "none",
        Some(Effect::Compatible) => "patch",
        Some(Effect::Additive) => "minor",
        Some(Effect::Breaking) => "major",
    }
}

/// The lowest version that may follow. Below 1.0 as cargo takes it: the first number that is not zero is the major one.
pub fn next(old: &Version, effect: Option<Effect>) -> Version {
    let Version { major, minor, patch, .. } = *old;
    let Some(effect) = effect else { return old.clone() };
    if !old.pre.is_empty() {
        // What comes before a release promises nothing, so the release itself may follow.
        return Version::new(major, minor, patch);
    }
    match (effect, major, minor) {
        (_, 0, 0) | (Effect::Compatible, _, _) | (Effect::Additive, 0, _) => Version::new(major, minor, patch + 1),
        (Effect::Breaking, 0, _) | (Effect::Additive, _, _) => Version::new(major, minor + 1, 0),
        (Effect::Breaking, _, _) => Version::new(major + 1, 0, 0),
    }
}

/// The bump in words: `major: 1.0.0 -> 2.0.0`, `minor, below 1.0 the third number: 0.1.0 -> 0.1.1`, `none`.
pub fn told(effect: Option<Effect>, old: &Version, next: &Version) -> String {
    let part = part(effect);
    if old == next {
        return part.to_owned();
    }
    let number = match (old.major, old.minor == next.minor) {
        (0, true) => ", below 1.0 the third number",
        (0, false) => ", below 1.0 the second number",
        _ => "",
    };
    format!("{part}{number}: {old} -> {next}")
}

/// The version of the workspace, from the text of its manifest.
pub fn of_manifest(text: &str) -> Result<Version, Failure> {
    let section = text.lines().skip_while(|line| line.trim() != "[workspace.package]").skip(1);
    let line = section.take_while(|line| !line.starts_with('[')).find_map(|line| line.strip_prefix("version"));
    let value = line.and_then(|line| line.trim_start().strip_prefix('=')).map(|value| value.trim().trim_matches('"'));
    let value = value.ok_or_else(|| Failure::Because("Cargo.toml: there is no version of the workspace".to_owned()))?;
    Version::parse(value).map_err(|error| Failure::Because(format!("Cargo.toml: version {value}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_that_follows_is_the_one_that_cargo_takes_for_it() {
        let table = [
            ("1.2.3", Effect::Breaking, "2.0.0"),
            ("1.2.3", Effect::Additive, "1.3.0"),
            ("1.2.3", Effect::Compatible, "1.2.4"),
            ("0.1.0", Effect::Breaking, "0.2.0"),
            ("0.1.0", Effect::Additive, "0.1.1"),
            ("0.1.4", Effect::Compatible, "0.1.5"),
            ("0.0.3", Effect::Breaking, "0.0.4"),
            ("0.0.3", Effect::Additive, "0.0.4"),
            ("1.0.0-rc.1", Effect::Breaking, "1.0.0"),
        ];
        for (old, effect, new) in table {
            let old = Version::parse(old).expect("a version");
            assert_eq!(next(&old, Some(effect)).to_string(), new, "{old} {effect}");
            assert_eq!(next(&old, None), old);
        }
    }

    #[test]
    fn the_version_of_the_workspace_is_found_among_others() {
        let manifest = "[package]\nversion = \"9.9.9\"\n[workspace.package]\nedition = \"2024\"\nversion = \"0.1.0\"\n";
        assert_eq!(of_manifest(manifest).expect("a version"), Version::new(0, 1, 0));
        assert!(of_manifest("[workspace.package]\n[package]\nversion = \"1.0.0\"\n").is_err());
    }
}
