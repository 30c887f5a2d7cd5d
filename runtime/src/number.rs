//! Floating-point numbers as text, the way the official SDKs write them.

use std::fmt::{self, Display, Formatter};

/// Writes a finite number: `1`, `0.5`, `100000000000000000000`, `1e+21`, `1e-7`.
pub(crate) struct Float(pub(crate) f64);

impl Display for Float {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.abs();
        if magnitude >= 1e21 {
            let text = format!("{:e}", self.0);
            return f.write_str(&text.replace('e', "e+"));
        }
        if magnitude != 0.0 && magnitude < 1e-6 {
            return write!(f, "{:e}", self.0);
        }
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_like_go() {
        for (number, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (-1.5e300, "-1.5e+300"),
            (0.000001, "0.000001"),
            (1e-7, "1e-7"),
            (0.1, "0.1"),
        ] {
            assert_eq!(Float(number).to_string(), text);
        }
    }
}
