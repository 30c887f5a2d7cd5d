//! Parameters that the client can set by itself.

use crate::diagnostic::Code;
use crate::import::notes::Notes;
use crate::spec::{Fill, Location, Parameter, Type};

/// Marks the region and the token that makes sending again harmless.
pub(in crate::import::metadata) fn mark(parameters: &mut [Parameter], notes: &mut Notes) {
    for parameter in parameters {
        let can_be_filled = matches!(parameter.location, Location::Query | Location::Form)
            && parameter.schema.kind() == Some(Type::String);
        let (fill, by) = match parameter.name.as_str() {
            "RegionId" | "regionId" => (Fill::Region, "the region of the client"),
            "ClientToken" | "clientToken" => (Fill::ClientToken, "a fresh token"),
            _ => continue,
        };
        if can_be_filled {
            let name = &parameter.name;
            notes.say(Code::FillGuessed, &format!("parameters.{name}"), format!("`{name}` is {by} unless it is set"));
            parameter.fill = Some(fill);
            // Its values are those of all regions, or none that matter.
            parameter.schema.values.clear();
        }
    }
}
