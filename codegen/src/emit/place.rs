//! A parameter that a pager sets, or a field inside of one: `body.marker`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::resolve::model::{Definition, Object, Operation, Product, Shape, TypeName};
use crate::spec::Schema;

use super::shapes::ident;

/// Where a value of a request is.
pub(super) struct Place<'a> {
    /// The fields that lead to it, outermost first: the parameter, then fields of objects.
    steps: Vec<Step>,
    /// What it is.
    shape: Shape,
    /// What its spec says.
    pub(super) last: &'a Schema,
}

struct Step {
    field: Ident,
    is_optional: bool,
    /// Whether what is not there can be made of nothing.
    has_default: bool,
}

impl<'a> Place<'a> {
    /// The place that a path leads to. The names of parameters may have dots of their own.
    pub(super) fn find(of: &'a Product<'a>, operation: &'a Operation<'a>, path: &str) -> Option<Self> {
        let begins = |name: &str| path == name || path.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let parameters = operation.parameters.iter().filter(|one| begins(&one.spec.name));
        let parameter = parameters.max_by_key(|one| one.spec.name.len())?;
        let rest = path[parameter.spec.name.len()..].trim_start_matches('.');
        let (mut shape, mut last) = (parameter.shape.clone(), parameter.schema);
        let mut steps =
            vec![Step { field: ident(&parameter.name), is_optional: !parameter.is_argument(), has_default: true }];
        for name in rest.split('.').filter(|name| !name.is_empty()) {
            let Shape::Object(type_name) = &shape else { return None };
            let object = find_object(of, operation, type_name)?;
            if let Some(step) = steps.last_mut() {
                step.has_default = object.has_default;
            }
            let member = object.members.iter().find(|member| member.spec.name == name)?;
            steps.push(Step { field: ident(&member.name), is_optional: !member.is_required(), has_default: true });
            (shape, last) = (seen(&member.shape, type_name), &member.spec.schema);
        }
        matches!(shape, Shape::Text | Shape::Sensitive | Shape::Integer).then_some(Self { steps, shape, last })
    }

    /// The value as text, if it is there.
    pub(super) fn read_text(&self) -> TokenStream {
        match &self.shape {
            Shape::Integer => self.read(&quote!(.map(|number| number.to_string())), &quote!(.to_string())),
            Shape::Sensitive => self.read(&quote!(.as_deref().map(str::to_owned)), &quote!(.to_string())),
            _ => self.read(&quote!(.clone()), &quote!(.clone())),
        }
    }

    /// The value as a number, if it is there and is one.
    pub(super) fn read_number(&self) -> TokenStream {
        match &self.shape {
            Shape::Integer => self.read(&TokenStream::new(), &TokenStream::new()),
            _ => {
                let optional = quote!(.as_deref().and_then(|size| size.parse().ok()));
                match self.steps.as_slice() {
                    [only] if !only.is_optional => {
                        let field = &only.field;
                        quote!(self.#field.parse().ok())
                    }
                    [.., last] if !last.is_optional => {
                        let inner = self.read(&optional, &quote!(.parse::<i64>().ok()));
                        quote!(#inner.flatten())
                    }
                    _ => self.read(&optional, &optional),
                }
            }
        }
    }

    /// The value: `optional` makes an option of it where it is one, `plain` the value where it is not.
    fn read(&self, optional: &TokenStream, plain: &TokenStream) -> TokenStream {
        let Some((last, before)) = self.steps.split_last() else { return quote!(None) };
        let field = &last.field;
        let Some((first, between)) = before.split_first() else {
            return if last.is_optional { quote!(self.#field #optional) } else { quote!(Some(self.#field #plain)) };
        };
        let root = &first.field;
        let mut path = if first.is_optional { quote!(self.#root.as_ref()) } else { quote!(Some(&self.#root)) };
        for step in between {
            let field = &step.field;
            path = if step.is_optional {
                quote!(#path.and_then(|inner| inner.#field.as_ref()))
            } else {
                quote!(#path.map(|inner| &inner.#field))
            };
        }
        if last.is_optional {
            quote!(#path.and_then(|inner| inner.#field #optional))
        } else {
            quote!(#path.map(|inner| inner.#field #plain))
        }
    }

    /// Sets the value to the text `position`. Objects around it that are not there are made, if they can be.
    pub(super) fn write_text(&self) -> TokenStream {
        let Some((last, before)) = self.steps.split_last() else { return TokenStream::new() };
        let mut lines = TokenStream::new();
        let mut from = quote!(self);
        for step in before {
            let field = &step.field;
            lines.extend(match (step.is_optional, step.has_default) {
                (false, _) => quote!(let inner = &mut #from.#field;),
                (true, true) => quote!(let inner = #from.#field.get_or_insert_default();),
                (true, false) => quote!(let Some(inner) = &mut #from.#field else { return };),
            });
            from = quote!(inner);
        }
        let field = &last.field;
        lines.extend(match (&self.shape, last.is_optional) {
            (Shape::Integer, true) => quote!(#from.#field = position.parse().ok();),
            (Shape::Integer, false) => quote! {
                if let Ok(number) = position.parse() {
                    #from.#field = number;
                }
            },
            (Shape::Sensitive, true) => quote!(#from.#field = Some(position.into());),
            (Shape::Sensitive, false) => quote!(#from.#field = position.into();),
            (_, true) => quote!(#from.#field = Some(position.to_owned());),
            (_, false) => quote!(#from.#field = position.to_owned();),
        });
        lines
    }
}

/// The object of a name.
pub(super) fn find_object<'a>(
    of: &'a Product<'a>,
    operation: &'a Operation<'a>,
    name: &TypeName,
) -> Option<&'a Object<'a>> {
    let definitions = match name.home.module() {
        None => &operation.definitions,
        Some(module) => &of.types.iter().find(|one| one.module == module)?.definitions,
    };
    definitions.iter().find_map(|definition| match definition {
        Definition::Object(object) if object.name == name.name => Some(object),
        _ => None,
    })
}

/// The type of a field of an object, as the operation names it.
pub(super) fn seen(shape: &Shape, around: &TypeName) -> Shape {
    let shape = shape.clone();
    match around.home.module() {
        Some(module) => shape.inside(module),
        None => shape,
    }
}
