//! Open enums: the documented values, and whatever else the service says.

use proc_macro2::TokenStream;
use quote::quote;

use crate::resolve::model::Choice;

use super::docs;
use super::imports::Imports;
use super::shapes::ident;

pub(super) fn emit(choice: &Choice<'_>, imports: &mut Imports) -> Vec<TokenStream> {
    let name = ident(&choice.name);
    let fallback = format!("The values of a [`{}`]", choice.name);
    let what = docs::text(&docs::sentence(&choice.schema.description.as_deref().map_or(fallback, docs::markdown)));
    let documented = || choice.variants.iter().map(|variant| ident(variant)).zip(&choice.schema.values);
    let variants = documented().map(|(variant, value)| {
        let what = match &value.description {
            Some(description) => {
                format!("{}: {}", docs::code(&value.value), docs::sentence(&docs::line(description)))
            }
            None => format!("{}.", docs::code(&value.value)),
        };
        let what = docs::text(&what);
        quote!(#what #variant)
    });
    let definition = quote! {
        #what
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that was not documented when this was written, as it came.
            Other(String),
        }
    };
    let pairs = || documented().map(|(variant, value)| (variant, &value.value));
    let to_text = pairs().map(|(variant, text)| quote!(Self::#variant => #text));
    let from_text = pairs().map(|(variant, text)| quote!(#text => Self::#variant));
    let mut items = vec![
        definition,
        quote! {
            impl #name {
                /// The value as it is on the wire.
                #[inline]
                pub fn as_str(&self) -> &str {
                    match self {
                        #(#to_text,)*
                        Self::Other(other) => other,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for #name {
                #[inline]
                fn from(text: &str) -> Self {
                    match text {
                        #(#from_text,)*
                        other => Self::Other(other.to_owned()),
                    }
                }
            }
        },
        quote! {
            impl std::fmt::Display for #name {
                #[inline]
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(self.as_str())
                }
            }
        },
    ];
    if choice.received {
        let (decode, json) = (imports.runtime("Decode"), imports.runtime("Json"));
        items.push(quote! {
            impl #decode for #name {
                #[inline]
                fn decode(value: #json<'_>) -> Option<Self> {
                    value.text().map(|text| Self::from(&*text))
                }
            }
        });
    }
    if choice.sent {
        let (encode, encoder) = (imports.runtime("Encode"), imports.runtime("Encoder"));
        items.push(quote! {
            impl #encode for #name {
                #[inline]
                fn encode(&self, to: &mut #encoder<'_>) {
                    to.text(self.as_str());
                }
            }
        });
    }
    items
}
