//! A sentence made of the name of an operation.

use super::words;

/// Verbs that names of operations begin with.
const VERBS: &str = " abort accept acknowledge activate add adjust allocate allow analyze answer append apply approve assign associate \
     assume attach audit authorize auto bind build buy call cancel change check clean clear clone close collect \
     commit compare complete config configure confirm connect consume convert copy count create deactivate decrease \
     decrypt delete deploy deregister describe detach detect diagnose disable disassociate discard disconnect dissociate \
     download drop edit enable encrypt end evaluate execute export extend extract fetch find finish forbid format freeze \
     generate get give grant handle hang hold identify ignore import increase init initialize insert inspect install \
     invite invoke issue join kill launch leave list live load lock login logout look lookup make manage mark merge \
     migrate modify monitor mount move mute notify offline online open operate pause perform pin ping precheck preload \
     preview process promote provision publish pull purchase purge push put query quit read reboot rebuild receive \
     recognize recover recreate redeploy refresh refund register reinstall reject release reload remove rename renew \
     replace reply report request resend reserve reset resize resolve restart restore resume retrieve retry return \
     revert revoke rollback rotate run save scale scan schedule search segment select send set share show shut sign \
     simulate split start stop submit subscribe suspend swap switch sync synchronize tag terminate test transfer \
     transform translate trigger turn unassign unassociate unbind uninstall unlock unmount unregister unsubscribe untag \
     update upgrade upload validate verify view wait withdraw write ";

/// `DescribeFlowLogs` becomes `Describes flow logs.`; a name without a verb is called.
pub(in crate::import) fn of(name: &str) -> String {
    let words = words::split(name);
    let lower = |word: &String| {
        let shouts = word.chars().filter(|c| c.is_uppercase()).count() > 1;
        if shouts { word.clone() } else { word.to_lowercase() }
    };
    let mut rest: Vec<String> = words.iter().map(lower).collect();
    let is_verb = |word: &str| VERBS.contains(&format!(" {} ", word.to_lowercase()));
    let in_batches = words.len() > 2 && words[0].eq_ignore_ascii_case("batch") && is_verb(&words[1]);
    let first = usize::from(in_batches);
    let repeats = rest.windows(2).any(|pair| pair[0] == pair[1]);
    if words.len() < first + 2 || !is_verb(&words[first]) || repeats {
        return format!("Calls `{name}`.");
    }
    rest.drain(..first);
    let mut verb = third_person(&rest.remove(0).to_lowercase());
    verb[..1].make_ascii_uppercase();
    format!("{verb} {}{}.", rest.join(" "), if in_batches { " in a batch" } else { "" })
}

/// `apply` becomes `applies`.
fn third_person(verb: &str) -> String {
    let after_vowel = |end: usize| verb[..verb.len() - end].ends_with(['a', 'e', 'i', 'o', 'u']);
    if verb.ends_with('y') && !after_vowel(1) {
        format!("{}ies", &verb[..verb.len() - 1])
    } else if ["s", "sh", "ch", "x", "z", "o"].iter().any(|end| verb.ends_with(end)) {
        format!("{verb}es")
    } else {
        format!("{verb}s")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn verbs_are_in_the_third_person() {
        let table = [("do", "does"), ("undo", "undoes"), ("buy", "buys"), ("apply", "applies"), ("get", "gets")];
        for (verb, expected) in table {
            assert_eq!(super::third_person(verb), expected);
        }
    }

    /// In order, so that a verb is easily found and none is there twice.
    #[test]
    fn verbs_are_sorted() {
        let verbs: Vec<&str> = super::VERBS.split_whitespace().collect();
        let mut sorted = verbs.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(verbs, sorted);
    }

    #[test]
    fn names_become_sentences() {
        let table = [
            ("DescribeFlowLogs", "Describes flow logs."),
            ("DescribeDBInstances", "Describes DB instances."),
            ("ApplyQuota", "Applies quota."),
            ("createInstance", "Creates instance."),
            ("BatchGetItems", "Gets items in a batch."),
            ("Pub", "Calls `Pub`."),
            ("VoiceModeration", "Calls `VoiceModeration`."),
            ("PushAll", "Pushes all."),
            ("GetDataExportDownloadURL", "Gets data export download URL."),
            ("QueryDBInstances", "Queries DB instances."),
            ("attachInstance_v2", "Attaches instance v2."),
            ("ListenTopic", "Calls `ListenTopic`."),
        ];
        for (name, sentence) in table {
            assert_eq!(super::of(name), sentence);
        }
    }
}
