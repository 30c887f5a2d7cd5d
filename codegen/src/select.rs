//! Takes out of specs what somebody wants of them: some products, some operations, and what those cannot do without.

use std::collections::BTreeSet;

use crate::read::{OperationFile, ProductFolder, Specs, nearest};

/// What is wanted.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Selection {
    /// Products by code, folder, `folder/version`, feature or module, upper and lower case alike. All unless there are
    /// any.
    pub products: Vec<String>,
    /// Operations, as `Operation` or `product/Operation`. All of the products unless there are any.
    pub operations: Vec<String>,
}

/// What was found of what is wanted.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Chosen {
    /// The place of a product among the specs, and the name of one of its operations.
    operations: BTreeSet<(usize, String)>,
    /// Which operations were added, and why.
    pub notes: Vec<String>,
}

/// Finds what is wanted, and the operations that its waiters ask. Changes nothing.
///
/// # Errors
///
/// What is wanted but not there, with the nearest names, one line each.
pub fn choose(specs: &Specs, wanted: &Selection) -> Result<Chosen, Vec<String>> {
    let mut problems = Vec::new();
    let products = chosen_products(specs, &wanted.products, &mut problems);
    let mut operations = chosen_operations(specs, &products, &wanted.operations, &mut problems);
    let notes = asked_by_waiters(specs, &mut operations);
    if !wanted.products.is_empty() && problems.is_empty() {
        for index in products.iter().filter(|index| operations.iter().all(|(of, _)| of != *index)) {
            let folder = folder_of(&specs.products[*index]);
            problems.push(format!("nothing is left of `{folder}`: name one of its operations, or leave it out"));
        }
    }
    if problems.is_empty() { Ok(Chosen { operations, notes }) } else { Err(problems) }
}

/// Takes the products out that nothing was chosen of. Those that stay are whole: only as a whole can they be checked.
pub fn keep_products(specs: &mut Specs, chosen: Chosen) -> Chosen {
    let places: BTreeSet<usize> = chosen.operations.iter().map(|(index, _)| *index).collect();
    let mut index = 0;
    specs.products.retain(|_| {
        index += 1;
        places.contains(&(index - 1))
    });
    let place = |index: usize| places.range(..index).count();
    let operations = chosen.operations.into_iter().map(|(index, name)| (place(index), name)).collect();
    Chosen { operations, notes: chosen.notes }
}

/// Takes the operations out that were not chosen, and gives them back.
pub fn keep_operations(specs: &mut Specs, chosen: &Chosen) -> Vec<OperationFile> {
    let mut left_out = Vec::new();
    for (index, product) in specs.products.iter_mut().enumerate() {
        let all = std::mem::take(&mut product.operations);
        let (kept, out): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|one| chosen.operations.contains(&(index, one.name.clone())));
        product.operations = kept;
        left_out.extend(out);
    }
    left_out
}

/// The places of the products that have one of the names.
fn chosen_products(specs: &Specs, names: &[String], problems: &mut Vec<String>) -> Vec<usize> {
    let all = 0..specs.products.len();
    if names.is_empty() {
        return all.collect();
    }
    let mut chosen = BTreeSet::new();
    for name in names {
        let found: Vec<usize> = all.clone().filter(|index| is_called(&specs.products[*index], name)).collect();
        if found.is_empty() {
            let folders: Vec<String> = specs.products.iter().map(folder_of).collect();
            let known: Vec<&str> = folders.iter().map(String::as_str).collect();
            problems.push(format!("there is no product `{name}`: {}", nearest(name, &known)));
        }
        chosen.extend(found);
    }
    chosen.into_iter().collect()
}

/// The operations that have one of the names, each with the place of its product.
fn chosen_operations(
    specs: &Specs,
    products: &[usize],
    names: &[String],
    problems: &mut Vec<String>,
) -> BTreeSet<(usize, String)> {
    let operations = |index: &usize| specs.products[*index].operations.iter().map(|operation| operation.name.as_str());
    if names.is_empty() {
        return products.iter().flat_map(|index| operations(index).map(|name| (*index, name.to_owned()))).collect();
    }
    let mut chosen = BTreeSet::new();
    for wanted in names {
        let (product, name) = wanted.rsplit_once('/').map_or((None, wanted.as_str()), |(of, name)| (Some(of), name));
        let within: Vec<usize> = products
            .iter()
            .filter(|index| product.is_none_or(|product| is_called(&specs.products[**index], product)))
            .copied()
            .collect();
        let found: Vec<usize> =
            within.iter().filter(|index| operations(index).any(|one| one == name)).copied().collect();
        match (found.as_slice(), product) {
            ([index], _) => drop(chosen.insert((*index, name.to_owned()))),
            ([], Some(product)) if within.is_empty() => {
                problems.push(format!("there is no product `{product}` among those that are wanted, for `{wanted}`"));
            }
            ([], _) => {
                let known: Vec<&str> = within.iter().flat_map(operations).collect();
                problems.push(format!("there is no operation `{wanted}`: {}", nearest(name, &known)));
            }
            (several, _) => {
                let folders: Vec<String> =
                    several.iter().map(|index| format!("`{}/{name}`", folder_of(&specs.products[*index]))).collect();
                problems
                    .push(format!("`{wanted}` is an operation of several products: write {}", folders.join(" or ")));
            }
        }
    }
    chosen
}

/// Adds the operations that waiters of the chosen ones ask as well.
fn asked_by_waiters(specs: &Specs, chosen: &mut BTreeSet<(usize, String)>) -> Vec<String> {
    let mut notes = Vec::new();
    let mut open: Vec<(usize, String)> = chosen.iter().cloned().collect();
    while let Some((index, name)) = open.pop() {
        let product = &specs.products[index];
        let file = product.operations.iter().find(|file| file.name == name);
        let also =
            file.into_iter().flat_map(asked).filter(|also| product.operations.iter().any(|one| one.name == *also));
        for also in also {
            if chosen.insert((index, also.to_owned())) {
                notes.push(format!("{also} is taken as well: the waiters of {name} ask it"));
                open.push((index, also.to_owned()));
            }
        }
    }
    notes.sort();
    notes
}

/// What the waiters of an operation ask beside it.
fn asked(file: &OperationFile) -> impl Iterator<Item = &str> {
    file.operation.waiters.values().filter_map(|waiter| Some(waiter.also.as_ref()?.operation.as_str()))
}

/// Whether somebody may mean the product by the name.
fn is_called(product: &ProductFolder, name: &str) -> bool {
    let spec = &product.product;
    let folder = folder_of(product);
    let names = [folder.split('/').next().unwrap_or_default(), &folder, &spec.product, &spec.feature, &spec.module];
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// `dbs/2021-01-01`.
fn folder_of(product: &ProductFolder) -> String {
    let mut parts = product.source.path.rsplit('/').skip(1);
    let (version, folder) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!("{folder}/{version}")
}
