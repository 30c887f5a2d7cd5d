//! The module of an operation: its method, its request, its response and their types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::{Definition, Operation, Product};
use crate::spec::{Authentication, Fill, Method, ResponseKind, Style};

use super::imports::Imports;
use super::{Destination, MARKER, answer, behaviour, choice, docs, encode, format, method, object, product, request};

pub(crate) fn emit(of: &Product<'_>, operation: &Operation<'_>, destination: &Destination) -> String {
    let spec = &operation.file.operation;
    let summary = docs::lower(&docs::sentence(&docs::line(&spec.summary)));
    let title = docs::inner(&format!("`{}` {summary}", operation.file.name));
    let header = format!("{title}// {MARKER} from {}; do not edit.\n", operation.file.source.path);
    let mut imports = Imports::default();
    let mut items = vec![declaration(of, operation, &mut imports)];
    items.extend(method::emit(of, operation, destination, &mut imports));
    items.extend(request::emit(of, operation, &mut imports));
    items.extend(behaviour::statics(of, operation, &mut imports));
    items.extend(answer::emit(operation, &mut imports));
    for definition in &operation.definitions {
        match definition {
            Definition::Object(of) => items.extend(object::emit(of, &mut imports)),
            Definition::Choice(of) => items.extend(choice::emit(of, &mut imports)),
        }
    }
    let mut uses = imports.lines();
    uses.push(quote!(
        use super::Client;
    ));
    format::module(&header, uses, items)
}

/// What the runtime knows about the operation: what it does not share with its product.
fn declaration(of: &Product<'_>, operation: &Operation<'_>, imports: &mut Imports) -> TokenStream {
    let kind = imports.runtime("Operation");
    let spec = &operation.file.operation;
    let action = &operation.file.name;
    let mut differences = TokenStream::new();
    if let Some(style) = spec.style.filter(|style| *style != of.folder.product.style) {
        let (name, style) = (imports.runtime("Style"), if style == Style::Roa { quote!(Roa) } else { quote!(Rpc) });
        differences.extend(quote!(style: #name::#style,));
    }
    let style = spec.style.unwrap_or(of.folder.product.style);
    let usual = if of.folder.product.style == Style::Roa { Method::Get } else { Method::Post };
    let chosen = spec.method.unwrap_or(Method::Post);
    if chosen != usual {
        let (name, chosen) = (imports.runtime("Method"), method_name(chosen));
        differences.extend(quote!(method: #name::#chosen,));
    }
    if let Some(path) = spec.path.as_ref().filter(|path| style == Style::Roa && *path != "/" && !encode::is_whole(path))
    {
        differences.extend(quote!(path: #path,));
    }
    let who = match spec.authentication {
        Some(Authentication::Anonymous) => Some(quote!(Anonymous)),
        Some(Authentication::Bearer) => Some(quote!(Bearer)),
        Some(Authentication::Signed) | None => None,
    };
    if let Some(who) = who {
        let name = imports.runtime("Authentication");
        differences.extend(quote!(authentication: #name::#who,));
    }
    if spec.idempotent {
        differences.extend(quote!(idempotent: true,));
    }
    let token = operation.parameters.iter().find(|parameter| parameter.spec.fill == Some(Fill::ClientToken));
    if let Some(token) = token {
        let name = &token.spec.name;
        differences.extend(quote!(client_token: Some(#name),));
    }
    let reply = match spec.response.kind {
        Some(ResponseKind::None) => Some(quote!(Ignored)),
        Some(ResponseKind::Xml) => Some(quote!(Xml)),
        Some(ResponseKind::Text) => Some(quote!(Text)),
        Some(ResponseKind::Binary) => Some(quote!(Bytes)),
        Some(ResponseKind::Events) => Some(quote!(Events)),
        Some(ResponseKind::Json) | None => None,
    };
    if let Some(reply) = reply {
        let name = imports.runtime("ReplyKind");
        differences.extend(quote!(reply: #name::#reply,));
    }
    let statuses = &spec.response.status;
    if !statuses.is_empty() {
        differences.extend(quote!(statuses: &[#(#statuses),*],));
    }
    if let Some(own) = &spec.envelope {
        imports.runtime("Envelope");
        let own = product::envelope(own);
        differences.extend(quote!(envelope: #own,));
    }
    // Waiters of other operations may ask this one as well.
    let is_asked = operation.is_asked;
    let visibility = is_asked.then(|| quote!(pub(super)));
    quote! {
        #visibility static OPERATION: #kind = #kind { action: #action, #differences ..super::OPERATION };
    }
}

fn method_name(method: Method) -> TokenStream {
    match method {
        Method::Get => quote!(Get),
        Method::Post => quote!(Post),
        Method::Put => quote!(Put),
        Method::Delete => quote!(Delete),
        Method::Patch => quote!(Patch),
        Method::Head => quote!(Head),
        Method::Options => quote!(Options),
    }
}
